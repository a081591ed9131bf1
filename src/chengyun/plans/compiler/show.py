"""The document on a terminal: what was found, and with `explain` the words behind each field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from chengyun.plans.compiler.document import Document
from chengyun.plans.compiler.model import Field, Party, Target, Task

_KINDS = {"target": "目标", "achievement": "成绩", "parameter": "参数", "fact": "现状", "candidate": "待定"}
_SIGNS = {">=": "≥", "<=": "≤"}
_SHOWN = 46


def show(document: Document, console: Console) -> None:
    """Prints the facts of the document, its tasks, its targets and how much was not understood."""
    meta = document.meta
    console.print(Text(meta.title.value if meta.title else "（未读出标题）", style="bold"))
    period = "—".join(dict.fromkeys(part for part in (meta.start, meta.end) if part))
    facts = (
        meta.number.value if meta.number else "",
        meta.date.value if meta.date else "",
        period,
        meta.kind,
        meta.status,
    )
    console.print(Text("  ".join(fact for fact in facts if fact), style="dim"))
    if document.tasks:
        console.print(_tasks(document))
    if document.targets:
        console.print(_targets(document))
    kinds = [target.kind for target in document.targets]
    told = "，".join(f"{name} {kinds.count(kind)}" for kind, name in _KINDS.items() if kind in kinds)
    counted = f"任务 {len(document.tasks)}；{told or '指标 0'}；项目 {len(document.projects)}"
    console.print(f"{counted}；未理解 {len(document.questions)}")
    for question in document.questions:
        console.print(Text(f"  ? {question.code}  {question.words.words[:60]}", style="yellow"))
    for warning in document.source.warnings:
        console.print(Text(f"  ! {warning}", style="yellow"))


def _tasks(document: Document) -> Table:
    table = Table(title="任务", show_lines=False)
    for head in ("#", "路径", "任务", "牵头", "责任部门", "配合部门", "时限"):
        table.add_column(head, overflow="fold")
    for index, task in enumerate(document.tasks, 1):
        table.add_row(str(task.number or index), task.path[-1] if task.path else "", _cut(task.text.value),
                      task.lead.value if task.lead else "", _names(task.departments), _names(task.supporting),
                      _due(task))  # fmt: skip
    return table


def _targets(document: Document) -> Table:
    table = Table(title="指标", show_lines=False)
    for head in ("类型", "对象", "值", "期限", "原文"):
        table.add_column(head, overflow="fold")
    for target in document.targets:
        kind, value, by = _KINDS.get(target.kind, target.kind), value_of(target), target.by or ""
        table.add_row(kind, _cut(target.object.value), value, by, _cut(target.text.words))
    return table


def _cut(text: str) -> Text:
    return Text(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def _names(parties: list[Party]) -> str:
    return "、".join(party.name.value for party in parties)


def _due(task: Task) -> str:
    due = task.deadline
    shown = due.chief or (due.words.words if due.words else "")
    return f"{shown}（早于印发）" if due.before_issue else shown


def value_of(target: Target) -> str:
    """The comparison as a person writes it: ≥ 95 %, 85–90 亿元, 参照 全市平均水平."""
    if target.value is None:
        return f"{target.comparator} {target.reference or target.placeholder or '?'}"
    value = f"{target.value:g}" + (f"–{target.value_max:g}" if target.value_max is not None else "")
    return f"{_SIGNS.get(target.comparator, target.comparator)} {value} {target.unit}".strip()


def explain(document: Document) -> Iterator[str]:
    """One line for each field of each task and target: its value, its words, where they stand, how sure it is."""
    for index, task in enumerate(document.tasks, 1):
        yield f"任务 {index}  {' › '.join(task.path)}"
        yield from _lines(document, _task_fields(task))
    for index, target in enumerate(document.targets, 1):
        yield f"{_KINDS.get(target.kind, target.kind)} {index}  {value_of(target)}  {target.by or ''}"
        yield from _lines(document, [("原文", target.text), ("对象", target.object), ("数值", target.number)])
        if target.question:
            yield f"    ? {target.question}"


def _task_fields(task: Task) -> list[tuple[str, Field[Any] | None]]:
    out: list[tuple[str, Field[Any] | None]] = [("任务", task.text), ("牵头", task.lead)]
    out += [("责任", party.name) for party in task.departments]
    out += [("配合", party.name) for party in task.supporting]
    return [*out, ("时限", task.deadline.words)]


def _lines(document: Document, fields: list[tuple[str, Field[Any] | None]]) -> Iterator[str]:
    for name, one in fields:
        if one is not None and one.spans:
            first, last = one.spans[0], one.spans[-1]
            checked = "✓" if document.verifies(one) else "✗"
            yield (f"    {name}  {one.words}  [{first.start}:{last.end}] 第{document.page_of(first)}页 "
                   f"{one.confidence:.2f} {checked}")  # fmt: skip
