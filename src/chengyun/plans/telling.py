"""Whom the events of plans concern: declared for the notices of accounts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from chengyun.accounts.notices import Audience, tell
from chengyun.kernel.access import Where
from chengyun.kernel.events import EntryView
from chengyun.plans.models import Adjustment, Document, Party, Task
from chengyun.plans.rights import at_department

OFFICES = ("liaison", "posted_force", "neighbourhood")
"""Roles that answer for a department."""


def _task(entry: EntryView) -> Task:
    rows = Task.objects.as_system("whom an event of a task concerns")
    task: Task = rows.get(uuid=UUID(entry.subject))
    return task


def _params(task: Task, **more: Any) -> dict[str, Any]:
    return {"task": str(task.uuid), "state": task.state, "due_on": str(task.due_on or "")} | more


@tell("plans.task_moved")
def tell_of_task(entry: EntryView) -> Iterable[Audience]:
    """Departments are asked or have a new task; a leader approves; somebody checks; what came back is to be done."""
    task, verb = _task(entry), entry.facts["verb"]
    if verb in ("consult", "issue", "send_back", "reopen"):
        permission = "plans.consent" if verb == "consult" else "plans.report"
        parties = [p for p in task.parties.all() if p.department_id is not None]
        asked = parties if verb in ("consult", "issue") else [p for p in parties if p.role == Party.Role.LEAD]
        return [
            Audience(permission, at_department(task.town_id, p.department_id, p.area_id), OFFICES, level="act",
                     params=_params(task, verb=verb))
            for p in asked if p.department_id is not None
        ]  # fmt: skip
    able = {"settle_consent": "plans.approve", "settle_objection": "plans.write", "finish": "plans.check"}
    if verb not in able:
        return []
    return [Audience(able[verb], Where(town=task.town_id), level="act", params=_params(task, verb=verb))]


@tell("plans.task_raised")
def tell_of_gap(entry: EntryView) -> Iterable[Audience]:
    """A gap became a task: a planner decomposes it."""
    task = _task(entry)
    return [Audience("plans.write", Where(town=task.town_id), level="act", params=_params(task))]


@tell("plans.adjustment_asked")
def tell_of_adjustment(entry: EntryView) -> Iterable[Audience]:
    """Departments are asked about a change of a live task."""
    row = Adjustment.objects.as_system("whom an adjustment concerns").get(uuid=UUID(entry.subject))
    return [
        Audience("plans.consent", at_department(row.task.town_id, p.department_id, p.area_id), OFFICES, level="act",
                 params=_params(row.task))
        for p in row.task.parties.all() if p.department_id is not None
    ]  # fmt: skip


@tell("plans.document_read")
def tell_of_reading(entry: EntryView) -> Iterable[Audience]:
    """A document can be reviewed, or could not be read: whoever sent it."""
    document = Document.objects.as_system("whom a reading concerns").get(uuid=UUID(entry.subject))
    sent = document.readings.filter(number=entry.facts["reading"]).values_list("made_by", flat=True).first()
    params = {"document": str(document.uuid), "error": entry.facts["error"], "tasks": entry.facts["tasks"]}
    return [Audience(people=frozenset({sent} if sent else set()), level="act", params=params)]
