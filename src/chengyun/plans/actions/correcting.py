"""Review: single fields of tasks, targets and projects are corrected; what stood there before is kept."""

from collections.abc import Mapping
from typing import Any

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.plans import around, events
from chengyun.plans.actions.common import (
    Reader,
    day_of,
    flag,
    in_review,
    keep_before,
    note_correction,
    number_of,
    one_of,
    read_changes,
    text_up_to,
)
from chengyun.plans.actions.owners import owners_now, set_owners
from chengyun.plans.actions.placing import put_at
from chengyun.plans.models import Project, Stage, Target, Task
from chengyun.plans.rules.units import key_of
from chengyun.plans.search import index_items

Changes = Mapping[str, Any]
RHYTHMS = ("", "year", "half", "quarter", "month", "week", "day")
DUE_RULES = ("none", "month", "absolute", "relative", "recurring", "event", "open", "unknown")
KINDS = ("target", "achievement", "parameter", "fact", "candidate")


def _as_is(value: Any, _field: str) -> Any:
    return value


def _months(value: Any, field: str) -> int | None:
    found = number_of(value, field, -600, 600)
    return None if found is None else int(found)


TASK_FIELDS: dict[str, Reader] = {
    "title": text_up_to(200, needed=True), "text": text_up_to(20_000, needed=True), "lead_words": text_up_to(120),
    "starts_on": day_of, "due_on": day_of, "due_rule": one_of(*DUE_RULES), "due_event": text_up_to(200),
    "due_months": _months, "recurrence": one_of(*RHYTHMS), "owners": _as_is, "lead_post": _as_is, "point": _as_is,
    "address": text_up_to(200),
}  # fmt: skip
TARGET_FIELDS: dict[str, Reader] = {
    "kind": one_of(*KINDS), "object": text_up_to(200, needed=True), "indicator": text_up_to(200),
    "comparator": one_of(">=", "<=", ">", "<", "="), "value": number_of, "value_max": number_of,
    "unit": text_up_to(40), "norm_value": number_of, "norm_max": number_of, "norm_unit": text_up_to(40),
    "by_on": day_of, "from_on": day_of, "recurrence": one_of(*RHYTHMS), "floor": flag, "baseline": number_of,
    "baseline_unit": text_up_to(40), "reference": text_up_to(200), "ascending": flag,
    "aggregation": one_of(*Target.Aggregation.values), "department": _as_is,
}  # fmt: skip
PROJECT_FIELDS: dict[str, Reader] = {
    "name": text_up_to(200, needed=True), "category": text_up_to(80), "starts_on": day_of, "due_on": day_of,
    "address": text_up_to(200), "department": _as_is, "stages": _as_is, "point": _as_is,
    "investment": lambda value, field: number_of(value, field, 0, 1e9),
}  # fmt: skip


@action
def correct_task(task: Task, changes: Changes, *, actor: Actor, expected: int) -> Task:
    """Correct fields of a task in review, its owners among them. Raises Invalid naming the field."""
    task = lock(task, expected)
    require(actor, "plans.write", at=task)
    in_review(task)
    set_task(task, changes, actor)
    save(task)
    index_items([task])
    record(events.ItemCorrected("task", tuple(changes)), task, actor)
    return task


def set_task(task: Task, changes: Changes, actor: Actor) -> None:
    """Set fields of a task, each as it is kept; not saved. The owners are rows of their own and are."""
    special = {"owners": _task_owners, "lead_post": _lead_post, "point": put_at}
    for name, value in read_changes(TASK_FIELDS, changes).items():
        if name in special:
            special[name](task, value, actor)
        else:
            note_correction(task, name, value, actor)
    if task.starts_on and task.due_on and task.due_on < task.starts_on:
        raise Invalid("plans.period_backwards", "due_on: before the start", field="due_on")


def _task_owners(task: Task, value: Any, actor: Actor) -> None:
    keep_before(task, "owners", owners_now(task), actor)
    set_owners(task, value)


def _lead_post(task: Task, value: Any, actor: Actor) -> None:
    keep_before(task, "lead_post", task.lead_post_id, actor)
    task.lead_post_id = around.post_by(task.town_id, str(value)).pk if value else None


@action
def correct_target(target: Target, changes: Changes, *, actor: Actor, expected: int) -> Target:
    """Correct fields of a target in review. Raises Invalid naming the field."""
    target = lock(target, expected)
    require(actor, "plans.write", at=target)
    in_review(target)
    set_target(target, changes, actor)
    save(target)
    index_items([target])
    record(events.ItemCorrected("target", tuple(changes)), target, actor)
    return target


def set_target(target: Target, changes: Changes, actor: Actor) -> None:
    """Set fields of a target; a value given by hand closes an open one, and counts in its own unit unless said."""
    for name, value in read_changes(TARGET_FIELDS, changes).items():
        if name == "department":
            keep_before(target, name, target.department_id, actor)
            target.department_id = _department(target.town_id, value)
        else:
            note_correction(target, name, value, actor)
    if {"value", "value_max", "unit"} & set(changes) and not {"norm_value", "norm_unit"} & set(changes):
        target.norm_value, target.norm_max, target.norm_unit = target.value, target.value_max, target.unit
    if target.value is not None and target.value_max is not None and target.value_max < target.value:
        raise Invalid("plans.range_backwards", "value_max: below value", field="value_max")
    if target.binding != Target.Binding.BOUND:
        target.binding = Target.Binding.OPEN if target.value is None else Target.Binding.UNBOUND


def _department(town: int, value: Any) -> int | None:
    return around.department_by(town, str(value), "department").pk if value else None


@action
def correct_project(project: Project, changes: Changes, *, actor: Actor, expected: int) -> Project:
    """Correct fields of a project, its planned stages among them. Raises Invalid naming the field."""
    project = lock(project, expected)
    require(actor, "plans.write", at=project)
    if project.state not in ("proposed", "accepted", "approved"):
        in_review(project)
    set_project(project, changes, actor)
    save(project)
    index_items([project])
    record(events.ItemCorrected("project", tuple(changes)), project, actor)
    return project


def set_project(project: Project, changes: Changes, actor: Actor) -> None:
    """Set fields of a project, each as it is kept; not saved. Stages are rows of their own and are."""
    for name, value in read_changes(PROJECT_FIELDS, changes).items():
        if name == "department":
            keep_before(project, name, project.department_id, actor)
            project.department_id = _department(project.town_id, value)
        elif name == "stages":
            keep_before(project, name, [stage.name for stage in project.stages.order_by("position")], actor)
            set_stages(project, value)
        elif name == "point":
            put_at(project, value, actor)
        else:
            note_correction(project, name, value, actor)


def set_stages(project: Project, value: Any) -> None:
    """The planned stages of a project: [{name, planned_start, planned_end, weight}]. What was reported of one stays."""
    if not isinstance(value, list) or len(value) > 50 or not all(isinstance(one, Mapping) for one in value):
        raise Invalid("plans.stages_wrong", "stages: a list of at most 50", field="stages")
    before = {key_of(stage.name): stage for stage in project.stages.all()}
    rows = []
    for place, one in enumerate(value):
        name = text_up_to(200, needed=True)(one.get("name"), "stages.name")
        stage = before.pop(key_of(name), None) or Stage(project=project)
        stage.name, stage.position = name, place
        stage.planned_start = day_of(one.get("planned_start"), "stages.planned_start")
        stage.planned_end = day_of(one.get("planned_end"), "stages.planned_end")
        stage.weight = number_of(one.get("weight", 1), "stages.weight", 0.001, 1000) or 1.0
        if stage.planned_start and stage.planned_end and stage.planned_end < stage.planned_start:
            raise Invalid("plans.stage_backwards", "stages: one ends before it starts", field="stages")
        rows.append(stage)
    if any(stage.actual_start or stage.actual_end for stage in before.values()):
        raise Conflict("plans.stage_reported", "a stage that was reported on cannot be dropped", field="stages")
    project.stages.filter(pk__in=[stage.pk for stage in before.values()]).delete()
    for stage in rows:
        stage.save()
