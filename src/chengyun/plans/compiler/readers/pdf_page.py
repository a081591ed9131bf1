"""The characters of one PDF page with their boxes, and the lines that they form."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from chengyun.plans.compiler.readers.pdf_rules import MAX_PATHS, count_objects

_RULES_MIN = 2
_GAP = 0.9  # of a character's width: a wider gap is a blank, a jump down a new line
_JUMP = 0.6
_BACK = 1.5


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
    """A line of a page. `lefts` are the left edges of its words from the margin in widths of a character."""

    glyphs: tuple[Glyph, ...]
    top: float
    lefts: tuple[float, ...] = ()

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
            _put(lines, _glyph(text, index, chr(code), height))
    text.close()
    rows = [
        Row(tuple(line), min(g.top for g in line if not g.char.isspace()))
        for line in lines
        if any(not g.char.isspace() for g in line)
    ]
    paths, pictures = count_objects(page)
    return PageText(indented(rows), _RULES_MIN <= paths <= MAX_PATHS, not rows and pictures > 0)


def _put(lines: list[list[Glyph]], glyph: Glyph) -> None:
    """Adds a character; a gap that the file has no blank for, or a jump to another line, is put in."""
    before = next((g for g in reversed(lines[-1]) if not g.char.isspace()), None)
    if before is not None and not glyph.char.isspace():
        size = max(_height(before), _height(glyph), 1.0)
        right, down = glyph.left - before.right, abs(glyph.middle[1] - before.middle[1])
        if down > _JUMP * size or right < -_BACK * size:
            lines.append([])
        elif right > _GAP * size and not lines[-1][-1].char.isspace():
            lines[-1].append(Glyph(" ", before.right, before.top, glyph.left, before.bottom))
    lines[-1].append(glyph)


def _height(glyph: Glyph) -> float:
    """The greater side of a box: a font without loose boxes gives 一 and — a box as flat as their ink."""
    return max(glyph.bottom - glyph.top, glyph.right - glyph.left)


def _glyph(text: Any, index: int, char: str, height: float) -> Glyph:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(box))
    return Glyph(char, box.left, height - box.top, box.right, height - box.bottom)


def indented(rows: list[Row]) -> list[Row]:
    """The same lines with the left edges of their words."""
    if not rows:
        return []
    widths = sorted(g.right - g.left for row in rows for g in row.glyphs if g.char > "\u2e7f")
    width = (widths[len(widths) // 2] if widths else 0.0) or 10.0
    starts = [_word_starts(row) for row in rows]
    margin = min(lefts[0] for lefts in starts)
    return [
        Row(row.glyphs, row.top, tuple(round((left - margin) / width, 2) for left in lefts))
        for row, lefts in zip(rows, starts, strict=True)
    ]


def _word_starts(row: Row) -> list[float]:
    blank, out = True, []
    for glyph in row.glyphs:
        if blank and not glyph.char.isspace():
            out.append(glyph.left)
        blank = glyph.char.isspace()
    return out
