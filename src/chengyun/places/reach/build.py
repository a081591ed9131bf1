"""Networks of a town from its streets: on foot in metres, on foot in seconds, by car in seconds."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from chengyun.places.reach import costing
from chengyun.places.reach.network import Network
from chengyun.places.reach.packing import pack
from chengyun.places.reach.spots import Positions
from chengyun.places.reach.storing import read_arrays, write_arrays
from chengyun.places.reach.units import Doubles, Ints, Longs
from chengyun.places.reach.walls import OUTSIDE, PASSAGE, Crossings, Pieces, Walls, cut_at_walls

WALK, WALK_TIME, DRIVE = "walk", "walk_time", "drive"
MODES = (WALK, WALK_TIME, DRIVE)
BUSY = ("motorway", "trunk", "primary", "secondary")  # kinds of street that one waits to cross
FLOW = 0.65  # share of the posted speed that is driven in a town, signals and turns included
FAR = 150.0  # metres: a house farther from the lanes of its compound than this is entered from its gate


@dataclass(frozen=True)
class StreetRows:
    """Streets as a town keeps them: lines in metres, node numbers where they meet, rights, km/h."""

    ids: Longs
    lines: NDArray[np.object_]
    start: Longs
    end: Longs
    kind: NDArray[np.str_]
    foot: NDArray[np.bool_]
    car: NDArray[np.bool_]
    oneway: Ints  # 1 along the line, -1 against it, 0 both ways
    speed: Doubles
    raised: NDArray[np.bool_]  # bridges and tunnels: they pass walls

    def some(self, which: NDArray[Any]) -> "StreetRows":
        """Those that a mask or numbers choose."""
        return StreetRows(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class TownNetwork:
    """A network with what it was made of: the street of each edge, the walled compound around it, and the gates."""

    network: Network
    street: Longs  # id of the street
    zone: Ints  # number of the compound in `wall_ids`, OUTSIDE, or PASSAGE for edges through a wall
    wall_ids: Longs
    crossing_edge: Ints  # edges through walls
    crossing_wall: Ints
    crossing_gate: Ints  # number of the compound's gate, or -1 where there is none and the edge is closed

    def save(self, path: Path) -> None:
        """Write everything to one file; `Network.load` reads the network of it alone."""
        arrays, facts = pack(self.network.core)
        for name in self.__dataclass_fields__:
            if name != "network":
                arrays[f"town.{name}"] = getattr(self, name)
        arrays |= {"x": self.network.x, "y": self.network.y, "edges": self.network.edges}
        write_arrays(path, arrays, facts)

    @classmethod
    def load(cls, path: Path) -> "TownNetwork":
        """A stored one, mapped into memory. Raises ValueError, OSError."""
        arrays, _ = read_arrays(path)
        own = [name for name in cls.__dataclass_fields__ if name != "network"]
        return cls(Network.load(path), *(arrays[f"town.{name}"] for name in own))

    def attach(self, points: ArrayLike, compound: ArrayLike | None = None) -> Positions:
        """Where houses and facilities meet the streets: (P, 2) points in metres.

        With `compound`, ids as in `wall_ids` (others: outside), a house behind a wall is entered over the lanes inside
        it, and one outside never through it; where a compound has no lane near, from its nearest gate.
        """
        found = np.asarray(points, dtype=np.float64)
        if compound is None:
            return self.network.snap(found, edges=self.zone != PASSAGE)
        wanted = self._zones(np.asarray(compound, dtype=np.int64))
        behind = wanted >= 0
        near = self.network.snap(found, FAR, self.zone, wanted)
        free = self.network.snap(found[~behind], None, self.zone, wanted[~behind])
        for part, freely in ((near.edge, free.edge), (near.fraction, free.fraction), (near.offset, free.offset)):
            part[~behind] = freely
        return self._at_gates(found, wanted, near, np.flatnonzero(near.edge < 0))

    def _zones(self, compound: Longs) -> Ints:
        order = np.argsort(self.wall_ids)
        at = np.searchsorted(self.wall_ids, compound, sorter=order)
        at = np.minimum(at, max(len(order) - 1, 0))
        if not len(order):
            return np.full(len(compound), OUTSIDE, dtype=np.int32)
        known = self.wall_ids[order[at]] == compound
        return np.where(known, order[at], OUTSIDE).astype(np.int32)

    def _at_gates(self, points: Doubles, wanted: Ints, found: Positions, lost: Longs) -> Positions:
        """Those without a lane near go straight to the middle of their nearest gate, or to any street."""
        edge, fraction, offset = found.edge.copy(), found.fraction.copy(), found.offset.copy()
        open_gates = self.crossing_gate >= 0
        ends = self.network.edges[self.crossing_edge]
        middle = np.c_[self.network.x[ends].mean(axis=1), self.network.y[ends].mean(axis=1)]
        for n in lost:
            mine = np.flatnonzero(open_gates & (self.crossing_wall == wanted[n]))
            if not len(mine):
                place = self.network.snap(points[n : n + 1], edges=self.zone != PASSAGE)
                edge[n], fraction[n], offset[n] = place.edge[0], place.fraction[0], place.offset[0]
                continue
            away = np.hypot(*(middle[mine] - points[n]).T)
            edge[n], fraction[n] = self.crossing_edge[mine[np.argmin(away)]], 0.5
            offset[n] = away.min()
        return Positions(edge, fraction, offset)


def build_town(rows: StreetRows, walls: Walls, mode: str) -> TownNetwork:
    """The network of one mode. Raises ValueError for a mode that is not one of MODES."""
    if mode not in MODES:
        raise ValueError(f"mode must be one of {', '.join(MODES)}")
    used = rows.some(rows.car if mode == DRIVE else rows.foot)
    walled = walls.walled()
    pieces, crossings = cut_at_walls(*_pieces(used), walled)
    middle = np.c_[pieces.x[pieces.ends].mean(axis=1), pieces.y[pieces.ends].mean(axis=1)]
    zone = np.where(pieces.crossing >= 0, PASSAGE, walled.zone_of(middle)).astype(np.int32)
    metres = np.hypot(
        *(np.stack([pieces.x, pieces.y])[:, pieces.ends[:, 0]] - np.stack([pieces.x, pieces.y])[:, pieces.ends[:, 1]])
    )
    closed = pieces.crossing >= 0
    closed[closed] = crossings.gate[pieces.crossing[closed]] < 0
    made = _Parts(used, pieces, crossings, zone, np.where(closed, np.inf, metres), walled.ids)
    return _driving(made) if mode == DRIVE else _walking(made, timed=mode == WALK_TIME)


@dataclass(frozen=True)
class _Parts:
    rows: StreetRows
    pieces: Pieces
    crossings: Crossings
    zone: Ints
    metres: Doubles
    wall_ids: Longs

    def town(self, network: Network, piece: Longs) -> TownNetwork:
        """The result, edge n of which runs over the given piece."""
        crossing = self.pieces.crossing[piece]
        edges = np.flatnonzero(crossing >= 0).astype(np.int32)
        return TownNetwork(
            network, self.rows.ids[self.pieces.street[piece]], self.zone[piece], self.wall_ids, edges,
            self.crossings.wall[crossing[edges]], self.crossings.gate[crossing[edges]],
        )  # fmt: skip


def _walking(parts: _Parts, timed: bool) -> TownNetwork:
    pieces, cost, access = parts.pieces, parts.metres, 1.0
    if timed:
        pace = costing.PACE["adult"]
        cost, access = costing.with_waits(pieces.ends, cost / pace, _waits(parts)), 1 / pace
    network = Network.from_edges(pieces.x, pieces.y, pieces.ends, cost, access=access)
    return parts.town(network, np.arange(len(pieces.ends)))


def _waits(parts: _Parts) -> Doubles:
    """Seconds of waiting at nodes where a way meets a busy street."""
    pieces, count = parts.pieces, len(parts.pieces.x)
    busy = np.isin(parts.rows.kind, BUSY)[pieces.street]
    meets = np.bincount(pieces.ends.ravel(), minlength=count)
    on_busy = np.bincount(pieces.ends[busy].ravel(), minlength=count)
    return np.where((meets >= 3) & (on_busy >= 1), costing.CROSSING_WAIT, 0.0)


def _driving(parts: _Parts) -> TownNetwork:
    pieces, rows = parts.pieces, parts.rows
    seconds = parts.metres / (np.maximum(rows.speed[pieces.street], 5.0) / 3.6 * FLOW)
    oneway = rows.oneway[pieces.street]
    ahead, back = np.flatnonzero(oneway >= 0), np.flatnonzero(oneway <= 0)
    piece = np.concatenate([ahead, back])
    edges = np.concatenate([pieces.ends[ahead], pieces.ends[back][:, ::-1]])
    access = 1 / costing.PACE["adult"]
    network = Network.from_edges(pieces.x, pieces.y, edges, seconds[piece], directed=True, access=access)
    return parts.town(network, piece)


def _pieces(rows: StreetRows) -> tuple[Pieces, NDArray[np.bool_]]:
    """Straight pieces of lines; streets meet where they bear the same number, inner corners are nodes of their own."""
    points, of = shapely.get_coordinates(rows.lines, return_index=True)
    first = np.ones(len(of), dtype=bool)
    first[1:] = of[1:] != of[:-1]
    last = np.append(first[1:], True)[: len(of)]
    keys, numbers = np.unique(np.concatenate([rows.start, rows.end]), return_inverse=True)
    node = np.full(len(of), -1, dtype=np.int64)
    node[first], node[last] = numbers[: len(rows.ids)], numbers[len(rows.ids) :]
    inner = node < 0
    node[inner] = len(keys) + np.arange(int(inner.sum()))
    place = np.zeros((len(keys) + int(inner.sum()), 2))
    place[node] = points
    tail = np.flatnonzero(~last)
    ends = np.c_[node[tail], node[tail + 1]].astype(np.int32)
    street = of[tail].astype(np.int32)
    pieces = Pieces(place[:, 0].copy(), place[:, 1].copy(), ends, street, np.full(len(ends), -1, dtype=np.int32))
    return pieces, rows.raised[street]


def with_gate(town: TownNetwork, crossing: int, opened: bool) -> TownNetwork:
    """The same town with one of its crossings opened or closed."""
    edge = town.crossing_edge[crossing : crossing + 1]
    tail, head = town.network.edges[edge[0]]
    metres = float(np.hypot(town.network.x[tail] - town.network.x[head], town.network.y[tail] - town.network.y[head]))
    cost = metres * town.network.core.access if opened else np.inf
    return replace(town, network=town.network.changed(edge, cost))
