"""Everything that changes an indicator, a target, a threshold or a gap."""

from chengyun.indicators.actions.definitions import (
    keep_threshold,
    retire_indicator,
    save_indicator,
    set_target,
)
from chengyun.indicators.actions.exporting import note_export
from chengyun.indicators.actions.gaps import (
    Raised,
    close_gap,
    propose_closing,
    raise_gap,
    recede_gap,
    refuse_closing,
    return_gap,
    withdraw_gap,
)
from chengyun.indicators.actions.keeping import keep_measurement

__all__ = [
    "Raised",
    "close_gap",
    "keep_measurement",
    "keep_threshold",
    "note_export",
    "propose_closing",
    "raise_gap",
    "recede_gap",
    "refuse_closing",
    "retire_indicator",
    "return_gap",
    "save_indicator",
    "set_target",
    "withdraw_gap",
]
