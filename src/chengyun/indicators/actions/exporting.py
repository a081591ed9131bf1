"""Who took figures out as a file."""

from chengyun.indicators.events import FiguresExported
from chengyun.indicators.models import Export
from chengyun.kernel.access import require
from chengyun.kernel.action import action
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record


@action
def note_export(export: Export, *, actor: Actor) -> Export:
    """Apart from making the file, which takes longer than a lock may be held."""
    require(actor, "indicators.read")
    export.by(actor)
    export.save(force_insert=True)
    record(FiguresExported(export.what, export.format, export.rows, export.filters), export, actor)
    return export
