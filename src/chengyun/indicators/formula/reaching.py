"""How far things are from each other: straight, on foot, by car; and where the data ends."""

import numpy as np
import shapely

from chengyun.indicators.formula import tree
from chengyun.indicators.formula.spans import Flags, Floats
from chengyun.indicators.formula.world import Held, World, doors, tree_of
from chengyun.kernel.measures import Ints

FARTHEST_METRES, FARTHEST_MINUTES = 20_000.0, 60.0
"""How far an open question ("minutes to …") is followed."""
_METRES_A_MINUTE = {"foot": 80.0, "car": 1000.0}  # the most that one gets in a straight line


def nearest(world: World, held: Held, rows: Ints, targets: tuple[Held, Ints], reach: tree.Reach) -> Floats:
    """For each of `rows`, metres or minutes to the nearest target; inf beyond the limit, NaN without a point."""
    origins, of = doors(held, world, rows)
    points, _ = doors(targets[0], world, targets[1])
    points, known = points[~np.isnan(points[:, 0])], ~np.isnan(origins[:, 0])
    found = np.full(len(origins), np.inf)
    if len(points) and known.any():
        found[known] = _nearest(world, origins[known], points, reach)
    best = np.full(len(rows), np.inf)
    np.minimum.at(best, of, found)
    reachable = np.zeros(len(rows), dtype=bool)
    reachable[of[known]] = True
    return np.where(reachable, best, np.nan)


def _nearest(world: World, origins: Floats, points: Floats, reach: tree.Reach) -> Floats:
    if reach.metric != "straight":
        streets = world.ground.streets(reach.metric)
        if streets is None:
            return np.full(len(origins), np.nan)
        return streets.nearest(origins, points, reach.limit, reach.timed)
    pairs, distances = tree_of(points).query_nearest(
        shapely.points(origins), max_distance=reach.limit * (1 + 1e-12), return_distance=True, all_matches=False
    )
    found = np.full(len(origins), np.inf)
    found[pairs[0]] = distances
    return np.where(found <= reach.limit, found, np.inf)


def counts(world: World, held: Held, rows: Ints, targets: tuple[Held, Ints], reach: tree.Reach) -> Ints:
    """For each of `rows`, how many targets lie within reach (of the best of its entrances)."""
    origins, of = doors(held, world, rows)
    points = targets[0].points[targets[1]]
    points, known = points[~np.isnan(points[:, 0])], ~np.isnan(origins[:, 0])
    found = np.zeros(len(origins), dtype=np.int64)
    if len(points) and known.any():
        found[known] = _counts(world, origins[known], points, reach)
    best = np.zeros(len(rows), dtype=np.int64)
    np.maximum.at(best, of, found)
    return best


def _counts(world: World, origins: Floats, points: Floats, reach: tree.Reach) -> Ints:
    if reach.metric != "straight":
        streets = world.ground.streets(reach.metric)
        if streets is None:
            return np.zeros(len(origins), dtype=np.int64)
        return streets.counts(origins, points, reach.limit, reach.timed)
    pairs = tree_of(points).query(shapely.points(origins), predicate="dwithin", distance=reach.limit)
    return np.bincount(pairs[0], minlength=len(origins)).astype(np.int64)


def beyond_sight(world: World, held: Held, rows: Ints, reach: tree.Reach) -> Flags:
    """Which of `rows` lie nearer to the edge of the data than the limit: what is out there is not known.

    Also those without a point, and all where the town has no streets for this way of moving.
    """
    if reach.metric != "straight" and world.ground.streets(reach.metric) is None:
        return np.ones(len(rows), dtype=bool)
    return np.asarray(cost_to_edge(world, held, rows, reach) < reach.limit)


def cost_to_edge(world: World, held: Held, rows: Ints, reach: tree.Reach) -> Floats:
    """The least that a way to where the data ends can cost, in the unit of the reach; 0 without a point."""
    points = held.points[rows]
    known = ~np.isnan(points[:, 0])
    edge = np.zeros(len(rows))
    edge[known] = np.maximum(world.ground.edge(points[known]), 0.0)
    return edge / _METRES_A_MINUTE[reach.metric] if reach.timed else edge
