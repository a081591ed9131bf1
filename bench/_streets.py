"""Made-up streets and towns, and the floor below which no search in a known order gets."""

import statistics
import time

import numba
import numpy as np
from distributed import LocalCluster
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from chengyun.places.reach import Network
from chengyun.places.reach.city import over_towns

NEVER = 1 << 30


def grid(side: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """A disturbed grid with 30 % of its streets missing and a few diagonals; costs in tenths of a metre."""
    rng = np.random.default_rng(seed)
    line, column = np.divmod(np.arange(side * side), side)
    x, y = (v * 70 + rng.uniform(-21, 21, side * side) for v in (line, column))
    number = np.arange(side * side).reshape(side, side)
    pairs = [(number[:-1], number[1:]), (number[:, :-1], number[:, 1:])]
    straight = np.concatenate([np.c_[a.ravel(), b.ravel()] for a, b in pairs])
    across = np.c_[number[:-1, :-1].ravel(), number[1:, 1:].ravel()]
    edges = np.concatenate([straight[rng.random(len(straight)) < 0.7], across[rng.random(len(across)) < 0.03]])
    shape = (side * side, side * side)
    _, part = connected_components(csr_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=shape), False)
    kept = part == np.bincount(part).argmax()
    new = np.cumsum(kept) - 1
    edges = new[edges[kept[edges[:, 0]]]]
    x, y = x[kept], y[kept]
    metres = np.hypot(*np.diff(np.stack([x, y])[:, edges], axis=2)[..., 0]) * rng.uniform(1, 1.3, len(edges))
    return x, y, edges.astype(np.int32), np.rint(metres * 10).astype(np.int32)


def facilities(nodes: int) -> tuple[np.ndarray, np.ndarray]:
    """2,000 nodes in 20 categories, few of some and many of others."""
    share = 1 / np.arange(1, 21) ** 1.35
    sizes = np.maximum(4, share / share.sum() * 2000).astype(int)
    sizes[0] += 2000 - sizes.sum()
    return np.random.default_rng(2).choice(nodes, 2000, replace=nodes < 2000), np.repeat(np.arange(20), sizes)


@numba.njit(cache=True)
def _settle(first, arcs, seeds, limit, cost):  # type: ignore[no-untyped-def]
    """Costs by correcting labels until nothing changes; sorted, they give an order of settling."""
    ring = np.empty(len(first) * 4, np.int32)
    waiting = np.zeros(len(first), np.uint8)
    head = tail = 0
    for s in seeds:
        cost[s] = 0
        ring[tail % len(ring)] = s
        tail += 1
    while head < tail:
        at = ring[head % len(ring)]
        head += 1
        waiting[at] = 0
        for k in range(first[at], first[at + 1]):
            there = cost[at] + arcs[2 * k + 1]
            if there <= limit and there < cost[arcs[2 * k]]:
                cost[arcs[2 * k]] = there
                if not waiting[arcs[2 * k]]:
                    waiting[arcs[2 * k]] = 1
                    ring[tail % len(ring)] = arcs[2 * k]
                    tail += 1


@numba.njit(cache=True)
def _relax(first, arcs, order, limit, cost):  # type: ignore[no-untyped-def]
    """Every edge once, in the order of settling."""
    for at in order:
        here = cost[at]
        for k in range(first[at], first[at + 1]):
            there = here + arcs[2 * k + 1]
            if there <= limit and there < cost[arcs[2 * k]]:
                cost[arcs[2 * k]] = there


def floor(streets, nodes, category, limit):  # type: ignore[no-untyped-def]
    """What relaxes every edge in a known order of settling, for all categories; nodes in spatial order, one thread."""
    x, y, edges, ticks = streets
    from_grid = np.argsort(_interleave(x) | (_interleave(y) << np.uint64(1)), kind="stable")
    place = np.empty(len(x), dtype=np.int32)
    place[from_grid] = np.arange(len(x), dtype=np.int32)
    tail, head = place[np.r_[edges[:, 0], edges[:, 1]]], place[np.r_[edges[:, 1], edges[:, 0]]]
    by_tail = np.argsort(tail, kind="stable")
    first = np.zeros(len(x) + 1, dtype=np.int32)
    first[1:] = np.cumsum(np.bincount(tail, minlength=len(x)))
    arcs = np.empty(2 * len(tail), dtype=np.int32)
    arcs[0::2], arcs[1::2] = head[by_tail], np.r_[ticks, ticks][by_tail]
    orders = []
    for kind in range(20):
        cost, seeds = np.full(len(x), NEVER, dtype=np.int32), place[nodes[category == kind]]
        _settle(first, arcs, seeds, limit, cost)
        reached = np.flatnonzero(cost < NEVER).astype(np.int32)
        orders.append((seeds, reached[np.argsort(cost[reached], kind="stable")]))
    cost = np.empty(len(x), dtype=np.int32)

    def ask() -> None:
        for seeds, order in orders:
            cost.fill(NEVER)
            cost[seeds] = 0
            _relax(first, arcs, order, limit, cost)

    return ask


def _interleave(values: np.ndarray) -> np.ndarray:
    bits = ((values - values.min()) / max(float(np.ptp(values)), 1.0) * 65_535).astype(np.uint64)
    found = np.zeros(len(bits), dtype=np.uint64)
    for n in range(16):
        found |= ((bits >> np.uint64(n)) & np.uint64(1)) << np.uint64(2 * n)
    return found


def town(seed: int) -> float:
    """One synthetic town of 17,000 nodes: built, and asked for the nearest and the counts of 20 categories."""
    x, y, edges, ticks = grid(131, seed)
    nodes, category = facilities(len(x))
    net = Network.from_edges(x, y, edges, ticks / 10)
    near, counts = net.nearest(nodes, category, 1000.0), net.counts(nodes, category, 1000.0)
    return float(np.isfinite(near).mean() + counts.mean())


def costs_per_town(counts: tuple[int, ...], workers: int, rounds: int = 5) -> list[float]:
    """Seconds of a worker for each town, medians, on one cluster that has run before: the sizes take turns."""
    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
        over_towns(town, range(2 * workers), scheduler=cluster.scheduler_address)
        spent: list[list[float]] = [[] for _ in counts]
        for _ in range(rounds):
            for towns, times in zip(counts, spent, strict=True):
                begun = time.perf_counter()
                over_towns(town, range(towns), scheduler=cluster.scheduler_address)
                times.append((time.perf_counter() - begun) / towns * workers)
    return [statistics.median(times) for times in spent]
