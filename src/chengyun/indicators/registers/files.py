"""A register from a file: headings are guessed, may be corrected, and every row that is left out says why."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

from chengyun.indicators.registers.shapes import EntryShape, Read, RegisterShape, Wrong, headings, read_entry
from chengyun.kernel.refusal import Invalid, TooLarge
from chengyun.places.readers.guard import guard
from chengyun.places.readers.mapping import likeness
from chengyun.places.readers.table import Table, read_table

MOST_ROWS = 10_000
LIKE = 0.5


@dataclass(frozen=True)
class Opened:
    """A table and how it is read: column → heading. `unused`: headings that no column takes."""

    table: Table
    mapping: Mapping[str, str]

    @property
    def unused(self) -> list[str]:
        """Headings that no column takes."""
        return [heading for heading in self.table.headings if heading not in self.mapping.values()]


def open_register(path: Path, shape: RegisterShape, maps: Mapping[str, str] | None = None) -> Opened:
    """Read .csv or .xlsx; `maps` (column → heading, "" none) corrects what was guessed. Raises Invalid, TooLarge."""
    guard(path)
    table = read_table(path)
    if len(table.rows) > MOST_ROWS:
        raise TooLarge("indicators.too_many_rows", f"file: at most {MOST_ROWS} rows", field="file")
    mapping = _guessed(table, shape) | dict(maps or {})
    wrong = [heading for heading in mapping.values() if heading and heading not in table.headings]
    if wrong:
        raise Invalid("indicators.no_heading", f"mapping: there is no heading {wrong[0]!r}", field="mapping")
    return Opened(table, {column: heading for column, heading in mapping.items() if heading})


def read_rows(opened: Opened, shape: RegisterShape, areas: Container[str] | None = None) -> Read:
    """Every row as a record, or as what is wrong with it; a key that comes twice is wrong the second time.

    `areas`: the names and codes that a place may be said by (None: any).
    """
    found, seen = Read(), set()
    places = {column: opened.table.headings.index(heading) for column, heading in opened.mapping.items()}
    for index, row in enumerate(opened.table.rows):
        cells = {column: row[place] for column, place in places.items()}
        entry, wrong = read_entry(shape, cells, opened.table.first + index)
        wrong = wrong or _misplaced(shape, entry, areas)
        if not wrong and entry.code in seen:
            twice = Wrong(shape.key, entry.code, "a key that comes only once", "twice")
            found.bad.append((opened.table.place(index), [twice]))
        elif wrong:
            found.bad.append((opened.table.place(index), wrong))
        else:
            seen.add(entry.code)
            found.entries.append(entry)
    return found


def _misplaced(shape: RegisterShape, entry: EntryShape, areas: Container[str] | None) -> list[Wrong]:
    """A record that only a name of no area places."""
    if areas is None or not entry.place or entry.place in areas or entry.lng is not None:
        return []
    column = next(one.name for one in shape.columns if one.kind == "place" and one.name in entry.values)
    return [Wrong(column, entry.place[:80], "the name or code of an area of the town", "place")]


def _guessed(table: Table, shape: RegisterShape) -> dict[str, str]:
    """The best heading for each column; a heading is taken once, by the column that it is most like."""
    marks = sorted(
        (
            (likeness(heading, words), -order, column, heading)
            for order, (column, words) in enumerate(headings(shape).items())
            for heading in table.headings
        ),
        reverse=True,
    )
    found: dict[str, str] = {}
    for mark, _, column, heading in marks:
        if mark >= LIKE and column not in found and heading not in found.values():
            found[column] = heading
    return found
