"""Rows as files that a spreadsheet opens: CSV and Excel. Free of Django."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

ENDINGS = (".xlsx", ".csv")
MIMES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def write_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> int:
    """Write a heading and rows to `path`, whose ending says the format. Returns how many rows there were."""
    lines = ([cell(value) for value in row] for row in rows)
    return _csv(path, head, lines) if path.suffix.lower() == ".csv" else _xlsx(path, head, lines, title)


def cell(value: Any) -> Any:
    """A value as a spreadsheet takes it: numbers as they are, all else as text that is never run as a formula."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    said = as_text(value)
    return "'" + said if said.startswith(FORMULA) else said


def as_text(value: Any) -> str:
    """A value as text; lists and mappings as JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _csv(path: Path, head: Sequence[str], lines: Iterable[list[Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as handle:  # the mark tells Excel that it is UTF-8
        writer = csv.writer(handle)
        writer.writerow(head)
        for count, line in enumerate(lines, 1):  # noqa: B007 (counted)
            writer.writerow(line)
    return count


def _xlsx(path: Path, head: Sequence[str], lines: Iterable[list[Any]], title: str) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title or None)
    sheet.append(list(head))
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007 (counted)
        sheet.append(line)
    book.save(path)
    return count
