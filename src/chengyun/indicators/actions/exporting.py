"""Who took figures out as a file."""

from collections.abc import Mapping

from chengyun.indicators.events import FiguresExported
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.places.models import Town


@action
def note_export(town: Town, *, actor: Actor, what: str, suffix: str, asked: Mapping[str, str]) -> None:
    """Record that `what` ("figures", "failing", "circle") was taken out as a file of this kind (".xlsx")."""
    town = lock(town, None)
    require(actor, "indicators.read")
    said = {name: value for name, value in asked.items() if value}
    record(FiguresExported(what, suffix.lstrip("."), said), town, actor)
