"""A gap of an indicator becomes a task with an owner and a deadline; met, the platform says so."""

from dataclasses import dataclass
from datetime import date

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.plans import around, events
from chengyun.plans.models import Party, Task
from chengyun.plans.rights import own_area
from chengyun.plans.search import index_items

DAYS = 60
"""Days in which a gap is to be closed, where the gap does not say."""


@action
def note_gap(task: Task, what: str, value: float | None, *, actor: Actor) -> Task:
    """Keep with a task how the figure of its gap stands: met, receded, closed or returned."""
    task = lock(task, None)
    require(actor, "plans.write", at=task)
    task.gap = task.gap | {"now": what, "value": value}
    save(task)
    record(events.GapFollowed(str(task.gap.get("indicator", "")), what, value), task, actor)
    return task


@dataclass(frozen=True)
class Gap:
    """What an indicator lacks at a place: `subjects` so many things fail it."""

    town: int
    key: str
    indicator: str
    name: str
    area: int | None
    area_name: str
    subjects: int
    department: int | None
    due_on: date | None


@action
def raise_task(gap: Gap, *, actor: Actor) -> Task:
    """Make a task of a gap, once: it is accepted, and goes the way of every other from there.

    The same gap raised again returns the task that is there, as long as it is open.
    """
    require(actor, "plans.write", at=Where(town=gap.town))
    rows = Task.objects.as_system("the same gap raised again is one task").filter(town_id=gap.town, gap__key=gap.key)
    there: Task | None = rows.exclude(state__in=("closed", "rejected", "withdrawn")).first()
    if there is not None:
        return there
    office = around.departments(gap.town).filter(pk=gap.department).first() if gap.department else None
    title = f"补齐{gap.area_name}{gap.name}缺口"
    failing = f"（{gap.subjects}处未达标）" if gap.subjects else ""
    task = Task(
        town_id=gap.town, title=title[:200], text=title + failing, origin="gap", state="accepted",
        department_id=office.pk if office else None, due_on=gap.due_on, due_rule="absolute" if gap.due_on else "none",
        local_day=around.today(now()), accepted_by=actor.actor_id, accepted_at=now(),
        gap={"key": gap.key, "indicator": gap.indicator, "area": gap.area, "subjects": gap.subjects},
    )  # fmt: skip
    task.save(force_insert=True)
    if office is not None:
        Party.objects.create(
            task=task, department_id=office.pk, area_id=own_area(office), words=office.name, role=Party.Role.LEAD
        )
    index_items([task])
    told = events.TaskRaised("gap", gap.indicator, gap.area, task.department_id, task.due_on)
    record(told, task, actor)
    return task
