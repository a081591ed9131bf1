"""Taking a verb of a case: the one door for every step of the table that a person takes."""

from collections.abc import Mapping
from typing import Any

from chengyun.cases import events
from chengyun.cases.actions.asking import ask_for, by, place_for, verb_of
from chengyun.cases.actions.carrying import PLAIN, Sent, change, escalates, texts_of
from chengyun.cases.models import Approval, Case
from chengyun.cases.rules import steps
from chengyun.cases.rules.given import read_given
from chengyun.cases.rules.steps import Ask
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor, System
from chengyun.kernel.flow import Step, Verb
from chengyun.kernel.journal.record import keep_private, record, stream_of
from chengyun.kernel.refusal import Conflict, Invalid

DESK = System("cases")


@action
def take(
    case: Case, verb: str, *, actor: Actor, expected: int | None, given: Mapping[str, Any], sent: Sent = PLAIN
) -> Case | Approval:
    """Take a verb. Returns the case as it is then, or the approval that it now waits for.

    `given` holds the parts that the verb needs, by name. Offline verbs send the state they were taken from instead of
    the version. Raises Invalid, Conflict, Forbidden or NotFound.
    """
    case = lock(case, expected)
    case.know_supporting()
    row = verb_of(case, verb)
    _by_hand(row, expected, sent)
    require(actor, row.may, at=place_for(case, row, given, actor))
    steps.from_state(case, row, sent.from_state)
    ask = ask_for(case, row, given, by(actor))
    step = steps.apply(case, ask)
    if step.approval:
        return ask_approval(case, step, ask, actor, given)
    return carry_out(case, step, ask, actor, sent)


def _by_hand(verb: Verb, expected: int | None, sent: Sent) -> None:
    """Verbs from above come in by their own door, and a verb says what it was decided on."""
    if verb.outside:
        raise Invalid("cases.outside_verb", f"{verb.name} is decided elsewhere and arrives as an event", field="verb")
    if expected is None and sent.from_state is None and not sent.automatic:
        raise Invalid("cases.expected_missing", "expected: the version that you saw", field="expected")


def carry_out(case: Case, step: Step, ask: Ask, actor: Actor, sent: Sent) -> Case:
    """Take a step that may be taken: change, save, record; a return too many goes to the duty officer."""
    happened = change(case, step, ask, actor, sent)
    save(case)
    record(happened, case, actor, private=texts_of(ask) | dict(sent.private))
    if escalates(case, ask):
        _escalate(case, ask)
    return case


def _escalate(case: Case, ask: Ask) -> None:
    """The second step of a return too many, in the same transaction, by the platform itself."""
    asked = Ask(verb_of(case, "escalate"), {}, by(DESK), ask.moment, ask.today, ask.standards, approved=True)
    happened = change(case, steps.apply(case, asked), asked, DESK, PLAIN)
    save(case)
    record(happened, case, DESK)


def ask_approval(case: Case, step: Step, ask: Ask, actor: Actor, given: Mapping[str, Any]) -> Approval:
    """Let the verb wait for the post that must agree. One at a time."""
    if case.pending:
        raise Conflict(
            "cases.approval_pending", f"{case.pending} waits for an approval already",
            params={"verb": case.pending}, current=case.state_now(),
        )  # fmt: skip
    texts = keep_private(stream_of(case), texts_of(ask), ask.moment)
    plain = {name: value for name, value in _plain(step.verb, given).items() if name not in texts}
    approval = Approval(
        case=case, verb=step.verb.name, post=step.approval or "", given=plain, texts=texts,
        asked_kind=actor.actor_kind, asked_by=actor.actor_id, asked_at=ask.moment,
    )  # fmt: skip
    approval.save(force_insert=True)
    case.pending = step.verb.name
    save(case)
    told = events.ApprovalAsked(str(approval.uuid), approval.verb, approval.post, plain)
    record(told, case, actor, private=texts_of(ask))
    return approval


def _plain(verb: Verb, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, as it can be kept and asked for again."""
    keep = (str, int, float, bool, list)
    return {name: v if isinstance(v, keep) else str(v) for name, v in read_given(verb, given).items()}
