"""The characters of one PDF page with their boxes, and the lines that they form."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

_RULES_MIN, _RULES_MAX = 4, 6000


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box, in points from the top left corner of the page."""

    char: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page. `indent` is its left edge from the margin in widths of a character."""

    glyphs: tuple[Glyph, ...]
    top: float
    indent: float = 0.0

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)


@dataclass(slots=True)
class PageText:
    rows: list[Row] = field(default_factory=list)
    ruled: bool = False
    scanned: bool = False


def page_text(page: Any) -> PageText:
    """Lines of a page in the order of its content, and whether ruled lines or only a picture stand on it."""
    text = page.get_textpage()
    height = page.get_height()
    lines: list[list[Glyph]] = [[]]
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        if code in {10, 13}:
            lines.append([])
        elif code and code != 0xFFFE:
            lines[-1].append(_glyph(text, index, chr(code), height))
    text.close()
    rows = [
        Row(tuple(line), min(g.top for g in line if not g.char.isspace()))
        for line in lines
        if any(not g.char.isspace() for g in line)
    ]
    paths, pictures = _objects(page)
    return PageText(_indented(rows), _RULES_MIN <= paths <= _RULES_MAX, not rows and pictures > 0)


def _glyph(text: Any, index: int, char: str, height: float) -> Glyph:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(box))
    return Glyph(char, box.left, height - box.top, box.right, height - box.bottom)


def _objects(page: Any) -> tuple[int, int]:
    """How many drawn paths and pictures stand on the page."""
    paths = pictures = 0
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        kind = pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, index))
        paths += kind == pdfium.FPDF_PAGEOBJ_PATH
        pictures += kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM}
    return paths, pictures


def _indented(rows: list[Row]) -> list[Row]:
    if not rows:
        return []
    lefts = [_first(row).left for row in rows]
    widths = sorted(g.right - g.left for row in rows for g in row.glyphs if g.char > "\u2e7f")
    width = widths[len(widths) // 2] if widths else 10.0
    margin = min(lefts)
    return [
        Row(row.glyphs, row.top, round((left - margin) / (width or 10.0), 2))
        for row, left in zip(rows, lefts, strict=True)
    ]


def _first(row: Row) -> Glyph:
    return next(glyph for glyph in row.glyphs if not glyph.char.isspace())
