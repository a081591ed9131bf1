"""Everything that is neither home nor village: works, schools, centre, parks; one gate to the street each."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import LineString, Point, Polygon, box
from shapely.affinity import rotate, scale, translate
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from chengyun.demo.town.estates import Frontage, House, south_angle
from chengyun.demo.town.parcels import Parcel, Way, parts_of, polygons_of
from chengyun.demo.town.plane import generator, pick
from chengyun.demo.town.rows import RowStyle, lay_rows


@dataclass
class Site:
    """A parcel that has been built on. `gates` lie on its edge; `grounds` are (kind/sub, polygon)."""

    parcel: Parcel
    houses: list[House] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    gates: list[Point] = field(default_factory=list)
    grounds: list[tuple[str, Polygon]] = field(default_factory=list)
    name: str = ""
    road: str = ""
    number: str = ""


Frame = tuple[BaseGeometry, float, Point]  # the parcel turned so that south is down; the angle and point to turn back


def build_site(parcel: Parcel, frontage: Frontage, seed: int) -> Site:
    """Builds on one parcel by its use."""
    rng = generator(seed, "site", str(parcel.number))
    site = Site(parcel)
    BUILDERS.get(parcel.use, _green)(site, rng)
    if not site.gates:
        _open_gate(site, frontage)
    for house in site.houses:
        house.parcel = parcel.number
    return site


def _works(site: Site, rng: np.random.Generator) -> None:
    inner = site.parcel.shape.buffer(-9)
    large = site.parcel.use == "logistics" or rng.random() < 0.35
    style = RowStyle(54, (85, 150), 82, 18, "hall") if large else RowStyle(30, (48, 92), 50, 14, "hall")
    layout = lay_rows(inner, style, south_angle(site.parcel.shape), rng)
    year = int(rng.integers(1993, 2019))
    for shape in layout.houses:
        if rng.random() < 0.07:
            continue
        office = shape.area < 2_600 and rng.random() < 0.3
        floors = int(rng.integers(4, 9)) if office else pick(rng, [1, 2, 3], [5.0, 2.0, 1.0])
        use = "office" if office else "industrial"
        site.houses.append(House(shape, use, floors, year, lift=floors >= 4))
    site.ways = [Way(g, "service") for g in layout.lanes + layout.spines]


def _frame(site: Site, inset: float) -> Frame:
    angle, origin = south_angle(site.parcel.shape), site.parcel.shape.centroid
    return rotate(site.parcel.shape.buffer(-inset), -angle, origin=origin), angle, origin


def _put(site: Site, frame: Frame, shapes: list[Polygon], make: Callable[[Polygon], House]) -> None:
    """Adds those of the shapes (in the turned frame) that stand wholly inside the parcel and free of each other."""
    room, angle, origin = frame
    standing: list[Polygon] = []
    for shape in shapes:
        if room.covers(shape) and all(shape.distance(s) > 1 for s in standing):
            standing.append(shape)
            site.houses.append(make(rotate(shape, angle, origin=origin)))


def _slabs(room: BaseGeometry, count: int, depth: float, pitch: float) -> list[Polygon]:
    """Some slabs one behind the other, from the north edge of the room downwards."""
    west, south, east, north = room.bounds
    found: list[Polygon] = []
    y = north - 4 - depth
    while len(found) < count and y > south:
        line = room.intersection(LineString([(west, y + depth / 2), (east, y + depth / 2)]))
        for part in parts_of(line)[:1]:
            a, b = part.bounds[0] + 8, part.bounds[2] - 8
            found.append(box(a, y, min(b, a + 78), y + depth) if b - a > 20 else box(a, y, a + 1, y + 1))
        y -= pitch
    return found


def _school(site: Site, rng: np.random.Generator) -> None:
    frame = _frame(site, 6)
    room, angle, origin = frame
    year = int(rng.integers(1978, 2018))
    big = site.parcel.use != "kindergarten"
    _put(site, frame, _slabs(room, 3 if big else 1, 14 if big else 18, 34),
         lambda s: House(s, "school", 4 if big else 3, year))  # fmt: skip
    if big:
        middle = room.centroid
        oval = scale(LineString([(-42, 0), (42, 0)]).buffer(36), 1.0, 1.0)
        for dy in (-60, -40, -80, -20):
            field_shape = translate(oval, middle.x, middle.y + dy)
            turned = rotate(field_shape, angle, origin=origin)
            if room.covers(field_shape) and not any(h.shape.intersects(turned) for h in site.houses):
                site.grounds.append(("land/sports", turned))
                break


def _blocks(site: Site, rng: np.random.Generator, floors: tuple[int, int], use: str) -> None:
    """A low base and towers on it: offices, hotels, shopping."""
    frame = _frame(site, 10)
    room = frame[0]
    middle = room.representative_point()
    year = int(rng.integers(1999, 2023))
    west, south, east, north = room.bounds
    wide, deep = min((east - west) * 0.36, 62), min((north - south) * 0.36, 46)
    shapes, heights = [], []
    for dx, dy in ((-0.52, 0.5), (0.52, 0.5), (-0.52, -0.5), (0.52, -0.5)):
        x, y, k = middle.x + dx * (wide + 16), middle.y + dy * (deep + 16), rng.uniform(0.62, 0.95)
        shapes.append(box(x - wide * k / 2, y - deep * k / 2, x + wide * k / 2, y + deep * k / 2))
        heights.append(int(rng.integers(floors[0], floors[1] + 1)))
    storeys = iter(heights)
    _put(site, frame, shapes, lambda s: House(s, use, next(storeys), year, lift=True))


def _mall(site: Site, rng: np.random.Generator) -> None:
    room = site.parcel.shape.buffer(-14)
    for part in polygons_of(room, 1_500):
        core = part.buffer(-6, join_style="mitre").simplify(6)
        for shape in polygons_of(core, 800)[:1]:
            site.houses.append(
                House(shape, "commercial", int(rng.integers(3, 7)), int(rng.integers(2003, 2021)), lift=True)
            )


def _single(floors: int, use: str) -> Callable[[Site, np.random.Generator], None]:
    def build(site: Site, rng: np.random.Generator) -> None:
        frame = _frame(site, 7)
        year = int(rng.integers(1984, 2021))
        _put(site, frame, _slabs(frame[0], 2 if site.parcel.shape.area > 7_000 else 1, 22, 40),
             lambda s: House(s, use, floors, year, lift=floors > 3))  # fmt: skip
        if not site.houses:
            middle = site.parcel.shape.representative_point()
            site.houses.append(House(middle.buffer(11, cap_style="square"), use, floors, year))

    return build


def _green(site: Site, rng: np.random.Generator) -> None:
    kind = {"green": "green/green_belt", "pocket_park": "green/pocket_park", "vacant": "land/construction"}
    site.grounds.append((kind.get(site.parcel.use, "green/grass"), site.parcel.shape))
    if site.parcel.use == "pocket_park":
        ring = site.parcel.shape.buffer(-9).exterior
        site.ways.append(Way(LineString(ring.coords), "footway", foot_only=True))
        if site.parcel.shape.area > 5_000:
            pond = site.parcel.shape.representative_point().buffer(rng.uniform(9, 13), quad_segs=6)
            site.grounds.append(("water/pond", pond))


def _park(site: Site, rng: np.random.Generator) -> None:
    """A large park: a lake with a path around it, a path inside the fence, cross paths, pavilions."""
    shape = site.parcel.shape
    site.grounds.append(("green/park", shape))
    if shape.area < 20_000:
        return
    lake = _lake(shape, rng)
    if not lake.is_empty:
        site.grounds.append(("water/lake", lake))
    rings = [shape.buffer(-22).buffer(-20).buffer(20), lake.buffer(16)]
    for ring in rings:
        for part in polygons_of(ring, 4_000):
            site.ways.append(Way(LineString(part.exterior.coords), "footway", foot_only=True))
    if len(site.ways) > 1:
        site.ways += _cross_paths(site.ways[0].line, site.ways[1].line)
    for share in rng.random(5) if site.ways else ():
        spot = site.ways[0].line.interpolate(share, normalized=True).buffer(7, quad_segs=1)
        if shape.covers(spot):
            site.houses.append(House(spot, "public", 1, 2004))


def _cross_paths(outer: LineString, inner: LineString) -> list[Way]:
    """Paths from the fence to the lake."""
    starts = [outer.interpolate(share, normalized=True) for share in np.linspace(0, 1, 6)[:-1]]
    paths = [extended_between(start, nearest_points(start, inner)[1]) for start in starts]
    return [Way(path, "footway", foot_only=True) for path in paths if path is not None]


def _lake(shape: Polygon, rng: np.random.Generator) -> Polygon:
    """In the middle, away from the fence; empty where a park is too narrow for one."""
    middle = shape.centroid
    size = np.sqrt(shape.area) * rng.uniform(0.07, 0.23)
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    radius = size * (1 + 0.25 * np.sin(2 * angle + rng.uniform(0, 6)) + 0.14 * np.sin(3 * angle + rng.uniform(0, 6)))
    ring = np.column_stack([middle.x + 1.25 * radius * np.cos(angle), middle.y + 0.85 * radius * np.sin(angle)])
    lake = Polygon(ring).intersection(shape.buffer(-45))
    return max(polygons_of(lake, 1), key=lambda p: p.area, default=Polygon())


def extended_between(start: Point, end: Point) -> LineString | None:
    """A straight line through both points that is a metre longer at each end; None if they are too close."""
    a, b = np.array(start.coords[0]), np.array(end.coords[0])
    length = float(np.hypot(*(b - a)))
    if length < 6:
        return None
    step = (b - a) / length
    return LineString([a - step, b + step])


def _open_gate(site: Site, frontage: Frontage) -> None:
    """A drive from inside the parcel to the nearest street, and the gate on its edge."""
    shape = site.parcel.shape
    edge = shape.exterior
    samples = [edge.interpolate(d) for d in np.linspace(0, edge.length, 48, endpoint=False)]
    found = [(street, p) for p in samples if (street := frontage.nearest(p, 40.0)) is not None]
    if not found:
        return
    middle = shape.representative_point()
    rank = {"primary": 60.0, "secondary": 15.0}
    street, gate = min(found, key=lambda f: rank.get(f[0].level, 0.0) + f[1].distance(middle) * 0.5)
    start = nearest_points(gate, shapely.union_all([w.line for w in site.ways]))[1] if site.ways else middle
    drive = extended_between(start, gate)
    lead = extended_between(gate, nearest_points(gate, street.line)[1])
    walk = site.parcel.use in {"pocket_park", "park"}
    for line in (drive, lead):
        if line is not None:
            site.ways.append(Way(line, "footway" if walk else "service", foot_only=walk))
    site.gates.append(gate)


BUILDERS: dict[str, Callable[[Site, np.random.Generator], None]] = {
    "works": _works,
    "logistics": _works,
    "primary_school": _school,
    "middle_school": _school,
    "kindergarten": _school,
    "college": _school,
    "park": _park,
    "market": _mall,
    "retail": _mall,
    "mall": _mall,
    "office": lambda s, r: _blocks(s, r, (6, 18), "office"),
    "tower_office": lambda s, r: _blocks(s, r, (12, 32), "office"),
    "hotel": lambda s, r: _blocks(s, r, (8, 24), "commercial"),
    "hospital": lambda s, r: _blocks(s, r, (5, 14), "hospital"),
    "research": lambda s, r: _blocks(s, r, (4, 9), "office"),
    "community_centre": _single(4, "public"),
    "health_centre": _single(5, "hospital"),
    "care_home": _single(5, "public"),
    "substation": _single(2, "public"),
    "town_hall": _single(8, "public"),
    "culture": _mall,
}
