"""Tables of the room."""

from chengyun.indicators.models.definitions import Indicator, IndicatorTarget, IndicatorVersion, Threshold
from chengyun.indicators.models.exports import Export
from chengyun.indicators.models.gaps import Gap
from chengyun.indicators.models.registers import Register, RegisterEntry
from chengyun.indicators.models.values import Evaluation, Value

__all__ = [
    "Evaluation",
    "Export",
    "Gap",
    "Indicator",
    "IndicatorTarget",
    "IndicatorVersion",
    "Register",
    "RegisterEntry",
    "Threshold",
    "Value",
]
