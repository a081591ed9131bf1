"""What was approved becomes live 下达: at once where its document is in force, else when it is put in force."""

from typing import Any

from chengyun.kernel.action import save
from chengyun.kernel.actor import System
from chengyun.kernel.clock import now
from chengyun.kernel.flow import Flow
from chengyun.kernel.journal.record import record
from chengyun.plans import events
from chengyun.plans.actions.common import is_executable
from chengyun.plans.flow_table import PROJECT_FLOW, TARGET_FLOW, TASK_FLOW
from chengyun.plans.models import Document, Project, Target, Task

PLATFORM = System("plans")


def moved(task: Task, verb: str, before: str) -> events.TaskMoved:
    """The event of a task that took a verb, with all departments that have a part in it."""
    parties = [p.department_id for p in task.parties.order_by("position", "id")]
    every = [pk for pk in (task.department_id, *parties) if pk is not None]
    return events.TaskMoved(
        verb, before, task.state, task.department_id, tuple(dict.fromkeys(every)), task.due_on,
        task.consent_due_at,
    )  # fmt: skip


def issue_task(task: Task) -> None:
    """An approved task becomes live. The caller holds its lock and has asked."""
    step = TASK_FLOW.apply(task, "issue", {})
    task.state, task.told, task.live_at = step.state, True, now()
    save(task)
    record(moved(task, "issue", step.before), task, PLATFORM)


def issue_item(item: Target | Project, flow: Flow) -> None:
    """An approved target or project becomes live."""
    step = flow.apply(item, "issue", {})
    item.state = step.state
    save(item)
    record(events.ItemMoved(item.subject_kind, "issue", step.before, step.state), item, PLATFORM)


def issue_when_in_force(item: Any) -> None:
    """Issue what was just approved, unless its document is not in force yet."""
    if not is_executable(item.document):
        return
    if isinstance(item, Task):
        issue_task(item)
    else:
        issue_item(item, TARGET_FLOW if isinstance(item, Target) else PROJECT_FLOW)


def issue_items(document: Document) -> int:
    """Issue everything of a document that was approved while it was not in force. Returns how many."""
    count = 0
    for model in (Task, Target, Project):
        rows = model.objects.as_system("what was approved of a document that is in force now")
        for item in rows.filter(document=document, state="approved").select_for_update():
            issue_when_in_force(item)
            count += 1
    return count
