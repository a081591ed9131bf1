"""Nearest, counts and sparse costs: many searches, shared out among threads."""

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_matrix

from chengyun.places.reach.access import k_nearest
from chengyun.places.reach.compiled import share_out
from chengyun.places.reach.core import Core
from chengyun.places.reach.counting import tally
from chengyun.places.reach.fill import Matrix, compress, fill, fill_beside, read_costs
from chengyun.places.reach.graph import Desk, Seeds
from chengyun.places.reach.pairing import Found, Targets, pair, sort_targets
from chengyun.places.reach.search import FULL, spread
from chengyun.places.reach.spots import Spots, seeds_of, some, turned_spots
from chengyun.places.reach.units import UNREACHED, Floats, Ints

CHUNK = 128  # sources that one task searches from
PAIRS_AT_FIRST = 1 << 14


def categories_of(category: ArrayLike | None, sources: int, rows: int | None = None) -> tuple[Ints, int]:
    """Each source's category, checked, and how many there are. Raises ValueError."""
    if category is None:
        return np.zeros(sources, dtype=np.int32), 1 if rows is None else rows
    found = np.atleast_1d(np.asarray(category))
    if found.shape != (sources,) or (sources and not np.issubdtype(found.dtype, np.integer)):
        raise ValueError(f"category must be integers, one for each of the {sources} sources")
    if sources and found.min() < 0:
        raise ValueError("category must not be negative")
    count = int(found.max()) + 1 if sources else 0
    if rows is not None and rows < count:
        raise ValueError(f"categories must be at least {count}")
    return found.astype(np.int32), count if rows is None else rows


def nearest(core: Core, sources: Spots, category: Ints, rows: int, limit: int, reverse: bool) -> Floats:
    """Cost from the nearest source of each category, for every node: (rows, nodes), infinity beyond the limit."""
    out = np.empty((rows, len(core.laid.slot)), dtype=np.float32)
    seeds, owner = seeds_of(sources, core.side(reverse).chains, limit)
    order = np.argsort(category[owner], kind="stable")
    cuts = np.searchsorted(category[owner][order], np.arange(rows + 1))
    beside = np.flatnonzero(sources.chain >= 0)

    def row(number: int) -> None:
        mine = order[cuts[number] : cuts[number + 1]]
        near = some(sources, beside[category[beside] == number])
        desk = costs_from(core, Seeds(seeds.at[mine], seeds.cost[mine]), near, limit, reverse)
        read_costs(desk.cost, core.laid.slot, out[number])
        desk.cost.fill(UNREACHED)
        core.desks.give(desk)

    largest_first = np.argsort(-np.diff(cuts), kind="stable")
    share_out([partial(row, int(number)) for number in largest_first])
    return out


def costs_from(core: Core, seeds: Seeds, beside: Spots, limit: int, reverse: bool) -> Desk:
    """A desk with the cost of every slot from the nearest seed; `beside` are the sources that lie on chains."""
    while True:
        desk = core.desks.take(core)
        if spread(core.run(desk, limit, reverse), seeds) != FULL:
            break
        core.desks.grow(desk)
    side = core.side(reverse)
    fill(side.inner, limit, desk.cost)
    fill_beside(side.chains, beside, limit, desk.cost)
    return desk


def counts(core: Core, sources: Spots, category: Ints, rows: int, limit: int, reverse: bool) -> Ints:
    """How many sources of each category are within the limit of every node: (rows, nodes)."""
    slots = core.laid.slot
    sums = np.zeros((rows, len(slots)), dtype=np.int32)
    order = np.argsort(category, kind="stable")
    cuts = np.searchsorted(category[order], np.arange(rows + 1))

    def count(number: int) -> None:
        for start in range(cuts[number], cuts[number + 1], CHUNK):
            mine = some(sources, order[start : min(start + CHUNK, cuts[number + 1])])
            _tally_all(core, mine, limit, reverse, sums[number])
        sums[number] = sums[number][slots]

    largest_first = np.argsort(-np.diff(cuts), kind="stable")
    share_out([partial(count, int(number)) for number in largest_first])
    return sums


def _tally_all(core: Core, sources: Spots, limit: int, reverse: bool, row: Ints) -> None:
    begin = 0
    while begin < len(sources.chain):
        desk = core.desks.take(core)
        begin = int(tally(core.run(desk, limit, reverse), sources, begin, row))
        if begin < len(sources.chain):
            core.desks.grow(desk)
        else:
            core.desks.give(desk)


def costs(core: Core, origins: Spots, destinations: Spots, limit: int) -> csr_matrix:
    """Costs of all pairs within the limit; spots as on the forward side. Zero costs are stored, unreached pairs not."""
    shape = (len(origins.chain), len(destinations.chain))
    reverse = shape[1] < shape[0]
    if reverse:
        origins, destinations = turned_spots(destinations), turned_spots(origins)
    rows, columns, ticks = _pairs(core, origins, destinations, limit, reverse)
    if reverse:
        rows, columns = columns, rows
    return _compressed(rows, columns, ticks, shape)


def _pairs(core: Core, sources: Spots, targets: Spots, limit: int, reverse: bool) -> tuple[Ints, Ints, Ints]:
    """Source, target and cost of every pair; sources share out in spatial order."""
    side = core.side(reverse)
    sorted_targets = sort_targets(targets, side.chains, core.junctions)
    at = np.where(sources.junction >= 0, sources.junction, side.chains.a[sources.chain] if len(side.chains.a) else -1)
    order = np.argsort(at, kind="stable")
    blocks = [order[start : start + CHUNK] for start in range(0, len(order), CHUNK)]
    found: list[tuple[Ints, Ints, Ints]] = [(_NONE, _NONE, _NONE)] * len(blocks)

    def search(number: int) -> None:
        block = blocks[number]
        got, ends = _pairs_of(core, some(sources, block), sorted_targets, limit, reverse)
        found[number] = (np.repeat(block, np.diff(ends, prepend=0)).astype(np.int32), *got)

    share_out([partial(search, number) for number in range(len(blocks))])
    parts = found or [(_NONE, _NONE, _NONE)]
    rows, columns, ticks = (np.concatenate([part[n] for part in parts]) for n in range(3))
    return rows, columns, ticks


_NONE = np.zeros(0, dtype=np.int32)


def _pairs_of(
    core: Core, sources: Spots, targets: Targets, limit: int, reverse: bool
) -> tuple[tuple[Ints, Ints], Ints]:
    """Pairs of one block of sources, and where each source's end."""
    begin = 0
    found = _roomier(Found(_NONE, _NONE, np.zeros(len(sources.chain), dtype=np.int32)), PAIRS_AT_FIRST)
    desk = core.desks.take(core)
    while True:
        done = int(pair(core.run(desk, limit, reverse), sources, targets, begin, found))
        if done >= 0:
            core.desks.give(desk)
            last = int(found.ends[-1])
            return (found.place[:last], found.cost[:last]), found.ends
        begin = -1 - done
        if found.ends[begin] < 0:
            core.desks.grow(desk)
            desk = core.desks.take(core)
        else:
            found = _roomier(found, 2 * int(found.ends[begin]))


def _roomier(found: Found, size: int) -> Found:
    place, cost = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32)
    place[: len(found.place)], cost[: len(found.cost)] = found.place, found.cost
    return Found(place, cost, found.ends)


def _compressed(rows: Ints, columns: Ints, ticks: Ints, shape: tuple[int, int]) -> csr_matrix:
    """A row-compressed matrix with sorted columns, costs as float32 in units."""
    first = np.zeros(shape[0] + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=shape[0]), out=first[1:])
    indices, data = np.empty(len(rows), dtype=np.int32), np.empty(len(rows), dtype=np.float32)
    compress(rows, columns, ticks, Matrix(np.zeros(shape[1] + 1, dtype=np.int32), first.copy(), indices, data))
    return csr_matrix((data, indices, first), shape=shape)


class Ask(NamedTuple):
    """The k nearest of each category: the category of every source, how many there are, k, and the limit in ticks."""

    category: Ints
    rows: int
    k: int
    limit: int


def nearest_k(core: Core, origins: Spots, sources: Spots, ask: Ask) -> tuple[Floats, Ints]:
    """Costs (rows, origins, k) of the nearest sources of each category, and their numbers."""
    near = np.full((ask.rows, len(origins.chain), ask.k), np.inf, dtype=np.float32)
    which = np.full(near.shape, -1, dtype=np.int32)
    for row in range(ask.rows):
        mine = np.flatnonzero(ask.category == row).astype(np.int32)
        near[row], found = k_nearest(costs(core, origins, some(sources, mine), ask.limit), ask.k)
        which[row] = np.where(found >= 0, mine[found], -1) if len(mine) else -1
    return near, which
