"""Villages: hamlets of small houses along lanes and creeks, and the fields, woods and ponds around them."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import LineString, Point, Polygon, STRtree
from shapely.affinity import rotate
from shapely.geometry.base import BaseGeometry

from chengyun.demo.town.estates import Compound, Frontage, House
from chengyun.demo.town.parcels import Parcel, Way, bisect, extended, parts_of, polygons_of
from chengyun.demo.town.plane import generator, pick
from chengyun.demo.town.zoning import Block, Ground

HOUSE_STEP = (15.5, 20.0)  # metres along the lane from one house to the next


@dataclass
class Country:
    """What the villages consist of. `fields` are (kind of ground, polygon)."""

    hamlets: list[Compound] = field(default_factory=list)
    lanes: list[Way] = field(default_factory=list)
    fields: list[tuple[str, Polygon]] = field(default_factory=list)


def settle(ground: Ground, parcels: list[Parcel], frontage: Frontage, seed: int, first: int) -> Country:
    """Hamlets on all village blocks; compounds are numbered from `first`."""
    country = Country()
    for block in ground.blocks:
        if block.use != "village":
            continue
        rng = generator(seed, "village", str(block.number))
        own = [p for p in parcels if p.block is block]
        room = shapely.union_all([p.shape for p in own]).buffer(-4)
        lanes = _lanes(block, frontage, rng)
        country.lanes.extend(lanes)
        houses = _houses(lanes, room, rng)
        hamlets = _hamlets(houses, own, first + len(country.hamlets), rng)
        country.hamlets.extend(hamlets)
        country.fields.extend(_fields(own, [h.wall for h in hamlets], rng))
    return country


def _lanes(block: Block, frontage: Frontage, rng: np.random.Generator) -> list[Way]:
    """One or two winding lanes from street to street through the block."""
    _, chords = bisect(block.polygon, block.polygon.area * 0.55, rng)
    if block.polygon.area > 330_000:
        _, chords = bisect(block.polygon, block.polygon.area * 0.3, rng)
    lanes = []
    for chord in chords:
        line = extended(_winding(chord, rng), 1.0)
        inside = max(parts_of(line.intersection(block.polygon.buffer(1.5))), key=lambda g: g.length)
        ends = [frontage.nearest(Point(inside.coords[n]), 6.0) for n in (0, -1)]
        if any(ends) and inside.length > 120:
            lanes.append(Way(inside, "residential"))
    return lanes


def _winding(chord: LineString, rng: np.random.Generator) -> LineString:
    length = chord.length
    t = np.linspace(0, 1, max(4, int(length / 22)))
    points = np.array([chord.interpolate(x, normalized=True).coords[0] for x in t])
    heading = points[-1] - points[0]
    side = np.array([-heading[1], heading[0]]) / np.hypot(*heading)
    sway = rng.uniform(10, 26) * np.sin(2 * np.pi * t * rng.uniform(0.8, 1.9) + rng.uniform(0, 6.3))
    return LineString(points + np.outer(sway * np.sin(np.pi * t), side))


def _houses(lanes: list[Way], room: BaseGeometry, rng: np.random.Generator) -> list[Polygon]:
    """Houses beside the lanes, two deep on each side, all looking south, none touching another."""
    found: list[Polygon] = []
    facing = rng.normal(0, 6)
    inside = shapely.prepared.prep(room)
    roads = shapely.union_all([w.line.buffer(6.5) for w in lanes]) if lanes else Polygon()
    for lane in lanes:
        start, end = sorted(rng.uniform(0.04, 0.96, 2))
        start, end = max(0.05, start - 0.25), min(0.95, end + 0.25)
        for offset in (14.0, -14.0, 34.0, -34.0):
            at = start * lane.line.length
            while at < end * lane.line.length:
                house = _house(lane.line, at, offset + rng.normal(0, 1.5), facing, rng)
                if rng.random() < 0.9 and inside.covers(house) and not house.intersects(roads):
                    found.append(house)
                at += rng.uniform(*HOUSE_STEP)
    return _apart(found)


def _house(line: LineString, at: float, offset: float, facing: float, rng: np.random.Generator) -> Polygon:
    here, ahead = np.array(line.interpolate(at).coords[0]), np.array(line.interpolate(at + 2).coords[0])
    heading = (ahead - here) / (np.hypot(*(ahead - here)) + 1e-9)
    x, y = here + np.array([-heading[1], heading[0]]) * offset
    wide, deep = rng.uniform(10, 14.5) / 2, rng.uniform(8.5, 11) / 2
    box = Polygon([(x - wide, y - deep), (x + wide, y - deep), (x + wide, y + deep), (x - wide, y + deep)])
    return rotate(box, facing + rng.normal(0, 2.5), origin=(x, y))


def _apart(houses: list[Polygon]) -> list[Polygon]:
    """The houses without those that come too close to an earlier one."""
    if not houses:
        return []
    tree = STRtree(houses)
    dropped: set[int] = set()
    left, right = tree.query(shapely.buffer(houses, 1.2, quad_segs=1), predicate="intersects")
    for a, b in sorted(zip(left.tolist(), right.tolist(), strict=True)):
        if a < b and a not in dropped:
            dropped.add(b)
    return [h for n, h in enumerate(houses) if n not in dropped]


def _hamlets(houses: list[Polygon], parcels: list[Parcel], first: int, rng: np.random.Generator) -> list[Compound]:
    if not houses:
        return []
    crowds = shapely.union_all(shapely.buffer(houses, 16, quad_segs=2)).buffer(-7)
    year = int(rng.integers(1982, 1998))
    hamlets: list[Compound] = []
    for parcel in parcels:
        for land in polygons_of(crowds.intersection(parcel.shape), 2_500):
            inside = [h for h in houses if land.covers(h)]
            if len(inside) >= 7:
                number = first + len(hamlets)
                hamlet = Compound(number, parcel, land, "hamlet", year, kind="village")
                hamlet.houses = [_farmhouse(h, hamlet, rng) for h in inside]
                hamlets.append(hamlet)
    return hamlets


def _farmhouse(shape: Polygon, hamlet: Compound, rng: np.random.Generator) -> House:
    floors = pick(rng, [1, 2, 3], [1.0, 5.0, 2.0])
    year = hamlet.year + int(rng.integers(-6, 16))
    return House(
        shape, "residential", floors, year, int(rng.integers(1, 3)), False, hamlet.number, hamlet.parcel.number
    )


def _fields(parcels: list[Parcel], built: list[Polygon], rng: np.random.Generator) -> list[tuple[str, Polygon]]:
    fields: list[tuple[str, Polygon]] = []
    taken = shapely.union_all(built) if built else Polygon()
    for parcel in parcels:
        for land in polygons_of(parcel.shape.difference(taken.buffer(3)), 1_200):
            for piece in bisect(land, 26_000, rng)[0]:
                kind = pick(rng, ["farmland", "wood", "grass", "pond"], [6.0, 2.2, 0.8, 0.5])
                fields.extend((kind, p) for p in polygons_of(piece.buffer(-3, join_style="mitre"), 700))
    return fields
