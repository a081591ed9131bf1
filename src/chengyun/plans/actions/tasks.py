"""Taking a verb of a task: review, consent, approval, execution, checking."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from chengyun.kernel.access import may, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.files.actions import attach
from chengyun.kernel.flow import Verb
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid, NotFound
from chengyun.plans import around, events
from chengyun.plans.actions import consenting
from chengyun.plans.actions.common import day_of, reason_of, verb_of
from chengyun.plans.actions.issuing import issue_when_in_force, moved
from chengyun.plans.flow_table import TASK_FLOW
from chengyun.plans.models import Party, Target, Task
from chengyun.plans.rights import places_of
from chengyun.plans.rules.dates import months_after

Given = Mapping[str, Any]


@action
def take(task: Task, verb: str, *, actor: Actor, expected: int, given: Given) -> Task:
    """Take a verb of a task; `given` holds what the verb needs, by name. Raises Invalid, Conflict or Forbidden."""
    task = lock(task, expected)
    row = verb_of(TASK_FLOW, verb)
    require(actor, row.may, at=where_of(task, row, given, actor))
    step = TASK_FLOW.apply(task, verb, given)
    _CHECKS.get(verb, _nothing)(task, given, actor)
    before, task.state = step.before, step.state
    happened = _EFFECTS.get(verb, _nothing)(task, given, actor)
    save(task)
    told = happened or moved(task, verb, before)
    record(told, task, actor, private={name: reason_of(given, name) for name in ("reason", "text")})
    _after(task, verb)
    return task


def where_of(task: Task, verb: Verb, given: Given, actor: Actor) -> Any:
    """Where the permission is asked: for a department's own verb at the department it is taken for."""
    if verb.may == "plans.consent":
        party = consenting.party_for(task, given, actor)
        return consenting.place_of(task, party)
    places = places_of(task, verb.may)
    return next((place for place in places if may(actor, verb.may, place)), places[0])


def _nothing(_task: Task, _given: Given, _actor: Actor) -> None:
    return None


def _after(task: Task, verb: str) -> None:
    """What follows by itself: the outcome once everybody answered, and issuing what was approved."""
    if verb in ("consent", "object"):
        consenting.settle(task)
    elif verb == "approve":
        issue_when_in_force(task)


def _check_consult(task: Task, given: Given, _actor: Actor) -> None:
    """A task that departments are asked about has a lead, no name that nobody is, and a date or none on purpose."""
    parties = list(task.parties.all())
    if task.department_id is None or not any(p.role == Party.Role.LEAD and p.department_id for p in parties):
        raise Invalid("plans.lead_missing", "owners: one department leads the task", field="owners")
    open_name = next((p.words for p in parties if p.department_id is None), None)
    if open_name is not None:
        raise Invalid(
            "plans.owner_open", f"owners: settle first whom {open_name} means", field="owners",
            params={"name": open_name},
        )  # fmt: skip
    if task.due_on is None and not task.recurrence and not task.due_event and task.due_rule != "open":
        raise Invalid("plans.due_missing", "due_on: give a date, a rhythm, or say that it stays open", field="due_on")
    days = given.get("days", around.CONSENT_DAYS)
    if not isinstance(days, int) or not 1 <= days <= 60:
        raise Invalid("plans.days_wrong", "days: 1 to 60 working days", field="given.days")
    if task.document is not None and task.document.state == "repealed":
        raise Conflict("plans.repealed", "the document is repealed", current=task.state_now())


def _consult(task: Task, given: Given, _actor: Actor) -> None:
    moment = now()
    task.told = True
    task.consent_due_at = around.answer_by(task.town_id, moment, given.get("days", around.CONSENT_DAYS))
    consenting.ask(task)


def _accept(task: Task, _given: Given, actor: Actor) -> None:
    task.accepted_by, task.accepted_at = actor.actor_id, now()


def _restore(task: Task, _given: Given, _actor: Actor) -> None:
    task.accepted_by, task.accepted_at = "", None


def _revise(task: Task, _given: Given, _actor: Actor) -> None:
    task.consent_due_at = None
    consenting.forget(task)


def _merge(task: Task, given: Given, _actor: Actor) -> None:
    into = other_task(task, given["into"])
    if into.state not in ("proposed", "accepted"):
        raise Conflict("plans.not_in_review", "into: is not in review any more", current=into.state_now())
    task.merged_into = into
    Target.objects.as_system("targets go with a merged task").filter(task=task).update(task=into)


def other_task(task: Task, key: Any) -> Task:
    """Another task of the same document. Raises NotFound."""
    rows = Task.objects.as_system("the other task of the same document").filter(document=task.document_id)
    found: Task | None = rows.filter(uuid=key).exclude(pk=task.pk).first() if around.is_uuid(str(key)) else None
    if found is None:
        raise NotFound("kernel.not_found", "no such task in this document", field="into", params={"what": "task"})
    return found


def _report(task: Task, given: Given, actor: Actor) -> events.ProgressReported:
    progress = given["progress"]
    if isinstance(progress, bool) or not isinstance(progress, int) or not 0 <= progress <= 100:
        raise Invalid("plans.progress_wrong", "progress: a whole number from 0 to 100", field="given.progress")
    before, task.progress = task.progress, progress
    return events.ProgressReported(before, progress, _evidence(task, given, actor))


def _evidence(task: Task, given: Given, actor: Actor) -> tuple[str, ...]:
    """Files that prove it, tied to the task. Raises Invalid or NotFound."""
    files = given.get("file:evidence") or []
    if not isinstance(files, list) or len(files) > 20 or not all(around.is_uuid(str(f)) for f in files):
        raise Invalid("plans.files_wrong", "file:evidence: up to 20 ids of files", field="given.file:evidence")
    if files:
        attach([UUID(str(f)) for f in files], task, actor=actor)
    return tuple(str(f) for f in files)


def _record_event(task: Task, given: Given, _actor: Actor) -> events.EventRecorded:
    day = day_of(given["date"], "given.date")
    if day is None or not task.due_event:
        raise Invalid("plans.no_event", "this deadline hangs on no event", field="given.date")
    task.event_on = day
    task.due_on = months_after(day, task.due_months or 0)
    return events.EventRecorded(day, task.due_on)


def _confirm_due(task: Task, _given: Given, _actor: Actor) -> None:
    task.due_confirmed = True


def _finish(task: Task, given: Given, actor: Actor) -> None:
    _evidence(task, given, actor)
    day = day_of(given.get("date"), "given.date")
    moment = now()
    if day is not None and day > around.today(moment):
        raise Invalid("plans.date_ahead", "date: lies in the future", field="given.date")
    task.done_at, task.done_by, task.progress = moment, actor.actor_id, 100


def _check_other(task: Task, _given: Given, actor: Actor) -> None:
    if task.done_by == actor.actor_id:
        raise Conflict("plans.checks_oneself", "somebody else checks what one reported", current=task.state_now())


def _checked(task: Task, _given: Given, _actor: Actor) -> None:
    task.checked_at = now()


def _back(task: Task, _given: Given, _actor: Actor) -> None:
    task.done_at, task.checked_at, task.done_by = None, None, ""


def _close(task: Task, _given: Given, _actor: Actor) -> None:
    task.closed_at = now()


def _reopen(task: Task, given: Given, actor: Actor) -> None:
    _back(task, given, actor)
    task.closed_at = None
    task.reopenings += 1


_CHECKS: dict[str, Callable[[Task, Given, Actor], None]] = {"consult": _check_consult, "check": _check_other}
_EFFECTS: dict[str, Callable[[Task, Given, Actor], Any]] = {
    "accept": _accept, "restore": _restore, "merge": _merge, "consult": _consult, "consent": consenting.answer,
    "object": consenting.answer, "revise": _revise, "report": _report, "record_event": _record_event,
    "confirm_due": _confirm_due, "finish": _finish, "check": _checked, "send_back": _back, "close": _close,
    "reopen": _reopen,
}  # fmt: skip
