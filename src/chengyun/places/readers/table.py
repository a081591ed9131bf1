"""Tables as people keep them: CSV and Excel, with whatever encoding, separator and title lines they have."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from openpyxl import load_workbook

from chengyun.kernel.refusal import Invalid

_LOOKED_AT = 15  # lines at the top among which the headings are
_SHORT = 20  # characters that a heading has at most, where headings stand in two lines
_ENCODINGS = ("utf-8-sig", "gb18030")
MOST_ROWS = 2_000_000


@dataclass(frozen=True)
class Table:
    """Headings and rows; `first` is the line number of the first row. Vector files bring geometries and system."""

    headings: tuple[str, ...]
    rows: list[list[Any]]
    first: int = 1
    geometries: Any = None
    system: str = ""
    encoding: str = ""
    sheets: tuple[str, ...] = field(default=())
    lines: tuple[int, ...] = ()  # where rows are not one line each

    def place(self, index: int) -> str:
        """Where a row stands in the file, as people count."""
        if self.lines:
            return f"row {self.lines[index]}"
        return f"{'row' if self.geometries is None else 'feature'} {self.first + index}"

    def column(self, heading: str) -> list[Any]:
        """The values under a heading."""
        index = self.headings.index(heading)
        return [row[index] for row in self.rows]


def read_table(path: Path, sheet: str = "", encoding: str = "") -> Table:
    """Read .csv, .txt, .tsv or .xlsx. Raises Invalid."""
    suffix = path.suffix.lower()
    if suffix in {".xlsx", ".xlsm"}:
        return _excel(path, sheet)
    if suffix in {".csv", ".txt", ".tsv"}:
        return _csv(path, encoding)
    words = f"{path.name}: a table is .csv or .xlsx (an old .xls: save it as .xlsx first)"
    raise Invalid("places.file_table", words, field="file")


def decode(raw: bytes, encoding: str = "") -> tuple[str, str]:
    """Text and its encoding: UTF-16 by its mark, UTF-8 if it is valid as that, else GB18030. Raises Invalid."""
    marked = ("utf-16",) if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else _ENCODINGS
    for name in (encoding,) if encoding else marked:
        try:
            return raw.decode(name), name.removesuffix("-sig")
        except (UnicodeDecodeError, LookupError):
            continue
    tried = encoding or "UTF-8, GB18030"
    words = f"the text is not in {tried}: say which with --encoding"
    raise Invalid("places.file_encoding", words, field="encoding", params={"tried": tried})


def _csv(path: Path, encoding: str) -> Table:
    text, found = decode(path.read_bytes(), encoding)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
        dialect.doublequote = True  # the sniffer takes long texts with quotes in them for something else
    except csv.Error:
        dialect = csv.excel
    lines: list[list[Any]] = []
    for line in csv.reader(io.StringIO(text), dialect):
        if len(lines) >= MOST_ROWS:
            words = f"{path.name}: more than {MOST_ROWS:,} lines; cut it into several files"
            raise Invalid("places.file_rows", words, field="file", params={"most": f"{MOST_ROWS:,}"})
        lines.append([_unguarded(cell.strip()) for cell in line])
    return _table(lines, path.name, encoding=found)


def _unguarded(cell: str) -> str:
    """A cell without the mark that keeps a spreadsheet from running it as a formula, and without NUL."""
    cell = cell.replace("\x00", "")
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


def _excel(path: Path, sheet: str) -> Table:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever a broken archive brings up
        words = f"{path.name}: not an Excel file, or a damaged one"
        raise Invalid("places.file_damaged", words, field="file") from error
    names = tuple(book.sheetnames)
    if sheet and sheet not in names:
        words = f"--sheet: one of {', '.join(names)}"
        raise Invalid("places.file_sheet", words, field="sheet", params={"names": ", ".join(names)})
    page = book[sheet] if sheet else book[names[0]]
    lines = [[_cell(value) for value in row] for row in page.iter_rows(values_only=True, max_row=MOST_ROWS)]
    book.close()
    return _table(lines, path.name, sheets=names)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return _unguarded(value.strip())
    if isinstance(value, datetime):
        return value.date() if not (value.hour or value.minute) else value
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return "" if value is None else value


def _table(lines: list[list[Any]], name: str, encoding: str = "", sheets: tuple[str, ...] = ()) -> Table:
    start = _heading_line(lines)
    if start is None:
        words = f"{name}: no line of headings among the first {_LOOKED_AT}"
        raise Invalid("places.file_headings", words, field="file", params={"lines": _LOOKED_AT})
    named, start = _headings(lines, start)
    width = max(index + 1 for index, cell in enumerate(named) if cell != "")
    headings = _unique([str(cell).strip() for cell in named[:width]])
    padded = [(number, (line + [""] * width)[:width]) for number, line in enumerate(lines[start + 1 :], start + 2)]
    kept = [(number, row) for number, row in padded if any(cell != "" for cell in row)]
    rows, places = [row for _, row in kept], tuple(number for number, _ in kept)
    return Table(headings, rows, first=start + 2, encoding=encoding, sheets=sheets, lines=places)


def _headings(lines: Sequence[Sequence[Any]], start: int) -> tuple[Sequence[Any], int]:
    """The headings and the last of their lines, where `start` is the fullest of them."""
    for first in (start, start - 1):
        if first >= 0 and (found := _two_lines(*lines[first : first + 3])):
            return found, first + 1
    return lines[start], start


def _two_lines(top: Sequence[Any] = (), below: Sequence[Any] = (), data: Sequence[Any] = ()) -> list[Any]:
    """Headings in two lines, as merged cells leave them: what stands below, or above where nothing does; else nothing.

    They are two where the lower line names every column that the upper leaves blank and the one that each such group
    begins with, in words of which some stand over numbers.
    """
    width = max((index + 1 for line in (top, below) for index, cell in enumerate(line) if cell != ""), default=0)
    upper, lower, first = ([*line, *[""] * width][:width] for line in (top, below, data))
    blank = [index for index, cell in enumerate(upper) if cell == ""]
    words = [cell for cell in lower if cell != ""]
    grouped = blank and blank[0] and all(lower[index] and lower[index - 1] for index in blank)
    named = all(isinstance(cell, str) and len(cell) <= _SHORT and not _is_number(cell) for cell in words)
    numbers = any(own and _is_number(str(cell)) for own, cell in zip(lower, first, strict=True))
    if not (grouped and named and numbers):
        return []
    groups: Iterator[str] = accumulate(upper, lambda group, cell: cell or group)
    whole = [f"{group}{cell}" if words.count(cell) > 1 else cell for group, cell in zip(groups, lower, strict=True)]
    return [under if own else above for above, own, under in zip(upper, lower, whole, strict=True)]


def _heading_line(lines: Sequence[Sequence[Any]]) -> int | None:
    """The line that is mostly short texts and as wide as those below it: titles above a table have one cell."""
    best, score = None, 0.0
    for index, line in enumerate(lines[:_LOOKED_AT]):
        texts = [cell for cell in line if isinstance(cell, str) and cell and not _is_number(cell)]
        filled = sum(1 for cell in line if cell != "")
        mark = len(set(texts)) * (len(texts) / filled if filled else 0) * (1.0 if filled > 1 or len(line) == 1 else 0.2)
        if mark > score * 1.2:
            best, score = index, mark
    return best


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _unique(names: list[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    out = []
    for index, name in enumerate(names):
        name = name or f"column {index + 1}"
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(out)


def plain(value: Any) -> Any:
    """A cell as JSON and a digest know it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, np.generic):
        return value.item()
    return value
