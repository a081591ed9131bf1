"""From junctions to everything that lies on chains, and from ticks to what callers read."""

from typing import NamedTuple

import numpy as np

from chengyun.places.reach.chains import CHAINS, Chains
from chengyun.places.reach.compiled import F4S, I4S, I8, helper, kernel, record
from chengyun.places.reach.graph import INNER, Inner
from chengyun.places.reach.spots import SPOTS, Spots
from chengyun.places.reach.units import SCALE, UNREACHED, Floats, Ints


@helper
def between(p0: int, q0: int, p1: int, q1: int) -> int:
    """Cost along one chain from point 0 to point 1, without passing its ends."""
    return p1 - p0 if p1 + q1 >= p0 + q0 else q0 - q1


@kernel(INNER, I8, I4S)
def fill(inner: Inner, limit: int, cost: Ints) -> None:
    """Costs of all inner nodes from those of junctions. `cost` holds one number per slot."""
    ends_a, ends_b, from_a, from_b = inner
    base = len(cost) - len(ends_a)
    for k in range(len(ends_a)):
        by_a, by_b = cost[ends_a[k]] + from_a[k], cost[ends_b[k]] + from_b[k]
        there = min(by_a, by_b)
        cost[base + k] = there if there <= limit else UNREACHED


@kernel(CHAINS, SPOTS, I8, I4S)
def fill_beside(chains: Chains, sources: Spots, limit: int, cost: Ints) -> None:
    """Lower the costs of inner nodes on the very chains where sources lie."""
    first, ps, qs = chains.first, chains.p, chains.q
    base = len(cost) - len(ps)
    for n in range(len(sources.chain)):
        chain = sources.chain[n]
        if chain < 0:
            continue
        for k in range(first[chain], first[chain + 1]):
            direct = between(sources.p[n], sources.q[n], ps[k], qs[k]) + sources.extra[n]
            if direct <= limit and direct < cost[base + k]:
                cost[base + k] = direct


@kernel(I4S, I4S, F4S)
def read_costs(cost: Ints, slot: Ints, out: Floats) -> None:
    """Write the cost of every node, in units, infinity where not reached. Costs beyond the limit must not be here."""
    for n in range(len(slot)):
        ticks = cost[slot[n]]
        out[n] = ticks / SCALE if ticks < UNREACHED else float("inf")


class Matrix(NamedTuple):
    """A row-compressed matrix to be written: places by column and by row (with one more than there are), contents."""

    column_place: Ints
    row_place: Ints
    indices: Ints
    data: Floats


MATRIX = record(Matrix, I4S, I4S, I4S, F4S)


@kernel(I4S, I4S, I4S, MATRIX)
def compress(rows: Ints, columns: Ints, ticks: Ints, matrix: Matrix) -> None:
    """Sort pairs by column, then by row, keeping that order; `row_place` must hold where rows begin."""
    column_place, row_place, indices, data = matrix
    for column in columns:
        column_place[column + 1] += 1
    for column in range(len(column_place) - 1):
        column_place[column + 1] += column_place[column]
    by_column = np.empty(len(rows), dtype=np.int32)
    for n in range(len(rows)):
        by_column[column_place[columns[n]]] = n
        column_place[columns[n]] += 1
    for k in by_column:
        place = row_place[rows[k]]
        indices[place], data[place] = columns[k], ticks[k] / SCALE
        row_place[rows[k]] = place + 1
