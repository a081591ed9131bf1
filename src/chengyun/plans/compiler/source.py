"""What a reader hands over: one text with lines, tables and pages marked in it, whatever the file was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chengyun.plans.compiler.errors import ReadError

MAX_CHARACTERS = 3_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text. `firm`: the file itself ends a paragraph here (Word); else the line may be wrapped."""

    start: int
    end: int
    page: int
    firm: bool = False
    level: int | None = None  # of a heading, where the file says so (style of Word, # of Markdown)
    lefts: tuple[float, ...] = ()  # left edge of each word in widths of a character, where the file has positions

    @property
    def indent(self) -> float | None:
        """The left edge of the line, None where the file has no positions."""
        return self.lefts[0] if self.lefts else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table at its first row and column, with the ranges of text that it holds."""

    row: int
    column: int
    ranges: tuple[tuple[int, int], ...]
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `at[row][column]` is the cell that covers this position, the same one over all its merged positions."""

    at: tuple[tuple[Cell | None, ...], ...]
    start: int
    end: int
    page: int
    sheet: str = ""

    @property
    def width(self) -> int:
        return max((len(row) for row in self.at), default=0)


Piece = Line | Grid


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader left out or could not see: a stable code, an English sentence, and what it is about."""

    code: str  # page.damaged, page.scanned, sheet.cut, traditional
    detail: str
    about: str = ""


@dataclass(slots=True)
class Source:
    """The text of a document, its pieces in reading order, and where its pages start."""

    text: str
    pieces: list[Piece]
    pages: list[int] = field(default_factory=lambda: [0])
    format: str = "txt"
    warnings: list[Remark] = field(default_factory=list)


class Builder:
    """Puts the text of a file together piece by piece and remembers where each piece went."""

    def __init__(self, form: str) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.pieces: list[Piece] = []
        self.pages: list[int] = []
        self.warnings: list[Remark] = []
        self.format = form

    def page(self) -> None:
        """The next pieces stand on a new page."""
        self.pages.append(self._length)

    def put(self, text: str, after: str = "\n") -> tuple[int, int]:
        """Adds `text` and what separates it from the next; gives the range of `text` itself."""
        start = self._length
        if start > MAX_CHARACTERS:
            raise ReadError("too_large", f"the document has more than {MAX_CHARACTERS:,} characters: split it")
        self._parts += (text, after)
        self._length += len(text) + len(after)
        return start, start + len(text)

    def line(self, text: str, *, firm: bool = False, level: int | None = None, lefts: tuple[float, ...] = ()) -> None:
        start, end = self.put(text)
        self.pieces.append(Line(start, end, max(1, len(self.pages)), firm, level, lefts))

    def grid(self, rows: Sequence[Sequence[tuple[str, int, int] | None]], sheet: str = "") -> None:
        """Adds a table. A position is (text, rows, columns) at the first place of a cell, None where one covers it."""
        begin = self._length
        cells: dict[tuple[int, int], Cell] = {}
        width = max((len(row) for row in rows), default=0)
        for r, row in enumerate(rows):
            for c, given in enumerate(row):
                if given is not None:
                    cell = Cell(r, c, (self.put(given[0], "\t"),), given[1], given[2])
                    self._cover(cells, cell, len(rows), width)
            self.put("", "\n")
        at = tuple(tuple(cells.get((r, c)) for c in range(width)) for r in range(len(rows)))
        self.pieces.append(Grid(at, begin, self._length, max(1, len(self.pages)), sheet))

    @staticmethod
    def _cover(cells: dict[tuple[int, int], Cell], cell: Cell, height: int, width: int) -> None:
        for r in range(cell.row, min(cell.row + cell.rows, height)):
            for c in range(cell.column, min(cell.column + cell.columns, width)):
                cells.setdefault((r, c), cell)

    def source(self) -> Source:
        return Source("".join(self._parts), self.pieces, self.pages or [0], self.format, self.warnings)
