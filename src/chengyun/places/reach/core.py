"""The contracted network as searches see it, and how places of the caller come to lie in it."""

import threading
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from chengyun.places.reach.chains import Laid
from chengyun.places.reach.graph import Desk, Graph, Run, Side, join, new_desk
from chengyun.places.reach.spots import Positions, Spots, positions_of, spots_of_slots, turned_spots
from chengyun.places.reach.streets import Streets
from chengyun.places.reach.units import BLOCKED, BLOCKED_PARTS, SCALE, UNREACHED, Ints

Places = ArrayLike | Positions


class Desks:
    """Scratch memory that searches of one network lend each other; at most one desk a running search."""

    def __init__(self) -> None:
        self._free: list[Desk] = []
        self._lock = threading.Lock()
        self.room = 0

    def take(self, core: "Core") -> Desk:
        """A clean desk."""
        with self._lock:
            if self._free:
                return self._free.pop()
        return new_desk(len(core.laid.slot), core.junctions, core.graph.buckets, self.room)

    def give(self, desk: Desk) -> None:
        """Return a desk; its costs must be wiped."""
        with self._lock:
            self._free.append(desk)

    def grow(self, desk: Desk) -> None:
        """The queue of this desk was too small, and the desk is spoilt: let it go, make the next ones larger."""
        with self._lock:
            self.room = max(self.room, 2 * (len(desk.pool) // 3))
            self._free.clear()


@dataclass(frozen=True)
class Core:
    """Streets, chains and the junction graph of one network."""

    streets: Streets
    laid: Laid
    access: float
    graph: Graph
    desks: Desks = field(default_factory=Desks, repr=False, compare=False)

    @classmethod
    def of(cls, streets: Streets, laid: Laid, access: float) -> "Core":
        """The core of a contracted network."""
        return cls(streets, laid, access, join(laid.chains, len(laid.slot) - len(laid.chains.p)))

    @cached_property
    def junctions(self) -> int:
        """How many nodes the searches see."""
        return len(self.laid.slot) - len(self.laid.chains.p)

    @cached_property
    def node_of_slot(self) -> Ints:
        """The caller's node in each slot."""
        node = np.empty(len(self.laid.slot), dtype=np.int32)
        node[self.laid.slot] = np.arange(len(node), dtype=np.int32)
        return node

    @cached_property
    def place_of_arc(self) -> Ints:
        """For each arc of the junction graph its place in `arcs_of_chain`: twice its chain, and one at its end `b`."""
        places = np.flatnonzero(self.graph.arcs_of_chain >= 0)
        found = np.empty(len(places), dtype=np.int32)
        found[self.graph.arcs_of_chain[places]] = places
        return found

    def side(self, reverse: bool) -> Side:
        """The network away from places, or (reverse) towards them."""
        return self.graph.reverse if reverse else self.graph.forward

    def run(self, desk: Desk, limit: int, reverse: bool) -> Run:
        """A search to be run on this desk."""
        return Run(self.side(reverse), limit, self.graph.shift, desk)

    def spots(self, places: Places, name: str, reverse: bool = False) -> Spots:
        """Where nodes or positions lie. Raises ValueError that names the argument."""
        positions = positions_of(places)
        found = self._of_nodes(places, name) if positions is None else self._of_positions(positions, name)
        return turned_spots(found) if reverse else found

    def _of_nodes(self, places: Places, name: str) -> Spots:
        nodes = np.atleast_1d(np.asarray(cast("ArrayLike", places)))
        if nodes.ndim != 1 or (len(nodes) and not np.issubdtype(nodes.dtype, np.integer)):
            raise ValueError(f"{name} must be node numbers (one-dimensional integers) or positions")
        if len(nodes) and (nodes.min() < 0 or nodes.max() >= len(self.laid.slot)):
            raise ValueError(f"{name} must name nodes from 0 to {len(self.laid.slot) - 1}")
        return spots_of_slots(self.laid.slot[nodes.astype(np.int64)], self.laid.chains, self.junctions)

    def _of_positions(self, places: Positions, name: str) -> Spots:
        """Positions on edges as points of chains; what lies on no edge is nowhere."""
        edges = len(self.streets.of_edge)
        if len(places) and (places.edge.min() < -1 or places.edge.max() >= edges):
            raise ValueError(f"{name} must name edges from 0 to {edges - 1}, or -1")
        if not ((places.fraction >= 0) & (places.fraction <= 1)).all() or not (places.offset >= 0).all():
            raise ValueError(f"{name} must have fractions from 0 to 1 and offsets of at least 0")
        if not edges or not len(places):
            nowhere = np.full(len(places), -1, dtype=np.int32)
            zeros = np.zeros(len(places), dtype=np.int64)
            return Spots(nowhere, nowhere, zeros, zeros, zeros.astype(np.int32))
        on = places.edge >= 0
        street = self.streets.of_edge[np.where(on, places.edge, 0)]
        against = self.streets.flipped[np.where(on, places.edge, 0)] != self.laid.street_against[street]
        ahead, back = self.directions(street)
        p = self.laid.street_p[street] + part_of(ahead, places.fraction, against)
        q = self.laid.street_q[street] + part_of(back, places.fraction, against)
        extra = np.rint(np.minimum(places.offset * self.access, UNREACHED / SCALE) * SCALE).astype(np.int32)
        chain = np.where(on, self.laid.street_chain[street], -1).astype(np.int32)
        return Spots(np.full(len(chain), -1, dtype=np.int32), chain, p, q, extra)

    def directions(self, street: Ints) -> tuple[Ints, Ints]:
        """Cost of streets along their chains and back, in ticks."""
        against = self.laid.street_against[street]
        ahead, back = self.streets.ahead[street], self.streets.back[street]
        return np.where(against, back, ahead), np.where(against, ahead, back)

    def with_parts(self, streets: Streets, laid: Laid, graph: Graph) -> "Core":
        """The same network with other costs; scratch memory is shared."""
        return replace(self, streets=streets, laid=laid, graph=graph)


def part_of(cost: Ints, fraction: np.ndarray, against: np.ndarray) -> np.ndarray:
    """What a fraction of an edge costs, in whole ticks, or where the chain runs against it what the rest costs."""
    blocked = cost >= UNREACHED
    whole = np.where(blocked, np.int64(BLOCKED), cost)
    steps = np.rint(fraction * BLOCKED_PARTS).astype(np.int64) * (BLOCKED // BLOCKED_PARTS)
    part = np.where(blocked, steps, np.rint(fraction * cost).astype(np.int64))
    return np.where(against, whole - part, part)
