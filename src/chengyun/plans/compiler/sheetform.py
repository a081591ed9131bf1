"""The document as an Excel workbook: tasks, targets, projects and open questions, each with its words and page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from chengyun.plans.compiler.document import Document
from chengyun.plans.compiler.model import Field, Party, Target
from chengyun.plans.compiler.wording import named

# Control characters that a workbook cannot hold.
_BARRED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_000
_TASKS = (
    "序号",
    "路径",
    "任务",
    "牵头领导",
    "责任部门",
    "配合部门",
    "开始",
    "完成时限",
    "时限原文",
    "来源",
    "页",
    "置信度",
    "原文位置",
)
_TARGETS = (
    "类型",
    "对象",
    "指标",
    "比较",
    "数值",
    "上限",
    "单位",
    "折算值",
    "折算单位",
    "期限",
    "频次",
    "基期",
    "参照",
    "待确认",
    "原文",
    "页",
    "置信度",
)
_PROJECTS = ("名称", "类别", "内容", "阶段", "页")
_QUESTIONS = ("代码", "说明", "原文", "页")
_WIDTHS = {
    "任务": 60,
    "路径": 32,
    "原文": 50,
    "责任部门": 24,
    "配合部门": 24,
    "指标": 32,
    "对象": 28,
    "说明": 40,
    "内容": 60,
    "名称": 30,
}


def write_xlsx(document: Document, path: Path) -> None:
    """Writes four sheets. Texts stay texts: a value that begins with = is no formula."""
    book = Workbook(write_only=True)
    _sheet(book, "任务", _TASKS, _tasks(document))
    _sheet(book, "指标", _TARGETS, _targets(document))
    _sheet(book, "项目", _PROJECTS, _projects(document))
    _sheet(book, "未理解", _QUESTIONS, _questions(document))
    book.save(path)


def _sheet(book: Workbook, title: str, heads: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(head, 12)
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if isinstance(value, str):
        value = _BARRED.sub("", value)[:_LONGEST]
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _page(document: Document, one: Field[Any]) -> int | None:
    return document.page_of(one.spans[0]) if one.spans else None


def _names(parties: Sequence[Party]) -> str:
    return "、".join(party.name.value for party in parties)


def _tasks(document: Document) -> Iterator[Sequence[Any]]:
    for index, task in enumerate(document.tasks, 1):
        due = task.deadline
        yield (task.number or index, " › ".join(task.path), task.text.value, task.lead.value if task.lead else "",
               _names(task.departments), _names(task.supporting), due.start or "", due.chief or "",
               due.words.words if due.words else "", named(task.origin, "zh"), _page(document, task.text),
               task.confidence, " ".join(f"{span.start}-{span.end}" for span in task.text.spans))  # fmt: skip


def _targets(document: Document) -> Iterator[Sequence[Any]]:
    for target in document.targets:
        yield (named(target.kind, "zh"), target.object.value, target.indicator, target.comparator,
               target.value, target.value_max, target.unit, target.norm_value, target.norm_unit,
               target.by or "", target.recurrence or "",
               _baseline(target), target.reference, target.question, target.text.words, _page(document, target.text),
               target.confidence)  # fmt: skip


def _baseline(target: Target) -> str:
    return "" if target.baseline is None else f"{target.baseline:g}{target.baseline_unit}"


def _projects(document: Document) -> Iterator[Sequence[Any]]:
    for project in document.projects:
        told = [one.text.words for one in project.parameters] + [
            f"{name}：{text}" for name, text in project.cells.items()
        ]
        steps = [f"{stage.name.value} {stage.due or stage.event or ''}".strip() for stage in project.stages]
        yield project.name.value, project.category, "；".join(told), "；".join(steps), _page(document, project.name)


def _questions(document: Document) -> Iterator[Sequence[Any]]:
    for question in document.questions:
        yield named(question.code, "zh"), question.detail, question.words.words, _page(document, question.words)
