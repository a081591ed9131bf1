"""What is reached within a limit, drawn: parts of edges, and the ground beside them as polygons."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from chengyun.places.reach.core import Core
from chengyun.places.reach.units import SCALE, UNREACHED, Doubles, Floats, Ints


@dataclass(frozen=True)
class Reached:
    """Parts of edges within a limit: the edge, and the fractions where the part begins and ends."""

    edge: Ints
    begin: Doubles
    end: Doubles


def reached_parts(core: Core, edges: Ints, result: Floats, limit: int, reverse: bool) -> Reached:
    """Parts of edges whose every point costs at most `limit` ticks, from the costs at the nodes."""
    street = core.streets.of_edge
    flipped = core.streets.flipped != reverse
    ahead = np.where(flipped, core.streets.back[street], core.streets.ahead[street])
    back = np.where(flipped, core.streets.ahead[street], core.streets.back[street])
    ticks = np.minimum(np.rint(np.asarray(result, dtype=np.float64) * SCALE), UNREACHED)
    from_tail = _share(limit - ticks[edges[:, 0]], ahead)
    from_head = _share(limit - ticks[edges[:, 1]], back)
    whole = np.flatnonzero(from_tail + from_head >= 1)
    some = from_tail + from_head < 1
    tails, heads = np.flatnonzero(some & (from_tail > 0)), np.flatnonzero(some & (from_head > 0))
    edge = np.concatenate([whole, tails, heads]).astype(np.int32)
    begin = np.concatenate([np.zeros(len(whole) + len(tails)), 1 - from_head[heads]])
    end = np.concatenate([np.ones(len(whole)), from_tail[tails], np.ones(len(heads))])
    return Reached(edge, begin, end)


def _share(left: Doubles, cost: Ints) -> Doubles:
    """How far along an edge what is left lasts, 0 to 1; nowhere on a closed one."""
    share = np.where(cost > 0, left / np.maximum(cost, 1), np.where(left >= 0, 1.0, 0.0))
    return np.where(cost >= UNREACHED, 0.0, np.clip(share, 0.0, 1.0))


def outline(x: Doubles, y: Doubles, edges: Ints, parts: Reached, beside: float, smallest_hole: float) -> MultiPolygon:
    """The ground within `beside` metres of reached parts; holes of at least `smallest_hole` m² stay, smaller close.

    Corners are rounded off as a map would draw them, so that what is drawn follows streets and not single lines.
    """
    if not len(parts.edge):
        return MultiPolygon()
    tail, head = edges[parts.edge, 0], edges[parts.edge, 1]
    start, way = np.c_[x[tail], y[tail]], np.c_[x[head] - x[tail], y[head] - y[tail]]
    ends = np.stack([start + parts.begin[:, None] * way, start + parts.end[:, None] * way], axis=1)
    # Many small grounds joined are the ground of all lines together, thirty times sooner.
    wide = shapely.union_all(shapely.buffer(shapely.linestrings(ends), 1.6 * beside, quad_segs=4))
    ground = shapely.simplify(shapely.buffer(wide, -0.6 * beside, quad_segs=4), beside / 20)
    return MultiPolygon([_without_small_holes(p, smallest_hole) for p in _polygons(ground)])


def _polygons(ground: shapely.Geometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(ground) if isinstance(part, Polygon) and not part.is_empty]


def _without_small_holes(polygon: Polygon, smallest: float) -> Polygon:
    return Polygon(polygon.exterior, [ring for ring in polygon.interiors if Polygon(ring).area >= smallest])
