"""Where things lie: nodes and snapped points alike become spots, at a junction or on a chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from chengyun.places.reach.chains import Chains
from chengyun.places.reach.compiled import I4S, I8S, record
from chengyun.places.reach.graph import Seeds
from chengyun.places.reach.units import UNREACHED, Doubles, Ints, Longs

_KINDS = [np.dtype(np.int32), np.dtype(np.float64), np.dtype(np.float64)]


@dataclass(frozen=True)
class Positions:
    """Places on edges: the caller's edge (-1: none), the fraction of it from its first node, metres off the edge.

    Three arrays of one length (lists become arrays). Raises ValueError.
    """

    edge: Ints
    fraction: Doubles
    offset: Doubles

    def __post_init__(self) -> None:
        given = (self.edge, self.fraction, self.offset)
        if [getattr(part, "dtype", None) for part in given] == _KINDS and {np.shape(part) for part in given} == {
            (self.edge.size,)
        }:
            return
        edge = np.atleast_1d(np.asarray(self.edge))
        if len(edge) and not np.issubdtype(edge.dtype, np.integer):
            raise ValueError("positions must name edges by integers")
        shares, metres = (np.atleast_1d(np.asarray(part, dtype=np.float64)) for part in (self.fraction, self.offset))
        if not edge.shape == shares.shape == metres.shape or edge.ndim != 1:
            raise ValueError("positions must have an edge, a fraction and an offset each")
        object.__setattr__(self, "edge", edge.astype(np.int32, copy=False))
        object.__setattr__(self, "fraction", shares)
        object.__setattr__(self, "offset", metres)

    def __len__(self) -> int:
        return len(self.edge)

    def __iter__(self) -> Iterator[NDArray[Any]]:
        """Edges, fractions and offsets, as in `edge, fraction, offset = net.snap(points)`."""
        return iter((self.edge, self.fraction, self.offset))

    def __getitem__(self, which: Any) -> "Positions":
        """Some of them: a number, a slice, a mask or a list of numbers."""
        return Positions(*(np.atleast_1d(part[which]) for part in (self.edge, self.fraction, self.offset)))


def positions_of(places: Any) -> Positions | None:
    """Positions, also where they come as three arrays in a tuple, as `edge, fraction, offset = net.snap(points)`."""
    if isinstance(places, Positions):
        return places
    if isinstance(places, tuple) and len(places) == 3 and all(np.ndim(part) == 1 for part in places):
        return Positions(*places)
    return None


class Spots(NamedTuple):
    """Places in the contracted network: at a junction (chain -1) or on a chain (junction -1); both -1 are nowhere.

    `extra` is what the way between the place itself and the network costs, in ticks.
    """

    junction: Ints
    chain: Ints
    p: Longs
    q: Longs
    extra: Ints


SPOTS = record(Spots, I4S, I4S, I8S, I8S, I4S)


def spots_of_slots(slots: Ints, chains: Chains, junctions: int) -> Spots:
    """Spots of nodes, from their slots."""
    inner = np.flatnonzero(slots >= junctions)
    number = slots[inner] - junctions
    junction = slots.copy()
    junction[inner] = -1
    chain = np.full(len(slots), -1, dtype=np.int32)
    chain[inner] = np.searchsorted(chains.first, number, side="right") - 1
    p, q = np.zeros(len(slots), dtype=np.int64), np.zeros(len(slots), dtype=np.int64)
    p[inner], q[inner] = chains.p[number], chains.q[number]
    return Spots(junction, chain, p, q, np.zeros(len(slots), dtype=np.int32))


def turned_spots(spots: Spots) -> Spots:
    """The same places for a search against the direction of travel."""
    return spots._replace(p=spots.q, q=spots.p)


def some(spots: Spots, which: np.ndarray) -> Spots:
    """Those of the places that a mask or indices choose."""
    return Spots(*(np.ascontiguousarray(part[which]) for part in spots))


def joined(one: Spots, two: Spots) -> Spots:
    """Both lists, one after the other."""
    return Spots(*[np.concatenate(pair) for pair in cast("Any", zip(one, two, strict=True))])


def seeds_of(spots: Spots, chains: Chains, limit: int) -> tuple[Seeds, Ints]:
    """Seeds of a search from these places, cheapest first, and the place that each belongs to."""
    at_node = np.flatnonzero(spots.junction >= 0)
    on_chain = np.flatnonzero(spots.chain >= 0)
    chain = spots.chain[on_chain]
    at = np.concatenate([spots.junction[at_node], chains.a[chain], chains.b[chain]])
    towards_b = chains.whole_p[chain] - spots.p[on_chain]
    cost = np.concatenate([np.zeros(len(at_node), dtype=np.int64), spots.q[on_chain], towards_b])
    owner = np.concatenate([at_node, on_chain, on_chain]).astype(np.int32)
    cost += spots.extra[owner]
    kept = np.flatnonzero(cost <= min(limit, UNREACHED - 1))
    kept = kept[np.argsort(cost[kept], kind="stable")]
    return Seeds(at[kept].astype(np.int32), cost[kept].astype(np.int32)), owner[kept]
