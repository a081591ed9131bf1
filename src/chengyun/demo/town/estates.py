"""Walled compounds 小区: their houses by the fashion of their years, shops at the street, lanes and gates."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely
from shapely import LineString, Point, Polygon, STRtree
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from chengyun.demo.town.parcels import Parcel, Way, parts_of
from chengyun.demo.town.plane import generator, pick
from chengyun.demo.town.rows import RowStyle, lay_rows

STYLES = {
    "old": RowStyle(10.5, (34, 62), 25.5, 5.0),
    "nineties": RowStyle(12.0, (36, 66), 30.0, 6.5),
    "garden": RowStyle(13.0, (38, 64), 42.0, 9.0),
    "slab_high": RowStyle(15.0, (36, 54), 58.0, 13.0),
    "tower": RowStyle(22.0, (27, 31), 70.0, 30.0, "tower"),
    "villa": RowStyle(11.0, (13, 22), 31.0, 7.0, "villa"),
}
FLOORS = {
    "old": (5, 6), "nineties": (6, 7), "garden": (6, 11), "slab_high": (11, 18), "tower": (17, 30), "villa": (2, 3)
}  # fmt: skip
YEARS = {
    "old": (1958, 1990), "nineties": (1989, 2001), "garden": (1999, 2012), "slab_high": (2004, 2019),
    "tower": (2006, 2022), "villa": (1998, 2013),
}  # fmt: skip
FLAT = {
    "old": 60,
    "nineties": 90,
    "garden": 122,
    "slab_high": 124,
    "tower": 126,
    "villa": 260,
}  # m² of floor per household


@dataclass
class House:
    """A building before it is named. `shape` in metres; `number` is its door number 号 inside the lane."""

    shape: Polygon
    use: str
    floors: int
    year: int
    households: int = 0
    lift: bool = False
    compound: int = -1
    parcel: int = -1
    number: str = ""
    name: str = ""
    road: str = ""
    lane: str = ""
    building: str = ""

    @property
    def height(self) -> float:
        """Metres: 2.9 a floor in housing, more elsewhere."""
        storey = {"residential": 2.9, "industrial": 6.5, "garage": 3.0}.get(self.use, 3.9)
        return round(self.floors * storey + 1.2, 1)


@dataclass
class Compound:
    """A compound with its wall, gates (points on the wall, the main one first), houses and lanes."""

    number: int
    parcel: Parcel
    wall: Polygon
    style: str
    year: int
    houses: list[House] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    gates: list[Point] = field(default_factory=list)
    main_road: str = ""
    name: str = ""
    lane: str = ""
    kind: str = "estate"


class Frontage:
    """Finds the public street outside a wall. Streets are centre lines with a level and a name."""

    def __init__(self, ways: list[Way]) -> None:
        self.ways = ways
        self.tree = STRtree([w.line for w in ways])

    def nearest(self, point: Point, within: float = 45.0) -> Way | None:
        """The street nearest to a point, if one is within so many metres."""
        found = self.tree.query_nearest(point, max_distance=within, all_matches=False)
        return self.ways[int(found[0])] if len(found) else None


def style_of(parcel: Parcel, rng: np.random.Generator) -> str:
    """What was fashionable when this distance from the middle was built up."""
    distance = parcel.block.distance
    if parcel.style:
        return parcel.style
    if distance < 1_200:
        weights = [4.5, 2.8, 0.7, 0.6, 0.6, 0.0]
    elif distance < 2_100:
        weights = [1.8, 4.0, 2.2, 1.0, 0.5, 0.1]
    else:
        weights = [0.3, 1.8, 3.6, 1.7, 0.9, 0.8]
    return pick(rng, list(STYLES), weights)


def build_estate(number: int, parcel: Parcel, frontage: Frontage, seed: int) -> Compound:
    """One compound on one parcel."""
    rng = generator(seed, "estate", str(parcel.number))
    style = style_of(parcel, rng)
    low, high = YEARS[style]
    compound = Compound(number, parcel, parcel.shape, style, int(rng.integers(low, high + 1)))
    shops = _shops(compound, frontage, rng)
    inner = parcel.shape.buffer(-SETBACK_WALL)
    if shops:
        inner = inner.difference(shapely.union_all([s.shape for s in shops]).buffer(7.0, quad_segs=1))
    inner = _open_middle(inner, style, rng)
    angle = south_angle(parcel.shape)
    layout = lay_rows(inner, STYLES[style], angle, rng)
    compound.houses = [_dwelling(s, compound, rng) for s in layout.houses] + shops
    _open_gates(compound, layout.lanes, layout.spines, frontage)
    _keep_connected(compound, layout.lanes + layout.spines)
    return compound


SETBACK_WALL = 3.0


def south_angle(shape: Polygon) -> float:
    """Degrees by which rows follow the wall, kept within 17 of east-west: houses look south in Shanghai."""
    corners = np.array(shape.minimum_rotated_rectangle.exterior.coords)
    side = corners[1] - corners[0]
    angle = float(np.degrees(np.arctan2(side[1], side[0]))) % 90
    angle = angle - 90 if angle > 45 else angle
    return max(-17.0, min(17.0, angle))


def _open_middle(inner: BaseGeometry, style: str, rng: np.random.Generator) -> BaseGeometry:
    """Newer compounds keep a garden in the middle."""
    if style in {"garden", "slab_high", "tower"} and inner.area > 22_000:
        middle = inner.representative_point()
        return inner.difference(middle.buffer(rng.uniform(16, 27), quad_segs=4))
    return inner


def _dwelling(shape: Polygon, compound: Compound, rng: np.random.Generator) -> House:
    low, high = FLOORS[compound.style]
    floors = int(rng.integers(low, high + 1)) if compound.style != "old" else (5 if rng.random() < 0.25 else 6)
    households = max(1, round(shape.area * floors * 0.9 / FLAT[compound.style]))
    lift = floors >= 8 or (compound.style == "garden" and compound.year >= 2008)
    return House(shape, "residential", floors, compound.year, households, lift, compound.number, compound.parcel.number)


def _shops(compound: Compound, frontage: Frontage, rng: np.random.Generator) -> list[House]:
    """Rows of shops along the busier streets of older and middle-aged compounds."""
    if compound.style == "villa" or rng.random() < (0.25 if compound.style in {"old", "nineties"} else 0.6):
        return []
    shops: list[House] = []
    ring = np.array(shapely.simplify(compound.wall, 4.0).exterior.coords)
    for a, b in pairwise(ring):
        length = float(np.hypot(*(b - a)))
        street = frontage.nearest(Point(*(a + b) / 2))
        if length < 45 or street is None or street.level not in {"secondary", "tertiary"} or rng.random() < 0.4:
            continue
        shops.extend(_shop_row(a, b, compound, rng))
    return shops


def _shop_row(a: np.ndarray, b: np.ndarray, compound: Compound, rng: np.random.Generator) -> list[House]:
    length = float(np.hypot(*(b - a)))
    along = (b - a) / length
    inward = np.array([-along[1], along[0]])
    if not compound.wall.contains(Point(*((a + b) / 2 + inward * 4))):
        inward = -inward
    row, at, depth = [], 14.0, rng.uniform(8, 11)
    while at + 20 < length - 14:
        size = min(rng.uniform(18, 44), length - 14 - at)
        corners = [a + along * at, a + along * (at + size)]
        shape = Polygon(
            [corners[0] + inward, corners[1] + inward, corners[1] + inward * depth, corners[0] + inward * depth]
        )
        if compound.wall.covers(shape):
            floors = 1 if rng.random() < 0.35 else 2
            row.append(House(shape, "commercial", floors, compound.year + 1, compound=compound.number,
                             parcel=compound.parcel.number))  # fmt: skip
        at += size + (12 if rng.random() < 0.2 else 1.5)
    return row


def _open_gates(compound: Compound, lanes: list[LineString], spines: list[LineString], frontage: Frontage) -> None:
    """Gates where a lane can be led straight out to a street: the quietest street first, apart from each other."""
    built = STRtree([h.shape for h in compound.houses]) if compound.houses else None
    options = []
    for line, cost in [*((s, 0.0) for s in spines), *((g, 35.0) for g in lanes)]:
        for end in (0, -1):
            way = _lead_out(line, end, compound, frontage)
            if way is None or (built is not None and len(built.query(way.line, predicate="intersects"))):
                continue
            street = frontage.nearest(Point(way.line.coords[-1]), 3.0)
            busy = {"primary": 120.0, "secondary": 40.0, "tertiary": 0.0}.get(street.level if street else "", 10.0)
            options.append((cost + busy, way))
    options.sort(key=lambda o: (o[0], o[1].line.coords[0]))
    wanted = 1 + int(compound.wall.area > 18_000) + int(compound.wall.area > 48_000)
    for _, way in options:
        gate = way.line.intersection(compound.wall.exterior)
        gate = gate if isinstance(gate, Point) else gate.representative_point()
        if all(gate.distance(g) > 90 for g in compound.gates) and len(compound.gates) < wanted:
            way.foot_only = len(compound.gates) == 2
            way.level = "footway" if way.foot_only else "service"
            compound.gates.append(gate)
            compound.ways.append(way)


def _lead_out(line: LineString, end: int, compound: Compound, frontage: Frontage) -> Way | None:
    """The straight way from the end of a lane through the wall to the middle of a street, if a street is there."""
    points = np.array(line.coords)
    tip, before = points[end], points[1 if end == 0 else -2]
    heading = (tip - before) / np.hypot(*(tip - before))
    ray = LineString([tip - heading * 0.5, tip + heading * 60])
    street = frontage.nearest(Point(*(tip + heading * 18)), 45.0)
    if street is None:
        return None
    hit = ray.intersection(street.line)
    if hit.is_empty:
        return None
    target = nearest_points(Point(*tip), hit)[1]
    way = LineString([tuple(tip - heading * 0.5), (target.x + heading[0], target.y + heading[1])])
    outside = way.difference(compound.wall)
    return Way(way, "service") if len(parts_of(outside)) == 1 else None


def _keep_connected(compound: Compound, lines: list[LineString]) -> None:
    """Keeps the lanes that can be reached from a gate."""
    reached = shapely.union_all([w.line for w in compound.ways]) if compound.ways else None
    left = list(lines)
    while reached is not None:
        touching = [g for g in left if g.distance(reached) < 0.05]
        if not touching:
            return
        left = [g for g in left if g.distance(reached) >= 0.05]
        compound.ways.extend(Way(g, "service") for g in touching)
        reached = shapely.union_all([reached, *touching])
