"""Walls of compounds: streets pass them at gates only. Each crossing is a short edge of its own, open or closed."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from chengyun.places.reach.units import Doubles, Ints, Longs

NEAR_GATE = 6.0  # metres between a gate and the street that goes through it
GATE = 1.0  # metres of street that a gate takes
OUTSIDE, PASSAGE = -1, -2  # zones of edges: outside all walls; through a wall


@dataclass(frozen=True)
class Walls:
    """Compounds in metres: polygons, and the points of their gates (None: no wall, one walks in anywhere)."""

    shapes: NDArray[np.object_]
    gates: NDArray[np.object_]
    ids: Longs

    def walled(self) -> "Walls":
        """Those that have a gate: only of them is it known where one gets in."""
        known = np.array([g is not None and not shapely.is_empty(g) for g in self.gates], dtype=bool)
        return Walls(self.shapes[known], self.gates[known], self.ids[known])

    def zone_of(self, points: Doubles) -> Ints:
        """The wall that each point lies in, OUTSIDE if in none."""
        zone = np.full(len(points), OUTSIDE, dtype=np.int32)
        if len(self.shapes) and len(points):
            tree = shapely.STRtree(self.shapes)
            at, wall = tree.query(shapely.points(points), predicate="intersects")
            zone[at[::-1]] = wall[::-1]
        return zone


class Pieces(NamedTuple):
    """Straight pieces of streets between nodes: coordinates of nodes, ends of pieces, their street, their crossing."""

    x: Doubles
    y: Doubles
    ends: Ints
    street: Ints
    crossing: Ints  # number of the crossing that the piece is, or -1


class Crossings(NamedTuple):
    """Where streets go through walls: which wall, which of its gates (-1: none), where."""

    wall: Ints
    gate: Ints
    x: Doubles
    y: Doubles


def cut_at_walls(pieces: Pieces, free: NDArray[np.bool_], walls: Walls) -> tuple[Pieces, Crossings]:
    """Cut pieces where they pass a wall. Those that are `free` (bridges, tunnels) pass above or below it."""
    piece, share, wall, gate = _crossings(pieces, free, walls)
    tail, head = pieces.ends[piece, 0], pieces.ends[piece, 1]
    x, y = (v[tail] + share * (v[head] - v[tail]) for v in (pieces.x, pieces.y))
    return _divided(pieces, piece, share) if len(piece) else pieces, Crossings(wall, gate, x, y)


def _divided(pieces: Pieces, piece: Ints, share: Doubles) -> Pieces:
    """Each crossing as a piece of its own, with what lies before and behind it."""
    xs, ys = [pieces.x], [pieces.y]
    ends: list[tuple[int, int]] = []
    street: list[int] = []
    number: list[int] = []
    cut, count = np.unique(piece), len(pieces.x)
    for p in cut:
        tail, head = pieces.ends[p]
        ax, ay = pieces.x[tail], pieces.y[tail]
        dx, dy = pieces.x[head] - ax, pieces.y[head] - ay
        half, at, low = GATE / 2 / max(float(np.hypot(dx, dy)), GATE), tail, 0.0
        for k in np.flatnonzero(piece == p):
            begin, end = max(low, share[k] - half), min(1.0, max(low, share[k] + half))
            xs.append(np.array([ax + begin * dx, ax + end * dx]))
            ys.append(np.array([ay + begin * dy, ay + end * dy]))
            ends += [(at, count), (count, count + 1)]
            number += [-1, int(k)]
            at, low, count = count + 1, end, count + 2
        ends.append((at, head))
        number.append(-1)
        street += [int(pieces.street[p])] * (len(number) - len(street))
    kept = np.ones(len(pieces.ends), dtype=bool)
    kept[cut] = False
    return Pieces(
        np.concatenate(xs), np.concatenate(ys),
        np.concatenate([pieces.ends[kept], np.array(ends, dtype=np.int32)]),
        np.concatenate([pieces.street[kept], np.array(street, dtype=np.int32)]),
        np.concatenate([np.full(int(kept.sum()), -1, dtype=np.int32), np.array(number, dtype=np.int32)]),
    )  # fmt: skip


def _crossings(pieces: Pieces, free: NDArray[np.bool_], walls: Walls) -> tuple[Ints, Doubles, Ints, Ints]:
    """Piece, share along it, wall and gate (or -1) of every crossing, in the order of pieces and shares."""
    nothing = (np.zeros(0, dtype=np.int32), np.zeros(0), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))
    if not len(walls.shapes) or not len(pieces.ends):
        return nothing
    start = np.c_[pieces.x, pieces.y][pieces.ends[:, 0]]
    way = np.c_[pieces.x, pieces.y][pieces.ends[:, 1]] - start
    lines = shapely.linestrings(np.stack([start, start + way], axis=1))
    rings = shapely.boundary(walls.shapes)
    wall, piece = shapely.STRtree(lines).query(rings, predicate="intersects")
    kept = ~free[piece]
    wall, piece = wall[kept], piece[kept]
    points, of = shapely.get_coordinates(shapely.intersection(lines[piece], rings[wall]), return_index=True)
    wall, piece = wall[of].astype(np.int32), piece[of].astype(np.int32)
    if not len(piece):
        return nothing
    square = np.maximum((way[piece] ** 2).sum(axis=1), 1e-9)
    share = np.clip(((points - start[piece]) * way[piece]).sum(axis=1) / square, 0.0, 1.0)
    order = np.lexsort((share, piece))
    gates = np.array(
        [_gate_at(walls.gates[w], p) for w, p in zip(wall[order], points[order], strict=True)], dtype=np.int32
    )
    return piece[order], share[order], wall[order], gates


def _gate_at(gates: shapely.Geometry, point: Doubles) -> int:
    """Number of the compound's gate beside a point, or -1."""
    away = np.hypot(*(shapely.get_coordinates(gates) - point).T)
    nearest = int(np.argmin(away))
    return nearest if away[nearest] <= NEAR_GATE else -1
