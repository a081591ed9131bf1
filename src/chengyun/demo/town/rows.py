"""Rows of houses that face south inside a wall, and the lanes between them."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.affinity import rotate
from shapely.geometry.base import BaseGeometry

from chengyun.demo.town.parcels import parts_of

SETBACK = 5.0  # metres from the wall
SPINE = 5.5  # metres kept free on each side of the middle lane


@dataclass(frozen=True)
class RowStyle:
    """How one kind of housing is laid out; all lengths in metres."""

    depth: float
    lengths: tuple[float, float]
    pitch: float  # from one row to the next
    gap: float  # between two houses of a row
    shape: str = "slab"  # slab | tower | villa | hall


@dataclass
class Layout:
    """What was laid out, turned back to the town's own axes."""

    houses: list[Polygon] = field(default_factory=list)
    lanes: list[LineString] = field(default_factory=list)
    spines: list[LineString] = field(default_factory=list)


def lay_rows(inner: BaseGeometry, style: RowStyle, angle: float, rng: np.random.Generator) -> Layout:
    """Fills `inner` with rows that are turned by `angle` degrees from east-west. Deterministic for one `rng` state."""
    if inner.is_empty:
        return Layout()
    origin = inner.centroid
    local = rotate(inner, -angle, origin=origin)
    room = shapely.prepared.prep(local.buffer(0.01))
    west, south, east, north = local.bounds
    spines = _spines(west, east, rng)
    layout = Layout()
    y = south + SETBACK + style.depth / 2
    while y + style.depth / 2 + 2 < north:
        for start, end in _stretches(local, y, style.depth, spines):
            for house in _fill(start, end, y, style, rng):
                if room.covers(house):
                    layout.houses.append(house)
        layout.lanes.extend(_line_inside(local, [(west, y + style.depth / 2 + 4.5), (east, y + style.depth / 2 + 4.5)]))
        y += style.pitch
    for x in spines:
        layout.spines.extend(_line_inside(local, [(x, south), (x, north)]))
    return Layout(
        [rotate(h, angle, origin=origin) for h in layout.houses],
        [rotate(g, angle, origin=origin) for g in layout.lanes],
        [rotate(g, angle, origin=origin) for g in layout.spines],
    )


def _spines(west: float, east: float, rng: np.random.Generator) -> list[float]:
    """Where the north-south lanes run: one in a narrow estate, two or three in a wide one."""
    count = max(1, round((east - west) / 135))
    return [west + (east - west) * (n + 0.5 + rng.uniform(-0.1, 0.1)) / count for n in range(count)]


def _stretches(local: BaseGeometry, y: float, depth: float, spines: list[float]) -> list[tuple[float, float]]:
    """Free stretches of a row: where both its edges are inside, without the corridors of the spines."""
    west, _, east, _ = local.bounds
    spans = None
    for edge in (y - depth / 2, y + depth / 2):
        line = local.intersection(LineString([(west - 1, edge), (east + 1, edge)]))
        found = [(g.bounds[0] + SETBACK, g.bounds[2] - SETBACK) for g in parts_of(line) if g.length > 2 * SETBACK]
        spans = found if spans is None else _overlap(spans, found)
    for x in spines:
        spans = [p for a, b in spans or [] for p in ((a, min(b, x - SPINE)), (max(a, x + SPINE), b))]
    return [(a, b) for a, b in spans or [] if b - a > 8]


def _overlap(first: list[tuple[float, float]], second: list[tuple[float, float]]) -> list[tuple[float, float]]:
    pairs = [(max(a, c), min(b, d)) for a, b in first for c, d in second]
    return [(a, b) for a, b in pairs if b > a]


def _fill(start: float, end: float, y: float, style: RowStyle, rng: np.random.Generator) -> list[Polygon]:
    """Houses side by side in one stretch; what is left over widens the gaps."""
    length = rng.uniform(*style.lengths)
    count = int((end - start + style.gap) // (length + style.gap))
    if count == 0:
        length, count = end - start, int(end - start >= style.lengths[0] * 0.72)
    if count == 0:
        return []
    slack = (end - start - count * length) / count
    stagger = rng.uniform(-2.5, 2.5) if style.shape != "slab" else 0.0
    middles = [start + slack / 2 + length / 2 + n * (length + slack) for n in range(count)]
    return [_house(x, y + stagger, length, style) for x in middles]


def _house(x: float, y: float, length: float, style: RowStyle) -> Polygon:
    half, deep = length / 2, style.depth / 2
    if style.shape == "tower":
        arm, notch = half * 0.55, deep * 0.5
        ring = [
            (-arm, -deep), (arm, -deep), (arm, -notch), (half, -notch), (half, notch + 1), (arm, notch + 1),
            (arm, deep), (-arm, deep), (-arm, notch + 1), (-half, notch + 1), (-half, -notch), (-arm, -notch),
        ]  # fmt: skip
    elif style.shape == "villa":
        ring = [
            (-half, -deep),
            (half, -deep),
            (half, deep),
            (half * 0.1, deep),
            (half * 0.1, deep * 0.5),
            (-half, deep * 0.5),
        ]
    elif style.shape == "hall":
        ring = [(-half, -deep), (half, -deep), (half, deep), (-half, deep)]
    else:
        stairs = max(1, round(length / 13))
        ring = [(-half, -deep), (half, -deep), (half, deep)]
        for n in range(stairs):  # stairwells stand out on the north side
            middle = half - (n + 0.5) * length / stairs
            ring += [(middle + 1.6, deep), (middle + 1.6, deep + 1.1), (middle - 1.6, deep + 1.1), (middle - 1.6, deep)]
        ring.append((-half, deep))
    return Polygon([(x + a, y + b) for a, b in ring])


def _line_inside(local: BaseGeometry, ends: list[tuple[float, float]]) -> list[LineString]:
    return [g for g in parts_of(local.intersection(LineString(ends))) if isinstance(g, LineString) and g.length > 12]
