"""Where something could be built: facilities that stand empty, public and commercial buildings, land to be built on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from chengyun.indicators.circle.buildings import address
from chengyun.kernel.measures import NOWHERE
from chengyun.places.models import Building, Facility, Ground, Town
from chengyun.places.queries.visible import shown

MOST = 1000
"""As many as the proof can weigh: of more, those that lie in one of the closest cells of a grid go."""


@dataclass(frozen=True)
class Candidate:
    """A place where a facility could stand. `subject`: what is there now ("building:<uuid>")."""

    source: str
    label: str
    point: tuple[float, float]
    subject: str = ""
    compound: int = NOWHERE


def candidates_of(town: Town, sources: Sequence[str]) -> list[Candidate]:
    """The candidates of some sources, at most MOST, evenly over the town."""
    found = [one for source in dict.fromkeys(sources) if source in SOURCES for one in SOURCES[source](town)]
    cells = 1024
    while len(found) > MOST and cells > 8:
        found, cells = thinned(found, cells), int(cells * 0.8)
    return found[:MOST]


def thinned(found: Sequence[Candidate], cells: int) -> list[Candidate]:
    """One candidate of each cell of a square grid over all of them, the first."""
    west, south = min(one.point[0] for one in found), min(one.point[1] for one in found)
    wide = max(max(one.point[0] for one in found) - west, max(one.point[1] for one in found) - south) or 1.0
    kept: dict[tuple[int, int], Candidate] = {}
    for one in found:
        x, y = one.point
        kept.setdefault((int((x - west) / wide * cells), int((y - south) / wide * cells)), one)
    return list(kept.values())


def _vacant(town: Town) -> Iterable[Candidate]:
    """Facilities that have a floor area and are out of service, or only planned."""
    rows = shown(Facility.objects.as_system("where something could be built").filter(town=town))
    for row in rows.filter(state__in=["out_of_service", "planned"], floor_area__gt=0).order_by("pk"):
        if row.minx is not None and row.miny is not None:
            subject = f"facility:{row.uuid}"
            yield Candidate("vacant", row.name, (row.minx, row.miny), subject, row.compound_id or NOWHERE)


def _buildings(source: str, uses: Sequence[str]) -> Callable[[Town], Iterable[Candidate]]:
    def found(town: Town) -> Iterable[Candidate]:
        rows = shown(Building.objects.as_system("where something could be built").filter(town=town))
        asked: QuerySet[Building] = rows.filter(use__in=uses) if uses else rows.exclude(use="garage")
        for row in asked.order_by("pk"):
            if row.minx is not None and row.maxx is not None and row.miny is not None and row.maxy is not None:
                point = ((row.minx + row.maxx) / 2, (row.miny + row.maxy) / 2)
                label = row.name or address(row.road, row.lane, row.number)
                yield Candidate(source, label, point, f"building:{row.uuid}", row.compound_id or NOWHERE)

    return found


def _land(town: Town) -> Iterable[Candidate]:
    """Plots that wait to be built on."""
    for row in shown(Ground.objects.filter(town=town, kind="land", sub="construction")).order_by("pk"):
        if row.geometry is not None:
            inside = row.geometry.representative_point()
            yield Candidate("land", row.name, (inside.x, inside.y), f"ground:{row.pk}")


SOURCES: dict[str, Callable[[Town], Iterable[Candidate]]] = {
    "vacant": _vacant,
    "land": _land,
    "public": _buildings("public", ("public", "school", "hospital")),
    "commercial": _buildings("commercial", ("commercial", "office")),
    "any": _buildings("any", ()),
}
