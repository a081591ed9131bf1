"""Rows of a flattened table: the cheapest way to lay its words out over the columns of the header (Viterbi).

Each word costs something in each column (a name is cheap under 牵头领导, a sentence under 工作内容), and so does each
step from one column to the next; a step back to an earlier column begins a row. No width or position is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from chengyun.plans.compiler.due import is_due
from chengyun.plans.compiler.flattened import FlatTable
from chengyun.plans.compiler.people import is_name
from chengyun.plans.compiler.role_words import BEGINNINGS, GENERIC, UNIT_END
from chengyun.plans.compiler.width import canonical, measure

_WORD = re.compile(r"\S+")
_STOP = re.compile(r"[。；！]")
_COMMA = re.compile(r"[，。；：]")
_SENTENCE_END = re.compile(r"[。；！）”]$")
_NEVER = 1000.0
_UNITS = frozenset({"department", "support"})
_SKIP = {"path": 0.2, "support": 1.0, "lead": 7.0, "department": 6.0, "due": 3.0, "content": _NEVER}
_SKIP_OTHER = 0.8
_AWAY = 3.0
_BEGINS_DUE = re.compile(r"20\d\d年(?:\d{1,2}(?:月\d{0,2})?)?")
_PART_OF_DUE = re.compile(r"[\d年月日底前\-—至]+|持续推?|长期坚?|常态化?推?|每[年月季]度?|完成|全部完成")
_TOO_WIDE = 5.0
_NAME_LENGTH = 3
_Piece = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line with its range in the document and its place in the line."""

    text: str
    start: int
    end: int
    first: bool
    last: bool
    full: bool
    after_serial: bool
    indent: float | None = None  # left edge, for the first word of a line with a known position
    joined: str = ""  # with the word before it where that ended its line: names are cut by the width of the column


@dataclass(slots=True)
class FlatRow:
    """A row: the serial number where one was printed, and the words by role, those of each of its columns apart."""

    serial: int | None = None
    cells: dict[str, list[Word]] = field(default_factory=dict)
    columns: dict[str, list[list[Word]]] = field(default_factory=dict)

    def put(self, role: str, word: Word, *, new: bool) -> None:
        """Adds a word; `new` when the word before it stands in another column."""
        self.cells.setdefault(role, []).append(word)
        parts = self.columns.setdefault(role, [])
        if new or not parts:
            parts.append([])
        parts[-1].append(word)


def flat_rows(source: str, table: FlatTable, known: Iterable[str] = (), people: Iterable[str] = ()) -> list[FlatRow]:
    """The rows of `table`. `known` are headings of the document, `people` names that it lists elsewhere."""
    words, serials = _words(source, table)
    columns = _columns(table.columns)
    if not words:
        return []
    chooser = _Chooser(columns, frozenset(known), frozenset(people), _edges(table))
    chooser.learn(words, chooser.best(words))
    return _assembled(words, serials, columns, chooser.best(words))


def _edges(table: FlatTable) -> list[tuple[float, str]]:
    """The left edges of the columns with their roles, empty unless most are known."""
    known = [(left, name) for left, name in zip(table.lefts, table.columns, strict=False) if left is not None]
    return known if len(known) * 2 > len(table.columns) else []


def _columns(columns: Sequence[str]) -> list[str]:
    """Roles in order; the serial number is read apart, and neighbouring path columns are one."""
    out: list[str] = []
    for name in columns:
        if name != "serial" and not (name == "path" and "path" in out):
            out.append(name)
    return out


def _words(source: str, table: FlatTable) -> tuple[list[Word], dict[int, int]]:
    """All words but the serial numbers, and for each serial number the index of the word that follows it."""
    limit = _content_width(source, table)
    words: list[Word] = []
    serials: dict[int, int] = {}
    expected, pending = 1, False
    for found, lefts in _pieces(source, table):
        skipped = 0
        if found and "serial" in table.columns and found[0][0] == str(expected):
            serials[len(words)] = expected
            expected, pending = expected + 1, True
            found, skipped = found[1:], 1
        for place, (text, start, end) in enumerate(found):
            full = measure(source[found[0][1] : end]) >= limit - 2.5
            shown = canonical(text)
            before = words[-1].text if words and place == 0 and not pending else ""
            words.append(
                Word(
                    shown,
                    start,
                    end,
                    place == 0,
                    place == len(found) - 1,
                    full,
                    pending,
                    lefts[place + skipped] if place + skipped < len(lefts) else None,
                    before + shown,
                )
            )
            pending = False
    return words, serials


def _pieces(source: str, table: FlatTable) -> Iterator[tuple[list[_Piece], tuple[float, ...]]]:
    """The words of each line with their ranges; a name that a narrow column broke over lines is one word again."""
    lines = [
        [(m[0], line.start + m.start(), line.start + m.end()) for m in _WORD.finditer(source[line.start : line.end])]
        for line in table.lines
    ]
    place = 0
    while place < len(lines):
        size = _broken_name(lines, place) if "lead" in table.columns else 1
        found = lines[place]
        if size > 1:
            parts = [line[0] for line in lines[place : place + size]]
            found = [("".join(part[0] for part in parts), parts[0][1], parts[-1][2])]
        yield found, table.lines[place].lefts
        place += size


def _broken_name(lines: Sequence[list[_Piece]], place: int) -> int:
    """How many lines from `place` hold one character or two each and are a name together; 1 where they are none."""
    for size in (3, 2):
        parts = lines[place : place + size]
        if len(parts) == size and all(len(line) == 1 and len(line[0][0]) <= 2 for line in parts):
            name = "".join(line[0][0] for line in parts)
            if len(name) <= _NAME_LENGTH and is_name(name):
                return size
    return 1


def _content_width(source: str, table: FlatTable) -> float:
    widths = sorted(measure(source[line.start : line.end].strip()) for line in table.lines)
    return widths[int(len(widths) * 0.93)] if widths else 20.0


class _Chooser:
    def __init__(
        self, columns: list[str], known: frozenset[str], people: frozenset[str], edges: list[tuple[float, str]]
    ) -> None:
        self.columns = columns
        self.edges = edges
        self.known = known
        self.people = people
        self.content = columns.index("content")
        self.widths: dict[str, float] = {}

    def learn(self, words: list[Word], path: list[int]) -> None:
        """Takes the width at which the names of each column of units wrap from a first reading."""
        for column, name in enumerate(self.columns):
            sizes = [measure(word.text) for word, at in zip(words, path, strict=True) if at == column]
            if name in _UNITS and len(sizes) > 3:
                self.widths[name] = max(sizes)

    def best(self, words: list[Word]) -> list[int]:
        """The column of each word; a word whose column does not come after that of the word before begins a row."""
        size = len(self.columns)
        costs = [self._enter(-1, c) + self._fit(c, words[0]) for c in range(size)]
        back: list[list[int]] = []
        for before, word in pairwise(words):
            fits = [self._fit(c, word) for c in range(size)]
            row, links = [], []
            for c in range(size):
                steps = [costs[b] + self._step(b, c, before, word) for b in range(size)]
                link = min(range(size), key=steps.__getitem__)
                links.append(link)
                row.append(steps[link] + fits[c])
            costs = row
            back.append(links)
        here = min(range(size), key=costs.__getitem__)
        path = [here]
        for links in reversed(back):
            here = links[here]
            path.append(here)
        return path[::-1]

    def _fit(self, column: int, word: Word) -> float:
        name = self.columns[column]
        return self._read_as(name, word) + self._away(name, word)

    def _away(self, name: str, word: Word) -> float:
        """What it costs to stand nearer to the left edge of another column."""
        if word.indent is None or not self.edges:
            return 0.0
        left = word.indent
        return 0.0 if min(self.edges, key=lambda edge: abs(edge[0] - left))[1] == name else _AWAY

    def _read_as(self, name: str, word: Word) -> float:
        if name == "content":
            return self._as_content(word)
        if name == "path":
            return self._as_path(word)
        if name == "lead":
            return self._as_lead(word)
        if name in _UNITS:
            wide = measure(word.text) > self.widths.get(name, 99.0) + 0.6
            return _as_unit(word) + (_TOO_WIDE if wide else 0.0)
        if name in {"due", "start"}:
            return _as_due(word)
        return 2.0 if name == "remark" else 4.0

    def _as_lead(self, word: Word) -> float:
        if word.text in self.people:
            return -2.0
        broken = len(word.text) <= 2 and is_name(word.joined)
        return 0.3 if is_name(word.text) or broken else 15.0

    def _as_content(self, word: Word) -> float:
        if _COMMA.search(word.text) or measure(word.text) >= 12:
            return 0.0
        return 1.0 if word.full else 2.5

    def _as_path(self, word: Word) -> float:
        size = measure(word.text)
        if _STOP.search(word.text) or size > 12:
            return 20.0
        cost = 1.0 + (4.0 if "，" in word.text or "、" in word.text else 0.0) + (6.0 if word.text[0] in "、）" else 0.0)
        cost += 1.5 if UNIT_END.search(word.text) or size > 8 else 0.0
        return cost - (2.0 if any(word.text in heading for heading in self.known) else 0.0)

    def _enter(self, before: int, column: int) -> float:
        """What it costs to leave out the columns between."""
        return sum(_SKIP.get(self.columns[c], _SKIP_OTHER) for c in range(before + 1, column))

    def _step(self, before: int, column: int, last: Word, word: Word) -> float:
        leaving = self._leaving(self.columns[before], last)
        if before == column:
            return self._going_on(self.columns[before], last, word)
        if column > before:
            late = 4.0 if word.after_serial and column > self.content else 0.0
            return leaving + late + self._enter(before, column) + self._first(column, word)
        if before < self.content:
            return _NEVER
        begin = self._enter(-1, column) + self._first(column, word) + _row_start(word)
        return leaving + self._enter(before, len(self.columns)) + begin

    def _first(self, column: int, word: Word) -> float:
        """A sentence does not begin with a short line of its own: that is a cell of a narrow column."""
        begins = column == self.content and word.first and word.last and not word.full
        return 2.5 if begins and not _STOP.search(word.text) else 0.0

    @staticmethod
    def _leaving(name: str, last: Word) -> float:
        if name in _UNITS:
            return 0.0 if _is_whole(last) else 5.0
        if name == "content" and not _SENTENCE_END.search(last.text):
            return 4.0 if last.full else 1.0
        return 0.0

    def _going_on(self, name: str, last: Word, word: Word) -> float:
        if word.after_serial and name != "content":
            return 3.0 if name == "path" else 8.0
        if name == "content":
            return _sentence_goes_on(last, word)
        if name in _UNITS:
            return _unit_goes_on(last, word, self.widths.get(name))
        if name == "lead" and len(word.text) <= 2 and is_name(word.joined):
            return 0.2
        if name == "due" and is_due(word.joined):
            return 0.2
        return {"lead": 6.0, "path": 0.3, "due": 2.0}.get(name, 0.5)


def _is_blank(word: Word) -> bool:
    """True for a mark that fills an empty cell: -, —, /, 无."""
    return word.text.strip("-—/") in {"", "无"}


def _as_due(word: Word) -> float:
    if _is_blank(word):
        return 0.5
    if is_due(word.text) or (is_due(word.joined) and word.joined != word.text):
        return 0.0
    if _BEGINS_DUE.fullmatch(word.text):
        return 0.5
    return 3.0 if _PART_OF_DUE.fullmatch(word.text) else 12.0


def _row_start(word: Word) -> float:
    return -2.0 if word.after_serial else 1.0 if word.first else 6.0


def _as_unit(word: Word) -> float:
    if _is_blank(word):
        return 0.0
    if _STOP.search(word.text) or "，" in word.text:
        return 12.0
    size = measure(word.text)
    if UNIT_END.search(word.text) or GENERIC.match(word.text):
        return 0.0 if size <= 24 else 3.0
    return 2.0 if size <= 9 else 6.0


def _is_whole(word: Word) -> bool:
    """True when the name of a unit can end with this word: not for 城市, whose 管理科 is on the next line."""
    if _is_blank(word):
        return True
    begins = word.text.rsplit("、", 1)[-1] in BEGINNINGS
    return not begins and any(
        UNIT_END.search(text) is not None and text.count("（") == text.count("）") for text in (word.text, word.joined)
    )


def _sentence_goes_on(last: Word, word: Word) -> float:
    """After a full stop a sentence goes on only from a full line; after a blank inside a line hardly ever."""
    if _SENTENCE_END.search(last.text) is None:
        return 0.0
    if not word.first:
        return 4.0
    return 0.0 if last.full else 3.0


def _unit_goes_on(last: Word, word: Word, width: float | None) -> float:
    """A list of names goes on where it was cut: inside a name, after 、, or at the width of its column."""
    if _is_blank(last) or _is_blank(word):
        return 9.0
    if last.text.endswith("、") or word.text[0] in "、）" or last.text.count("（") > last.text.count("）"):
        return 0.0 if word.first else 1.0
    if not _is_whole(last):
        return 0.2 if word.first else 1.5
    if not word.first:
        return 3.0
    full = width is not None and measure(last.text) >= width - 0.6
    return 2.0 if full else 4.0 if width is None else 6.0


def _assembled(words: list[Word], serials: dict[int, int], columns: list[str], path: list[int]) -> list[FlatRow]:
    rows: list[FlatRow] = []
    starts = _row_starts(path)
    for place, (word, column) in enumerate(zip(words, path, strict=True)):
        if place in starts:
            rows.append(FlatRow())
        if place in serials and rows[-1].serial is None:
            rows[-1].serial = serials[place]
        rows[-1].put(columns[column], word, new=place in starts or path[place - 1] != column)
    return [row for row in rows if row.cells.get("content")]


def _row_starts(path: list[int]) -> set[int]:
    return {0, *(place for place in range(1, len(path)) if path[place] < path[place - 1])}
