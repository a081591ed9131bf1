"""How far things are from each other: straight, on foot, by car; and where the data ends."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from chengyun.indicators.formula import tree
from chengyun.indicators.formula.spans import Flags, Floats
from chengyun.indicators.formula.world import Held, World
from chengyun.kernel.measures import NOWHERE, Ints

FARTHEST_METRES, FARTHEST_MINUTES = 20_000.0, 60.0
"""How far an open question ("minutes to …") is followed."""
_METRES_A_MINUTE = {"foot": 80.0, "car": 1000.0}  # the most that one gets in a straight line
_SLACK = 1e-9  # of metres: the tree leaves out what lies exactly at its bound


@dataclass(frozen=True)
class Ends:
    """Points by which things are reached: in metres, or attached to streets. `of`: the thing's place among the rows."""

    at: Any
    of: Ints


def nearest(world: World, held: Held, rows: Ints, targets: tuple[Held, Ints], reach: tree.Reach) -> Floats:
    """For each of `rows`, metres or minutes to the nearest target; inf beyond the limit, NaN without a point."""
    start, end = ends(world, held, rows, reach.metric), ends(world, *targets, reach.metric)
    best = np.full(len(rows), np.nan)
    best[start.of] = np.inf
    if len(start.of) and len(end.of):
        np.minimum.at(best, start.of, _nearest(world, start.at, end.at, reach))
    return best


def _nearest(world: World, origins: Any, targets: Any, reach: tree.Reach) -> Floats:
    if reach.metric == "straight":
        found = cKDTree(targets).query(origins, distance_upper_bound=reach.limit * (1 + _SLACK) + _SLACK)[0]
        return np.where(found <= reach.limit, found, np.inf)
    streets = world.ground.streets(reach.metric)
    if streets is None:
        return np.full(len(origins), np.nan)
    return streets.nearest(origins, targets, reach.limit, reach.timed)


def counts(world: World, held: Held, rows: Ints, targets: tuple[Held, Ints], reach: tree.Reach) -> Ints:
    """For each of `rows`, how many targets lie within reach (of the best of its entrances)."""
    start, end = ends(world, held, rows, reach.metric), ends(world, *targets, reach.metric, own=True)
    best = np.zeros(len(rows), dtype=np.int64)
    if len(start.of) and len(end.of):
        np.maximum.at(best, start.of, _counts(world, start.at, end.at, reach))
    return best


def _counts(world: World, origins: Any, targets: Any, reach: tree.Reach) -> Ints:
    if reach.metric == "straight":
        return np.asarray(cKDTree(targets).query_ball_point(origins, reach.limit, return_length=True), dtype=np.int64)
    streets = world.ground.streets(reach.metric)
    if streets is None:
        return np.zeros(len(origins), dtype=np.int64)
    return streets.counts(origins, targets, reach.limit, reach.timed)


def ends(world: World, held: Held, rows: Ints, metric: tree.Metric, own: bool = False) -> Ends:
    """By which points the rows are reached: their entrances where they have any (not if `own`), else their own."""
    known = np.flatnonzero(~np.isnan(held.points[rows, 0]))
    if own or held.table.entrances is None or not len(held.table.entrances.row):
        return Ends(_own_ends(world, held, metric)[rows[known]], known)
    key = ("doors", metric)
    if key not in held.found:
        held.found[key] = _door_ends(world, held, metric)
    doors, of = held.found[key]
    place = np.full(len(held), NOWHERE)
    place[rows] = np.arange(len(rows))
    used = np.flatnonzero(place[of] >= 0)
    return Ends(doors[used], place[of[used]])


def _own_ends(world: World, held: Held, metric: tree.Metric) -> Any:
    """The points of all rows, attached to the streets unless the way is straight; kept with the table."""
    key = ("ends", metric)
    if key not in held.found:
        held.found[key] = _attached(world, held.points, held.compound, metric)
    return held.found[key]


def _door_ends(world: World, held: Held, metric: tree.Metric) -> tuple[Any, Ints]:
    """All entrances, and the own points of what has none, with the row of each."""
    entrances = held.table.entrances
    if entrances is None:
        raise TypeError("the table has no entrances")
    without = np.setdiff1d(np.flatnonzero(~np.isnan(held.points[:, 0])), entrances.row)
    points = np.concatenate([world.ground.project(entrances.lng, entrances.lat), held.points[without]])
    compound = np.concatenate([np.full(len(entrances.row), NOWHERE), held.compound[without]])
    return _attached(world, points, compound, metric), np.concatenate([entrances.row, without])


def _attached(world: World, points: Floats, compound: Ints, metric: tree.Metric) -> Any:
    streets = None if metric == "straight" else world.ground.streets(metric)
    return points if streets is None else streets.attach(points, compound)


def beyond_sight(world: World, held: Held, rows: Ints, reach: tree.Reach) -> Flags:
    """Which of `rows` lie nearer to the edge of the data than the limit: what is out there is not known.

    Also those without a point, and all where the town has no streets for this way of moving.
    """
    if reach.metric != "straight" and world.ground.streets(reach.metric) is None:
        return np.ones(len(rows), dtype=bool)
    return np.asarray(cost_to_edge(world, held, rows, reach) < reach.limit)


def cost_to_edge(world: World, held: Held, rows: Ints, reach: tree.Reach) -> Floats:
    """The least that a way to where the data ends can cost, in the unit of the reach; 0 without a point."""
    if "edge" not in held.found:
        held.found["edge"] = _to_edge(world, held)
    edge: Floats = held.found["edge"][rows]
    return edge / _METRES_A_MINUTE[reach.metric] if reach.timed else edge


def _to_edge(world: World, held: Held) -> Floats:
    """Metres from each row to where the data ends; 0 without a point."""
    known = ~np.isnan(held.points[:, 0])
    edge = np.zeros(len(held))
    edge[known] = np.maximum(world.ground.edge(held.points[known]), 0.0)
    return edge
