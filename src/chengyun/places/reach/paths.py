"""The shortest way between two places, as nodes, line and cost."""

from collections import deque
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from chengyun.places.reach.core import Core
from chengyun.places.reach.fill import between
from chengyun.places.reach.graph import Desk, Seeds
from chengyun.places.reach.search import FULL, spread
from chengyun.places.reach.spots import Spots, seeds_of
from chengyun.places.reach.units import SCALE, UNREACHED, Ints


@dataclass(frozen=True)
class Way:
    """Nodes in the order of travel (places that lie on edges are none of them), and what it costs."""

    nodes: Ints
    cost: float


@dataclass(frozen=True)
class End:
    """Where a way begins or ends; `node` is -1 for a place on an edge."""

    spot: Spots
    node: int

    def parted(self, core: Core) -> tuple[Ints, Ints]:
        """The inner nodes of its chain before it and after it. A node knows its number: costs of nothing tell none."""
        chain = int(self.spot.chain[0])
        inner = _numbers(core, chain)
        if self.node >= 0:
            number = int(core.laid.slot[self.node]) - core.junctions
            return inner[inner < number], inner[inner > number]
        keys = core.laid.chains.p[inner] + core.laid.chains.q[inner]
        key = self.spot.p[0] + self.spot.q[0]
        return inner[keys < key], inner[keys > key]


def shortest_path(core: Core, one: End, two: End, limit: int) -> Way | None:
    """The cheapest way from one place to another, or None if there is none within the limit."""
    start, end = one.spot, two.spot
    chains = core.laid.chains
    direct = UNREACHED
    if start.chain[0] >= 0 and start.chain[0] == end.chain[0]:
        direct = int(between(start.p[0], start.q[0], end.p[0], end.q[0]))
    seeds, _ = seeds_of(start, chains, limit)
    while True:
        desk = core.desks.take(core)
        if spread(core.run(desk, limit, False), seeds) != FULL:
            break
        core.desks.grow(desk)
    try:
        over, last = _arrival(core, end, desk)
        off = int(end.extra[0])
        if direct + int(start.extra[0]) <= over and direct + int(start.extra[0]) + off <= limit:
            nodes = _with_ends(_between_on_chain(core, one, two), one, two)
            return Way(nodes, (direct + int(start.extra[0]) + off) / SCALE)
        if over + off > limit:
            return None
        junctions = _backtrack(core, desk, last, _cheapest(seeds))
        return Way(_with_ends(_spelled(core, one, two, junctions), one, two), (over + off) / SCALE)
    finally:
        desk.cost.fill(UNREACHED)
        core.desks.give(desk)


def _arrival(core: Core, end: Spots, desk: Desk) -> tuple[int, int]:
    """Cost at the end place without its way off the street, and the junction over which it is reached."""
    if end.junction[0] >= 0:
        return int(desk.cost[end.junction[0]]), int(end.junction[0])
    chain = int(end.chain[0])
    if chain < 0:
        return UNREACHED, -1
    chains = core.laid.chains
    by_a = int(desk.cost[chains.a[chain]]) + int(end.p[0])
    by_b = int(desk.cost[chains.b[chain]]) + int(chains.whole_q[chain] - end.q[0])
    return (by_a, int(chains.a[chain])) if by_a <= by_b else (by_b, int(chains.b[chain]))


def _cheapest(seeds: Seeds) -> dict[int, int]:
    """The cost of each seed; of several at one junction the first is the cheapest."""
    return dict(zip(seeds.at[::-1].tolist(), seeds.cost[::-1].tolist(), strict=True))


def _backtrack(core: Core, desk: Desk, last: int, seeds: dict[int, int]) -> list[int]:
    """Junctions from a seed to `last`. Where streets cost nothing ways may turn in circles: each is visited once."""
    ways, cost = core.graph.reverse.ways, desk.cost
    after: dict[int, int] = {last: -1}
    queue = deque([last])
    while queue:
        at = queue.popleft()
        if seeds.get(at) == cost[at]:
            found = [at]
            while after[found[-1]] >= 0:
                found.append(after[found[-1]])
            return found
        for k in range(ways.first[at], ways.first[at + 1]):
            before = int(ways.arcs[2 * k])
            if before not in after and cost[before] < UNREACHED and cost[before] + ways.arcs[2 * k + 1] == cost[at]:
                after[before] = at
                queue.append(before)
    raise AssertionError("a reached junction has a way to a seed")


def _with_ends(nodes: Ints, one: End, two: End) -> Ints:
    """A way between nodes begins and ends with them."""
    first = [one.node] if one.node >= 0 and nodes[:1].tolist() != [one.node] else []
    last = [two.node] if two.node >= 0 and nodes[-1:].tolist() != [two.node] else []
    if not len(nodes) and first == last:
        last = []
    return np.concatenate([first, nodes, last]).astype(np.int32)


def _spelled(core: Core, start: End, end: End, junctions: list[int]) -> Ints:
    """All nodes of a way over these junctions, with the inner nodes of chains."""
    nodes = [core.node_of_slot[junctions[0]]]
    parts = [_to_end(core, start, junctions[0], leaving=True)]
    for one, two in pairwise(junctions):
        parts += [np.array(nodes[-1:]), _inner(core, one, two)]
        nodes.append(core.node_of_slot[two])
    parts += [np.array(nodes[-1:]), _to_end(core, end, junctions[-1], leaving=False)]
    return np.concatenate(parts).astype(np.int32)


def _to_end(core: Core, place: End, junction: int, leaving: bool) -> Ints:
    """Inner nodes between a place on a chain and the junction at one of its ends, in the order of travel."""
    spot = place.spot
    chain = int(spot.chain[0])
    if chain < 0:
        return np.zeros(0, dtype=np.int32)
    chains = core.laid.chains
    at_a = chains.a[chain] == junction
    if at_a and chains.b[chain] == junction:
        at_a = bool(spot.q[0] <= chains.whole_p[chain] - spot.p[0]) if leaving else bool(
            spot.p[0] <= chains.whole_q[chain] - spot.q[0]
        )  # fmt: skip
    before, after = place.parted(core)
    kept = before if at_a else after
    forwards = at_a != leaving
    return _nodes(core, kept if forwards else kept[::-1])


def _between_on_chain(core: Core, one: End, two: End) -> Ints:
    """Inner nodes of the chain that lie between two places on it, without them."""
    (before_one, after_one), (before_two, after_two) = one.parted(core), two.parted(core)
    if len(before_one) <= len(before_two):
        return _nodes(core, np.intersect1d(after_one, before_two))
    return _nodes(core, np.intersect1d(before_one, after_two)[::-1])


def _inner(core: Core, one: int, two: int) -> Ints:
    """Inner nodes of the cheapest chain from one junction to another."""
    ways, chains = core.graph.forward.ways, core.laid.chains
    arcs = [k for k in range(ways.first[one], ways.first[one + 1]) if ways.arcs[2 * k] == two]
    arc = min(arcs, key=lambda k: int(ways.arcs[2 * k + 1]))
    place = int(core.place_of_arc[arc])
    numbers = _numbers(core, place // 2)
    return _nodes(core, numbers if chains.a[place // 2] == one else numbers[::-1])


def _numbers(core: Core, chain: int) -> np.ndarray:
    first = core.laid.chains.first
    return np.arange(first[chain], first[chain + 1])


def _nodes(core: Core, inner: np.ndarray) -> Ints:
    found: Ints = core.node_of_slot[core.junctions + inner]
    return found
