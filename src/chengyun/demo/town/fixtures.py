"""Facilities along streets and water: lamps, hydrants, cameras, bins, stops, lights, manholes, bridges, gauges."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from chengyun.demo.town.labels import METRES_PER_NUMBER, Roll
from chengyun.demo.town.mesh import WIDTHS
from chengyun.demo.town.names import Namer
from chengyun.demo.town.parcels import Way
from chengyun.demo.town.plane import generator, pick
from chengyun.demo.town.streets import Edge
from chengyun.demo.town.transit import Ramp, Station
from chengyun.demo.town.zoning import Block, Ground

Fact = str | int | float | bool | None


@dataclass
class Fixture:
    """A facility in metres, before its plate code is given."""

    category: str
    name: str
    point: Point
    owner: str = ""
    address: str = ""
    capacity: float | None = None
    floor_area: float | None = None
    state: str = "in_service"
    outline: BaseGeometry | None = None
    entrances: MultiPoint | None = None
    facts: dict[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Series:
    """Things that stand along streets: every so many metres on streets of some levels, and how often one is missing."""

    category: str
    name: str
    owner: str
    spacing: float
    levels: tuple[str, ...]
    offset: float  # metres inwards from the edge of the street
    missing: float
    both_sides: bool = False


ALL = ("primary", "secondary", "tertiary", "residential")
SERIES = (
    Series("street_lamp", "路灯", "construction", 36, ALL, 3.0, 0.03),
    Series("hydrant", "消火栓", "safety", 118, ALL, 2.0, 0.10),
    Series("manhole", "雨水井", "water", 75, ALL, 9.0, 0.05),
    Series("litter_bin", "废物箱", "greening", 150, ("primary", "secondary", "tertiary"), 3.5, 0.15, True),
    Series("camera", "公共视频", "police", 68, ALL, 2.5, 0.12, True),
    Series("street_tree", "行道树", "greening", 140, ("primary", "secondary"), 4.0, 0.05, True),
    Series("road_sign", "路名牌", "construction", 420, ALL, 2.0, 0.1),
    Series("bench", "座椅", "greening", 520, ("primary", "secondary"), 3.0, 0.2),
    Series("bike_parking", "非机动车停放点", "enforcement", 430, ("primary", "secondary", "tertiary"), 3.0, 0.3, True),
    Series("bus_stop", "公交站", "construction", 430, ("primary", "secondary"), 2.5, 0.22, True),
)


class Country:
    """How densely a spot is furnished: the middle of the town fully, works and villages less."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.tree = shapely.STRtree([b.polygon for b in blocks])

    def thin(self, points: list[Point], category: str, rng: np.random.Generator) -> np.ndarray:
        """Which of the points are kept, in an unlit or unwatched quarter fewer."""
        keep = np.ones(len(points), dtype=bool)
        luck = rng.random(len(points))
        near, number = self.tree.query(points, predicate="dwithin", distance=30)
        use = dict(zip(near.tolist(), number.tolist(), strict=True))
        for n in range(len(points)):
            land = self.blocks[use[n]].use if n in use else "outside"
            keep[n] = land != "outside" and luck[n] < SHARE.get((category, land), 1.0)
        return keep


SHARE = {
    ("camera", "village"): 0.35, ("camera", "works"): 0.55, ("camera", "logistics"): 0.5, ("camera", "park"): 0.6,
    ("hydrant", "village"): 0.45, ("hydrant", "works"): 0.8, ("street_lamp", "village"): 0.7,
    ("litter_bin", "works"): 0.3, ("litter_bin", "village"): 0.25, ("bench", "works"): 0.1, ("bench", "village"): 0.2,
    ("bus_stop", "village"): 0.55, ("bus_stop", "works"): 0.6, ("bike_parking", "village"): 0.1,
    ("street_tree", "village"): 0.5, ("manhole", "village"): 0.5,
}  # fmt: skip


def along_streets(streets: list[Way], ground: Ground, roll: Roll, seed: int) -> list[Fixture]:
    """Everything that stands in rows along the public streets."""
    country = Country(ground.blocks)
    wet = shapely.prepared.prep(ground.water)
    found: list[Fixture] = []
    for series in SERIES:
        rng = generator(seed, "series", series.category)
        spots = [s for way in streets if way.level in series.levels for s in _spots(way, series, rng)]
        keep = country.thin([p for p, _ in spots], series.category, rng)
        for (point, way), kept in zip(spots, keep, strict=True):
            if kept and not wet.contains(point):
                found.append(_fixture(series, point, way, roll, rng))
    return found


def _spots(way: Way, series: Series, rng: np.random.Generator) -> Iterator[tuple[Point, Way]]:
    at = rng.uniform(0.3, 0.7) * min(series.spacing, way.line.length)
    side = 1
    while at < way.line.length - 6:
        for hand in (1, -1) if series.both_sides else (side,):
            if rng.random() >= series.missing:
                yield _beside(way, at + hand * rng.uniform(0, 3), hand * (WIDTHS[way.level] / 2 - series.offset)), way
        side = -side
        at += series.spacing * rng.uniform(0.9, 1.12)


def _beside(way: Way, at: float, offset: float) -> Point:
    here = np.array(way.line.interpolate(at).coords[0])
    ahead = np.array(way.line.interpolate(min(at + 2.0, way.line.length)).coords[0])
    back = np.array(way.line.interpolate(max(at - 2.0, 0.0)).coords[0])
    heading = (ahead - back) / (np.hypot(*(ahead - back)) + 1e-9)
    return Point(here[0] - heading[1] * offset, here[1] + heading[0] * offset)


def _fixture(series: Series, point: Point, way: Way, roll: Roll, rng: np.random.Generator) -> Fixture:
    name = series.name if series.category != "bus_stop" else f"{near(point, way, roll)[:-3]}站"
    made = Fixture(series.category, name, point, series.owner, near(point, way, roll))
    if rng.random() < 0.012:
        made.state = "out_of_service"
    if series.category == "street_lamp":
        made.facts = {"source": "LED" if rng.random() < 0.94 else "钠灯", "qr": bool(rng.random() < 0.86)}
    elif series.category == "manhole":
        made.name = pick(rng, ["雨水井", "污水井", "上水井", "电力井", "通信井"], [4, 3, 2, 1, 1])
        made.facts = {"kind": made.name}
    elif series.category == "bus_stop":
        made.facts = {"lines": int(rng.integers(1, 6)), "shelter": bool(rng.random() < 0.7)}
    return made


def near(point: Point, way: Way, roll: Roll) -> str:
    """Where something stands in the street, as people say it: 云岸大道128号旁."""
    away = np.array(point.coords[0]) - roll.starts[way.name]
    number = 2 * int(max(0.0, float(away @ roll.headings[way.name])) / (2 * METRES_PER_NUMBER)) + 1
    return f"{way.name}{number}号旁"


def at_crossings(edges: list[Edge], seed: int) -> list[Fixture]:
    """Traffic lights where main streets meet; bridges over water."""
    rng = generator(seed, "crossings")
    names: dict[int, set[str]] = {}
    spot: dict[int, Point] = {}
    found = []
    for edge in edges:
        if edge.source.level in {"primary", "secondary"}:
            for node, end in ((edge.start, 0), (edge.end, -1)):
                names.setdefault(node, set()).add(edge.source.name)
                spot[node] = Point(edge.line.coords[end])
        if edge.bridge and edge.source.level in ALL and edge.line.length > 20:
            where = f"{edge.source.name}跨河处"
            facts: dict[str, Fact] = {"grade": pick(rng, ["一类", "二类", "三类"], [6.0, 3.0, 0.35])}
            middle = edge.line.interpolate(0.5, normalized=True)
            found.append(Fixture("bridge", f"{edge.source.name[:2]}桥", middle, "construction", where, facts=facts))
    for node, streets in sorted(names.items()):
        if len(streets) > 1 and rng.random() < 0.9:
            where = "、".join(sorted(streets)[:2]) + "路口"
            found.append(Fixture("traffic_light", "交通信号灯", spot[node], "police", where))
    return found


def in_transit(
    stations: list[Station], ramps: list[Ramp], streets: list[Way], roll: Roll, namer: Namer
) -> list[Fixture]:
    """Metro stations, their entrances (bus stops near most of them) and the ramps of the expressway."""
    rng = generator(namer.seed, "transit")
    tree = shapely.STRtree([w.line for w in streets])
    found = []
    for number, station in enumerate(stations):
        way = streets[int(tree.nearest(station.point))]
        cross = next((w.name for w in streets if w.name != way.name and w.line.distance(station.point) < 30), way.name)
        name, where = f"{cross.rstrip('路')}站", f"{way.name}、{cross}路口"
        doors = MultiPoint(station.entrances)
        found.append(Fixture("metro_station", name, station.point, "construction", where, entrances=doors))
        for door, point in enumerate(station.entrances, 1):
            found.append(Fixture("metro_entrance", f"{name}{door}号口", point, "construction", where))
        if number % 4 != 2:  # one station in four has no stop near its stairs: a gap that an indicator must find
            spot = Point(station.entrances[0].x + rng.uniform(20, 60), station.entrances[0].y)
            found.append(Fixture("bus_stop", f"{name}（公交）", spot, "construction", near(spot, way, roll)))
    for ramp in ramps:
        way = streets[int(tree.nearest(ramp.point))]
        found.append(
            Fixture("expressway_ramp", f"{namer.town}高架{way.name}{ramp.name}", ramp.point, "construction", way.name)
        )
    return found


def at_water(ground: Ground, names: list[str], seed: int) -> list[Fixture]:
    """Gauges along the rivers, pumping stations, spots that flood."""
    rng = generator(seed, "water")
    found = []
    for river, name in zip(ground.mesh.rivers, names, strict=False):
        line = river.line.intersection(ground.boundary)
        if line.is_empty or line.length < 300:
            continue
        steps = np.arange(200, line.length, 1_300 if river.main else 2_600)
        for number, at in enumerate(steps, 1):
            point = line.interpolate(at)
            facts: dict[str, Fact] = {
                "section": f"{name}{number}号断面",
                "class": pick(rng, ["Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"], [1, 4, 4, 1]),
            }
            found.append(
                Fixture("river_gauge", f"{name}水位水质监测点{number}", point, "water", f"{name}沿岸", facts=facts)
            )
            if number % 2:
                spot = Point(point.x + river.width, point.y)
                found.append(Fixture("pump_station", f"{name}泵站{number}", spot, "water", f"{name}沿岸"))
    return found
