"""The document on a terminal: what was found, and with `explain` the words behind each field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from chengyun.plans.compiler.document import Document
from chengyun.plans.compiler.model import Field, Party, Target, Task
from chengyun.plans.compiler.wording import WORDS, matter, named, remark

_KINDS = ("target", "achievement", "parameter", "fact", "candidate")
_SIGNS = {">=": "≥", "<=": "≤"}
_SHOWN = 46
_ROWS = 400  # of a table on a terminal; files hold all
_TASK_COLUMNS = (("path", 3), ("task", 7), ("lead", 0), ("department", 3), ("support", 3), ("due", 0))
_TARGET_COLUMNS = (("kind", 0), ("object", 4), ("value", 3), ("by", 0), ("words", 5))


def show(document: Document, console: Console, language: str = "zh") -> None:
    """Prints the facts of the document, its tasks, its targets and how much was not understood."""
    words = WORDS[language]
    meta = document.meta
    console.print(Text(meta.title.value if meta.title else words["untitled"], style="bold"))
    number, date = (one.value if one else "" for one in (meta.number, meta.date))
    period = "—".join(dict.fromkeys(part for part in (meta.start, meta.end) if part))
    facts = (number, date, period, named(meta.kind, language), named(meta.status, language))
    console.print(Text("  ".join(fact for fact in facts if fact), style="dim"))
    if document.tasks:
        console.print(_tasks(document, words))
    if document.targets:
        console.print(_targets(document, words))
    kinds = [target.kind for target in document.targets]
    counted = [(words["task"], len(document.tasks)), *((words[kind], kinds.count(kind)) for kind in _KINDS)]
    counted += [(words["project"], len(document.projects)), (words["question"], len(document.questions))]
    console.print(Text("  ".join(f"{name} {count}" for name, count in counted)))
    for question in document.questions:
        code = named(question.code, language)
        page = words["page"].format(document.page_of(question.words.spans[0])) if question.words.spans else ""
        console.print(Text(f"  ? {code}  {page}  {question.words.words[:60]}", style="yellow"))
    for warning in document.source.warnings:
        console.print(Text(f"  ! {remark(warning, language)}", style="yellow"))


def _tasks(document: Document, words: dict[str, str]) -> Table:
    """The columns that hold something."""
    rows = [
        (str(task.number or index), _above(task), task.text.value, task.lead.value if task.lead else "",
         _names(task.departments), _names(task.supporting), _due(task, words))
        for index, task in enumerate(document.tasks, 1)
    ]  # fmt: skip
    heads = ("#", *(words[key] for key, _ in _TASK_COLUMNS))
    kept = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    table = Table(title=words["task"], expand=True)
    for place in kept:
        ratio = _TASK_COLUMNS[place - 1][1] if place else 0
        _column(table, heads[place], ratio)
    for row in rows[:_ROWS]:
        table.add_row(*(_cut(row[place]) for place in kept))
    table.caption = _rest(len(rows), words)
    return table


def _rest(count: int, words: dict[str, str]) -> str | None:
    """What a long table says below its last row."""
    return words["more"].format(count - _ROWS) if count > _ROWS else None


def _column(table: Table, head: str, ratio: int) -> None:
    """A column with a share of the line, or for what should not be broken (a date, a name) its own width in bounds."""
    if ratio:
        table.add_column(head, overflow="fold", ratio=ratio)
    else:
        table.add_column(head, overflow="fold", min_width=2, max_width=12)


def _above(task: Task) -> str:
    """The last heading above a task; its own title stands in its words already."""
    steps = [step for step in task.path if task.title is None or step != task.title.value]
    return steps[-1] if steps else ""


def _targets(document: Document, words: dict[str, str]) -> Table:
    table = Table(title=words["targets"], expand=True)
    for key, ratio in _TARGET_COLUMNS:
        _column(table, words[key], ratio)
    table.caption = _rest(len(document.targets), words)
    for target in document.targets[:_ROWS]:
        cells = (words[target.kind], target.object.value, value_of(target), target.by or "", target.text.words)
        table.add_row(*map(_cut, cells))
    return table


def _cut(text: str) -> Text:
    return Text(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def _names(parties: list[Party]) -> str:
    return "、".join(party.name.value for party in parties)


def _due(task: Task, words: dict[str, str]) -> str:
    due = task.deadline
    shown = due.chief or (due.words.words if due.words else "")
    return shown + words["early"] if due.before_issue else shown


def value_of(target: Target) -> str:
    """The comparison as a person writes it: ≥ 95 %, 85–90 亿元, 参照 全市平均水平."""
    sign = _SIGNS.get(target.comparator, target.comparator)
    if target.value is None:
        return f"{sign} {target.reference or target.placeholder or '?'}"
    value = f"{target.value:g}" + (f"–{target.value_max:g}" if target.value_max is not None else "")
    return f"{sign} {value} {target.unit}".strip()


def explain(document: Document, language: str = "zh") -> Iterator[str]:
    """One line for each field of each task and target: its value, its words, where they stand, how sure it is."""
    words = WORDS[language]
    for index, task in enumerate(document.tasks, 1):
        yield f"{words['task']} {index}  {' › '.join(task.path)}"
        yield from _lines(document, _task_fields(task), words)
    for index, target in enumerate(document.targets, 1):
        yield f"{words[target.kind]} {index}  {value_of(target)}  {target.by or ''}"
        told = [("words", target.text), ("object", target.object), ("number", target.number)]
        yield from _lines(document, told, words)
        if target.question:
            yield f"    ? {matter(target, language)}"


def _task_fields(task: Task) -> list[tuple[str, Field[Any] | None]]:
    out: list[tuple[str, Field[Any] | None]] = [("task", task.text), ("lead", task.lead)]
    out += [("department", party.name) for party in task.departments]
    out += [("support", party.name) for party in task.supporting]
    return [*out, ("due", task.deadline.words)]


def _lines(document: Document, fields: list[tuple[str, Field[Any] | None]], words: dict[str, str]) -> Iterator[str]:
    for name, one in fields:
        if one is not None and one.spans:
            first, last = one.spans[0], one.spans[-1]
            checked = "✓" if document.verifies(one) else "✗"
            page = words["page"].format(document.page_of(first))
            yield f"    {words[name]}  {one.words}  [{first.start}:{last.end}] {page} {one.confidence:.2f} {checked}"
