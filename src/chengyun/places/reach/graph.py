"""The junction graph that searches run on, and the memory that one running search needs."""

from typing import NamedTuple

import numpy as np

from chengyun.places.reach.chains import CHAINS, Chains
from chengyun.places.reach.compiled import I4S, I8, record
from chengyun.places.reach.units import UNREACHED, Ints


class Ways(NamedTuple):
    """Arcs between junctions: of junction v, arcs first[v] to first[v + 1]; arc k is (other end, cost) in `arcs`."""

    first: Ints
    arcs: Ints


class Hangs(NamedTuple):
    """Chains with inner nodes at each junction: chains[first[v]:first[v + 1]]."""

    first: Ints
    chains: Ints


class Inner(NamedTuple):
    """Every inner node once more, flat: the two ends of its chain and its cost from each (UNREACHED: no way)."""

    a: Ints
    b: Ints
    from_a: Ints
    from_b: Ints


class Side(NamedTuple):
    """A network seen in one direction: costs away from seeds, or (the reverse) costs towards them."""

    ways: Ways
    chains: Chains
    hangs: Hangs
    inner: Inner


class Seeds(NamedTuple):
    """Where a search begins, cheapest first: junctions with what it costs to be there."""

    at: Ints
    cost: Ints


class Desk(NamedTuple):
    """Scratch memory of one search: cost per slot (UNREACHED between searches), bucket heads, entries of three."""

    cost: Ints
    head: Ints
    pool: Ints
    seeds: Seeds  # room for the two of one place


class Run(NamedTuple):
    """One search: where it runs, how far in ticks, buckets of 2**shift ticks, and its memory."""

    side: Side
    limit: int
    shift: int
    desk: Desk


WAYS = record(Ways, I4S, I4S)
HANGS = record(Hangs, I4S, I4S)
INNER = record(Inner, I4S, I4S, I4S, I4S)
SIDE = record(Side, WAYS, CHAINS, HANGS, INNER)
SEEDS = record(Seeds, I4S, I4S)
DESK = record(Desk, I4S, I4S, I4S, SEEDS)
RUN = record(Run, SIDE, I8, I8, DESK)

FEWEST_BUCKETS, MOST_BUCKETS = 64, 4096


class Graph(NamedTuple):
    """Both sides of a contracted network and how its bucket queue is cut: buckets of 2**shift ticks."""

    forward: Side
    reverse: Side
    arcs_of_chain: Ints  # two per chain: the arc at `a` and the arc at `b`; -1 for a chain that returns to `a`
    shift: int
    buckets: int


def join(chains: Chains, junctions: int) -> Graph:
    """The junction graph of chains. A chain that may not be passed keeps its arcs, at UNREACHED."""
    links = np.flatnonzero(chains.a != chains.b)
    tails = np.concatenate([chains.a[links], chains.b[links]])
    heads = np.concatenate([chains.b[links], chains.a[links]])
    there = np.concatenate([chains.whole_p[links], chains.whole_q[links]])
    back = np.concatenate([chains.whole_q[links], chains.whole_p[links]])
    order = np.lexsort((heads, tails))
    first = _starts(tails, junctions)
    arcs_of_chain = np.full(2 * len(chains.a), -1, dtype=np.int32)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    arcs_of_chain[2 * links], arcs_of_chain[2 * links + 1] = place[: len(links)], place[len(links) :]
    ways = Ways(first, _arcs(heads, there, order))
    ways_back = ways if chains.q is chains.p else Ways(first, _arcs(heads, back, order))
    hangs = _hangs(chains, junctions)
    shift, buckets = _buckets(ways.arcs[1::2], ways_back.arcs[1::2])
    inner = flat(chains)
    inner_back = inner if chains.q is chains.p else flat(turned(chains))
    forward, reverse = Side(ways, chains, hangs, inner), Side(ways_back, turned(chains), hangs, inner_back)
    return Graph(forward, reverse, arcs_of_chain, shift, buckets)


def flat(chains: Chains) -> Inner:
    """The inner nodes of all chains, for filling them in one sweep."""
    chain = np.repeat(np.arange(len(chains.a), dtype=np.int32), np.diff(chains.first))
    from_a = np.minimum(chains.p, UNREACHED).astype(np.int32)
    from_b = np.minimum(chains.whole_q[chain] - chains.q, UNREACHED).astype(np.int32)
    return Inner(chains.a[chain], chains.b[chain], from_a, from_b)


def turned(chains: Chains) -> Chains:
    """The same chains for searches against the direction of travel."""
    return chains._replace(p=chains.q, q=chains.p, whole_p=chains.whole_q, whole_q=chains.whole_p)


def _starts(owners: Ints, count: int) -> Ints:
    first = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(owners, minlength=count), out=first[1:])
    return first


def _arcs(heads: Ints, costs: np.ndarray, order: np.ndarray) -> Ints:
    arcs = np.empty(2 * len(heads), dtype=np.int32)
    arcs[0::2] = heads[order]
    arcs[1::2] = np.minimum(costs[order], UNREACHED)
    return arcs


def _hangs(chains: Chains, junctions: int) -> Hangs:
    full = np.flatnonzero(np.diff(chains.first) > 0).astype(np.int32)
    links = full[chains.a[full] != chains.b[full]]
    owners = np.concatenate([chains.a[full], chains.b[links]])
    numbers = np.concatenate([full, links])
    return Hangs(_starts(owners, junctions), numbers[np.argsort(owners, kind="stable")])


def _buckets(*costs: Ints) -> tuple[int, int]:
    """A bucket is as wide as a short arc, so that few arcs stay inside it; a ring holds the longest arc."""
    known = np.concatenate([c[c < UNREACHED] for c in costs])
    if not len(known):
        return 0, FEWEST_BUCKETS
    shift = max(int(np.percentile(known, 5)), 1).bit_length() - 1
    longest = int(known.max())
    while (longest >> shift) + 2 > MOST_BUCKETS:
        shift += 1
    return shift, max(FEWEST_BUCKETS, 1 << ((longest >> shift) + 1).bit_length())


def new_desk(slots: int, junctions: int, buckets: int, room: int = 0) -> Desk:
    """Memory for one search; `room` entries of the queue, by default enough for almost every search."""
    entries = room or 2 * junctions + 1024
    cost, head = np.full(slots, UNREACHED, dtype=np.int32), np.full(buckets, -1, dtype=np.int32)
    two = Seeds(np.zeros(2, dtype=np.int32), np.zeros(2, dtype=np.int32))
    return Desk(cost, head, np.empty(3 * entries, dtype=np.int32), two)
