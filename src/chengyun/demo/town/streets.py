"""The street network: every line cut at its junctions, with nodes, directions, speeds and bridges, in one piece."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, STRtree
from shapely.geometry.base import BaseGeometry

from chengyun.demo.town.parcels import parts_of

GRID = 0.01  # metres: two ends closer than this are one node
STUB = 4.0  # metres: shorter blind ends come from drawing, not from the town


@dataclass(frozen=True)
class Line:
    """A line to be cut: its level, name and rights. `deck` keeps what passes above apart from what passes below."""

    line: LineString
    level: str  # motorway | link | frontage | primary | secondary | tertiary | residential | service | footway
    name: str = ""
    deck: int = 0
    oneway: bool = False
    foot_only: bool = False


@dataclass(frozen=True)
class Edge:
    """A piece of street between two nodes."""

    line: LineString
    start: int
    end: int
    source: Line
    bridge: bool


RANK = {"motorway": 0, "link": 1, "primary": 2, "frontage": 3, "secondary": 4, "tertiary": 5, "residential": 6,
        "service": 7, "footway": 8}  # fmt: skip


def build_network(lines: list[Line], water: BaseGeometry) -> list[Edge]:
    """Cuts lines of one deck where they meet, joins the decks at equal ends, keeps the largest connected part."""
    pieces: list[tuple[LineString, Line]] = []
    for deck in sorted({line.deck for line in lines}):
        pieces.extend(_cut([line for line in lines if line.deck == deck]))
    pieces = _without_stubs(pieces)
    nodes: dict[tuple[float, float], int] = {}
    ends = [(_node(p.coords[0], nodes), _node(p.coords[-1], nodes)) for p, _ in pieces]
    kept = _largest(len(nodes), ends)
    wet = STRtree(parts_of(water))
    geometries = [pieces[n][0] for n in kept]
    over = {int(n) for n in wet.query(geometries, predicate="intersects")[0]} if kept else set()
    return [
        Edge(pieces[n][0], *ends[n], pieces[n][1], bridge=k in over or pieces[n][1].level == "motorway")
        for k, n in enumerate(kept)
    ]


def _cut(lines: list[Line]) -> list[tuple[LineString, Line]]:
    """All pieces between crossings, each with the most important line that runs over it and in its direction."""
    noded = shapely.union_all([shapely.set_precision(g.line, GRID) for g in lines], grid_size=GRID)
    pieces = [p for p in parts_of(shapely.node(noded)) if p.length > 0.05]
    tree = STRtree([g.line for g in lines])
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    hits = tree.query(middles, predicate="dwithin", distance=0.12)
    owner: dict[int, int] = {}
    for piece, line in zip(hits[0].tolist(), hits[1].tolist(), strict=True):
        if piece not in owner or RANK[lines[line].level] < RANK[lines[owner[piece]].level]:
            owner[piece] = line
    found = []
    for number, line in sorted(owner.items()):
        piece, source = pieces[number], lines[line]
        ahead = source.line.project(shapely.Point(piece.coords[-1])) >= source.line.project(
            shapely.Point(piece.coords[0])
        )
        found.append((piece if ahead else piece.reverse(), source))
    return found


def _node(point: tuple[float, ...], nodes: dict[tuple[float, float], int]) -> int:
    return nodes.setdefault((round(point[0], 2), round(point[1], 2)), len(nodes))


def _without_stubs(pieces: list[tuple[LineString, Line]]) -> list[tuple[LineString, Line]]:
    """Drops blind ends of a few metres, left where a line was drawn a little past its junction."""
    for _ in range(2):
        degree: dict[tuple[float, float], int] = {}
        ends = [tuple((round(p.coords[n][0], 2), round(p.coords[n][1], 2)) for n in (0, -1)) for p, _ in pieces]
        for pair in ends:
            for end in pair:
                degree[end] = degree.get(end, 0) + 1
        pieces = [
            piece
            for piece, pair in zip(pieces, ends, strict=True)
            if piece[0].length > STUB or all(degree[e] > 1 for e in pair)
        ]
    return pieces


def _largest(count: int, ends: list[tuple[int, int]]) -> list[int]:
    """Numbers of the edges in the largest connected part (union-find)."""
    root = list(range(count))

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    for a, b in ends:
        root[find(a)] = find(b)
    home = np.array([find(a) for a, _ in ends], dtype=np.int64)
    values, counts = np.unique(home, return_counts=True)
    return [int(n) for n in np.flatnonzero(home == values[np.argmax(counts)])]
