"""中期调整: a live task changes the way it was decomposed: departments answer, a leader approves, old values stay."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.plans import around, events
from chengyun.plans.actions import consenting
from chengyun.plans.actions.common import day_of, plain, read_changes, reason_of, text_up_to, verb_of, words
from chengyun.plans.actions.issuing import PLATFORM
from chengyun.plans.actions.owners import owners_checked, owners_now, set_owners
from chengyun.plans.flow_table import ADJUSTMENT_FLOW, TASK_FLOW
from chengyun.plans.models import Adjustment, Task
from chengyun.plans.rules.consent import outcome
from chengyun.plans.search import index_items

Given = Mapping[str, Any]
_FIELDS = {
    "title": text_up_to(200, needed=True), "text": text_up_to(20_000, needed=True), "starts_on": day_of,
    "due_on": day_of, "owners": lambda value, _field: value,
}  # fmt: skip


@action
def adjust(task: Task, *, actor: Actor, expected: int, given: Given) -> Adjustment:
    """Ask for a change of a live task: `changes` by field, `reason`, `days` for the departments to answer."""
    task = lock(task, expected)
    row = verb_of(TASK_FLOW, "adjust")
    require(actor, row.may, at=task)
    TASK_FLOW.apply(task, "adjust", given)
    if _open_ones(task).exists():
        raise Conflict("plans.adjustment_open", "an adjustment of this task is under way", current=task.state_now())
    changes = given["changes"]
    if not isinstance(changes, Mapping):
        raise Invalid("plans.no_field", "changes: values by field", field="given.changes", params={"field": "changes"})
    days = given.get("days", around.CONSENT_DAYS)
    if not isinstance(days, int) or not 1 <= days <= 60:
        raise Invalid("plans.days_wrong", "days: 1 to 60 working days", field="given.days")
    moment = now()
    adjustment = Adjustment(
        task=task, changes=_changes(task, changes), reason=words(given["reason"], "given.reason", 500, needed=True),
        answers={str(p.department_id): {"answer": "asked"} for p in task.parties.exclude(department_id=None)},
        due_at=around.answer_by(task.town_id, moment, days), asked_by=actor.actor_id, asked_at=moment,
    )  # fmt: skip
    adjustment.save(force_insert=True)
    told = events.AdjustmentAsked(str(task.uuid), tuple(changes), adjustment.due_at)
    record(told, adjustment, actor, private={"reason": adjustment.reason})
    return adjustment


def _open_ones(task: Task) -> QuerySet[Adjustment]:
    rows: QuerySet[Adjustment] = Adjustment.objects.as_system("one adjustment of a task at a time").filter(task=task)
    return rows.filter(state__in=("asked", "objected", "consented"))


def _changes(task: Task, changes: Given) -> dict[str, list[Any]]:
    """What is to change, by field: before and after, as plain values. Raises Invalid where nothing changes."""
    read = read_changes(_FIELDS, changes)
    found = {
        name: [owners_now(task) if name == "owners" else plain(getattr(task, name)), plain(value)]
        for name, value in read.items()
    }
    found = {name: pair for name, pair in found.items() if pair[0] != pair[1]}
    if not found:
        raise Invalid("plans.nothing_changes", "changes: everything stands like this already", field="given.changes")
    starts, due = (read.get(name, getattr(task, name)) for name in ("starts_on", "due_on"))
    if starts and due and due < starts:
        raise Invalid("plans.period_backwards", "due_on: before the start", field="due_on")
    if "owners" in found:
        found["owners"][1] = owners_checked(task, found["owners"][1])
    return found


@action
def move_adjustment(adjustment: Adjustment, verb: str, *, actor: Actor, expected: int, given: Given) -> Adjustment:
    """Take a verb of an adjustment: a department consents or objects, a leader approves or refuses."""
    adjustment = lock(adjustment, expected)
    row = verb_of(ADJUSTMENT_FLOW, verb)
    task = lock(adjustment.task, None)
    require(actor, row.may, at=_where(task, row.may, given, actor))
    step = ADJUSTMENT_FLOW.apply(adjustment, verb, given)
    adjustment.state = step.state
    if verb in ("consent", "object"):
        _answer(adjustment, task, given, actor)
    else:
        _decide(adjustment, task, actor)
    save(adjustment)
    told = events.AdjustmentMoved(str(task.uuid), verb, step.before, adjustment.state)
    record(told, adjustment, actor, private={"reason": reason_of(given)})
    return adjustment


def _where(task: Task, permission: str, given: Given, actor: Actor) -> Any:
    if permission == "plans.consent":
        return consenting.place_of(task, consenting.party_for(task, given, actor))
    return task.where()


def _answer(adjustment: Adjustment, task: Task, given: Given, actor: Actor) -> None:
    """Keep a department's answer, and the outcome once everybody gave one."""
    key = str(consenting.party_for(task, given, actor).department_id)
    if adjustment.said(key) != "asked":
        raise Conflict("plans.answered", "this department answered already", current=adjustment.state_now())
    reason = reason_of(given)
    said = {"answer": "objected" if reason else "consented", "reason": reason, "at": now().isoformat()}
    adjustment.answers = adjustment.answers | {key: said}
    _settle(adjustment)


def _settle(adjustment: Adjustment) -> None:
    result = outcome(adjustment.said(key) for key in adjustment.answers)
    if result != "asked":
        verb = "settle_objection" if result == "objected" else "settle_consent"
        adjustment.state = ADJUSTMENT_FLOW.apply(adjustment, verb, {}).state


def _decide(adjustment: Adjustment, task: Task, actor: Actor) -> None:
    """Approved, the task gets the new values; the old ones stay in the adjustment."""
    adjustment.decided_by, adjustment.decided_at = actor.actor_id, now()
    if adjustment.state != Adjustment.State.APPROVED:
        return
    if task.state != "live":
        raise Conflict("plans.not_live", "the task is not live any more", current=task.state_now())
    for name, (_, after) in adjustment.changes.items():
        if name == "owners":
            set_owners(task, after)
        else:
            setattr(task, name, day_of(after, name) if name.endswith("_on") else after)
    save(task)
    index_items([task])


@action
def lapse_adjustment(adjustment: Adjustment, *, actor: Actor) -> int:
    """Take silence after the limit as no objection. Returns how many departments were silent."""
    adjustment = lock(adjustment, None)
    require(actor, "plans.write", at=adjustment)
    silent = [key for key in adjustment.answers if adjustment.said(key) == "asked"]
    if adjustment.state != Adjustment.State.ASKED or adjustment.due_at > now() or not silent:
        return 0
    before = adjustment.state
    adjustment.answers = adjustment.answers | {key: {"answer": "lapsed", "at": now().isoformat()} for key in silent}
    _settle(adjustment)
    save(adjustment)
    task = str(adjustment.task.uuid)
    record(events.AdjustmentMoved(task, "lapse", before, adjustment.state), adjustment, PLATFORM)
    return len(silent)
