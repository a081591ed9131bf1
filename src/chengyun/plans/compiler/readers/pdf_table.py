"""Ruled tables of a PDF page: lines from pdfplumber, characters from pdfium, merged cells from the edges they span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chengyun.plans.compiler.readers.pdf_page import Glyph, PageText, Row

_SNAP = 3.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Rows of (text, rows spanned, columns spanned), None where a merged cell covers the position."""

    rows: list[list[tuple[str, int, int] | None]]
    box: Box

    @property
    def top(self) -> float:
        return self.box[1]

    def holds(self, row: Row) -> bool:
        """True when most of the line stands inside the table."""
        inside = sum(_within(glyph, self.box) for glyph in row.glyphs)
        return inside * 2 > len(row.glyphs)


def ruled_tables(page: Any, text: PageText) -> list[RuledTable]:
    """Tables with at least two rows and two columns. `page` is pdfplumber's, `text` the same page by pdfium."""
    out = []
    for table in page.find_tables():
        boxes = sorted({tuple(map(float, cell)) for cell in table.cells}, key=lambda box: (box[1], box[0]))
        lefts = _edges([box[0] for box in boxes] + [box[2] for box in boxes])
        tops = _edges([box[1] for box in boxes] + [box[3] for box in boxes])
        if len(lefts) > 2 and len(tops) > 2:
            glyphs = [(row, glyph) for row, line in enumerate(text.rows) for glyph in line.glyphs]
            out.append(RuledTable(_rows(boxes, lefts, tops, glyphs), _box(table.bbox)))
    page.close()
    return out


def _box(given: Any) -> Box:
    left, top, right, bottom = map(float, given)
    return left, top, right, bottom


def _rows(
    boxes: list[tuple[float, ...]], lefts: list[float], tops: list[float], glyphs: list[tuple[int, Glyph]]
) -> list[list[tuple[str, int, int] | None]]:
    rows: list[list[tuple[str, int, int] | None]] = [[None] * (len(lefts) - 1) for _ in tops[1:]]
    for given in boxes:
        box = _box(given)
        row, column = _nearest(tops, box[1]), _nearest(lefts, box[0])
        high = max(1, _nearest(tops, box[3]) - row)
        wide = max(1, _nearest(lefts, box[2]) - column)
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = (_text(box, glyphs), high, wide)
    return rows


def _text(box: Box, glyphs: list[tuple[int, Glyph]]) -> str:
    lines: dict[int, str] = {}
    for row, glyph in glyphs:
        if _within(glyph, box):
            lines[row] = lines.get(row, "") + glyph.char
    return "\n".join(line.strip() for line in lines.values() if line.strip())


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
