"""Snapping: the nearest edge to each point, found through a grid of cells."""

from typing import NamedTuple

import numpy as np

from chengyun.places.reach.compiled import F8, F8S, I4S, I8, helper, kernel, record
from chengyun.places.reach.spots import Positions
from chengyun.places.reach.units import Doubles, Ints

MOST_CELLS = 4_000_000


class Lines(NamedTuple):
    """Edges as straight lines between nodes, in metres, and the zone that each lies in."""

    x: Doubles
    y: Doubles
    tail: Ints
    head: Ints
    zone: Ints


class Points(NamedTuple):
    """Points to be snapped, and the zone in which each may be."""

    x: Doubles
    y: Doubles
    zone: Ints


class Cells(NamedTuple):
    """A grid: corner, side of a cell, columns and rows; edges that touch cell c are edges[first[c]:first[c + 1]]."""

    left: float
    bottom: float
    side: float
    columns: int
    rows: int
    first: Ints
    edges: Ints


class Snapped(NamedTuple):
    """For each point the edge, the fraction along it and the distance, as they are found."""

    edge: Ints
    fraction: Doubles
    offset: Doubles


POINTS = record(Points, F8S, F8S, I4S)
LINES = record(Lines, F8S, F8S, I4S, I4S, I4S)
CELLS = record(Cells, F8, F8, F8, I8, I8, I4S, I4S)
SNAPPED = record(Snapped, I4S, F8S, F8S)


def make_cells(x: Doubles, y: Doubles, edges: Ints) -> Cells:
    """A grid whose cells are about as wide as an edge is long."""
    left, bottom, wide, high = float(x.min()), float(y.min()), float(np.ptp(x)), float(np.ptp(y))
    length = np.hypot(x[edges[:, 0]] - x[edges[:, 1]], y[edges[:, 0]] - y[edges[:, 1]])
    side = max(float(np.mean(length)), (wide * high / MOST_CELLS) ** 0.5, max(wide, high) / 30_000, 1.0)
    columns, rows = int(wide / side) + 1, int(high / side) + 1
    lines = Lines(x, y, edges[:, 0].copy(), edges[:, 1].copy(), np.ones(len(edges), dtype=np.int32))
    first = np.zeros(columns * rows + 1, dtype=np.int32)
    cells = Cells(left, bottom, side, columns, rows, first, np.zeros(0, dtype=np.int32))
    put(lines, cells)
    np.cumsum(first, out=first)
    cells = cells._replace(edges=np.zeros(first[-1], dtype=np.int32))
    put(lines, cells)
    return cells


@helper
def column_of(value: float, low: float, side: float, most: int) -> int:
    """The column or row of a coordinate, kept inside the grid."""
    return max(0, min(most - 1, int((value - low) / side)))


@kernel(LINES, CELLS)
def put(lines: Lines, cells: Cells) -> None:
    """With empty `cells.edges`, count the edges of each cell into `first`, one place further; else write them.

    Writing moves each start to its end: the starts stand one place further on afterwards, and are moved back.
    """
    x, y, tails, heads, _ = lines
    left, bottom, side, columns, rows, first, edges = cells
    for e in range(len(tails)):
        tail, head = tails[e], heads[e]
        west, east = min(x[tail], x[head]), max(x[tail], x[head])
        south, north = min(y[tail], y[head]), max(y[tail], y[head])
        for row in range(column_of(south, bottom, side, rows), column_of(north, bottom, side, rows) + 1):
            for column in range(column_of(west, left, side, columns), column_of(east, left, side, columns) + 1):
                cell = row * columns + column
                if len(edges) == 0:
                    first[cell + 1] += 1
                else:
                    edges[first[cell]] = e
                    first[cell] += 1
    if len(edges):
        for cell in range(len(first) - 1, 0, -1):
            first[cell] = first[cell - 1]
        first[0] = 0


# one loop: rings of cells around a point, until nothing outside them can be nearer.
@kernel(POINTS, LINES, CELLS, F8, SNAPPED)
def snap(points: Points, lines: Lines, cells: Cells, farthest: float, found: Snapped) -> None:  # noqa: C901
    """The nearest edge in the zone of each point within `farthest` metres; of equally near ones the lowest number."""
    px, py, wanted = points
    x, y, tails, heads, zones = lines
    left, bottom, side, columns, rows, first, edges = cells
    for n in range(len(px)):
        middle = column_of(px[n], left, side, columns)
        line = column_of(py[n], bottom, side, rows)
        best, edge, share = np.inf, -1, 0.0
        for ring in range(max(columns, rows) + 1):
            if (ring - 1) * side > min(best, farthest):
                break
            for row in range(max(line - ring, 0), min(line + ring, rows - 1) + 1):
                step = 1 if abs(row - line) == ring else max(2 * ring, 1)
                for column in range(middle - ring, middle + ring + 1, step):
                    if column < 0 or column >= columns:
                        continue
                    cell = row * columns + column
                    for k in range(first[cell], first[cell + 1]):
                        e = edges[k]
                        if zones[e] != wanted[n]:
                            continue
                        x0, y0 = x[tails[e]], y[tails[e]]
                        dx, dy = x[heads[e]] - x0, y[heads[e]] - y0
                        square = dx * dx + dy * dy
                        along = ((px[n] - x0) * dx + (py[n] - y0) * dy) / square if square > 0 else 0.0
                        along = max(0.0, min(1.0, along))
                        away = np.hypot(px[n] - x0 - along * dx, py[n] - y0 - along * dy)
                        if away < best or (away == best and e < edge):
                            best, edge, share = away, e, along
        if best <= farthest:
            found.edge[n], found.fraction[n], found.offset[n] = edge, share, best


def snap_points(lines: Lines, cells: Cells, points: Doubles, zones: Ints, farthest: float) -> Positions:
    """Positions of (P, 2) points, each on an edge of its zone."""
    count = len(points)
    found = Snapped(np.full(count, -1, dtype=np.int32), np.zeros(count), np.full(count, np.inf))
    at = Points(np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1]), zones)
    snap(at, lines, cells, farthest, found)
    return Positions(found.edge, found.fraction, found.offset)
