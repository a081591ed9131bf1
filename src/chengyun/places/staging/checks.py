"""What may be wrong with a row, said by field: what stands there and what would be right."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import shapely

from chengyun.places.readers.osm.rules import data_file
from chengyun.places.right import right
from chengyun.places.shapes import (
    AreaShape,
    BuildingShape,
    CompoundShape,
    FacilityShape,
    GapShape,
    GroundShape,
    NameShape,
    PopulationShape,
    StreetShape,
    TownData,
)

Wrong = tuple[str, Any, str]
FAR = right("near", "a place in or near the town: is the coordinate system right, are x and y exchanged?")
CATEGORY = right("category", "a category's code or Chinese name: see `chengyun import categories`")
STATES = ("in_service", "out_of_service", "planned", "removed")
BASES = ("resident", "actual", "registered")
GROUNDS = ("water", "green", "rail", "land")
NAMES = ("alias", "shop", "landmark", "address", "road", "crossing")
# Characters that a column holds at most; what is asked to be there at all says so by itself.
LONGEST = {
    "areas": {"key": 120, "english": 80},
    "compounds": {"manager": 80},
    "facilities": {"key": 120, "name": 120, "address": 200, "plate": 24},
    "buildings": {"key": 120, "name": 120, "use": 14, "road": 60, "lane": 12, "number": 20, "building": 12},
    "streets": {"key": 120, "kind": 14, "name": 120},
    "grounds": {"key": 120, "sub": 20, "name": 120},
    "names": {"key": 120, "road": 120, "number": 60},
    "populations": {"source": 80},
}
_AROUND = 0.2  # degrees beyond the town's box (20 km) after which coordinates are in the wrong system, not just outside


@lru_cache(maxsize=1)
def shipped_categories() -> frozenset[str]:
    """Codes of the categories that come with the platform."""
    return frozenset(category["code"] for category in data_file("categories.yaml")["categories"])


@dataclass
class Checker:
    """Checks rows against their town. `categories` and `area_keys` may be widened by what the town already has."""

    data: TownData
    categories: set[str] = field(default_factory=lambda: set(shipped_categories()))
    area_keys: set[str] = field(default_factory=set)
    _box: tuple[float, ...] = ()
    _levels: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.data.boundary.is_empty:
            west, south, east, north = self.data.boundary.bounds
            self._box = (west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND)
        self.area_keys |= {area.key for area in self.data.areas}
        self._levels = {scheme.code: {level.code for level in scheme.levels} for scheme in self.data.schemes}

    def problems(self, layer: str, shape: Any) -> list[Wrong]:
        """Everything wrong with a row; empty for a good one."""
        check: Callable[[Any], Iterator[Wrong]] = getattr(self, f"_{layer}")
        return [*_too_long(layer, shape), *check(shape)]

    def _geometry(self, name: str, shape: Any, kinds: set[str]) -> Iterator[Wrong]:
        wanted = ", ".join(sorted(kinds))
        if shape is None or shape.is_empty:
            yield name, "nothing", right("located", "in longitude and latitude: {kinds}", kinds=wanted)
            return
        if shape.geom_type not in kinds:
            yield name, shape.geom_type, right("one_of", "one of {options}", options=wanted)
        west, south, east, north = shape.bounds
        box = self._box
        if box and not (west >= box[0] and south >= box[1] and east <= box[2] and north <= box[3]):
            where = f"{(west + east) / 2:.5f}, {(south + north) / 2:.5f}"
            yield name, where, FAR

    def _polygon(self, name: str, shape: Any) -> Iterator[Wrong]:
        yield from self._geometry(name, shape, {"Polygon", "MultiPolygon"})
        if shape is not None and not shape.is_valid:
            yield name, shapely.is_valid_reason(shape), right("simple", "a polygon that does not cross itself")

    def _areas(self, area: AreaShape) -> Iterator[Wrong]:
        yield from self._polygon("polygon", area.polygon)
        levels = self._levels.get(area.scheme)
        if levels is None:
            yield "scheme", area.scheme, right("one_of", "one of {options}", options=", ".join(self._levels))
        elif area.level not in levels:
            yield "level", area.level, right("one_of", "one of {options}", options=", ".join(sorted(levels)))
        if area.parent and area.parent not in self.area_keys:
            yield "parent", area.parent, right("parent", "the id of an area that is in the file or in the town")
        yield from _text("name", area.name, 80)
        yield from _text("code", area.code, 40)

    def _compounds(self, compound: CompoundShape) -> Iterator[Wrong]:
        if compound.area not in self.area_keys:
            yield "area", compound.area, right("compound", "the id of a compound's area")
        yield from _among("kind", compound.kind, ("estate", "village", "mixed"))
        yield from _between("households", compound.households, 0, 100_000)
        yield from _between("built", compound.built, 1500, 2100)

    def _gaps(self, gap: GapShape) -> Iterator[Wrong]:
        yield from self._polygon("polygon", gap.polygon)
        yield from _text("name", gap.name, 80)
        yield from _text("managed_by", gap.managed_by, 80)

    def _streets(self, street: StreetShape) -> Iterator[Wrong]:
        yield from self._geometry("line", street.line, {"LineString"})
        yield from _between("speed", street.speed, 0.1, 200)
        yield from _among("oneway", street.oneway, (-1, 0, 1))

    def _grounds(self, ground: GroundShape) -> Iterator[Wrong]:
        yield from self._geometry("shape", ground.shape, {"Polygon", "MultiPolygon", "LineString", "MultiLineString"})
        yield from _among("kind", ground.kind, GROUNDS)

    def _buildings(self, building: BuildingShape) -> Iterator[Wrong]:
        yield from self._polygon("footprint", building.footprint)
        yield from _between("floors", building.floors, 1, 200)
        yield from _between("height", building.height, 0, 1000)
        yield from _between("households", building.households, 0, 20_000)
        yield from _between("built", building.built, 1500, 2100)

    def _facilities(self, facility: FacilityShape) -> Iterator[Wrong]:
        yield from self._geometry("point", facility.point, {"Point"})
        if facility.category not in self.categories:
            yield "category", facility.category, CATEGORY
        yield from _among("state", facility.state, STATES)
        yield from _between("capacity", facility.capacity, 0, 1e7)
        yield from _between("floor_area", facility.floor_area, 0, 1e7)

    def _populations(self, people: PopulationShape) -> Iterator[Wrong]:
        yield from _among("place_kind", people.place_kind, ("area", "building"))
        yield from _among("basis", people.basis, BASES)
        yield from _between("count", people.count, 0, 100_000_000)
        if people.age_to is not None and people.age_to <= people.age_from:
            words = "an age above {low}, or nothing for an open band"
            yield "age_to", people.age_to, right("age_above", words, low=people.age_from)

    def _names(self, name: NameShape) -> Iterator[Wrong]:
        yield from _text("text", name.text, 200)
        yield from _among("kind", name.kind, NAMES)
        if name.point is None and not name.refers:
            yield "point", "nothing", right("named", "a point, or the layer and id of what is named")
        if name.point is not None:
            yield from self._geometry("point", name.point, {"Point"})


def _text(name: str, value: str, longest: int) -> Iterator[Wrong]:
    if not value.strip() or len(value) > longest:
        yield name, value, right("length", "1 to {most} characters", most=longest)


def _too_long(layer: str, shape: Any) -> Iterator[Wrong]:
    for name, longest in LONGEST.get(layer, {}).items():
        if len(value := getattr(shape, name)) > longest:
            yield name, f"{value[:longest]}…", right("length", "1 to {most} characters", most=longest)


def _among(name: str, value: Any, allowed: tuple[Any, ...]) -> Iterator[Wrong]:
    if value not in allowed:
        yield name, value, right("one_of", "one of {options}", options=", ".join(map(str, allowed)))


def _between(name: str, value: float | None, low: float, high: float) -> Iterator[Wrong]:
    if value is not None and not low <= value <= high:
        yield name, value, right("between", "a number from {low:g} to {high:g}", low=low, high=high)
