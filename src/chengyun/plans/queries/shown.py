"""How items are sent: rows of lists and pages, with names looked up once for all of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.plans import around
from chengyun.plans.models import Party, Project, Target, Task
from chengyun.plans.queries.live import live_shown, live_values
from chengyun.plans.rights import Reach


class Names:
    """Departments and posts of a page of items: two queries, however many items."""

    def __init__(self, departments: Iterable[int | None], posts: Iterable[int | None] = ()) -> None:
        self.departments = around.names_of_departments(departments)
        wanted = {post for post in posts if post is not None}
        self.posts = around.posts_by_id(wanted) if wanted else {}

    def department(self, pk: int | None) -> dict[str, Any] | None:
        """A department as it is shown."""
        return self.departments.get(pk) if pk is not None else None


def tasks_shown(actor: Actor, tasks: Sequence[Task], *, review: bool = False) -> list[dict[str, Any]]:
    """Rows of tasks, whose parties and documents were read before. `review`: with the words behind every field."""
    parties = [p for task in tasks for p in task.parties.all()]
    names = Names(
        [p.department_id for p in parties] + [t.department_id for t in tasks], [t.lead_post_id for t in tasks]
    )
    reach, today = Reach(actor), around.today(now())
    rows = [_task(task, names, today) | {"verbs": reach.verbs(task)} for task in tasks]
    if review:
        for row, task in zip(rows, tasks, strict=True):
            row |= reviewed(task) | {"notes": task.notes}
    return rows


def standing(task: Task) -> dict[str, Any]:
    """How far a task is, in percent: as records count it where they do, else as reported; and where it should be."""
    told = task.light_why if task.state == "live" else {}
    value, expected = told.get("value"), told.get("expected")
    return {
        "done": task.progress if value is None else round(min(max(value, 0.0), 100.0)),
        "expected": None if expected is None else round(min(max(expected, 0.0), 100.0)),
        "counted": value is not None and bool(told.get("counted")),
    }


def _task(task: Task, names: Names, today: date) -> dict[str, Any]:
    parties = sorted(task.parties.all(), key=lambda p: (p.position, p.pk))
    plain = (
        "version", "label", "number", "path", "title", "text", "state", "origin", "lead_words", "starts_on", "due_on",
        "due_rule", "due_words", "due_dates", "due_event", "due_months", "event_on", "recurrence", "before_issue",
        "due_confirmed", "address", "progress", "consent_due_at", "light", "light_why", "gap",
    )  # fmt: skip
    return {name: getattr(task, name) for name in plain} | standing(task) | {
        "id": task.uuid, "kind": "task",
        "document": {"id": task.document.uuid, "title": task.document.title} if task.document else None,
        "department": names.department(task.department_id),
        "lead_post": names.posts.get(task.lead_post_id or 0),
        "parties": [party_shown(party, names) for party in parties],
        "point": None if task.minx is None else (task.minx, task.miny),
        "late": is_late(task, today),
    }  # fmt: skip


def is_late(task: Task, today: date) -> bool:
    """Whether a live task is past its date; a date before the document's own is not held against it unconfirmed."""
    unsure = task.before_issue and not task.due_confirmed
    return task.state == "live" and task.due_on is not None and task.due_on < today and not unsure


def party_shown(party: Party, names: Names) -> dict[str, Any]:
    """A unit of a task."""
    plain = (
        "words", "role", "inferred", "generic", "question", "spans", "consent", "reason", "answered_at",
    )  # fmt: skip
    return {name: getattr(party, name) for name in plain} | {
        "id": party.uuid,
        "department": names.department(party.department_id),
    }


def reviewed(item: Any) -> dict[str, Any]:
    """What the review screen needs beside the fields: where it stands, the words behind, what was corrected."""
    plain = ("reading", "position", "page", "spans", "at", "confidence", "evidence", "corrected", "accepted_at")
    return {name: getattr(item, name) for name in plain}


def targets_shown(actor: Actor, targets: Sequence[Target], *, review: bool = False) -> list[dict[str, Any]]:
    """Rows of targets, whose tasks and documents were read before."""
    names, reach, live = Names([t.department_id for t in targets]), Reach(actor), live_values(targets)
    rows = [
        _target(target, names) | {"live": live_shown(target, live), "verbs": reach.verbs(target)} for target in targets
    ]
    if review:
        for row, target in zip(rows, targets, strict=True):
            row |= reviewed(target)
    return rows


def _target(target: Target, names: Names) -> dict[str, Any]:
    plain = (
        "version", "object", "indicator", "text", "comparator", "value", "value_max", "unit", "norm_value", "norm_max",
        "norm_unit", "by_on", "by_words", "from_on", "recurrence", "floor", "baseline", "baseline_unit", "reference",
        "question", "ascending", "aggregation", "binding", "indicator_code", "state", "origin", "light", "light_why",
    )  # fmt: skip
    return {name: getattr(target, name) for name in plain} | {
        "id": target.uuid, "kind": "target", "sort": target.kind,
        "document": {"id": target.document.uuid, "title": target.document.title} if target.document else None,
        "task": {"id": target.task.uuid, "title": target.task.title} if target.task else None,
        "department": names.department(target.department_id),
    }  # fmt: skip


def projects_shown(actor: Actor, projects: Sequence[Project], *, review: bool = False) -> list[dict[str, Any]]:
    """Rows of projects, whose stages and documents were read before."""
    names, reach = Names([p.department_id for p in projects]), Reach(actor)
    rows = [_project(project, names) | {"verbs": reach.verbs(project)} for project in projects]
    if review:
        for row, project in zip(rows, projects, strict=True):
            row |= reviewed(project)
    return rows


def _project(project: Project, names: Names) -> dict[str, Any]:
    plain = (
        "version", "name", "category", "box", "cells", "address", "state", "origin", "starts_on", "due_on",
        "investment", "light", "light_why",
    )  # fmt: skip
    stages = sorted(project.stages.all(), key=lambda s: (s.position, s.pk))
    return {name: getattr(project, name) for name in plain} | {
        "id": project.uuid, "kind": "project",
        "document": {"id": project.document.uuid, "title": project.document.title} if project.document else None,
        "department": names.department(project.department_id),
        "point": None if project.minx is None else (project.minx, project.miny),
        "stages": [stage_shown(stage) for stage in stages],
    }  # fmt: skip


def stage_shown(stage: Any) -> dict[str, Any]:
    """A stage with its planned and actual dates."""
    plain = ("name", "planned_start", "planned_end", "actual_start", "actual_end", "event", "months", "weight")
    return {name: getattr(stage, name) for name in plain} | {"id": stage.uuid}
