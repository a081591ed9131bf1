"""The expressway with its carriageways, frontage roads and ramps; the metro line with stations and entrances."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from shapely import LineString, Point
from shapely.ops import substring

from chengyun.demo.town.mesh import Axis, Mesh
from chengyun.demo.town.zoning import Ground

CARRIAGEWAY, FRONTAGE = 9.0, 24.0  # metres from the middle of the expressway
RAMP = (120.0, 330.0)  # metres from the crossing: where a ramp meets the frontage road, and the carriageway


@dataclass(frozen=True)
class Track:
    """A driving line with its direction, ready to be noded with its like. `upper` is the elevated road."""

    line: LineString
    level: str  # motorway | link | frontage
    upper: bool


@dataclass(frozen=True)
class Ramp:
    """A slip road: `point` is its lower end on the frontage road."""

    point: Point
    name: str  # 入口 or 出口 with its direction


@dataclass
class Expressway:
    """The elevated road in its parts."""

    tracks: list[Track] = field(default_factory=list)
    ramps: list[Ramp] = field(default_factory=list)


@dataclass(frozen=True)
class Station:
    """A metro station under a crossing. `streets` are the numbers of the two axes that cross."""

    point: Point
    crossing: tuple[Axis, Axis]
    entrances: tuple[Point, ...]


def build_expressway(mesh: Mesh, ground: Ground) -> Expressway:
    """Two carriageways, two one-way frontage roads, and four ramps at each crossing with a primary street in town."""
    road = Expressway()
    middle = _in_town(mesh.expressway, ground)
    crossings = sorted(
        middle.project(hit)
        for axis in mesh.axes
        if axis.runs == "ns" and axis.level == "primary"
        for hit in [axis.line.intersection(middle)]
        if isinstance(hit, Point) and 450 < middle.project(hit) < middle.length - 450
    )
    for side, compass in ((-1, "东"), (1, "西")):
        upper, lower = middle.offset_curve(side * CARRIAGEWAY), middle.offset_curve(side * FRONTAGE)
        cuts_upper, cuts_lower = [], []
        for at in crossings:
            for sign, word in ((-1, "出口" if side < 0 else "入口"), (1, "入口" if side < 0 else "出口")):
                low = _foot(lower, middle.interpolate(at + sign * RAMP[0]))
                high = _foot(upper, middle.interpolate(at + sign * RAMP[1]))
                cuts_lower.append(low)
                cuts_upper.append(high)
                a, b = upper.interpolate(high), lower.interpolate(low)
                ramp = _bent(a, b) if word == "出口" else _bent(b, a)
                road.tracks.append(Track(ramp, "link", upper=True))
                road.ramps.append(Ramp(b, f"往{compass}{word}"))
        forward = side < 0  # traffic keeps to the right: eastwards on the south side
        road.tracks += [Track(p, "motorway", True) for p in _pieces(upper, cuts_upper, forward)]
        road.tracks += [Track(p, "frontage", False) for p in _pieces(lower, cuts_lower, forward)]
    return road


def _in_town(line: LineString, ground: Ground) -> LineString:
    part = line.intersection(ground.boundary.buffer(350))
    longest = max(getattr(part, "geoms", [part]), key=lambda g: g.length)
    return longest if isinstance(longest, LineString) else line


def _foot(line: LineString, point: Point) -> float:
    return round(float(line.project(point)), 2)


def _bent(start: Point, end: Point) -> LineString:
    """A slip road from start to end that leaves its first road gently."""
    a, b = np.array(start.coords[0]), np.array(end.coords[0])
    return LineString([a, a + (b - a) * 0.35 + (b - a)[::-1] * np.array([0.004, -0.004]), b])


def _pieces(line: LineString, cuts: list[float], forward: bool) -> list[LineString]:
    stops = [0.0, *sorted(cuts), line.length]
    pieces = [substring(line, a, b) for a, b in pairwise(stops) if b - a > 0.5]
    return [p if forward else p.reverse() for p in pieces]


def build_metro(mesh: Mesh, ground: Ground, rng: np.random.Generator) -> tuple[LineString, list[Station]]:
    """A line under the primary street nearest to the middle, with stations at crossings 1.1 km apart or more."""
    streets = [a for a in mesh.axes if a.runs == "ew" and a.level == "primary"]
    under = min(streets, key=lambda a: a.line.distance(Point(0, 0)))
    line = _in_town(under.line, ground)
    found = [
        (line.project(line.intersection(axis.line).representative_point()), axis)
        for axis in mesh.axes
        if axis.runs == "ns" and line.crosses(axis.line)
    ]
    stations: list[Station] = []
    last = -1_000.0
    for at, axis in sorted(found, key=lambda f: f[0]):
        point = line.interpolate(at)
        if at - last < 1_150 or not ground.boundary.buffer(-120).contains(point):
            continue
        last = at
        stations.append(Station(point, (under, axis), _entrances(line, at, rng)))
    return line, stations


def _entrances(line: LineString, at: float, rng: np.random.Generator) -> tuple[Point, ...]:
    """Three or four stairs at the corners of the crossing, on the pavement."""
    here, ahead = np.array(line.interpolate(at).coords[0]), np.array(line.interpolate(at + 3).coords[0])
    along = (ahead - here) / np.hypot(*(ahead - here))
    across = np.array([-along[1], along[0]])
    corners = [(1, 1), (1, -1), (-1, 1), (-1, -1)][: 3 + int(rng.random() < 0.6)]
    return tuple(
        Point(*(here + along * a * rng.uniform(38, 75) + across * b * rng.uniform(25, 28))) for a, b in corners
    )
