"""Tables of indicators that a PDF laid out line after line: each row ends in 预期性 or 约束性."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from chengyun.plans.compiler.columns import role
from chengyun.plans.compiler.flattened import names_in
from chengyun.plans.compiler.source import Cell, Grid, Line
from chengyun.plans.compiler.width import canonical

_KIND = re.compile(r"(?:预期|约束|引导|指导)性?(?:指标)?")
_YEAR = re.compile(r"20\d\d年?")
_BEGINS = re.compile(r"\s*(?:类别|序号?|指标|领域|分类|一级|板块|类型)")
_VALUE = re.compile(
    r"[〔\[（(]?[≥≤><＞＜]?=?\d[\d.,]*.{0,8}|[-—–/]+|[*＊]|(?:完成|保持|达到|持续|进一步|逐年|按|与|不|控制|高于|低于|稳定).{0,16}"
)
_WORD = re.compile(r"\S+")
_MAX_HEADER = 16
_LONGEST = 40  # words of a row
_MEASURED = frozenset({"value", "baseline", "growth", "year"})
Token = tuple[str, int, int]


def flat_indicators(text: str, lines: Sequence[Line]) -> list[tuple[int, int, Grid]]:
    """(first line, line after the last, grid) of every flattened table of indicators among `lines`."""
    out: list[tuple[int, int, Grid]] = []
    place = 0
    while place < len(lines):
        found = _table(text, lines, place) if _may_begin(text, lines, place) else None
        if found is None:
            place += 1
            continue
        out.append((place, *found))
        place = found[0]
    return out


def _may_begin(text: str, lines: Sequence[Line], place: int) -> bool:
    line = lines[place]
    return not line.firm and _BEGINS.match(text, line.start, line.end) is not None


def _known(name: str) -> str | None:
    return role(name) or ("year" if _YEAR.fullmatch(name) else None)


def _table(text: str, lines: Sequence[Line], place: int) -> tuple[int, Grid] | None:
    length, names = _header(text, lines, place)
    if not names:
        return None
    tokens = [token for line in lines[place : place + length] for token in _tokens(text, line)]
    cells: list[list[tuple[int, int] | None]] = [list(_ranges(tokens, names))]
    end, held = place + length, 0
    row: list[Token] = []
    for here in range(place + length, len(lines)):
        for token in _tokens(text, lines[here]):
            row.append(token)
            if _KIND.fullmatch(token[0]):
                made = _row(row, [_known(name) or "" for name in names])
                cells += [made] if made is not None else []
                row, end, held = [], here + 1, held + (made is not None)
        if len(row) > _LONGEST:
            break
    if held < 2:
        return None
    at = tuple(
        tuple(Cell(r, c, (given,)) if given is not None else None for c, given in enumerate(line))
        for r, line in enumerate(cells)
    )
    return end, Grid(at, lines[place].start, lines[end - 1].end, lines[place].page)


def _header(text: str, lines: Sequence[Line], place: int) -> tuple[int, list[str]]:
    """How many lines the names of the columns take, and these names; none where they are no table of indicators."""
    held, best = "", (0, list[str]())
    for count, line in enumerate(lines[place : place + _MAX_HEADER], 1):
        shown = canonical(text[line.start : line.end])
        if len(shown) > 80 or _KIND.search(shown):
            break
        held += "\n" + shown
        names = names_in(held, _known) or []
        found = [_known(name) for name in names]
        if found and found[-1] == "attribute" and "indicator" in found and _MEASURED & set(found):
            best = count, names
    return best


def _tokens(text: str, line: Line) -> list[Token]:
    return [
        (canonical(m[0]), line.start + m.start(), line.start + m.end())
        for m in _WORD.finditer(text[line.start : line.end])
    ]


def _ranges(tokens: Sequence[Token], names: Sequence[str]) -> list[tuple[int, int]]:
    """Where each name of the header stands."""
    at = [start + place for shown, start, _ in tokens for place in range(len(shown))]
    ends = list(accumulate(len(name) for name in names))
    return [(at[end - len(name)], at[end - 1] + 1) for name, end in zip(names, ends, strict=True)]


def _row(row: Sequence[Token], columns: Sequence[str]) -> list[tuple[int, int] | None] | None:
    """The cells of a row from its end: its kind, its values, its unit, its name; None when they do not fit."""
    out: list[tuple[int, int] | None] = [None] * len(columns)
    rest = list(row)
    for place in range(len(columns) - 1, columns.index("indicator"), -1):
        measured = columns[place] in _MEASURED
        if not rest or (measured and _VALUE.fullmatch(rest[-1][0]) is None):
            return None
        _, start, end = rest.pop()
        out[place] = (start, end)
    serials = [place for place, token in enumerate(rest) if token[0].isdecimal()] if "serial" in columns else []
    if serials and columns.index("serial") < columns.index("indicator"):
        out[columns.index("serial")] = rest[serials[0]][1:]
        above, rest = rest[: serials[0]], rest[serials[0] + 1 :]
        if above and "path" in columns:
            out[columns.index("path")] = (above[0][1], above[-1][2])
    if not rest:
        return None
    out[columns.index("indicator")] = (rest[0][1], rest[-1][2])
    return out
