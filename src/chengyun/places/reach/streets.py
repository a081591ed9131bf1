"""From the caller's edges to streets: a street has two directions, each with its cost or closed."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from chengyun.places.reach.units import UNREACHED, Ints, to_ticks


class Streets(NamedTuple):
    """Streets between caller's nodes. Costs in ticks, UNREACHED where a direction is closed."""

    tail: Ints
    head: Ints
    ahead: Ints
    back: Ints
    of_edge: Ints  # the street of each of the caller's edges
    flipped: np.ndarray  # whether the edge runs against its street


def make_streets(nodes: int, edges: ArrayLike, cost: ArrayLike, directed: bool) -> Streets:
    """Check and turn an edge table into streets. Raises ValueError that names the argument.

    Of a directed table, an edge and one that runs back between the same nodes are the two directions of one street.
    """
    table = np.asarray(edges)
    if table.size == 0:
        table = table.reshape(0, 2)
    if table.ndim != 2 or table.shape[1] != 2 or (len(table) and not np.issubdtype(table.dtype, np.integer)):
        raise ValueError("edges must be an (E, 2) array of integers")
    if len(table) and (table.min() < 0 or table.max() >= nodes):
        raise ValueError(f"edges must name nodes from 0 to {nodes - 1}")
    ticks = to_ticks(cost, "cost")
    if len(ticks) != len(table):
        raise ValueError(f"cost must be as long as edges ({len(table)}), not {len(ticks)}")
    tail, head = table[:, 0].astype(np.int32), table[:, 1].astype(np.int32)
    if directed:
        return _paired(tail, head, ticks)
    return Streets(tail, head, ticks, ticks, np.arange(len(ticks), dtype=np.int32), np.zeros(len(ticks), dtype=bool))


def _paired(tail: Ints, head: Ints, ticks: Ints) -> Streets:
    """Two edges that run against each other become one street; the n-th cheapest each way belong together."""
    low, high = np.minimum(tail, head), np.maximum(tail, head)
    against = tail > head
    order = np.lexsort((ticks, against, high, low))
    group = _changes(low[order], high[order], against[order])
    number = np.arange(len(order)) - np.flatnonzero(group)[np.cumsum(group) - 1] if len(order) else order
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = number
    rank[tail == head] = np.arange(int((tail == head).sum()))
    order = np.lexsort((against, rank, high, low))
    first = _changes(low[order], high[order], rank[order])
    street = (np.cumsum(first) - 1).astype(np.int32)
    of_edge = np.empty(len(order), dtype=np.int32)
    of_edge[order] = street
    ahead = np.full(int(first.sum()), UNREACHED, dtype=np.int32)
    back = ahead.copy()
    ahead[of_edge[~against]] = ticks[~against]
    back[of_edge[against]] = ticks[against]
    lead = order[first]
    return Streets(low[lead], high[lead], ahead, back, of_edge, against)


def _changes(*keys: np.ndarray) -> np.ndarray:
    """Where any key differs from the row before; the first row does."""
    found = np.zeros(len(keys[0]), dtype=bool)
    if len(found):
        found[0] = True
    for key in keys:
        found[1:] |= key[1:] != key[:-1]
    return found
