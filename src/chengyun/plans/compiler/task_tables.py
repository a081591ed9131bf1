"""Tasks of real tables (Word, Excel, Markdown, ruled PDF): one row is one task."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chengyun.plans.compiler.context import Context
from chengyun.plans.compiler.enumerators import label
from chengyun.plans.compiler.healed import Healed, joined
from chengyun.plans.compiler.model import Deadline, Task, quoted
from chengyun.plans.compiler.owners import give
from chengyun.plans.compiler.source import Cell
from chengyun.plans.compiler.tables import Row, Table, words
from chengyun.plans.compiler.width import measure

_OWNERS = ("lead", "department", "support", "due", "start", "place", "remark", "invest")
_FILLED = ("lead", "department", "due")
_NAME_MAX = 16.0
_TOLD = re.compile(r"[\u4e00-\u9fff“]{4,}")
_SECOND = re.compile(r"②|（2）|(?<=[；。])2[.、]|(?<=[；。])二是")


class TableReader:
    """Reads the rows of a task table in order and keeps what merged or left-out cells carry down."""

    def __init__(self, table: Table, context: Context, above: Sequence[str]) -> None:
        self.table = table
        self.context = context
        self.above = list(above)
        self.tasks: list[Task] = []
        self.rows: list[Row] = []
        self._path: dict[int, str] = {}
        self._given: dict[str, Healed] = {}
        self._paths, self.contents = self._columns()
        for row in table.rows:
            context.clock.check()
            self._row(row)

    def _columns(self) -> tuple[list[int], list[int]]:
        """Path and content columns. A short first content column beside a long one names the task: it is path."""
        contents = self.table.where("content", "project", "indicator")
        contents = [place for place in contents if self.table.columns[place].month is None] or contents
        if len(contents) == 1 and self._length(contents[0]) <= _NAME_MAX:
            contents += [place for place in self.table.where("value")[:1] if self._tells(place)]
        paths = self.table.where("path")
        if (
            len(contents) > 1
            and self._length(contents[0]) <= _NAME_MAX
            and (max(self._length(place) for place in contents[1:]) > 1.5 * self._length(contents[0]))
        ):
            paths, contents = [*paths, contents[0]], contents[1:]
        return paths, contents

    @property
    def names(self) -> list[int]:
        """Columns that say what a row is about: the last of its path where it has a name of its own, its content."""
        short = [place for place in self._paths if self.table.columns[place].role != "path"]
        return short or self.contents[:1]

    def _tells(self, place: int) -> bool:
        """True for a column of goals in words (完成修缮12万平方米), not in bare numbers."""
        cells = [self._text(row, place).norm for row in self.table.rows if place in row.cells]
        told = sum(_TOLD.match(cell) is not None for cell in cells)
        return told * 2 > len(cells)

    def _length(self, place: int) -> float:
        sizes = [measure(self._text(row, place).text) for row in self.table.rows if place in row.cells]
        return sum(sizes) / len(sizes) if sizes else 0.0

    def _text(self, row: Row, place: int, *, spaces: bool = False) -> Healed:
        return words(self.context.source, row.cells.get(place), spaces=spaces)

    def _row(self, row: Row) -> None:
        self._step_path(row)
        own: list[Healed] = []
        above: list[Healed] = []
        for place in self.contents:
            cell = row.cells.get(place)
            body = words(self.context.source, cell)
            if cell is not None and len(body):
                (own if self._begins(cell, row) else above).append(body)
        if not own:
            self._continue_or_share(row, above)
            return
        text = _unnumbered(joined(own))
        if self._is_rest(row, text):
            self._extend(text)
            return
        self._add(row, text, [body.text for body in above])

    def _begins(self, cell: Cell, row: Row) -> bool:
        return cell.row == row.index

    def _step_path(self, row: Row) -> None:
        for level, place in enumerate(self._paths):
            text = words(self.context.source, row.cells.get(place), spaces=True)
            if len(text):
                name = _unnumbered(text).text.replace(" ", "")
                if self._path.get(level) != name:
                    self._path = {kept: value for kept, value in self._path.items() if kept < level}
                    self._path[level] = name

    def _is_rest(self, row: Row, text: Healed) -> bool:
        """The rest of a row that a page break cut: no number, no owner, and the sentence before had not ended."""
        owners = any(len(self._text(row, place)) for place in self.table.where("serial", *_FILLED, "support"))
        return (
            bool(self.tasks)
            and not owners
            and not self.tasks[-1].text.value.endswith(("。", "；", "！"))
            and len(text) > 0
            and (bool(self.table.where("serial")))
        )

    def _extend(self, text: Healed) -> None:
        before = self.tasks[-1].text
        self.tasks[-1].text = type(before)(
            before.value + text.text, before.words + text.text, (*before.spans, *text.spans()), 0.85
        )

    def _continue_or_share(self, row: Row, above: list[Healed]) -> None:
        """A row without content of its own adds owners to the task above, where its content cell is merged with it."""
        if above and self.tasks:
            self._owners(self.tasks[-1], row, fill=False)

    def _add(self, row: Row, text: Healed, merged: list[str]) -> None:
        path = [
            *self.above,
            *([row.section] if row.section else []),
            *[self._path[level] for level in sorted(self._path)],
            *merged,
        ]
        task = Task(quoted(text, 0.97), path, origin="table", page=self.table.page, confidence=0.95)
        serial = "".join(self._text(row, place).norm for place in self.table.where("serial")[:1])
        task.label, task.number = serial, int(serial) if serial.isdecimal() and len(serial) < 6 else None
        self._owners(task, row, fill=True)
        self._months(task, row)
        if not task.departments and task.lead is None:
            self.context.ask("owner.missing", "this row of the table names no department", text)
        self.tasks.append(task)
        self.rows.append(row)

    def _owners(self, task: Task, row: Row, *, fill: bool) -> None:
        given = {
            name: [self._text(row, place, spaces=name in {"department", "support"}) for place in self.table.where(name)]
            for name in _OWNERS
        }
        bare = fill and not any(len(body) for name in ("department", "support", "lead") for body in given[name])
        for name in _OWNERS:
            bodies = [body for body in given[name] if len(body)]
            for body in bodies:
                give(task, name, body, self.context)
            if bodies:
                self._given[name] = bodies[0]
            elif name in self._given and self._carries(name, bare):
                self._carry(task, name)
            elif name == "support":
                self._given.pop(name, None)

    def _carries(self, name: str, bare: bool) -> bool:
        """Where the whole row lacks owners; and for a column before the content (月份 for several rows) always."""
        ahead = self.table.where(name)[:1] and self.table.where(name)[0] < min(self.contents, default=0)
        return bool(ahead) or (bare and (name in _FILLED or name == "support"))

    def _carry(self, task: Task, name: str) -> None:
        """An empty cell under a filled one stands for the cell above where the whole row lacks owners."""
        give(task, name, self._given[name], self.context)
        task.confidence = min(task.confidence, 0.7)

    def _months(self, task: Task, row: Row) -> None:
        """Columns such as 3月 hold a stage each; the last one dates a task without a deadline."""
        last: tuple[int, Healed] | None = None
        for place, column in enumerate(self.table.columns):
            body = self._text(row, place)
            if column.month is not None and len(body):
                task.notes[column.heading] = body.text
                last = column.month, body
        year = self.context.calendar.year
        if last is not None and task.deadline.rule == "none" and year is not None:
            chief = f"{year}-{last[0]:02d}"
            task.deadline = Deadline("month", quoted(last[1], 0.7), chief=chief, all=(chief,))


def _unnumbered(text: Healed) -> Healed:
    """Without the number in front, unless it begins a list that goes on inside the words."""
    found = label(text.norm)
    if found is not None and _SECOND.search(text.norm, found.length) is not None:
        return text
    return text[found.length :].stripped() if found is not None and found.length < len(text) else text
