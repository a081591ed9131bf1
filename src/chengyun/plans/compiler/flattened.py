"""Task tables whose cells a PDF laid out line after line: where one starts and ends, and what its header says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chengyun.plans.compiler.columns import HEADER_WORD, OWNERS, role
from chengyun.plans.compiler.source import Line
from chengyun.plans.compiler.width import canonical

_END = re.compile(r"\s*(?:附\s?件|抄送|注[:：]|备注[:：]|第[一二三四五六七八九十]+[章部]|说明[:：])")
_SPACES = re.compile(r"\s+")
_MAX_HEADER_LINES = 24
_MIN_LINES = 4


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A flattened table: the role of each column in order, and the lines of its body, repeated headers left out."""

    columns: tuple[str, ...]
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    start: int
    end: int


def flat_tables(text: str, lines: Sequence[Line]) -> list[tuple[int, int, FlatTable]]:
    """(first line, line after the last, table) of every flattened task table among `lines`."""
    out: list[tuple[int, int, FlatTable]] = []
    place = 0
    while place < len(lines):
        header = _header(text, lines, place)
        if header is None:
            place += 1
            continue
        length, headings = header
        end = _last(text, lines, place + length)
        if end - place - length >= _MIN_LINES:
            body = _body(text, lines, place + length, end, headings)
            columns = tuple(_settled([role(name) or "other" for name in headings]))
            out.append(
                (place, end, FlatTable(columns, tuple(headings), tuple(body), lines[place].start, lines[end - 1].end))
            )
        place = end
    return out


def _header(text: str, lines: Sequence[Line], place: int) -> tuple[int, list[str]] | None:
    """How many lines from `place` are nothing but names of columns, and these names; None when it is no header."""
    first = canonical(text[lines[place].start : lines[place].end]).strip()
    if lines[place].firm or len(first) > 80 or HEADER_WORD.match(_SPACES.sub("", first)) is None:
        return None
    best: tuple[int, list[str]] | None = None
    held = ""
    for count, line in enumerate(lines[place : place + _MAX_HEADER_LINES], 1):
        held += " " + canonical(text[line.start : line.end])
        if len(held) > 160:
            break
        found = _names(held)
        if found is not None and _is_task_header(found):
            best = count, found
        elif best is not None:
            break
    return best


def _names(held: str) -> list[str] | None:
    """`held` cut into names of columns, or None when something else stands in it."""
    words = held.split()
    if len(words) > 2 and all(role(word) for word in words):
        return words
    rest, out = _SPACES.sub("", held), []
    while rest:
        match = _longest(rest)
        if match is None:
            return None
        out.append(match)
        rest = rest[len(match) :]
    return out


def _longest(rest: str) -> str | None:
    for size in range(min(12, len(rest)), 1, -1):
        if role(rest[:size]) is not None:
            return rest[:size]
    return None


def _is_task_header(names: list[str]) -> bool:
    found = [role(name) for name in names]
    owners = OWNERS & set(found)
    return (
        len(names) >= 3
        and bool(owners)
        and ("content" in found or "project" in found or "indicator" in found)
        and ("serial" in found or len(owners) >= 2)
    )


def _settled(columns: list[str]) -> list[str]:
    if "content" not in columns:
        for name in ("project", "indicator", "path"):
            if name in columns:
                columns[len(columns) - 1 - columns[::-1].index(name)] = "content"
                break
    first = columns.index("content")
    return ["path" if name == "content" and place < first else name for place, name in enumerate(columns)]


def _last(text: str, lines: Sequence[Line], start: int) -> int:
    for place in range(start, len(lines)):
        if _END.match(canonical(text[lines[place].start : lines[place].end])):
            return place
    return len(lines)


def _body(text: str, lines: Sequence[Line], start: int, end: int, headings: list[str]) -> list[Line]:
    """The lines between, without the header where a new page repeats it."""
    whole = "".join(headings)
    out: list[Line] = []
    place = start
    while place < end:
        header = _header(text, lines, place)
        if header is not None and "".join(header[1]) == whole:
            place += header[0]
            continue
        out.append(lines[place])
        place += 1
    return out
