"""Tasks: lists with filters, counts, the board, the Gantt chart, the wall map, one task."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, prefetch_related_objects

from chengyun.accounts.models import Department, Person
from chengyun.kernel.access import scope_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.files.queries import files_by_owner
from chengyun.kernel.journal.timeline import timeline
from chengyun.kernel.models import ScopedQuerySet
from chengyun.kernel.paging import Page, page
from chengyun.kernel.refusal import Invalid
from chengyun.kernel.search import matches
from chengyun.plans import around
from chengyun.plans.flow_table import ADJUSTMENT_FLOW, OPEN_STATES, REVIEW_STATES, RUNNING_STATES
from chengyun.plans.models import Adjustment, Party, Target, Task
from chengyun.plans.queries.seen import tasks_seen
from chengyun.plans.queries.shown import Names, standing, targets_shown, tasks_shown
from chengyun.plans.rights import Reach

SOON = timedelta(days=30)
MOST_SHOWN = 2_000
ORDERS = {
    "due": ("due_on", "id"), "-due": ("-due_on", "-id"), "document": ("document_id", "position", "id"),
    "progress": ("progress", "id"), "latest": ("-created_at", "-id"),
}  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What narrows a list of tasks; several words are separated by commas."""

    view: str = ""
    state: str = ""
    light: str = ""
    department: UUID | None = None
    document: UUID | None = None
    q: str = ""
    origin: str = ""
    year: int | None = None
    unplaced: bool = False


def _mine(actor: Actor, _today: date) -> Q:
    """Of the departments (or neighbourhoods) that the actor may answer for."""
    scope = scope_of(actor, "plans.consent")
    own = Party.objects.filter(task=OuterRef("pk")).filter(
        Q(department_id__in=scope.departments) | Q(area_id__in=scope.areas)
    )
    return Q(Exists(own))


def _to_consent(actor: Actor, _today: date) -> Q:
    scope = scope_of(actor, "plans.consent")
    asked = Party.objects.filter(task=OuterRef("pk"), consent=Party.Consent.ASKED).filter(
        Q(department_id__in=scope.departments) | Q(area_id__in=scope.areas)
    )
    return Q(Exists(asked), state="consulting")


def _late(_actor: Actor, today: date) -> Q:
    return Q(state="live", due_on__lt=today) & (Q(before_issue=False) | Q(due_confirmed=True))


VIEWS: dict[str, Callable[[Actor, date], Q]] = {
    "review": lambda _a, _t: Q(state="proposed"),
    "open": lambda _a, _t: Q(state__in=OPEN_STATES),
    "live": lambda _a, _t: Q(state__in=RUNNING_STATES),
    "mine": _mine,
    "to_consent": _to_consent,
    "objected": lambda _a, _t: Q(state="objected"),
    "to_approve": lambda _a, _t: Q(state__in=("consented", "objected")),
    "to_check": lambda _a, _t: Q(state__in=("done", "checked")),
    "late": _late,
    "soon": lambda _a, today: Q(state="live", due_on__range=(today, today + SOON)),
    "waiting_event": lambda _a, _t: Q(state="live", event_on=None) & ~Q(due_event=""),
    "gaps": lambda _a, _t: Q(origin="gap"),
}


def filtered(actor: Actor, filters: Filters) -> ScopedQuerySet[Task]:
    """The tasks that an actor may see and the filters leave; without a state, none that is not accepted."""
    rows = tasks_seen(actor)
    today = around.today(now())
    if filters.view:
        if filters.view not in VIEWS:
            raise Invalid("plans.no_view", f"view: one of {', '.join(VIEWS)}", field="view")
        rows = rows.filter(VIEWS[filters.view](actor, today))
    if filters.state:
        rows = rows.filter(state__in=filters.state.split(","))
    elif filters.view != "review":
        rows = rows.exclude(state__in=REVIEW_STATES)
    if filters.department:
        offices = Department.objects.as_system("a filter by department").filter(uuid=filters.department).values("pk")
        rows = rows.filter(Exists(Party.objects.filter(task=OuterRef("pk"), department_id__in=offices)))
    return _narrowed(rows, filters)


def _narrowed(rows: ScopedQuerySet[Task], filters: Filters) -> ScopedQuerySet[Task]:
    if filters.light:
        rows = rows.filter(light__in=filters.light.split(","))
    if filters.document:
        rows = rows.filter(document__uuid=filters.document)
    if filters.origin:
        rows = rows.filter(origin__in=filters.origin.split(","))
    if filters.year:
        rows = rows.filter(due_on__year=filters.year)
    if filters.unplaced:
        rows = rows.filter(minx=None)
    return rows.filter(uuid__in=matches("plan_task", filters.q)) if filters.q.strip() else rows


def tasks(actor: Actor, filters: Filters, order: str = "", cursor: str | None = None, limit: int = 50) -> Page[Task]:
    """A page of tasks. `order`: due (the default), -due, document, progress, latest."""
    name = order or "due"
    if name not in ORDERS:
        raise Invalid("plans.no_order", f"order: one of {', '.join(ORDERS)}", field="order")
    rows = filtered(actor, filters).select_related("document").prefetch_related("parties")
    return page(rows, ORDERS[name], cursor, limit)


def counts(actor: Actor, filters: Filters) -> dict[str, Any]:
    """How many tasks by state, light and department, and in each view. Five queries."""
    rows, today = filtered(actor, filters).order_by(), around.today(now())
    seen = tasks_seen(actor).order_by()
    views = {name: Count("pk", filter=rule(actor, today), distinct=True) for name, rule in VIEWS.items()}
    departments = dict(rows.values_list("department_id").annotate(n=Count("pk", distinct=True)))
    names = around.names_of_departments(departments)
    return {
        "states": dict(rows.values_list("state").annotate(n=Count("pk", distinct=True))),
        "lights": dict(
            rows.filter(state__in=RUNNING_STATES).values_list("light").annotate(n=Count("pk", distinct=True))
        ),
        "departments": [{"department": names.get(pk or 0), "count": n} for pk, n in departments.items()],
        "views": seen.aggregate(**views),
    }


def board(actor: Actor, filters: Filters, each: int = 50) -> dict[str, Any]:
    """看板: open tasks in columns by state, the first `each` of a column by date, with how many there are in all."""
    rows = filtered(actor, filters)
    totals = dict(rows.order_by().values_list("state").annotate(n=Count("pk", distinct=True)))
    chosen = Q(pk__in=[])
    for state in totals:
        chosen |= Q(pk__in=rows.filter(state=state).order_by("due_on", "id").values("pk")[:each])
    found = Task.objects.as_system("the first of each column, found through what one sees").filter(chosen)
    listed = found.select_related("document").prefetch_related("parties").order_by("due_on", "id") if totals else []
    shown = tasks_shown(actor, list(listed))
    return {
        "columns": [
            {"state": state, "total": n, "items": [row for row in shown if row["state"] == state]}
            for state, n in totals.items()
        ]
    }


def gantt(actor: Actor, filters: Filters) -> dict[str, Any]:
    """横道图: tasks that have a date, from start (else when they became live) to due, at most `MOST_SHOWN`."""
    rows = filtered(actor, filters).exclude(due_on=None).order_by("starts_on", "due_on", "id")
    listed = list(rows.select_related("document")[: MOST_SHOWN + 1])
    names = Names([task.department_id for task in listed])
    return {
        "more": len(listed) > MOST_SHOWN,
        "items": [
            {
                "id": task.uuid, "title": task.title, "state": task.state, "light": task.light, "due_on": task.due_on,
                "starts_on": task.starts_on or _began(task), "progress": task.progress, **standing(task),
                "department": names.department(task.department_id),
                "document": {"id": task.document.uuid, "title": task.document.title} if task.document else None,
            }
            for task in listed[:MOST_SHOWN]
        ],
    }  # fmt: skip


def _began(task: Task) -> date | None:
    if task.document is not None and task.document.starts_on is not None:
        return min(task.document.starts_on, task.due_on or task.document.starts_on)
    return around.today(task.live_at) if task.live_at else None


def on_map(actor: Actor, filters: Filters) -> dict[str, Any]:
    """挂图作战: tasks that have a place as GeoJSON, at most `MOST_SHOWN`, and how many have none."""
    rows = filtered(actor, filters)
    placed = list(rows.exclude(minx=None).order_by("id")[: MOST_SHOWN + 1])
    names = Names([task.department_id for task in placed])
    features = [
        {
            "type": "Feature", "id": str(task.uuid),
            "geometry": {"type": "Point", "coordinates": [task.minx, task.miny]},
            "properties": {
                "title": task.title, "state": task.state, "light": task.light, **standing(task),
                "due_on": task.due_on.isoformat() if task.due_on else None,
                "department": (names.department(task.department_id) or {}).get("name"),
            },
        }
        for task in placed[:MOST_SHOWN]
    ]  # fmt: skip
    return {
        "type": "FeatureCollection", "features": features, "more": len(placed) > MOST_SHOWN,
        "unplaced": rows.filter(minx=None).count(),
    }  # fmt: skip


def task_detail(actor: Actor, task: Task) -> dict[str, Any]:
    """The page of a task: its targets, shares, files, adjustments and ties. At most ten queries beside finding it."""
    targets = Target.objects.as_system("targets of a task that one sees").filter(task=task).exclude(state="incoming")
    adjustments = Adjustment.objects.as_system("changes of a task that one sees").filter(task=task)
    shares = list(task.shares.order_by("year", "id"))
    names = Names([share.department_id for share in shares])
    return tasks_shown(actor, [task], review=True)[0] | {
        "clause": {"label": task.clause.label, "title": task.clause.title, "path": task.clause.path}
        if task.clause else None,
        "targets": targets_shown(actor, list(targets.select_related("document", "task").order_by("position", "id"))),
        "shares": [share_shown(share, names) for share in shares],
        "files": [
            {"id": f.uuid, "mime": f.mime, "size": f.size, "created_at": f.created_at}
            for f in files_by_owner("plan_task", [task.uuid]).get(task.uuid, [])
        ],
        "adjustments": adjustments_shown(actor, list(adjustments.select_related("task").order_by("-id"))),
        "done_at": task.done_at, "checked_at": task.checked_at, "closed_at": task.closed_at, "live_at": task.live_at,
        "reopenings": task.reopenings,
    }  # fmt: skip


def share_shown(share: Any, names: Names) -> dict[str, Any]:
    """One share of a decomposition."""
    return {
        "id": share.uuid, "year": share.year, "area": share.area_id, "value": share.value, "label": share.label,
        "department": names.department(share.department_id),
    }  # fmt: skip


def adjustments_shown(actor: Actor, rows: Sequence[Adjustment]) -> list[dict[str, Any]]:
    """Adjustments with old and new values and what departments said. Two queries, however many."""
    prefetch_related_objects(rows, "task__parties")
    names, reach = Names([int(key) for row in rows for key in row.answers]), Reach(actor)
    return [_adjustment(row, names, reach) for row in rows]


def _adjustment(row: Adjustment, names: Names, reach: Reach) -> dict[str, Any]:
    plain = ("version", "state", "changes", "reason", "due_at", "asked_at", "decided_at")
    return {name: getattr(row, name) for name in plain} | {
        "answers": [{"department": names.department(int(key)), **said} for key, said in row.answers.items()],
        "id": row.uuid, "task": {"id": row.task.uuid, "title": row.task.title},
        "verbs": reach.adjustment_verbs(row, ADJUSTMENT_FLOW),
    }  # fmt: skip


def history(task: Any) -> list[dict[str, Any]]:
    """Everything that happened to an item, from the journal, with who did it. Three queries."""
    moments = timeline(task, lambda _purpose, text: text)
    ids = {m.actor_id for m in moments if m.actor_kind == "person"}
    rows = Person.objects.as_system("who acted on an item that one sees").filter(uuid__in=ids)
    names = {str(uuid): (name, office) for uuid, name, office in rows.values_list("uuid", "name", "department__name")}
    return [
        {
            "event": m.event, "happened_at": m.happened_at, "facts": m.facts, "texts": m.texts,
            "actor": {
                "kind": m.actor_kind, "id": m.actor_id, "name": names.get(m.actor_id, ("", None))[0],
                "department": names.get(m.actor_id, ("", None))[1],
            },
        }
        for m in moments
    ]  # fmt: skip
