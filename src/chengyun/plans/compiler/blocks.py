"""Paragraphs and tables in order, before it is known which are headings; contents pages are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chengyun.plans.compiler.clock import Deadline
from chengyun.plans.compiler.enumerators import Label, label
from chengyun.plans.compiler.flat_indicators import flat_indicators
from chengyun.plans.compiler.flattened import FlatTable, flat_tables
from chengyun.plans.compiler.healed import Healed, heal
from chengyun.plans.compiler.paragraphs import paragraphs
from chengyun.plans.compiler.source import Cell, Grid, Line, Source

_CONTENTS = re.compile(r"目\s*录\s*$")
_ENTRY = re.compile(r".{2,70}?(?:\s*[.…·．]{2,}\s*|\s+|(?<=[\u4e00-\u9fff]))[-—]?\s?\d{1,3}\s?[-—]?\s*$")
_BULLET = re.compile(r"(?:[-*•●·▪■◆]\s+|——\s?|--\s?|一一(?=[\u4e00-\u9fff“]))+")
_NOISE = re.compile(r"[-—–=_·.\s]*$|[-—–]\s?\d{1,3}\s?[-—–]$|\d{1,3}\s?$")
_NUMERIC = re.compile(r"[\d\s.\-—]*$")


@dataclass(slots=True)
class Raw:
    """A paragraph (healed, and healed with its blanks kept) or a table, with the enumerator that it starts with."""

    body: Healed
    spaced: Healed
    page: int
    level: int | None = None
    label: Label | None = None
    bullet: bool = False
    grid: Grid | None = None
    flat: FlatTable | None = None


def raws(source: Source, clock: Deadline) -> list[Raw]:
    """All paragraphs and tables of a document in order."""
    out: list[Raw] = []
    run: list[Line] = []
    for piece in source.pieces:
        if isinstance(piece, Line):
            run.append(piece)
            continue
        out += _from_lines(source, run, clock)
        run = []
        out += _from_grid(source, piece)
    out += _from_lines(source, run, clock)
    return _without_contents(out)


def _from_lines(source: Source, lines: list[Line], clock: Deadline) -> Iterator[Raw]:
    done = 0
    empty = heal(source.text, ())
    grids = flat_indicators(source.text, lines)
    tables = [one for one in flat_tables(source.text, lines) if all(one[0] >= g[1] or one[1] <= g[0] for g in grids)]
    found = [(start, end, Raw(empty, empty, lines[start].page, grid=grid)) for start, end, grid in grids]
    found += [(start, end, Raw(empty, empty, lines[start].page, flat=table)) for start, end, table in tables]
    for start, end, raw in sorted(found, key=lambda one: one[0]):
        yield from _from_paragraphs(source, lines[done:start], clock)
        yield raw
        done = end
    yield from _from_paragraphs(source, lines[done:], clock)


def _from_paragraphs(source: Source, lines: list[Line], clock: Deadline) -> Iterator[Raw]:
    for group in paragraphs(source.text, lines):
        clock.check()
        ranges = [(line.start, line.end) for line in group]
        raw = _paragraph(source.text, ranges, group[0].page, group[0].level)
        if raw is not None:
            yield raw


def _paragraph(text: str, ranges: list[tuple[int, int]], page: int, level: int | None = None) -> Raw | None:
    body = heal(text, ranges)
    spaced = heal(text, ranges, spaces=True)
    if not len(body) or _NOISE.match(spaced.norm):
        return None
    bullet = _BULLET.match(spaced.norm)
    if bullet:
        spaced = spaced[bullet.end() :].stripped()
        body = heal(text, [(spaced.at[0], spaced.at[-1] + 1)]) if len(spaced) else spaced
        # Offsets between the lines of one paragraph are white space only, so one range holds it all.
    return Raw(body, spaced, page, level, label(body.norm), bullet is not None) if len(body) else None


def _from_grid(source: Source, grid: Grid) -> Iterator[Raw]:
    """A table; one with a single column is a box, and its cells are paragraphs."""
    if grid.width > 1:
        empty = heal(source.text, ())
        yield Raw(empty, empty, grid.page, grid=grid)
        return
    seen: set[int] = set()
    for row in grid.at:
        for cell in row:
            if cell is not None and id(cell) not in seen:
                seen.add(id(cell))
                yield from _from_cell(source.text, cell, grid.page)


def _from_cell(text: str, cell: Cell, page: int) -> Iterator[Raw]:
    for start, end in cell.ranges:
        for match in re.finditer(r"[^\n]+", text[start:end]):
            raw = _paragraph(text, [(start + match.start(), start + match.end())], page)
            if raw is not None:
                yield raw


def _without_contents(found: list[Raw]) -> list[Raw]:
    """Leaves out the contents: after 目录 every line that ends in a page number, and tables of such lines."""
    out: list[Raw] = []
    inside = False
    for raw in found:
        if raw.grid is None and raw.flat is None and _CONTENTS.match(raw.spaced.norm):
            inside = True
            continue
        if inside and _is_entry(raw):
            continue
        inside = inside and raw.grid is not None
        if raw.grid is None and re.search(r"[.…·]{4,}\s?\d{1,3}$", raw.spaced.norm):
            continue
        out.append(raw)
    return out


def _is_entry(raw: Raw) -> bool:
    if raw.grid is None:
        return _ENTRY.match(raw.spaced.norm) is not None and len(raw.spaced) < 80
    last = [row[-1] for row in raw.grid.at if row]
    text = [raw.body.source[a:b] for cell in last if cell for a, b in cell.ranges]
    return bool(text) and all(_NUMERIC.match(shown) for shown in text)
