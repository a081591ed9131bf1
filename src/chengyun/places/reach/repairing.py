"""Keeping costs true when a source comes or goes or a street opens or closes: only what may change is searched."""

from typing import NamedTuple

import numpy as np

from chengyun.places.reach.compiled import F4S, I4S, I8, kernel, record
from chengyun.places.reach.fill import between
from chengyun.places.reach.graph import RUN, SEEDS, WAYS, Run, Seeds, Ways
from chengyun.places.reach.search import FULL, spread
from chengyun.places.reach.spots import SPOTS, Spots
from chengyun.places.reach.units import SCALE, UNREACHED, Floats, Ints


class Board(NamedTuple):
    """What a field shows: the node of each slot, and its value in units."""

    node: Ints
    values: Floats


class Stale(NamedTuple):
    """Junctions (first `count` of them) and chains whose neighbourhood must be shown anew."""

    junctions: Ints
    chains: Ints


class Sources(NamedTuple):
    """The sources of a field: their seeds, those that lie on chains, and how those lay before."""

    seeds: Seeds
    beside: Spots
    before: Spots


SOURCES = record(Sources, SEEDS, SPOTS, SPOTS)
BOARD = record(Board, I4S, F4S)
STALE = record(Stale, I4S, I4S)


@kernel(RUN, SEEDS, I4S)
def hollow(run: Run, starts: Seeds, region: Ints) -> int:
    """Forget the cost of every junction that has a shortest way through one of `starts`; how many, listed in `region`.

    A start counts only if its junction still has exactly that cost. More may be forgotten than is lost (where ways are
    equally long); what stays is certain.
    """
    first, arcs = run.side.ways
    cost, old = run.desk.cost, run.desk.pool
    count = 0
    for n in range(len(starts.at)):
        if cost[starts.at[n]] == starts.cost[n]:
            region[count], old[count] = starts.at[n], starts.cost[n]
            cost[starts.at[n]] = UNREACHED
            count += 1
    done = 0
    while done < count:
        at, here = region[done], old[done]
        done += 1
        for k in range(first[at], first[at + 1]):
            other = arcs[2 * k]
            if cost[other] < UNREACHED and cost[other] == here + arcs[2 * k + 1]:
                region[count], old[count] = other, cost[other]
                cost[other] = UNREACHED
                count += 1
    return count


@kernel(WAYS, I4S, I4S, I8, SEEDS)
def rim(into: Ways, region: Ints, cost: Ints, limit: int, seeds: Seeds) -> int:
    """Seeds that lead back into a forgotten region from the junctions around it; how many.

    `into` are the ways against the direction of the search. One seed a junction at most.
    """
    first, arcs = into
    count = 0
    for at in region:
        best = UNREACHED
        for k in range(first[at], first[at + 1]):
            best = min(best, cost[arcs[2 * k]] + arcs[2 * k + 1])
        if best <= limit:
            seeds.at[count], seeds.cost[count] = at, best
            count += 1
    return count


# one loop: three passes over the same chains, with the records opened once.
@kernel(RUN, STALE, SPOTS, BOARD)
def show(run: Run, stale: Stale, beside: Spots, board: Board) -> None:  # noqa: C901
    """Write costs of inner nodes and the values of all nodes at or beside stale junctions and on stale chains.

    `beside` are the sources that lie on chains.
    """
    cost, limit, node, values = run.desk.cost, run.limit, board.node, board.values
    ends_a, ends_b, first, ps, qs, _, whole_q = run.side.chains
    hang_first, hang_chains = run.side.hangs
    base = len(cost) - len(ps)
    marked = np.zeros(len(ends_a) if len(beside.chain) else 0, np.bool_)
    for turn in range(2):
        for n in range(len(stale.junctions) + 1):
            last = n == len(stale.junctions)
            at = -1 if last else stale.junctions[n]
            for h in range(0 if last else hang_first[at], len(stale.chains) if last else hang_first[at + 1]):
                chain = stale.chains[h] if last else hang_chains[h]
                at_a, at_b = cost[ends_a[chain]], cost[ends_b[chain]] + whole_q[chain]
                if len(marked):
                    marked[chain] = True
                for k in range(first[chain], first[chain + 1]):
                    if turn == 0:
                        there = min(at_a + ps[k], at_b - qs[k])
                        cost[base + k] = there if there <= limit else UNREACHED
                    else:
                        ticks = cost[base + k]
                        values[node[base + k]] = ticks / SCALE if ticks < UNREACHED else float("inf")
            if turn == 1 and not last:
                values[node[at]] = cost[at] / SCALE if cost[at] < UNREACHED else float("inf")
        if turn == 0:
            for n in range(len(beside.chain)):
                chain = beside.chain[n]
                if not marked[chain]:
                    continue
                for k in range(first[chain], first[chain + 1]):
                    direct = between(beside.p[n], beside.q[n], ps[k], qs[k]) + beside.extra[n]
                    if direct <= limit and direct < cost[base + k]:
                        cost[base + k] = direct


# one loop: what a changed street does to one field, without going back to the interpreter between the steps.
@kernel(RUN, RUN, WAYS, I4S, SOURCES, BOARD)
def rework(old: Run, new: Run, into: Ways, chains: Ints, sources: Sources, board: Board) -> int:  # noqa: C901
    """Costs of a field whose `chains` cost something else: `old` and `new` are runs over the two networks, on one desk.

    `into` are the new ways against the direction of the search. Returns FULL if the desk was too small.
    """
    cost, limit = old.desk.cost, old.limit
    starts = Seeds(np.empty(2 * (len(chains) + len(sources.before.chain)), np.int32),
                   np.empty(2 * (len(chains) + len(sources.before.chain)), np.int32))  # fmt: skip
    count = 0
    for chain in chains:
        a, b = old.side.chains.a[chain], old.side.chains.b[chain]
        over, back = cost[a] + old.side.chains.whole_p[chain], cost[b] + old.side.chains.whole_q[chain]
        if over <= limit:
            starts.at[count], starts.cost[count] = b, over
            count += 1
        if back <= limit:
            starts.at[count], starts.cost[count] = a, back
            count += 1
    for n in range(len(sources.before.chain)):
        chain = sources.before.chain[n]
        if not np.any(chains == chain):
            continue
        to_a = sources.before.q[n] + sources.before.extra[n]
        to_b = old.side.chains.whole_p[chain] - sources.before.p[n] + sources.before.extra[n]
        if to_a <= limit:
            starts.at[count], starts.cost[count] = old.side.chains.a[chain], to_a
            count += 1
        if to_b <= limit:
            starts.at[count], starts.cost[count] = old.side.chains.b[chain], to_b
            count += 1
    region = np.empty(len(into.first), np.int32)
    lost = hollow(old, Seeds(starts.at[:count], starts.cost[:count]), region)
    room = lost + len(sources.seeds.at) + 2 * len(chains)
    seeds = Seeds(np.empty(room, np.int32), np.empty(room, np.int32))
    count = rim(into, region[:lost], cost, limit, seeds)
    for n in range(len(sources.seeds.at)):
        if sources.seeds.cost[n] < cost[sources.seeds.at[n]]:
            seeds.at[count], seeds.cost[count] = sources.seeds.at[n], sources.seeds.cost[n]
            count += 1
    for chain in chains:
        a, b = new.side.chains.a[chain], new.side.chains.b[chain]
        over, back = cost[a] + new.side.chains.whole_p[chain], cost[b] + new.side.chains.whole_q[chain]
        if over < cost[b] and over <= limit:
            seeds.at[count], seeds.cost[count] = b, over
            count += 1
        if back < cost[a] and back <= limit:
            seeds.at[count], seeds.cost[count] = a, back
            count += 1
    order = np.argsort(seeds.cost[:count], kind="mergesort")
    entries = spread(new, Seeds(seeds.at[:count][order], seeds.cost[:count][order]))
    if entries == FULL:
        return FULL
    stale = np.empty(lost + entries, np.int32)
    stale[:lost] = region[:lost]
    for k in range(entries):
        stale[lost + k] = new.desk.pool[3 * k]
    show(new, Stale(stale, chains), sources.beside, board)
    return entries
