"""Reports, orders, findings, look-backs, meetings, assessments, titles, funds, evaluations: lists and single ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q

from chengyun.accounts.models import Department
from chengyun.kernel.access import Scope, found, scope_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.models import ScopedQuerySet, Subject
from chengyun.kernel.paging import Page, page
from chengyun.plans import around
from chengyun.plans.models import (
    AssessedFigure,
    Assessment,
    AssessmentScheme,
    Budget,
    Evaluation,
    Finding,
    Group,
    LightBook,
    LookBack,
    Meeting,
    MonthlyReport,
    Order,
    Publication,
    Reminder,
    Title,
)
from chengyun.plans.rights import at_office
from chengyun.plans.supervision_table import FLOWS

M = TypeVar("M", bound=Model)
READ = "plans.read"


@dataclass(frozen=True)
class View:
    """How one kind is listed: its columns as they are, what it refers to, the order, and what is open to the town.

    `waiting`: the states in which an answer is waited for until `due_on`; past it the row is late from then on.
    """

    model: type[Any]
    fields: tuple[str, ...]
    refs: tuple[str, ...] = ()
    order: tuple[str, ...] = ("-id",)
    open: Q | None = None
    waiting: tuple[str, ...] = ()


VIEWS = {
    "reports": View(
        MonthlyReport,
        ("month", "state", "due_at", "drafted_at", "confirmed_at", "consolidated_at", "checked_at", "late", "returns",
         "reminded", "summary"), order=("-month", "department_id", "id"),
    ),
    "orders": View(
        Order,
        ("number", "colour", "cause", "title", "demand", "instruction", "state", "issued_at", "due_on", "signed_at",
         "replied_at", "reviewed_at", "cleared_at", "reply", "late", "reworks", "reopenings"),
        ("task", "target", "project", "finding"), ("-issued_at", "-id"), waiting=("issued", "signed", "handling"),
    ),
    "findings": View(
        Finding,
        ("severity", "found_on", "address", "text", "answer", "due_on", "state", "rectified_at", "closed_at"),
        ("task", "project"), ("-found_on", "-id"),
    ),
    "look_backs": View(
        LookBack, ("planned_on", "state", "looked_on", "text"), ("order", "task"), ("planned_on", "id")
    ),
    "reminders": View(
        Reminder, ("cause", "days", "text", "sent_at"), ("task", "report", "order"), ("-sent_at", "-id")
    ),
    "groups": View(Group, ("kind", "name", "duties", "starts_on", "ends_on", "state"), ("document",), open=Q()),
    "meetings": View(
        Meeting, ("number", "title", "held_on", "room", "state", "present", "issued_at"), ("group",),
        ("-held_on", "-id"), Q(state="issued"),
    ),
    "schemes": View(
        AssessmentScheme, ("name", "number", "text", "full", "state", "published_at"), (), ("name", "-number", "id"),
        Q(state__in=["published", "retired"]),
    ),
    "assessments": View(
        Assessment, ("title", "first", "last", "state", "run_at", "published_at"), ("scheme",), ("-last", "-id"),
        Q(state="published"),
    ),
    "figures": View(AssessedFigure, ("name", "day", "value", "basis", "made_at", "made_by"), (), ("-day", "-id")),
    "titles": View(
        Title,
        ("name", "level", "awarded_by", "state", "due_on", "review_on", "review_months", "moments", "note"),
        ("target",),
    ),
    "budgets": View(
        Budget, ("year", "source", "amount", "basis", "state"), ("project", "task"), ("-year", "id")
    ),
    "evaluations": View(
        Evaluation, ("kind", "title", "as_of", "state", "made_at", "frozen_at", "file"), ("document",),
        ("-as_of", "-id"), Q(state="frozen"),
    ),
    "publications": View(
        Publication, ("title", "state", "published_at", "withdrawn_at"), ("document",), ("-published_at", "-id"), Q()
    ),
    "light_books": View(LightBook, ("number", "since", "body", "made_by"), (), ("-number", "-id"), Q()),
}  # fmt: skip
_LABELS = {
    "task": "title", "target": "object", "project": "name", "finding": "text", "order": "title", "document": "title",
    "group": "name", "scheme": "name", "report": "month",
}  # fmt: skip
LABEL = 80


def seen(actor: Actor, view: str) -> ScopedQuerySet[Any]:
    """The rows of a kind that an actor may see: where his grant reaches, and what is open to everyone of his town."""
    shape = VIEWS[view]
    rows: ScopedQuerySet[Any] = shape.model.objects.within(actor, READ)
    scope, home = scope_of(actor, READ), getattr(actor, "town_id", None)
    besides = Q()
    if shape.open is not None and home is not None and not scope.empty:
        besides |= Q(town_id=home) & shape.open
    if scope.areas and hasattr(shape.model, "department_id"):
        besides |= Q(department_id__in=around.departments_of_areas(scope.areas))
    if scope.everything or not besides:
        return rows
    everyone: ScopedQuerySet[Any] = shape.model.objects.as_system("open to the town, or of one's own neighbourhood")
    return everyone.filter(Q(pk__in=rows.order_by().values("pk")) | besides)


def one(actor: Actor, view: str, uuid: UUID) -> Any:
    """One row of a kind that the actor may see. Raises NotFound."""
    return found(seen(actor, view).filter(uuid=uuid).select_related(*VIEWS[view].refs).first(), view)


@dataclass(frozen=True)
class Asked:
    """What narrows a list: states and the department (by commas), words, a task, a year; and the page."""

    state: str = ""
    department: UUID | None = None
    task: UUID | None = None
    extra: Q | None = None
    cursor: str | None = None
    limit: int = 50


def listed(actor: Actor, view: str, asked: Asked) -> dict[str, Any]:
    """A page of a kind as it is sent."""
    shape, rows = VIEWS[view], seen(actor, view)
    if asked.state:
        rows = rows.filter(state__in=asked.state.split(","))
    if asked.department is not None:
        offices = Department.objects.as_system("the department asked for").filter(uuid=asked.department)
        rows = rows.filter(department_id__in=offices.values("pk"))
    if asked.task is not None:
        rows = rows.filter(task__uuid=asked.task)
    if asked.extra is not None:
        rows = rows.filter(asked.extra)
    found_page: Page[Any] = page(rows.select_related(*shape.refs), shape.order, asked.cursor, asked.limit)
    return {
        "items": shown(actor, view, found_page.items), "next": found_page.next, "total": found_page.total,
        "more": found_page.more,
    }  # fmt: skip


def shown(actor: Actor, view: str, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as they are sent, with names and the verbs that the actor may take now. At most five queries."""
    shape, hand = VIEWS[view], Hand(actor)
    departments = around.names_of_departments(getattr(row, "department_id", None) for row in rows)
    posts = around.posts_by_id(_posts(rows))
    people = around.names_of_people(row.made_by for row in rows if "made_by" in shape.fields)
    sent, today = [], around.today(now())
    for row in rows:
        values: dict[str, Any] = {name: getattr(row, name) for name in shape.fields}
        values |= {name: ref(getattr(row, name), name) for name in shape.refs}
        values |= {"id": row.uuid, "version": row.version, "verbs": hand.verbs(row)}
        if _is_late(shape, row, today):
            values["late"] = True
        if hasattr(row, "department_id"):
            values["department"] = departments.get(row.department_id)
        for name in ("post", "leader_post"):
            if hasattr(row, f"{name}_id"):
                values[name] = posts.get(getattr(row, f"{name}_id"))
        if "made_by" in values:
            values["made_by"] = people.get(row.made_by, "")
        if hasattr(row, "minx"):
            values["point"] = None if row.minx is None else (row.minx, row.miny)
        sent.append(values)
    return sent


def _is_late(shape: View, row: Any, today: date) -> bool:
    """Whether the day passed on which a row should have been answered."""
    return bool(shape.waiting) and row.state in shape.waiting and row.due_on < today


def _posts(rows: Iterable[Any]) -> list[int | None]:
    return [getattr(row, name, None) for row in rows for name in ("post_id", "leader_post_id")]


def ref(row: Any, name: str) -> dict[str, Any] | None:
    """Something referred to: its id and what it is called."""
    if row is None:
        return None
    light = {"light": row.light} if hasattr(row, "light") else {}
    return {"id": row.uuid, "name": str(getattr(row, _LABELS[name]))[:LABEL]} | light


class Hand:
    """Which verbs an actor may take, asked for many rows: scopes and departments are looked up once."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._scopes: dict[str, Scope] = {}
        self._offices: dict[int, Department] | None = None

    def verbs(self, row: Subject) -> list[dict[str, Any]]:
        """The verbs of a row as buttons are drawn from them."""
        flow = FLOWS.get(row.subject_kind)
        if flow is None:
            return []
        return [
            {"name": verb.name, "needs": list(verb.needs), "optional": list(verb.optional)}
            for verb in flow.offered(row.state)  # type: ignore[attr-defined]  # whatever has a flow has a state
            if self.may(verb.may, row)
        ]

    def may(self, permission: str, row: Any) -> bool:
        """Whether the actor has the permission at the row."""
        if permission not in self._scopes:
            self._scopes[permission] = scope_of(self.actor, permission)
        scope = self._scopes[permission]
        if scope.empty:
            return False
        department = getattr(row, "department_id", None)
        if permission != "plans.report" or department is None:
            return scope.holds(row.where())
        return scope.holds(at_office(row.town_id, self.office(row.town_id, department)))

    def office(self, town: int, department: int) -> Department | None:
        """A department, all of the town read once."""
        if self._offices is None:
            self._offices = {d.pk: d for d in around.departments(town)}
        return self._offices.get(department)
