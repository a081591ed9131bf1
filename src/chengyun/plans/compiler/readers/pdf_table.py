"""Ruled tables of a PDF page: lines and characters from pdfium, cells by pdfplumber, merged cells by their edges."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from chengyun.plans.compiler.readers.pdf_page import Glyph, PageText, Row
from chengyun.plans.compiler.readers.pdf_rules import Edge, ruled_edges

_SNAP = 3.0
_ENDING = 3
_OPEN = 0.2
_MAX_EDGES = 1200
_MAX_CROSSINGS = 6000
Box = tuple[float, float, float, float]
Position = tuple[str, int, int] | None


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Rows of (text, rows spanned, columns spanned), None where a merged cell covers the position."""

    rows: list[list[Position]]
    box: Box

    @property
    def top(self) -> float:
        return self.box[1]

    def holds(self, row: Row) -> bool:
        """True when most of the line stands inside the table."""
        inside = sum(_within(glyph, self.box) for glyph in row.glyphs)
        return inside * 2 > len(row.glyphs)


def ruled_tables(page: Any, text: PageText) -> list[RuledTable]:
    """Tables of at least two rows and two columns, or one framed cell; pages that are drawings give none."""
    edges = closed(merge_edges(ruled_edges(page), _SNAP, _SNAP, _SNAP, _SNAP))
    if not 4 <= len(edges) <= _MAX_EDGES:
        return []
    crossings = edges_to_intersections(edges, _SNAP, _SNAP)
    if len(crossings) > _MAX_CROSSINGS:
        return []
    out = []
    for cells in cells_to_tables(intersections_to_cells(crossings)):
        boxes = sorted({_box(cell) for cell in cells}, key=lambda box: (box[1], box[0]))
        lefts = _edges([x for box in boxes for x in (box[0], box[2])])
        tops = _edges([y for box in boxes for y in (box[1], box[3])])
        if len(lefts) > 2 and len(tops) > 2:
            out.append(RuledTable(_rows(boxes, lefts, tops, text), (lefts[0], tops[0], lefts[-1], tops[-1])))
    return out


def closed(edges: list[Edge]) -> list[Edge]:
    """With the rule that a page break left out: where three upright rules end at one height, a level one belongs."""
    out = list(edges)
    uprights = [edge for edge in edges if edge["orientation"] == "v"]
    levels = [edge for edge in edges if edge["orientation"] == "h"]
    for side in ("top", "bottom"):
        for height in _edges([edge[side] for edge in uprights]):
            at = [edge["x0"] for edge in uprights if abs(edge[side] - height) <= _SNAP]
            if len(at) < _ENDING or _is_ruled(levels, height, min(at), max(at)):
                continue
            level = {"x0": min(at), "x1": max(at), "width": max(at) - min(at), "orientation": "h"}
            out.append(
                {"top": height, "bottom": height, "doctop": height, "height": 0.0, "object_type": "line", **level}
            )
    return out


def _is_ruled(levels: list[Edge], height: float, left: float, right: float) -> bool:
    """True when level rules at this height cover more than a little of it."""
    near = [edge for edge in levels if abs(edge["top"] - height) <= _SNAP]
    return float(sum(max(0.0, min(edge["x1"], right) - max(edge["x0"], left)) for edge in near)) > _OPEN * (
        right - left
    )


def _box(given: Any) -> Box:
    left, top, right, bottom = map(float, given)
    return left, top, right, bottom


def _rows(boxes: list[Box], lefts: list[float], tops: list[float], text: PageText) -> list[list[Position]]:
    rows: list[list[Position]] = [[None] * (len(lefts) - 1) for _ in tops[1:]]
    covers: dict[tuple[int, int], int] = {}
    spans: list[tuple[int, int, int, int]] = []
    for index, box in enumerate(boxes):
        row, column = _nearest(tops, box[1]), _nearest(lefts, box[0])
        high, wide = max(1, _nearest(tops, box[3]) - row), max(1, _nearest(lefts, box[2]) - column)
        spans.append((row, column, high, wide))
        covers |= {(r, c): index for r in range(row, row + high) for c in range(column, column + wide)}
    texts = _texts(covers, lefts, tops, text, len(boxes))
    for (row, column, high, wide), shown in zip(spans, texts, strict=True):
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = (shown, high, wide)
    return rows


def _texts(
    covers: dict[tuple[int, int], int], lefts: list[float], tops: list[float], text: PageText, count: int
) -> list[str]:
    """The text of each cell, line by line."""
    lines: list[dict[int, str]] = [{} for _ in range(count)]
    for number, line in enumerate(text.rows):
        for glyph in line.glyphs:
            x, y = glyph.middle
            cell = covers.get((bisect_right(tops, y) - 1, bisect_right(lefts, x) - 1))
            if cell is not None:
                lines[cell][number] = lines[cell].get(number, "") + glyph.char
    return ["\n".join(line.strip() for line in found.values() if line.strip()) for found in lines]


def _within(glyph: Glyph, box: Box) -> bool:
    x, y = glyph.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _edges(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _SNAP:
            out.append(value)
    return out


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
