"""Real tables: the header wherever it stands, the role of each column, and the rows below with merged cells filled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from chengyun.plans.compiler.columns import OWNERS, role, roles
from chengyun.plans.compiler.enumerators import label
from chengyun.plans.compiler.healed import Healed, heal
from chengyun.plans.compiler.source import Cell, Grid

_HEADER_ROWS = 5
_MONTH = re.compile(r"(?:20\d\d年)?(1[0-2]|[1-9])月(?:份)?(?:.{0,6})$")
_PART = re.compile(r"(?:20\d\d年)?(?:第?([一二三四1-4])季度?|(上半年|下半年))(?:.{0,6})$")
_LAST = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12, "上半年": 6, "下半年": 12}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role (None when unknown), its heading as written, the month of a column such as 3月."""

    role: str | None
    heading: str
    month: int | None = None


@dataclass(slots=True)
class Row:
    """A row below the header: cells by column, and the section row above it (一、民生工程 across all columns)."""

    cells: dict[int, Cell]
    index: int
    section: str = ""


@dataclass(slots=True)
class Table:
    """A table with a header. `kind`: tasks, projects, indicators or other."""

    kind: str
    columns: list[Column]
    rows: list[Row]
    section: str  # the last section row, which may be the last row of a page
    page: int
    caption: str = ""
    title: Healed | None = None
    section_rows: list[Healed] = field(default_factory=list)

    @property
    def builds(self) -> bool:
        """True for a list of projects: a column of their names, and one of their size or their money."""
        known = {role(column.heading) for column in self.columns}
        return "project" in known and bool(known & {"size", "invest"})

    def where(self, *wanted: str) -> list[int]:
        """Places of the columns of these roles, in order."""
        return [place for place, column in enumerate(self.columns) if column.role in wanted]


def words(source: str, cell: Cell | None, *, spaces: bool = False) -> Healed:
    """The text of a cell."""
    return heal(source, cell.ranges if cell else (), spaces=spaces)


def read_table(source: str, grid: Grid, before: Table | None, caption: str) -> Table | None:
    """`grid` as a table; without a header of its own it goes on with `before` when both have the same width."""
    found = _header(source, grid)
    if found is None:
        if before is None or len(before.columns) != grid.width:
            return None
        return Table(
            before.kind,
            before.columns,
            *_rows(source, grid, 0, before.section),
            grid.page,
            caption or before.caption,
        )
    start, columns = found
    return Table(_kind(columns), columns, *_rows(source, grid, start, ""), grid.page, caption)


def _header(source: str, grid: Grid) -> tuple[int, list[Column]] | None:
    """The first row below the header and the columns, from the row (or two) that names most of them."""
    best: tuple[int, int, list[str]] | None = None
    for index, row in enumerate(grid.at[:_HEADER_ROWS]):
        names = [words(source, cell).norm for cell in row]
        score = len({role(name) for name in names} - {None})
        if score >= 2 and (best is None or score > best[0]):
            best = score, index, names
    if best is None:
        return None
    _, index, names = best
    start = index + 1
    if start < len(grid.at) and _goes_on(source, grid, index):
        names = [_joined(top, words(source, cell).norm) for top, cell in zip(names, grid.at[start], strict=True)]
        start += 1
    found = roles(names)
    columns = [
        Column(known, name, _month(name) if known in {None, "content"} else None)
        for known, name in zip(found, names, strict=True)
    ]
    return start, columns


def _goes_on(source: str, grid: Grid, index: int) -> bool:
    """True when the next row belongs to the header: cells merged from above, or names under a wide heading."""
    below = grid.at[index + 1]
    merged = sum(cell is not None and cell.row <= index for cell in below)
    wide = any(
        cell is not None and cell.columns > 1 and cell.row == index and cell.columns < grid.width
        for cell in grid.at[index]
    )
    new = [words(source, cell).norm for cell in below if cell is not None and cell.row == index + 1]
    return bool(new) and wide and merged >= 1 and all(len(name) <= 14 for name in new)


def _joined(top: str, below: str) -> str:
    if not below or top == below:
        return top
    return below if role(below) is not None or _month(below) is not None or role(top) is None else top


def _month(name: str) -> int | None:
    """The month of a column such as 3月, the last one of 一季度 and 上半年."""
    if (match := _MONTH.match(name)) is not None:
        return int(match[1])
    part = _PART.match(name)
    return _LAST[part[1] or part[2]] if part is not None else None


def _kind(columns: Sequence[Column]) -> str:
    known = {column.role for column in columns}
    months = any(column.month for column in columns)
    if "indicator" in known and {"value", "unit", "baseline"} & known and "department" not in known - {"unit"}:
        return "indicators"
    if "indicator" in known and "value" in known and "content" not in known:
        return "indicators"
    if "content" in known and (OWNERS & known or months):
        return "tasks"
    if "project" in known:
        return "projects"
    return "tasks" if "content" in known and "serial" in known else "other"


def _rows(source: str, grid: Grid, start: int, section: str) -> tuple[list[Row], str]:
    out: list[Row] = []
    for index in range(start, len(grid.at)):
        line = grid.at[index]
        distinct = {id(cell): cell for cell in line if cell is not None}
        filled = [cell for cell in distinct.values() if len(words(source, cell))]
        if not filled:
            continue
        if len(filled) == 1 and (filled[0].columns >= max(2, grid.width - 1) or _is_section(source, filled[0], line)):
            section = _unnumbered(words(source, filled[0]))
            continue
        out.append(Row({place: cell for place, cell in enumerate(line) if cell is not None}, index, section))
    return out, section


def _unnumbered(title: Healed) -> str:
    """A section row without its enumerator: headings of a path have none."""
    found = label(title.norm)
    return title[found.length if found is not None and found.length < len(title) else 0 :].stripped().text


def _is_section(source: str, cell: Cell, line: Sequence[Cell | None]) -> bool:
    """A row with text in its first place alone: 一、民生工程."""
    text = words(source, cell).norm
    first = next((place for place, other in enumerate(line) if other is cell), 1)
    return (
        first == 0
        and re.match(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）", text) is not None
        and len(text) <= 30
    )
