"""征求意见: departments consent or object within their limit; who says nothing in time raises no objection."""

from collections.abc import Mapping
from typing import Any

from chengyun.kernel.access import Where, may, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.plans import around, events
from chengyun.plans.actions.common import reason_of
from chengyun.plans.actions.issuing import PLATFORM, moved
from chengyun.plans.flow_table import TASK_FLOW
from chengyun.plans.models import Party, Task
from chengyun.plans.rights import at_department
from chengyun.plans.rules.consent import outcome

Answer = Party.Consent


def ask(task: Task) -> None:
    """Every department of a task is asked."""
    task.parties.exclude(department_id=None).update(consent=Answer.ASKED, reason="", answered_by="", answered_at=None)


def forget(task: Task) -> None:
    """The answers are void: the task changes, and everybody is asked again."""
    task.parties.update(consent=Answer.NONE, reason="", answered_by="", answered_at=None)


def party_for(task: Task, given: Mapping[str, Any], actor: Actor) -> Party:
    """The department that somebody answers for: the one named, else the one of the actor that was asked."""
    parties = list(task.parties.exclude(department_id=None).order_by("position", "id"))
    if given.get("department"):
        wanted = around.department_by(task.town_id, str(given["department"]), "given.department").pk
        parties = [p for p in parties if p.department_id == wanted]
    mine = [p for p in parties if may(actor, "plans.consent", place_of(task, p))]
    # Whoever may answer for none of them is refused at the first.
    chosen = sorted(mine or parties, key=lambda p: p.consent != Answer.ASKED)
    if not chosen:
        raise Invalid("plans.no_party", "department: has no part in this task", field="given.department")
    return chosen[0]


def place_of(task: Task, party: Party) -> Where:
    """Where the right to answer for a department is asked."""
    return at_department(task.town_id, party.department_id or 0, party.area_id)


def answer(task: Task, given: Mapping[str, Any], actor: Actor) -> events.ConsentAnswered:
    """Keep a department's answer; a reason makes it an objection."""
    party = party_for(task, given, actor)
    if party.consent != Answer.ASKED:
        raise Conflict("plans.answered", "this department answered already", current=task.state_now())
    reason = reason_of(given)
    party.consent = Answer.OBJECTED if reason else Answer.CONSENTED
    party.reason, party.answered_by, party.answered_at = reason, actor.actor_id, now()
    party.save()
    left = task.parties.filter(consent=Answer.ASKED).count()
    return events.ConsentAnswered(party.department_id or 0, party.consent, left)


def settle(task: Task) -> None:
    """Take the outcome once everybody answered. The caller holds the lock."""
    said = task.parties.exclude(department_id=None).values_list("consent", flat=True)
    result = outcome(said)
    if result == "asked":
        return
    step = TASK_FLOW.apply(task, "settle_objection" if result == "objected" else "settle_consent", {})
    task.state = step.state
    save(task)
    record(moved(task, step.verb.name, step.before), task, PLATFORM)


@action
def lapse(task: Task, *, actor: Actor) -> int:
    """Take silence after the limit as no objection 逾期未反馈视为无意见. Returns how many departments were silent."""
    task = lock(task, None)
    require(actor, "plans.write", at=task)
    silent = list(task.parties.filter(consent=Answer.ASKED))
    if task.state != "consulting" or task.consent_due_at is None or task.consent_due_at > now() or not silent:
        return 0
    for party in silent:
        party.consent, party.answered_at = Answer.LAPSED, now()
        party.save()
    save(task)
    told = events.ConsentLapsed(tuple(p.department_id for p in silent if p.department_id is not None))
    record(told, task, actor)
    settle(task)
    return len(silent)
