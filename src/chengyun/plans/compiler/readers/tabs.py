"""Tables that were copied from Word or Excel into a text: one line is a row, a tab ends a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chengyun.plans.compiler.columns import role

_BAND = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。；]{2,28}$")
_FEWEST = 2  # names of columns that must be known
Range = tuple[int, int]


def tabbed(text: str, lines: Sequence[Range], place: int) -> tuple[int, list[list[Range]]] | None:
    """(line after the last, cells of each row) of the table whose header stands at `place`; None where none begins.

    A line without tabs belongs to it when it is a band (一、产业发展) between two rows.
    """
    header = _cells(text, *lines[place])
    known = {role(text[start:end]) for start, end in header} - {None}
    if len(header) < 3 or len(known) < _FEWEST:
        return None
    rows, until = [header], place + 1
    waiting: list[list[Range]] = []
    for here in range(place + 1, len(lines)):
        start, end = lines[here]
        raw = text[start:end]
        if not raw.strip():
            continue
        if raw.count("\t") >= min(2, len(header) - 2):
            rows += [*waiting, _cells(text, start, end)]
            waiting, until = [], here + 1
        elif not waiting and _BAND.match(raw):
            waiting = [_cells(text, start, end)]
        else:
            break
    return (until, rows) if len(rows) > 1 else None


def _cells(text: str, start: int, end: int) -> list[Range]:
    out = []
    for raw in text[start:end].split("\t"):
        first = start + len(raw) - len(raw.lstrip())
        out.append((first, first + len(raw.strip())))
        start += len(raw) + 1
    return out
