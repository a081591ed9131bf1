"""Task tables whose cells a PDF laid out line after line: where one starts and ends, and what its header says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from chengyun.plans.compiler.columns import HEADER_WORD, OWNERS, role
from chengyun.plans.compiler.paragraphs import is_page_number
from chengyun.plans.compiler.source import Line
from chengyun.plans.compiler.width import canonical

_END = re.compile(r"\s*(?:附\s?件|抄送|注[:：]|备注[:：]|第[一二三四五六七八九十]+[章部]|说明[:：])")
_BODY = re.compile(r"[，。；！？“”]|\d{2}")
_BAND = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)")
_FIRST_ROW = re.compile(rf"{_BAND.pattern}|\s*1(?:\s|[.、]|$)")  # no header any more
_SPACES = re.compile(r"\s+")
_MAX_HEADER_LINES = 24
_LONGEST_HEADER = 160
_LONGEST_NAME = 12
_LONGEST_BAND = 26
# Words that are mostly a part of a longer name: 工作 / 类别 broken over two lines is one column.
_BARE = frozenset(
    [
        "工作",
        "任务",
        "目标",
        "举措",
        "措施",
        "内容",
        "事项",
        "要求",
        "计划",
        "安排",
        "清单",
        "要点",
        "部门",
        "单位",
        "时间",
        "领导",
        "责任",
        "时限",
        "节点",
        "日期",
        "进度",
        "行动",
        "项目",
        "工程",
        "指标",
        "领域",
    ]
)
_YEAR = re.compile(r"20\d\d年?")  # 2025年 / 基数 broken over two lines is one column too
_CROSSED = 0.8
_BROKEN_LINES = 3
_MIN_LINES = 1


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A flattened table: the role of each column in order, and the lines of its body, repeated headers left out."""

    columns: tuple[str, ...]
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    start: int
    end: int
    lefts: tuple[float | None, ...] = ()  # left edge of each column, where the file has positions
    bands: tuple[Line, ...] = ()  # 一、产业发展 across all columns, in a table without a column of headings


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
            bands = [line for line in body if "path" not in columns and _is_band(text, line)]
            lefts = _lefts(text, lines[place : place + length], headings)
            start, last = lines[place].start, lines[end - 1].end
            kept = tuple(line for line in body if line not in bands)
            out.append((place, end, FlatTable(columns, tuple(headings), kept, start, last, lefts, tuple(bands))))
        place = end
    return out


def _header(text: str, lines: Sequence[Line], place: int) -> tuple[int, list[str]] | None:
    """How many lines from `place` are nothing but names of columns, and these names; None when it is no header."""
    first = canonical(text[lines[place].start : lines[place].end]).strip()
    if lines[place].firm or len(first) > 80 or _BODY.search(first) or _BAND.match(first):
        return None
    if HEADER_WORD.match(_SPACES.sub("", first)) is None:
        return None
    best: tuple[int, list[str]] | None = None
    held = ""
    for count, line in enumerate(lines[place : place + _MAX_HEADER_LINES], 1):
        shown = canonical(text[line.start : line.end])
        if _BODY.search(shown) or (count > 1 and _FIRST_ROW.match(shown)):
            break
        held += "\n" + shown
        found = names_in(held) if len(held) <= _LONGEST_HEADER else None
        if found is not None and _is_task_header(found):
            best = count, found
        elif len(held) > _LONGEST_HEADER or (best is not None and count - best[0] > _BROKEN_LINES):
            break
    return best


def _is_band(text: str, line: Line) -> bool:
    shown = canonical(text[line.start : line.end]).strip()
    return _BAND.match(shown) is not None and not _BODY.search(shown) and 4 < len(shown) <= _LONGEST_BAND


def _lefts(text: str, lines: Sequence[Line], names: list[str]) -> tuple[float | None, ...]:
    """The left edge of each column: the least one of the words of its name."""
    out: list[float | None] = [None] * len(names)
    ends = list(accumulate(len(name) for name in names))
    position = 0
    for line in lines:
        words = text[line.start : line.end].split()
        for word, left in zip(words, line.lefts or [None] * len(words), strict=False):
            column = bisect_right(ends, position)
            if left is not None and column < len(names):
                known = out[column]
                out[column] = left if known is None else min(known, left)
            position += len(word)
    return tuple(out)


def names_in(held: str, known: Callable[[str], str | None] = role) -> list[str] | None:
    """`held` cut into names of columns, or None when something else stands in it."""
    words = held.split()
    if len(words) > 2 and all(known(word) for word in words) and not _BARE & set(words):
        return words
    text = _SPACES.sub("", held)
    gaps = _gaps(held)
    best: list[tuple[float, list[str]] | None] = [(0.0, []), *([None] * len(text))]
    for end in range(2, len(text) + 1):
        for start in range(max(0, end - _LONGEST_NAME), end - 1):
            before = best[start]
            name = text[start:end]
            if before is not None and known(name) is not None:
                crossed = sum(start < gap < end for gap in gaps)
                score = before[0] + (-1.0 if name in _BARE or _YEAR.fullmatch(name) else 1.0) - _CROSSED * crossed
                now = best[end]
                if now is None or score > now[0]:
                    best[end] = score, [*before[1], name]
    found = best[len(text)]
    return found[1] if found is not None else None


def _gaps(held: str) -> list[int]:
    """Where blanks inside a line stand, counted without blanks: cells end there, at the end of a line they may wrap."""
    out, seen = [], 0
    for line in held.split("\n"):
        words = line.split()
        for word in words[:-1]:
            seen += len(word)
            out.append(seen)
        seen += len(words[-1]) if words else 0
    return out


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
    contents = [place for place, name in enumerate(columns) if name == "content"]
    owners = [place for place, name in enumerate(columns) if name in {"lead", "department", "support"}]
    ahead = [place for place in contents if owners and place < owners[0]]
    last = max(ahead or contents)
    other = {place: "path" if place < last else "remark" for place in contents if place != last}
    return [other.get(place, name) for place, name in enumerate(columns)]


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
        if is_page_number(text, lines[place]):
            place += 1
            continue
        header = _header(text, lines, place)
        if header is not None and "".join(header[1]) == whole:
            place += header[0]
            continue
        out.append(lines[place])
        place += 1
    return out
