"""Tasks of a flattened table: rows, levels of its path columns, owners."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from chengyun.plans.compiler.context import Context
from chengyun.plans.compiler.enumerators import label
from chengyun.plans.compiler.flat_rows import FlatRow, Word, flat_rows
from chengyun.plans.compiler.flattened import FlatTable
from chengyun.plans.compiler.healed import Healed, heal
from chengyun.plans.compiler.model import Task, quoted
from chengyun.plans.compiler.outline import Heading
from chengyun.plans.compiler.owners import give
from chengyun.plans.compiler.width import fold, measure

_GIVEN = ("lead", "department", "support", "due", "start", "place", "remark")


def read_flat(table: FlatTable, headings: Sequence[Heading], context: Context, page: int) -> list[Task]:
    """One task per row. Levels of the path are kept from row to row until a new cell replaces them."""
    known = [fold(heading.title.text) for heading in headings]
    people = sorted(context.people)
    rows = flat_rows(context.source, table, known, people)
    depth = max(1, table.columns.count("path"))
    widths = _wrap_widths(rows, depth)
    whole = all(len(row.cells["content"]) == 1 for row in rows)  # nothing is wrapped: each line is a cell
    path: list[str] = [""] * depth
    tasks = []
    for row in rows:
        words = row.cells.get("path", [])
        groups = [[word] for word in words] if whole and len(words) <= depth else _groups(words, depth, known)
        cells = _path_cells(groups, depth, widths)
        for level, words in cells:
            path[level:] = [_healed(context.source, words).text, *[""] * (depth - level - 1)]
        band = _band(context.source, table, row)
        tasks.append(_task(row, [*band, *(step for step in path if step)], context, page))
    return tasks


def _band(source: str, table: FlatTable, row: FlatRow) -> list[str]:
    """The band above a row, without its enumerator."""
    start = row.cells["content"][0].start
    above = [line for line in table.bands if line.start < start]
    if not above:
        return []
    title = heal(source, [(above[-1].start, above[-1].end)])
    found = label(title.norm)
    return [title[found.length if found is not None else 0 :].stripped().text]


def _task(row: FlatRow, path: list[str], context: Context, page: int) -> Task:
    text = _healed(context.source, row.cells["content"])
    task = Task(
        quoted(text, 0.9),
        path,
        label=str(row.serial or ""),
        number=row.serial,
        origin="flattened",
        page=page,
        confidence=0.9,
    )
    for role in _GIVEN:
        for part in row.columns.get(role, []):
            give(task, role, _healed(context.source, part, spaces=role in {"department", "support"}), context)
    if not task.departments:
        context.ask("owner.missing", "this row of the table names no department", text)
    return task


def _healed(source: str, words: Sequence[Word], *, spaces: bool = False) -> Healed:
    """The words as one run; what stands between two of them goes in only where it is white space."""
    ranges: list[tuple[int, int]] = []
    for word in words:
        if ranges and source[ranges[-1][1] : word.start].isspace():
            ranges[-1] = (ranges[-1][0], word.end)
        else:
            ranges.append((word.start, word.end))
    return heal(source, ranges, spaces=spaces)


def _path_cells(groups: list[list[Word]], depth: int, widths: Sequence[float]) -> list[tuple[int, list[Word]]]:
    """The cells of the path columns, each with its level."""
    if not groups:
        return []
    if len(groups) >= depth:
        return list(enumerate([*groups[: depth - 1], [word for group in groups[depth - 1 :] for word in group]]))
    levels = [_level(group, widths, depth) for group in groups]
    if any(later <= earlier for earlier, later in pairwise(levels)):
        levels = list(range(depth - len(groups), depth))
    return list(zip(levels, groups, strict=True))


def _groups(words: Sequence[Word], depth: int, known: Sequence[str]) -> list[list[Word]]:
    """Cuts where known headings end, else where a longer line follows a shorter one (a cell wraps at one width)."""
    if not words:
        return []
    for cut in range(1, len(words)):
        left, right = _folded(words[:cut]), _folded(words[cut:])
        if depth > 1 and left in known and right in known:
            return [list(words[:cut]), list(words[cut:])]
    if _folded(words) in known:
        return [list(words)]
    groups: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if measure(word.text) > measure(before.text) + 0.9 and len(groups) < depth:
            groups.append([word])
        else:
            groups[-1].append(word)
    return groups


def _folded(words: Sequence[Word]) -> str:
    return fold("".join(word.text for word in words))


def _wrap_widths(rows: Sequence[FlatRow], depth: int) -> list[float]:
    """The width of each path column, from the first row, which has all of them."""
    for row in rows:
        groups = _groups(row.cells["path"], depth, ()) if row.cells.get("path") else []
        if len(groups) == depth and all(len(group) > 1 for group in groups):
            return [max(measure(word.text) for word in group) for group in groups]
    return []


def _level(group: Sequence[Word], widths: Sequence[float], depth: int) -> int:
    """The column whose width the first line of a wrapped cell fills; the deepest when nothing tells."""
    if len(group) > 1 and widths:
        first = measure(re.sub(r"[“”]", "", group[0].text))
        return min(range(depth), key=lambda level: (abs(widths[level] - first), -level))
    return depth - 1
