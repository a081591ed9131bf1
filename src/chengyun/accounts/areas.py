"""What the room asks `places` about areas: which ids rows carry below one, and in which town it lies."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from chengyun.places.models import Area
from chengyun.places.shapes import CELL, COMMUNITY, GRID, SECTOR

# Rows carry ids of these levels; what lies deeper (compounds, stairwells) is found through them.
CARRIED = (SECTOR, GRID, CELL, COMMUNITY)
TOWN = "town"
FEW = 30


@dataclass(frozen=True)
class Expanded:
    """An area as a grant needs it: itself and the ids below it that rows carry; the towns at or below it."""

    areas: frozenset[int] = frozenset()
    towns: frozenset[int] = frozenset()


@dataclass
class _Below:
    areas: set[int] = field(default_factory=set)
    towns: set[int] = field(default_factory=set)


def expand(areas: Iterable[int]) -> dict[int, Expanded]:
    """Each area with everything below it that counts. One query; a town's or district's area gives towns."""
    wanted = set(areas)
    if not wanted:
        return {}
    rows = Area.objects.as_system("what lies below the area of a grant").filter(
        _below(wanted), Q(level__role__in=(*CARRIED, TOWN)) | Q(id__in=wanted)
    )
    found = {area: _Below({area}) for area in wanted}
    for pk, path, role, town in rows.values_list("id", "path", "level__role", "town_id"):
        for area in wanted & {int(step) for step in path.split("/") if step}:
            if role == TOWN and town is not None:
                found[area].towns.add(town)
            found[area].areas.add(pk)
    return {area: Expanded(frozenset(b.areas), frozenset(b.towns)) for area, b in found.items()}


def _below(areas: set[int]) -> Q:
    """At or below any of `areas`; where they are many, reading all that counts is quicker than asking for each."""
    inside = Q()
    for area in areas if len(areas) <= FEW else ():
        inside |= Q(path__contains=f"/{area}/")
    return inside


def towns_of(areas: Iterable[int]) -> dict[int, int]:
    """The town of each area that lies in one. One query."""
    rows = Area.objects.as_system("the town of an area").filter(id__in=set(areas), town__isnull=False)
    return {area: town for area, town in rows.values_list("id", "town_id") if town is not None}
