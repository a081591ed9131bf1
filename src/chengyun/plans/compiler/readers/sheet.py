"""Excel: every sheet as one table with its merged cells; dates and numbers as a person sees them."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl

from chengyun.plans.compiler.clock import Deadline
from chengyun.plans.compiler.readers.guard import damaged
from chengyun.plans.compiler.source import Builder, Remark, Source

MAX_ROWS = 20_000
MAX_COLUMNS = 200


def read_xlsx(data: bytes, deadline: Deadline) -> Source:
    """Visible sheets in order: rows above the first wide row are lines of text (titles), the rest is a table."""
    out = Builder("xlsx")
    with damaged("Excel"):
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                deadline.check()
                out.page()
                _sheet(out, sheet)
        book.close()
    return out.source()


def _sheet(out: Builder, sheet: Any) -> None:
    height, width, cut = _extent(sheet)
    if cut:
        told = f"sheet {sheet.title}: only the first {MAX_ROWS} rows were read"
        out.warnings.append(Remark("sheet.cut", told, str(sheet.title)))
    merged = {
        (r.min_row, r.min_col): (r.max_row - r.min_row + 1, r.max_col - r.min_col + 1)
        for r in sheet.merged_cells.ranges
    }
    covered = {
        (row, column)
        for r in sheet.merged_cells.ranges
        for row in range(r.min_row, min(r.max_row, height) + 1)
        for column in range(r.min_col, min(r.max_col, width) + 1)
    } - merged.keys()
    rows: list[list[tuple[str, int, int] | None]] = []
    for r, values in enumerate(sheet.iter_rows(max_row=height, max_col=width, values_only=True), 1):
        row: list[tuple[str, int, int] | None] = []
        for c, value in enumerate(values, 1):
            tall, wide = merged.get((r, c), (1, 1))
            row.append(None if (r, c) in covered else (_shown(value), tall, wide))
        if any(cell is None or cell[0] for cell in row):
            rows.append(row)
    while rows and sum(bool(cell and cell[0]) for cell in rows[0]) < 2:
        for title in [cell[0] for cell in rows.pop(0) if cell and cell[0]]:
            out.line(title, firm=True)
    if rows:
        out.grid(rows, sheet.title)


def _extent(sheet: Any) -> tuple[int, int, bool]:
    """Last row and column with a value inside the limits, and whether rows below them have values too.

    Asked of the cells that the file has: the sheet's own measure counts formats, and walking it makes every empty cell.
    """
    filled = [place for place, cell in sheet._cells.items() if cell.value is not None]
    kept = [(row, column) for row, column in filled if row <= MAX_ROWS and column <= MAX_COLUMNS]
    height, width = max((row for row, _ in kept), default=1), max((column for _, column in kept), default=1)
    return height, width, any(row > MAX_ROWS for row, _ in filled)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\t", " ").replace("\r\n", "\n").strip()
