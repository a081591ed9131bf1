"""Facilities: by place and category, by plate, and the nearest."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, inf, radians
from uuid import UUID

from django.db.models import Q, QuerySet

from chengyun.kernel.access import found
from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import Invalid
from chengyun.places.models import Facility
from chengyun.places.queries.visible import shown

Box = tuple[float, float, float, float]
_FIRST, _FARTHEST = 500.0, 20_000.0  # metres of the search for the nearest


def box_of(text: str) -> Box | None:
    """West, south, east, north from "121.1,31.2,121.3,31.4"; None for nothing. Raises Invalid."""
    if not text.strip():
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        if not (-inf < west <= east < inf and -inf < south <= north < inf):  # NaN is nowhere
            raise ValueError(text)
    except ValueError as error:
        raise Invalid("places.box", "bbox: west,south,east,north in degrees", field="bbox") from error
    return west, south, east, north


@dataclass(frozen=True)
class FacilityFilter:
    """What is asked for; empty parts do not filter. `box` is west, south, east, north in degrees."""

    categories: Sequence[str] = ()
    box: Box | None = None
    area: int | None = None
    state: str = ""
    words: str = ""


def facilities(actor: Actor, town: int, wanted: FacilityFilter) -> QuerySet[Facility]:
    """The facilities that an actor may see."""
    rows = shown(Facility.objects.within(actor, "places.read").filter(town_id=town)).select_related("category")
    if wanted.categories:
        rows = rows.filter(category__code__in=wanted.categories)
    if wanted.box:
        west, south, east, north = wanted.box
        rows = rows.filter(minx__gte=west, minx__lte=east, miny__gte=south, miny__lte=north)
    if wanted.area is not None:
        here = wanted.area
        rows = rows.filter(Q(grid_id=here) | Q(cell_id=here) | Q(community_id=here) | Q(compound_id=here))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(plate=wanted.words.upper()))
    return rows


def facility_of(actor: Actor, key: UUID) -> Facility:
    """One facility, or NotFound."""
    rows = shown(Facility.objects.within(actor, "places.read").select_related("category", "town"))
    row: Facility | None = rows.filter(uuid=key).first()
    return found(row, "facility")


def facility_by_plate(plate: str) -> Facility | None:
    """The facility behind a plate: what anyone who stands before it may know. None if there is none."""
    rows = shown(Facility.objects.as_system("a plate is public: it hangs on the thing"))
    return rows.select_related("category", "town").filter(plate=plate.strip().upper()).first()


def nearest(town: int, category: str, lng: float, lat: float, limit: int = 5) -> list[tuple[Facility, float]]:
    """The nearest facilities in service of a category, with metres as the crow flies. At most 20 km away."""
    every = shown(Facility.objects.as_system("where the nearest is, for whoever asks").filter(town_id=town))
    rows = every.filter(category__code=category, state="in_service").select_related("category")
    reach = _FIRST
    while True:
        close = sorted(_within(rows, lng, lat, reach), key=lambda pair: pair[1])
        inside = [pair for pair in close if pair[1] <= reach]
        if len(inside) >= limit or reach >= _FARTHEST:
            return inside[:limit]
        reach *= 3


def _within(rows: QuerySet[Facility], lng: float, lat: float, reach: float) -> list[tuple[Facility, float]]:
    north = reach / 111_195
    east = north / cos(radians(lat))
    box = rows.filter(minx__gte=lng - east, minx__lte=lng + east, miny__gte=lat - north, miny__lte=lat + north)
    return [(row, _metres(lng, lat, row.minx or lng, row.miny or lat)) for row in box]


def _metres(lng: float, lat: float, x: float, y: float) -> float:
    return float((((x - lng) * cos(radians(lat))) ** 2 + (y - lat) ** 2) ** 0.5 * 111_195)
