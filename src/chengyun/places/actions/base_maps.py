"""Which archive is a town's base map."""

from chengyun.kernel.access import require
from chengyun.kernel.action import action
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.places.events import BaseMapMade
from chengyun.places.models import BaseMap, Town
from chengyun.places.tiles import Archive


@action
def keep_base_map(town: Town, archive: Archive, bounds: list[float], *, actor: Actor, attribution: str = "") -> BaseMap:
    """Make an archive the town's base map; the same content keeps its row."""
    require(actor, "places.import", at=town)
    row, created = BaseMap._base_manager.get_or_create(
        name=archive.name,
        defaults={
            "town": town, "size": archive.size, "layers": archive.layers, "bounds": bounds,
            "attribution": attribution, "made_at": now(),
        },
    )  # fmt: skip
    if not created:
        row.made_at = now()
        row.save(update_fields=["made_at"])
    record(BaseMapMade(archive.name, archive.size), row, actor)
    return row
