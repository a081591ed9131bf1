"""Chains: streets joined through nodes where nothing turns off, so that a search sees junctions only.

A chain runs from junction `a` to junction `b`. `p` is the cost from `a` to a point along the chain, `q` the cost from
the point back to `a`; both grow along it, and BLOCKED is added for each street that may not be passed. Whatever
lies on a chain, a node of degree two or a point snapped to an edge, is one (chain, p, q): the same formulas serve both.
"""

from typing import NamedTuple

import numpy as np

from chengyun.places.reach.compiled import I4S, I8S, kernel, record
from chengyun.places.reach.order import morton_order
from chengyun.places.reach.streets import Streets
from chengyun.places.reach.units import BLOCKED, UNREACHED, Doubles, Ints, Longs


class Incidence(NamedTuple):
    """Which streets end at each node: `streets[first[n]:first[n + 1]]`; a loop stands there twice."""

    first: Ints
    streets: Ints
    tail: Ints
    head: Ints
    order: Ints


class Walked(NamedTuple):
    """What the walk along chains writes: per street its chain, number in it and sense; per chain its ends."""

    chain: Ints
    sense: Ints
    sequence: Ints
    first: Ints
    ends: Ints
    junction: Ints


class Chains(NamedTuple):
    """All chains; inner nodes of chain c are numbers first[c] to first[c + 1] of `p` and `q`."""

    a: Ints
    b: Ints
    first: Ints
    p: Longs
    q: Longs
    whole_p: Longs
    whole_q: Longs


INCIDENCE = record(Incidence, *[I4S] * 5)
WALKED = record(Walked, *[I4S] * 6)
CHAINS = record(Chains, I4S, I4S, I4S, I8S, I8S, I8S, I8S)


class Laid(NamedTuple):
    """The contracted network: chains, the slot of each caller's node, and where on its chain each street lies."""

    chains: Chains
    slot: Ints  # junctions first, then the inner nodes of chain after chain
    street_chain: Ints
    street_against: np.ndarray  # whether the street runs against its chain
    street_p: Longs  # at the end of the street that is nearer to `a`
    street_q: Longs
    sequence: Ints  # streets in the order of chains: those of chain c from first[c] + c to first[c + 1] + c + 1


def lay_chains(x: Doubles, y: Doubles, streets: Streets) -> Laid:
    """Contract a network; junctions are numbered along a space-filling curve, chains in the order of junctions."""
    nodes, count = len(x), len(streets.tail)
    order = morton_order(x, y).astype(np.int32)
    ends = np.concatenate([streets.tail, streets.head])
    first = np.zeros(nodes + 1, dtype=np.int32)
    np.cumsum(np.bincount(ends, minlength=nodes), out=first[1:])
    by_node = (np.argsort(ends, kind="stable") % max(count, 1)).astype(np.int32)
    incidence = Incidence(first, by_node, streets.tail, streets.head, order)
    chain, sense, sequence, starts, ends_of = (
        np.full(size, -1, dtype=np.int32) for size in (count, count, count, count + 1, 2 * count)
    )
    walked = Walked(chain, sense, sequence, starts, ends_of, _junctions(first, by_node))
    chains = int(walk(incidence, walked))
    return _laid(streets, order, walked, chains)


def _junctions(first: Ints, by_node: Ints) -> Ints:
    """1 where a node is a junction: not exactly two different streets end there."""
    junction: Ints = (np.diff(first) != 2).astype(np.int32)
    two = np.flatnonzero(junction == 0)
    junction[two[by_node[first[two]] == by_node[first[two] + 1]]] = 1
    return junction


@kernel(INCIDENCE, WALKED)
def walk(incidence: Incidence, walked: Walked) -> int:  # noqa: C901  one walk
    """Follow every chain from its first junction; a ring without junctions gets one. Returns the number of chains."""
    chains, done = 0, 0
    walked.first[0] = 0
    for turn in range(2):
        for node in incidence.order:
            if turn == 1 and walked.junction[node] == 0:
                street = incidence.streets[incidence.first[node]]
                if walked.chain[street] < 0:
                    walked.junction[node] = 1
            if walked.junction[node] == 0:
                continue
            for k in range(incidence.first[node], incidence.first[node + 1]):
                street = incidence.streets[k]
                if walked.chain[street] >= 0:
                    continue
                at = node
                while True:
                    ahead = incidence.tail[street] == at
                    walked.chain[street] = chains
                    walked.sense[street] = 0 if ahead else 1
                    walked.sequence[done] = street
                    done += 1
                    at = incidence.head[street] if ahead else incidence.tail[street]
                    if walked.junction[at] == 1:
                        break
                    one, two = incidence.streets[incidence.first[at]], incidence.streets[incidence.first[at] + 1]
                    street = two if one == street else one
                walked.ends[2 * chains], walked.ends[2 * chains + 1] = node, at
                chains += 1
                walked.first[chains] = done
    return chains


def _laid(streets: Streets, order: Ints, walked: Walked, count: int) -> Laid:
    """Sums along the chains, and the numbers of junctions and inner nodes."""
    sequence, starts = walked.sequence, walked.first[: count + 1]
    against = walked.sense == 1
    towards = np.where(against, streets.back, streets.ahead)[sequence]
    backwards = np.where(against, streets.ahead, streets.back)[sequence]
    p, street_p, whole_p = sums_along(towards, starts)
    alike = np.array_equal(towards, backwards)
    q, street_q, whole_q = (p, street_p, whole_p) if alike else sums_along(backwards, starts)
    slot = np.full(len(order), -1, dtype=np.int32)
    junctions = order[walked.junction[order] == 1]
    slot[junctions] = np.arange(len(junctions), dtype=np.int32)
    inner = np.ones(len(sequence), dtype=bool)
    inner[starts[1:] - 1] = False
    after = np.where(against, streets.tail, streets.head)[sequence][inner]
    slot[after] = len(junctions) + np.arange(len(after), dtype=np.int32)
    first = (starts - np.arange(count + 1)).astype(np.int32)
    ends = slot[walked.ends[: 2 * count]]
    chains = Chains(
        np.ascontiguousarray(ends[0::2]), np.ascontiguousarray(ends[1::2]), first, p[inner], q[inner], whole_p, whole_q
    )
    if q is p:
        chains = chains._replace(q=chains.p)
    placed_p = np.empty(len(sequence), dtype=np.int64)
    placed_p[sequence] = street_p
    placed_q = placed_p
    if q is not p:
        placed_q = np.empty(len(sequence), dtype=np.int64)
        placed_q[sequence] = street_q
    return Laid(chains, slot, walked.chain, against, placed_p, placed_q, sequence)


def sums_along(costs: Ints, starts: Ints) -> tuple[Longs, Longs, Longs]:
    """Along each chain: the cost up to the end of each street, up to its start, and of the whole."""
    long = costs.astype(np.int64)
    long[costs >= UNREACHED] = BLOCKED
    sums = np.cumsum(long)
    before = sums - long
    base = np.repeat(before[starts[:-1]], np.diff(starts))
    return sums - base, before - base, (sums - base)[starts[1:] - 1]
