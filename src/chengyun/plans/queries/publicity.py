"""What a town shows everybody of a plan and its progress: no names, no posts, no internal words, no reasons."""

import io
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from chengyun.kernel.access import found, require
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.tables import cell, plain_text
from chengyun.places.models import Town
from chengyun.plans import around
from chengyun.plans.models import Document, Party, Project, Publication, Target, Task
from chengyun.plans.queries.drafting import latest_actuals
from chengyun.plans.queries.shown import standing
from chengyun.plans.rules.publicity import PUBLIC_LIGHT, without_internal_words
from chengyun.plans.rules.wording import words

EXECUTED = ("live", "done", "checked", "closed")


def public_content(document: Document) -> dict[str, Any]:
    """What is public of a document, as plain values; frozen in the publication. Seven queries."""
    tasks = list(_of(Task, document).order_by("position", "id"))
    targets = list(_of(Target, document).filter(kind="target", value__isnull=False).order_by("position", "id"))
    projects = list(_of(Project, document).order_by("position", "id"))
    names = _departments(tasks, projects)
    actual = latest_actuals([t.pk for t in targets], around.today(now()))
    town = Town.objects.as_system("the name on a public page").get(pk=document.town_id)
    return {
        "town": town.name, "title": document.title, "number": document.number, "issuer": document.issuer,
        "dated": document.dated.isoformat() if document.dated else None, "as_of": around.today(now()).isoformat(),
        "tasks": [_task(t, names) for t in tasks],
        "targets": [_target(t, actual.get(t.pk)) for t in targets],
        "projects": [_project(p, names) for p in projects],
    }  # fmt: skip


def preview_of(actor: Actor, document: Document) -> dict[str, Any]:
    """What would be public of a document if it were published now, for those who may publish it."""
    require(actor, "plans.publish", at=document)
    content = public_content(document)
    return content | {"tasks": [row | {"name": row["title"]} for row in content["tasks"]]}


def _of(model: Any, document: Document) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.as_system("made public")
    return rows.filter(document=document, state__in=EXECUTED)


def _departments(tasks: list[Task], projects: list[Project]) -> dict[int, str]:
    ids = {t.department_id for t in tasks} | {p.department_id for p in projects}
    ids |= set(Party.objects.filter(task__in=tasks, role="lead").values_list("department_id", flat=True))
    return {pk: row["name"] for pk, row in around.names_of_departments(ids).items()}


def _task(task: Task, names: dict[int, str]) -> dict[str, Any]:
    done = task.state != "live"
    return {
        "title": without_internal_words(task.title), "department": names.get(task.department_id or 0, ""),
        "due": _month(task.due_on), "progress": 100 if done else standing(task)["done"],
        "state": "done" if done else PUBLIC_LIGHT[task.light],
    }  # fmt: skip


def _target(target: Target, actual: float | None) -> dict[str, Any]:
    return {
        "object": without_internal_words(target.object), "comparator": target.comparator, "value": target.value,
        "value_max": target.value_max, "unit": target.unit, "actual": actual, "by": _month(target.by_on),
        "state": "pending" if actual is None else PUBLIC_LIGHT[target.light],
    }  # fmt: skip


def _project(project: Project, names: dict[int, str]) -> dict[str, Any]:
    value = project.light_why.get("value")
    done = project.state == "closed" or value == 100.0
    return {
        "name": without_internal_words(project.name), "department": names.get(project.department_id or 0, ""),
        "due": _month(project.due_on), "progress": round(value or 0),
        "state": "done" if done else PUBLIC_LIGHT[project.light],
    }  # fmt: skip


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def published() -> QuerySet[Publication]:
    """What is public now, the latest first: for everybody, without an account."""
    rows = Publication.objects.as_system("public pages show what was published")
    return rows.filter(state="published").order_by("-published_at", "-id")


def published_one(uuid: UUID) -> Publication:
    """One publication that is public now. Raises NotFound."""
    return found(published().filter(uuid=uuid).first(), "publication")


def workbook_of(publication: Publication) -> bytes:
    """A publication as an Excel file."""
    book = Workbook()
    book.remove(book.active)
    content = publication.content
    for kind, words_of in words()["public"]["sheets"].items():
        sheet = book.create_sheet(words_of["title"])
        head = words_of["head"]
        sheet.append([plain_text(publication.title)])
        sheet.append(head)
        for number, row in enumerate(content[kind], 1):
            sheet.append([number, *(cell(value) for value in _row(kind, row))])
        _style(sheet, len(head))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _row(kind: str, row: dict[str, Any]) -> list[Any]:
    state = words()["public"]["states"][row["state"]]
    if kind == "targets":
        upper = f"-{row['value_max']:g}" if row["value_max"] is not None else ""
        return [row["object"], f"{row['comparator']}{row['value']:g}{upper}", row["actual"], row["unit"], state]
    name = row["title"] if kind == "tasks" else row["name"]
    return [name, row["department"], row["due"], f"{row['progress']}%", state]


def _style(sheet: Any, columns: int) -> None:
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=14), Alignment(horizontal="center")
    for heading in sheet[2]:
        heading.font = Font(bold=True)
    for letter, width in zip("ABCDEF", (6, 60, 22, 14, 12, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A3"
