"""A field: the cost from the nearest of some sources to every node, kept true while sources come and go."""

from collections.abc import Iterable
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from chengyun.places.reach.asking import costs_from
from chengyun.places.reach.core import Core, Places
from chengyun.places.reach.fill import read_costs
from chengyun.places.reach.graph import Desk, Run, Seeds
from chengyun.places.reach.repairing import Board, Sources, Stale, hollow, rework, rim, show
from chengyun.places.reach.search import FULL, spread
from chengyun.places.reach.spots import Positions, Spots, joined, positions_of, seeds_of, some
from chengyun.places.reach.units import UNREACHED, Floats, Ints

NONE = np.zeros(0, dtype=np.int32)


class Field:
    """Costs from the nearest of `sources` to every node, within a limit. Made by `Network.field`; not for two threads.

    Adding and removing a source, and streets that open or close (`rebased`), search only what they may change.
    """

    _sources: Spots
    _beside: Spots
    _seeds: Seeds
    _cost: Ints

    def __init__(self, core: Core, sources: Places, limit: int, reverse: bool) -> None:
        self._core, self._limit, self._reverse = core, limit, reverse
        self._anchors = anchors_of(sources)
        self._place(core.spots(sources, "sources", reverse))
        self._board = Board(core.node_of_slot, np.empty(len(core.laid.slot), dtype=np.float32))
        self._search_all()

    @property
    def values(self) -> Floats:
        """Cost from the nearest source to every node, float32, infinity beyond the limit; a copy."""
        return self._board.values.copy()

    def __len__(self) -> int:
        """How many sources there are."""
        return len(self._sources.chain)

    def copy(self) -> "Field":
        """A field of its own that starts from what this one knows."""
        other = object.__new__(Field)
        other.__dict__.update(self.__dict__)
        other._cost = self._cost.copy()
        other._board = self._board._replace(values=self._board.values.copy())
        return other

    def add(self, place: Places) -> None:
        """One more source (or several): a node or a position. Raises ValueError."""
        spots = self._core.spots(place, "place", self._reverse)
        self._anchors = np.concatenate([self._anchors, anchors_of(place)])
        self._sources = joined(self._sources, spots)
        on = spots.chain >= 0
        if on.any():
            self._beside = joined(self._beside, some(spots, on))
        seeds, _ = seeds_of(spots, self._core.side(self._reverse).chains, self._limit)
        self._seeds = _sorted(_chained([self._seeds, seeds]))
        self._search(seeds, NONE, spots.chain[on])

    def remove(self, place: Places) -> None:
        """One source less (or several), at this node or position. Raises ValueError if none is there."""
        spots = self._core.spots(place, "place", self._reverse)
        kept = np.ones(len(self), dtype=bool)
        for anchor in anchors_of(place):
            same = kept & (self._anchors == anchor)
            if not same.any():
                raise ValueError("place: no source of this field is there")
            kept[int(np.argmax(same))] = False
        self._anchors = self._anchors[kept]
        self._place(some(self._sources, kept))
        starts, _ = seeds_of(spots, self._core.side(self._reverse).chains, self._limit)
        region = self._forget(self._core, starts)
        self._search(self._seeds_into(self._core, region), region, spots.chain[spots.chain >= 0])

    def over(self, core: Core, chains: Ints | None = None) -> "Field":
        """This field over the same network with other costs of some edges; `chains`, if known, are theirs.

        Raises ValueError if the networks differ in more than costs.
        """
        stale = differing(self._core, core) if chains is None else chains
        other = self.copy()
        other._core = core
        if any((self._beside.chain == chain).any() for chain in stale):
            other._place(spots_of_anchors(core, self._anchors, self._reverse))
        desk = core.desks.take(core)
        held = desk._replace(cost=other._cost)
        old, new = self._core.run(held, self._limit, self._reverse), core.run(held, self._limit, self._reverse)
        sources = Sources(other._seeds, other._beside, self._beside)
        into = core.side(not self._reverse).ways
        if rework(old, new, into, stale, sources, other._board) == FULL:
            core.desks.grow(desk)
            other._search_all()
        else:
            core.desks.give(desk)
        return other

    def _place(self, sources: Spots) -> None:
        """Take these as the sources."""
        self._sources = sources
        self._beside = some(sources, sources.chain >= 0)
        self._seeds, _ = seeds_of(sources, self._core.side(self._reverse).chains, self._limit)

    def _forget(self, core: Core, starts: Seeds) -> Ints:
        desk = core.desks.take(core)
        region = np.empty(core.junctions, dtype=np.int32)
        count = hollow(self._run(core, desk), starts, region)
        core.desks.give(desk)
        return region[:count].copy()

    def _seeds_into(self, core: Core, region: Ints) -> Seeds:
        """Seeds for a forgotten region: from around it, and all sources."""
        around = Seeds(np.empty(len(region), dtype=np.int32), np.empty(len(region), dtype=np.int32))
        count = rim(core.side(not self._reverse).ways, region, self._cost, self._limit, around)
        own = self._seeds
        lost = self._cost[own.at] > own.cost
        return _sorted(_chained([Seeds(around.at[:count], around.cost[:count]), Seeds(own.at[lost], own.cost[lost])]))

    def _run(self, core: Core, desk: Desk) -> Run:
        return core.run(desk._replace(cost=self._cost), self._limit, self._reverse)

    def _search(self, seeds: Seeds, region: Ints, chains: Ints) -> None:
        """Lower costs from seeds, then show what is stale: the region, what was lowered, and these chains."""
        core = self._core
        desk = core.desks.take(core)
        entries = spread(self._run(core, desk), seeds)
        if entries == FULL:
            core.desks.grow(desk)
            self._search_all()
            return
        lowered = desk.pool[: 3 * entries : 3]
        stale = Stale(np.concatenate([region, lowered]), chains)
        show(self._run(core, desk), stale, self._beside, self._board)
        core.desks.give(desk)

    def _search_all(self) -> None:
        """All costs from the sources alone."""
        core = self._core
        desk = costs_from(core, self._seeds, self._beside, self._limit, self._reverse)
        self._cost = desk.cost
        core.desks.give(desk._replace(cost=np.full(len(desk.cost), UNREACHED, dtype=np.int32)))
        read_costs(self._cost, core.laid.slot, self._board.values)


def _chained(parts: Iterable[Seeds]) -> Seeds:
    seeds = list(parts)
    return Seeds(np.concatenate([s.at for s in seeds]), np.concatenate([s.cost for s in seeds]))


def _sorted(seeds: Seeds) -> Seeds:
    order = np.argsort(seeds.cost, kind="stable")
    return Seeds(seeds.at[order], seeds.cost[order])


ANCHOR = np.dtype([("node", np.int32), ("edge", np.int32), ("fraction", np.float64), ("offset", np.float64)])


def anchors_of(places: Places) -> np.ndarray:
    """Places as the caller named them, one record each: a node, or a position with node -1."""
    positions = positions_of(places)
    if positions is not None:
        found = np.zeros(len(positions), dtype=ANCHOR)
        found["node"] = -1
        found["edge"], found["fraction"], found["offset"] = positions
        return found
    nodes = np.atleast_1d(np.asarray(cast("ArrayLike", places)))
    found = np.zeros(len(nodes), dtype=ANCHOR)
    found["node"] = nodes
    return found


def spots_of_anchors(core: Core, anchors: np.ndarray, reverse: bool) -> Spots:
    """Where these places lie in a network."""
    node = anchors["node"] >= 0
    nodes = core.spots(anchors["node"][node], "sources", reverse)
    on = anchors[~node]
    edges = core.spots(Positions(on["edge"], on["fraction"], on["offset"]), "sources", reverse)
    order = np.argsort(np.concatenate([np.flatnonzero(node), np.flatnonzero(~node)]), kind="stable")
    return some(joined(nodes, edges), order)


def differing(one: Core, other: Core) -> Ints:
    """Chains whose streets cost something else in two versions of one network. Raises ValueError."""
    if one.laid.sequence is not other.laid.sequence:
        raise ValueError("field: made over another network")
    changed = one.streets.ahead != other.streets.ahead
    if one.streets.back is not one.streets.ahead or other.streets.back is not other.streets.ahead:
        changed |= one.streets.back != other.streets.back
    chains: Ints = np.unique(one.laid.street_chain[changed])
    return chains
