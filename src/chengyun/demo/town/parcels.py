"""Cuts blocks into parcels: public streets first, then the walls between neighbours."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from chengyun.demo.town.mesh import WIDTHS
from chengyun.demo.town.plane import generator
from chengyun.demo.town.zoning import Block, Ground

# For each use: pieces between streets and parcels between walls are cut until they are below these areas, m².
SIZES = {
    "estate": (105_000, 54_000),
    "centre": (42_000, 24_000),
    "works": (120_000, 52_000),
    "logistics": (150_000, 80_000),
    "campus": (160_000, 90_000),
}
# Uses of a parcel in an estate block beside housing, with how many the town should get of each.
NEEDS = {
    "primary_school": 13,
    "kindergarten": 26,
    "middle_school": 9,
    "market": 7,
    "pocket_park": 20,
    "green": 16,
    "community_centre": 6,
    "retail": 9,
    "office": 8,
    "health_centre": 2,
    "care_home": 5,
    "vacant": 12,
    "substation": 5,
}
# What the parcels of the town centre and of the campus become, from the innermost outwards; the rest is housing.
CENTRE = (
    "mall", "town_hall", "pocket_park", "tower_office", "mall", "tower_office", "hotel", "culture", "tower_office",
    "retail", "pocket_park", "tower_office", "hospital", "mall", "office", "tower_office", "retail", "hotel",
    "office", "tower_office", "retail", "office", "green",
)  # fmt: skip
CAMPUS = ("college", "research", "hospital", "research", "office", "research", "pocket_park", "office")
SMALL = {"kindergarten", "market", "pocket_park", "community_centre", "health_centre", "care_home", "substation"}


@dataclass
class Way:
    """A street, lane or path before it is cut at junctions."""

    line: LineString
    level: str  # tertiary | residential | service | footway | track
    name: str = ""
    foot_only: bool = False


@dataclass
class Parcel:
    """Land of one user between streets, walls and water. `use` says what stands on it."""

    number: int
    block: Block
    shape: Polygon
    use: str
    style: str = ""


def divide(ground: Ground, seed: int) -> tuple[list[Parcel], list[Way]]:
    """Parcels of all blocks but villages and parks (these stay whole), and the streets that were cut."""
    parcels: list[Parcel] = []
    ways: list[Way] = []
    barriers = shapely.union_all(
        [r.line.buffer(r.width / 2 + 7) for r in ground.mesh.rivers if r.main]
        + [ground.mesh.expressway.buffer(20, cap_style="flat")]
    )
    for block in ground.blocks:
        rng = generator(seed, "parcels", str(block.number))
        shapes, streets = _cut_block(block, rng, barriers)
        ways.extend(streets)
        parcels.extend(Parcel(len(parcels) + n, block, s, block.use) for n, s in enumerate(shapes))
    for number, parcel in enumerate(parcels):
        parcel.number = number
    _assign_middle(parcels)
    _assign_civic(parcels, generator(seed, "civic"))
    return parcels, ways


def _cut_block(block: Block, rng: np.random.Generator, barriers: BaseGeometry) -> tuple[list[Polygon], list[Way]]:
    if block.use not in SIZES:
        return polygons_of(block.net, 1_500), []
    piece_area, parcel_area = SIZES[block.use]
    pieces, cuts = bisect(block.polygon, piece_area, rng)
    ways = []
    for order, line in enumerate(cuts):
        level = "tertiary" if order == 0 and block.polygon.area > 180_000 else "residential"
        kept = max(parts_of(extended(line, 1.0).difference(barriers)), key=lambda g: g.length, default=None)
        if kept is not None and kept.length > 60:
            ways.append(Way(kept, level))
    roads = shapely.union_all([w.line.buffer(WIDTHS[w.level] / 2, cap_style="flat") for w in ways]) if ways else None
    shapes: list[Polygon] = []
    for piece in pieces:
        net = piece.intersection(block.net)
        net = net.difference(roads) if roads is not None else net
        for part in polygons_of(net, 1_500):
            walled, _ = bisect(part, parcel_area * rng.uniform(0.8, 1.35), rng)
            shapes.extend(p for w in walled for p in polygons_of(w.buffer(-0.4), 1_500))
    return shapes, ways


def bisect(polygon: Polygon, largest: float, rng: np.random.Generator) -> tuple[list[Polygon], list[LineString]]:
    """Halves a polygon across its longer side until no piece is larger than `largest` m²; also the cutting lines."""
    if polygon.area <= largest * 1.25:
        return [polygon], []
    line = _cutting_line(polygon, rng)
    parts = [p for p in split(polygon, line).geoms if p.area > 50]
    if len(parts) < 2:
        return [polygon], []
    cuts = [max(parts_of(line.intersection(polygon)), key=lambda g: g.length)]
    pieces: list[Polygon] = []
    for part in sorted(parts, key=lambda p: (round(p.centroid.x), round(p.centroid.y))):
        inner, more = bisect(part, largest, rng)
        pieces.extend(inner)
        cuts.extend(more)
    return pieces, cuts


def _cutting_line(polygon: Polygon, rng: np.random.Generator) -> LineString:
    corners = np.array(polygon.minimum_rotated_rectangle.exterior.coords)[:4]
    sides = [corners[1] - corners[0], corners[2] - corners[1]]
    start = corners[0] if np.hypot(*sides[0]) >= np.hypot(*sides[1]) else corners[1]
    along, across = sorted(sides, key=lambda s: -np.hypot(*s))
    middle = start + along * rng.uniform(0.42, 0.58)
    bend = along / np.hypot(*along) * rng.normal(0, 6)
    return LineString([middle - 1.2 * across, middle + bend, middle + 1.2 * across])


def extended(line: LineString, metres: float) -> LineString:
    """The line, a little longer at both ends, so that it crosses what it should meet."""
    points = np.array(line.coords)
    first, last = points[0] - points[1], points[-1] - points[-2]
    points[0] += first / np.hypot(*first) * metres
    points[-1] += last / np.hypot(*last) * metres
    return LineString(points)


def polygons_of(geometry: BaseGeometry, smallest: float) -> list[Polygon]:
    """The polygons of a geometry that are larger than `smallest` m², without holes under 50 m²."""
    return [p for p in parts_of(geometry) if isinstance(p, Polygon) and p.area >= smallest]


def parts_of(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The single geometries inside a geometry; none if it is empty."""
    return [g for g in shapely.get_parts(geometry) if not g.is_empty]


def _assign_middle(parcels: list[Parcel]) -> None:
    for land, uses in (("centre", CENTRE), ("campus", CAMPUS)):
        inside = sorted(
            (p for p in parcels if p.use == land), key=lambda p: p.shape.centroid.distance(_heart(parcels, land))
        )
        for number, parcel in enumerate(inside):
            parcel.use = uses[number] if number < len(uses) else "estate"
            if parcel.use == "estate" and land == "centre":
                parcel.style = "tower"


def _heart(parcels: list[Parcel], land: str) -> Point:
    return shapely.union_all([p.shape for p in parcels if p.block.use == land]).centroid


def _assign_civic(parcels: list[Parcel], rng: np.random.Generator) -> None:
    """Gives schools, markets and the like their parcels: spread thinly and unevenly, small ones cut from estates."""
    estates = [p for p in parcels if p.use == "estate"]
    for parcel in estates:
        if parcel.shape.area < 6_500 or _thinness(parcel.shape) < 0.32:
            parcel.use = "green"
    taken: dict[str, list[Parcel]] = {}
    left = []
    for use in (use for use, count in NEEDS.items() for _ in range(count)):
        free = [p for p in estates if p.use == "estate" and _fits(p, use)]
        if free:
            _take(_most_wanting(free, taken.get(use, []), rng), use, taken)
        elif use in SMALL:
            left.append(use)
    rng.shuffle(left)
    _carve_civic(parcels, left, taken, rng)


def _carve_civic(
    parcels: list[Parcel], uses: list[str], taken: dict[str, list[Parcel]], rng: np.random.Generator
) -> None:
    """Small uses in pairs on the end of a large estate."""
    for first, second in zip(uses[::2], uses[1::2], strict=False):
        free = [p for p in parcels if p.use == "estate" and p.shape.area > 34_000]
        if not free:
            return
        host = _most_wanting(free, taken.get(first, []), rng)
        for use, shape in zip((first, second), _carve(host, rng), strict=False):
            parcels.append(Parcel(len(parcels), host.block, shape, "estate"))
            _take(parcels[-1], use, taken)


def _most_wanting(free: list[Parcel], others: list[Parcel], rng: np.random.Generator) -> Parcel:
    """The parcel farthest from its like, with luck in it, and the middle of the town preferred."""
    return free[int(np.argmax([_gap(p, others) * rng.uniform(0.35, 1.0) / (600 + p.block.distance) for p in free]))]


def _take(parcel: Parcel, use: str, taken: dict[str, list[Parcel]]) -> None:
    parcel.use = use
    taken.setdefault(use, []).append(parcel)


def _carve(host: Parcel, rng: np.random.Generator) -> list[Polygon]:
    """Cuts the end off an estate, about 75 m deep, in two small parcels; the estate keeps the rest."""
    corners = np.array(host.shape.minimum_rotated_rectangle.exterior.coords)[:4]
    sides = [corners[1] - corners[0], corners[2] - corners[1]]
    start = corners[0] if np.hypot(*sides[0]) >= np.hypot(*sides[1]) else corners[1]
    along, across = sorted(sides, key=lambda s: -np.hypot(*s))
    middle = start + along / np.hypot(*along) * rng.uniform(62, 84)
    parts = polygons_of(split(host.shape, LineString([middle - 1.2 * across, middle + 1.2 * across])), 50)
    if len(parts) != 2:
        return []
    end, rest = sorted(parts, key=lambda p: p.area)
    host.shape = rest
    return bisect(end, 6_000, rng)[0][:2]


def _fits(parcel: Parcel, use: str) -> bool:
    small = parcel.shape.area < 21_000
    return small if use in SMALL else not small


def _gap(parcel: Parcel, others: list[Parcel]) -> float:
    return float(min((parcel.shape.centroid.distance(o.shape.centroid) for o in others), default=1_500.0))


def _thinness(shape: Polygon) -> float:
    return float(shape.area / (shape.length / 4) ** 2)
