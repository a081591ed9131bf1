"""Rows as files that a spreadsheet opens: CSV and Excel. Free of Django."""

import csv
import json
from collections.abc import Iterable, Sequence
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook

ENDINGS = (".xlsx", ".csv")
MIMES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def write_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> int:
    """Write a heading and rows to `path`, whose ending says the format. Returns how many rows there were."""
    with path.open("wb") as handle:
        return _write(handle, path.suffix.lower(), head, rows, title)


def table_bytes(ending: str, head: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> bytes:
    """The same as the bytes of a file, for tables that are small enough to be answered at once."""
    whole = BytesIO()
    _write(whole, ending, head, rows, title)
    return whole.getvalue()


def _write(handle: BinaryIO, ending: str, head: Sequence[str], rows: Iterable[Sequence[Any]], title: str) -> int:
    lines = ([cell(value) for value in row] for row in rows)
    return _csv(handle, head, lines) if ending == ".csv" else _xlsx(handle, head, lines, title)


def cell(value: Any) -> Any:
    """A value as a spreadsheet takes it: numbers as they are, all else as text that is never run as a formula."""
    return value if value is None or isinstance(value, int | float) else plain_text(as_text(value))


def plain_text(text: str) -> str:
    """A text that a spreadsheet would run as a formula is kept a text."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_text(value: Any) -> str:
    """A value as text; lists and mappings as JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _csv(handle: BinaryIO, head: Sequence[str], lines: Iterable[list[Any]]) -> int:
    count = 0
    text = TextIOWrapper(handle, encoding="utf-8-sig", newline="")  # the mark tells Excel that it is UTF-8
    writer = csv.writer(text)
    writer.writerow(head)
    for count, line in enumerate(lines, 1):  # noqa: B007 (counted)
        writer.writerow(line)
    text.flush()
    text.detach()
    return count


def _xlsx(handle: BinaryIO, head: Sequence[str], lines: Iterable[list[Any]], title: str) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title or None)
    sheet.append(list(head))
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007 (counted)
        sheet.append(line)
    book.save(handle)
    return count
