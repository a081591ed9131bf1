"""The large plan of the town: main streets and rivers as curved lines, and the blocks between them."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely import LineString, Point, Polygon
from shapely.ops import polygonize

from chengyun.demo.town.plane import generator

REACH = 4_900.0  # metres from the middle to the end of the drawn lines
STEP = 55.0  # metres between the vertices of a curve
WIDTHS = {  # kerb to kerb with pavements, metres
    "expressway": 60.0,
    "primary": 46.0,
    "secondary": 32.0,
    "tertiary": 22.0,
    "residential": 15.0,
}


@dataclass(frozen=True)
class Axis:
    """A main street before it is cut at junctions: its line in metres, its class and which way it runs."""

    line: LineString
    level: str  # primary | secondary
    runs: str  # "ns" | "ew"
    number: int  # place among the axes of its direction: all pieces of one street share it


@dataclass(frozen=True)
class River:
    """Water as a centre line with a width in metres; `main` rivers bound blocks, creeks run inside them."""

    line: LineString
    width: float
    main: bool

    @property
    def water(self) -> Polygon:
        """The water surface."""
        return self.line.buffer(self.width / 2, quad_segs=3)


@dataclass
class Mesh:
    """Main streets, rivers and the blocks that they bound; block polygons meet at street and river centre lines."""

    axes: list[Axis]
    rivers: list[River]
    blocks: list[Polygon]
    expressway: LineString


class Warp:
    """Bends a rectangular plan: slow waves of up to about 10 degrees, so that streets are curved and never parallel."""

    def __init__(self, seed: int) -> None:
        rng = generator(seed, "warp")
        self.turn = np.radians(rng.uniform(-9, 9))
        self.waves = [
            (rng.uniform(0, 2 * np.pi), rng.uniform(0, 2 * np.pi), amplitude, length)
            for amplitude, length in ((170, 6_300), (120, 4_700), (38, 2_100), (26, 1_500))
        ]

    def __call__(self, uv: np.ndarray) -> np.ndarray:
        u, v = uv[:, 0], uv[:, 1]
        x, y = u.copy(), v.copy()
        for phase_x, phase_y, amplitude, length in self.waves:
            x += amplitude * np.sin(2 * np.pi * v / length + phase_x + u / length)
            y += amplitude * np.sin(2 * np.pi * u / length + phase_y - v / length)
        c, s = np.cos(self.turn), np.sin(self.turn)
        return np.column_stack([c * x - s * y, s * x + c * y])


def make_mesh(seed: int) -> Mesh:
    """The plan for one seed. Needs no other state; equal seeds give equal plans."""
    warp = Warp(seed)
    rng = generator(seed, "mesh")
    us, vs = _offsets(rng), _offsets(rng)
    axes = _axes(rng, us, vs, warp)
    rivers = _rivers(generator(seed, "rivers"), us, vs, warp)
    expressway = _expressway(vs, warp)
    lines = [a.line for a in axes] + [r.line for r in rivers if r.main] + [expressway]
    noded = shapely.set_precision(shapely.union_all(lines), 0.01)
    blocks = sorted(polygonize(noded), key=lambda p: (round(p.centroid.y), round(p.centroid.x)))
    return Mesh(axes, rivers, list(blocks), expressway)


def shared_borders(polygons: list[Polygon]) -> dict[frozenset[int], float]:
    """Metres of border that two polygons of an exact coverage share, by the pair of their numbers."""
    owner: dict[tuple[tuple[float, float], tuple[float, float]], int] = {}
    shared: dict[frozenset[int], float] = {}
    for number, polygon in enumerate(polygons):
        ring = list(polygon.exterior.coords)
        for a, b in pairwise(ring):
            other = owner.setdefault((min(a, b), max(a, b)), number)
            if other != number:
                pair = frozenset((other, number))
                shared[pair] = shared.get(pair, 0.0) + float(np.hypot(a[0] - b[0], a[1] - b[1]))
    return shared


def _offsets(rng: np.random.Generator) -> np.ndarray:
    """Where the main streets of one direction run: 430 to 640 m apart, every third one a primary street."""
    steps = rng.uniform(430, 640, size=24)
    offsets = np.cumsum(steps)
    offsets -= offsets[len(offsets) // 2]
    kept: np.ndarray = offsets[np.abs(offsets) < REACH - 300]
    return kept


def is_primary(number: int) -> bool:
    """Whether the main street of this number is a primary one."""
    return number % 3 == 1


def _axes(rng: np.random.Generator, us: np.ndarray, vs: np.ndarray, warp: Warp) -> list[Axis]:
    found: list[Axis] = []
    for runs, own, across in (("ns", us, vs), ("ew", vs, us)):
        for number, offset in enumerate(own):
            if is_primary(number):
                found.append(Axis(_curve(runs, offset, -REACH, REACH, warp), "primary", runs, number))
                continue
            for start, end in _stretches(across):
                if abs(offset) > 1_900 and rng.random() < 0.16:
                    continue  # outside the middle some streets are not built through
                shift = rng.choice([0.0, 0.0, rng.uniform(45, 90), -rng.uniform(45, 90)])
                found.append(Axis(_curve(runs, offset + shift, start, end, warp), "secondary", runs, number))
    return found


def _stretches(across: np.ndarray) -> list[tuple[float, float]]:
    """From one primary street to the next: a secondary street may jump sideways there."""
    stops = [-REACH, *(float(o) for n, o in enumerate(across) if is_primary(n)), REACH]
    return list(pairwise(stops))


def _curve(runs: str, offset: float, start: float, end: float, warp: Warp) -> LineString:
    along = np.linspace(start - 1, end + 1, max(2, int((end - start) / STEP)))
    across = np.full_like(along, offset)
    uv = np.column_stack([across, along] if runs == "ns" else [along, across])
    return LineString(warp(uv))


def _expressway(vs: np.ndarray, warp: Warp) -> LineString:
    """The elevated road: it takes the middle of the third row of blocks from the north."""
    row = len(vs) - 4
    return _curve("ew", float(vs[row] + vs[row + 1]) / 2, -REACH, REACH, warp)


def _rivers(rng: np.random.Generator, us: np.ndarray, vs: np.ndarray, warp: Warp) -> list[River]:
    east = _meander(rng, "ew", _between(vs, len(vs) // 2 - 1), 44.0, warp)
    north = _meander(rng, "ns", _between(us, len(us) // 3), 30.0, warp)
    small = _meander(rng, "ns", _between(us, len(us) - 5), 20.0, warp)
    return [east, north, small, *_creeks(rng, warp)]


def _between(offsets: np.ndarray, number: int) -> float:
    return float(offsets[number] * 0.55 + offsets[number + 1] * 0.45)


def _meander(rng: np.random.Generator, runs: str, offset: float, width: float, warp: Warp) -> River:
    along = np.linspace(-REACH, REACH, int(2 * REACH / 40))
    across = np.full_like(along, offset)
    for amplitude, length in ((110, 3_400), (55, 1_500), (22, 700)):
        across += amplitude * rng.uniform(0.6, 1.2) * np.sin(2 * np.pi * along / length + rng.uniform(0, 6.3))
    uv = np.column_stack([across, along] if runs == "ns" else [along, across])
    return River(LineString(warp(uv)), width, main=True)


def _creeks(rng: np.random.Generator, warp: Warp) -> list[River]:
    """Short winding creeks 浜 that leave the outer country between the rivers."""
    creeks = []
    for _ in range(34):
        angle, radius = rng.uniform(0, 2 * np.pi), rng.uniform(1_500, 4_300)
        start = np.array([np.cos(angle), np.sin(angle)]) * radius
        heading = rng.choice([0.0, np.pi / 2]) + rng.normal(0, 0.25)
        length = rng.uniform(700, 2_300)
        t = np.arange(0, length, 35.0)
        bend = heading + 0.55 * np.sin(t / rng.uniform(120, 260) + rng.uniform(0, 6.3))
        steps = np.column_stack([np.cos(bend), np.sin(bend)]) * 35.0
        creeks.append(River(LineString(warp(start + np.cumsum(steps, axis=0))), float(rng.uniform(8, 15)), False))
    return [c for c in creeks if c.line.distance(Point(0, 0)) > 900]
