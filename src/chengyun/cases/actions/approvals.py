"""Deciding what waits for a post to agree."""

from typing import Any

from chengyun.cases import events
from chengyun.cases.actions.asking import ask_for, verb_of
from chengyun.cases.actions.carrying import Sent, lapse
from chengyun.cases.actions.taking import carry_out
from chengyun.cases.models import Approval, Case
from chengyun.cases.rules import steps
from chengyun.cases.rules.given import read_text
from chengyun.cases.rules.steps import PERMISSION_OF_POST, By
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor, actor_of
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import private_texts, record
from chengyun.kernel.refusal import Conflict, Forbidden, Invalid


@action
def decide(approval: Approval, *, actor: Actor, expected: int | None, approve: bool, reason: str = "") -> Case:
    """Agree or refuse. Agreed, the verb is taken as if by who asked for it, if the case still lets it."""
    case: Case = lock(approval.case, None)
    case.know_supporting()
    approval = lock(approval, expected)
    require(actor, PERMISSION_OF_POST[approval.post], at=case)
    _still_open(approval, actor)
    if not approve and not reason.strip():
        raise Invalid("cases.reason_missing", "reason: say why it is refused", field="reason")
    said = {"decision": read_text("reason", reason)} if reason.strip() else {}
    if not approve:
        return _refuse(case, approval, actor, said)
    who = actor_of(approval.asked_kind, approval.asked_by)
    ask = ask_for(case, verb_of(case, approval.verb), _given(approval), _by(approval), approved=True)
    step = steps.apply(case, ask)
    _close(approval, Approval.State.APPROVED, actor)
    case.pending = ""
    sent = Sent(approval=str(approval.uuid), private=said)
    return carry_out(case, step, ask, who, sent)


@action
def withdraw(approval: Approval, *, actor: Actor, expected: int | None) -> Case:
    """Take back what one asked for oneself."""
    case: Case = lock(approval.case, None)
    approval = lock(approval, expected)
    require(actor, "cases.read", at=case)
    if approval.asked_by != actor.actor_id or approval.state != Approval.State.PENDING:
        raise Forbidden("cases.not_yours", "only who asked takes it back, while it waits")
    lapse(case, actor)
    save(case)
    record(events.Remarked(case.state, case.state, case.round, (), None, str(approval.uuid), ()), case, actor)
    return case


def _refuse(case: Case, approval: Approval, actor: Actor, said: dict[str, str]) -> Case:
    _close(approval, Approval.State.REFUSED, actor)
    case.pending = ""
    save(case)
    told = events.ApprovalRefused(str(approval.uuid), approval.verb, approval.post)
    record(told, case, actor, private=said)
    return case


def _still_open(approval: Approval, actor: Actor) -> None:
    if approval.state != Approval.State.PENDING:
        raise Conflict(
            "cases.approval_decided", f"this was {approval.state} already", params={"state": approval.state},
            current=approval.state_now(),
        )  # fmt: skip
    if approval.asked_by == actor.actor_id:
        raise Forbidden("cases.own_approval", "nobody approves what he asked for himself")


def _close(approval: Approval, state: Any, actor: Actor) -> None:
    approval.state, approval.decided_by, approval.decided_at = state, actor.actor_id, now()
    save(approval)


def _given(approval: Approval) -> dict[str, Any]:
    """What was given when it was asked for, texts included."""
    ids = {purpose: said["id"] for purpose, said in approval.texts.items()}
    texts = private_texts(ids.values())
    return {**approval.given} | {purpose: texts.get(key) or "" for purpose, key in ids.items()}


def _by(approval: Approval) -> By:
    return By(approval.asked_kind, approval.asked_by, approval.asked_at)
