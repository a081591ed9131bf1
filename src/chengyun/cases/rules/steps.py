"""Whether a verb may be taken now, beyond what the table says, and who must agree first."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from chengyun.cases.classes import CaseClass, Practice, Standards
from chengyun.cases.flow_table import flow_of
from chengyun.kernel.flow import Step, Verb, is_missing
from chengyun.kernel.refusal import Conflict, Forbidden, Invalid

PERMISSION_OF_POST = {
    "duty_officer": "cases.approve_first",
    "centre_head": "cases.approve_second",
    "leader": "cases.approve_leader",
}


class CaseLike(Protocol):
    """What the rules read of a case: a row, or a plain object of a bulk history."""

    state: str
    is_order: bool
    class_code: str
    priority: str
    round: int
    returns: int
    extensions: int
    bound: bool
    department_id: int | None
    simple: bool
    sampled: bool
    handlers: list[str]
    signed_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    upper_due_at: datetime | None
    upper_pending: str
    open_parts: int

    @property
    def joined(self) -> bool: ...

    @property
    def reporters(self) -> list[str]: ...


@dataclass(frozen=True)
class By:
    """Who takes the verb. `asked_at`: when, if it had to wait for an approval."""

    kind: str
    id: str
    asked_at: datetime | None = None


@dataclass(frozen=True)
class Ask:
    """A verb asked for: with what, by whom, when."""

    verb: Verb
    given: Mapping[str, Any]
    by: By
    moment: datetime
    today: date
    standards: Standards
    approved: bool = False

    @property
    def practice(self) -> Practice:
        return self.standards.practice

    def class_of(self, case: CaseLike) -> CaseClass | None:
        return self.standards.book.classes.get(self.given.get("class") or case.class_code)


def apply(case: CaseLike, ask: Ask) -> Step:
    """The step that a verb makes: table first, then the rules of the verb, then who must agree.

    Raises Invalid, Conflict or Forbidden. `Step.approval` is the post that must agree first, or None.
    """
    step = flow_of(case.is_order).apply(case, ask.verb.name, ask.given, approved=ask.approved)
    missing = [name for name in evidence_of(case, ask.verb, ask.class_of(case)) if is_missing(ask.given.get(name))]
    if missing:
        raise Invalid(
            "cases.evidence_missing",
            f"{ask.verb.name} needs {', '.join(missing)} for this class of case",
            field=f"given.{missing[0]}",
            params={"verb": ask.verb.name, "needs": missing},
        )
    check = _CHECKS.get(ask.verb.name)
    if check:
        check(case, ask)
    return Step(step.verb, step.before, step.state, step.clocks, None if ask.approved else approval_of(case, ask))


def evidence_of(case: CaseLike, verb: Verb, kind: CaseClass | None) -> tuple[str, ...]:
    """What a verb needs beyond its row of the table, because of the class."""
    photo = kind is not None and kind.photo and not case.joined
    if verb.name in ("answer", "verify_pass") and photo:
        return ("photo:after",)
    return ("class",) if verb.name == "settle" and kind is None else ()


def needs_of(case: CaseLike, verb: Verb, kind: CaseClass | None) -> list[str]:
    """Everything that a verb needs of this case: what its form asks for."""
    return list(dict.fromkeys((*verb.needs, *evidence_of(case, verb, kind))))


def approval_of(case: CaseLike, ask: Ask) -> str | None:
    """The post that must agree, by the town's practice."""
    return post_for(case, ask.verb, ask.practice)


def post_for(case: CaseLike, verb: Verb, practice: Practice) -> str | None:
    """The post that must agree to a verb of this case; None where nobody need."""
    if verb.approval is None:
        return None
    if verb.name == "extend":
        return practice.extensions[min(case.extensions, len(practice.extensions) - 1)] if practice.extensions else None
    return practice.approvals.get(verb.name)


def _known_class(case: CaseLike, ask: Ask) -> None:
    code = ask.given.get("class")
    if code is not None and code not in ask.standards.book.classes:
        raise Invalid("cases.class_unknown", f"there is no class {code!r}", field="given.class", params={"class": code})
    kind = ask.class_of(case)
    if ask.verb.name == "settle" and kind is not None and not kind.simple:
        raise Conflict(
            "cases.not_simple",
            f"{kind.code} is not for the simple procedure: report it and let it be dispatched",
            field="given.class",
            params={"class": kind.code},
        )


def _return_in_time(case: CaseLike, ask: Ask) -> None:
    if case.bound:
        raise Conflict("cases.bound", "the duty officer has decided who handles this: it cannot be returned again")
    hours = ask.practice.return_window_hours
    asked = ask.by.asked_at or ask.moment
    if case.signed_at and asked > case.signed_at + timedelta(hours=hours):
        raise Conflict(
            "cases.return_too_late",
            f"a case may be returned before signing or within {hours} hours after it",
            params={"hours": hours},
        )


def _answer_joint(case: CaseLike, ask: Ask) -> None:
    if case.open_parts and is_missing(ask.given.get("text")):
        raise Invalid("kernel.evidence_missing", "answer needs text", field="given.text")
    if case.open_parts:
        raise Conflict(
            "cases.parts_open",
            f"{case.open_parts} supporting departments have not answered or returned their part yet",
            params={"parts": case.open_parts},
        )


def _not_a_handler(case: CaseLike, ask: Ask) -> None:
    if ask.by.id in case.handlers:
        raise Forbidden(
            "cases.verifier_handled", "who handled a case does not verify it: somebody else must", field="actor"
        )


def _verifier(case: CaseLike, ask: Ask) -> None:
    person = ask.given.get("person")
    if person and str(person) in case.handlers:
        raise Invalid(
            "cases.verifier_handled", "who handled a case does not verify it: choose another", field="given.person"
        )


def _extend(case: CaseLike, ask: Ask) -> None:
    limit = len(ask.practice.extensions)
    if case.extensions >= limit:
        raise Conflict("cases.extended_enough", f"a case is extended {limit} times at most", params={"limit": limit})
    asked = ask.by.asked_at or ask.moment
    if case.due_at is not None and asked > case.due_at:
        raise Conflict("cases.extend_too_late", "an extension is asked for before the time has run out")
    if _at_cap(case):
        raise Conflict("cases.extend_above", "the limit is that of the order: ask the platform above for more time")


def _at_cap(case: CaseLike) -> bool:
    """Whether an order falls due when the platform above said: no longer time is ours to give."""
    return bool(case.is_order and case.due_at and case.upper_due_at and case.due_at >= case.upper_due_at)


def _later_day(_: CaseLike, ask: Ask) -> None:
    day = ask.given["date"]
    if day <= ask.today:
        raise Invalid("cases.date_past", f"date: a day after today ({ask.today}), not {day}", field="given.date")


def _sampled(case: CaseLike, ask: Ask) -> None:
    if not (case.simple and case.sampled):
        raise Conflict("cases.not_sampled", "only a sampled case of the simple procedure is looked at again")
    _not_a_handler(case, ask)


def _rate(case: CaseLike, ask: Ask) -> None:
    if ask.by.id not in case.reporters:
        raise Forbidden("cases.not_reporter", "only who reported a case rates it; the desk calls back instead")


def _reopen(case: CaseLike, ask: Ask) -> None:
    days = ask.practice.reopen_days
    is_resident = ask.by.kind == "resident"
    if is_resident and ask.by.id not in case.reporters:
        raise Forbidden("cases.not_reporter", "only who reported a case asks for it to be reopened")
    if is_resident and case.closed_at and ask.moment > case.closed_at + timedelta(days=days):
        raise Conflict(
            "cases.reopen_too_late",
            f"a case may be reopened within {days} days after it was closed; please report anew",
            params={"days": days},
        )


def _apply_above(case: CaseLike, _: Ask) -> None:
    if case.upper_pending:
        raise Conflict(
            "cases.upper_pending", "the platform above has not decided the last application yet",
            params={"pending": case.upper_pending},
        )  # fmt: skip


def _elsewhere(case: CaseLike, ask: Ask) -> None:
    """To the department that has it, a case would only begin its time anew."""
    if ask.given["department"] == case.department_id:
        raise Invalid("cases.same_department", "department: the case is there already", field="given.department")


def _relocate(_: CaseLike, ask: Ask) -> None:
    if not {"point", "address", "grid", "community"} & set(ask.given):
        raise Invalid("cases.place_missing", "relocate needs a point, an address, a grid or a community", field="given")


_CHECKS: dict[str, Callable[[CaseLike, Ask], None]] = {
    "receive": _known_class,
    "file": _known_class,
    "accept": _known_class,
    "reclassify": _known_class,
    "settle": _known_class,
    "reassign": _elsewhere,
    "return": _return_in_time,
    "answer": _answer_joint,
    "send_verify": _verifier,
    "verify_pass": _not_a_handler,
    "verify_fail": _not_a_handler,
    "extend": _extend,
    "suspend": _later_day,
    "supervise": _later_day,
    "sample_pass": _sampled,
    "sample_fail": _sampled,
    "rate": _rate,
    "reopen": _reopen,
    "apply_return": _apply_above,
    "apply_extension": _apply_above,
    "relocate": _relocate,
}  # fmt: skip


def from_state(case: CaseLike, ask_verb: Verb, seen: str | None) -> None:
    """An offline verb carries the state that it was taken from; it applies if it still leads from the present one."""
    if seen is None:
        return
    if not ask_verb.offline:
        raise Invalid(
            "cases.not_offline", f"{ask_verb.name} is not taken without a network: send `expected`", field="from_state"
        )
    if case.state not in ask_verb.sources:
        raise Conflict(
            "cases.moved_meanwhile",
            f"when you took {ask_verb.name} the case was {seen}; now it is {case.state}",
            field="from_state",
            params={"seen": seen, "state": case.state, "verb": ask_verb.name},
            current={"state": case.state},
        )


def is_sampled(number: str, percent: int) -> bool:
    """Whether a case of the simple procedure is looked at again: by its number, so that nobody chooses."""
    return int.from_bytes(hashlib.sha256(number.encode()).digest()[:4], "big") % 100 < percent


def offered(
    case: CaseLike, permitted: Callable[[str, Verb], bool], standards: Standards, person: str
) -> list[dict[str, Any]]:
    """The verbs that this person may take now: what the buttons are drawn from. In memory."""
    kind = standards.book.classes.get(case.class_code)
    return [
        {
            "name": verb.name,
            "needs": (needs := needs_of(case, verb, kind)),
            "optional": [name for name in verb.optional if name not in needs],
            "approval": post_for(case, verb, standards.practice),
            "offline": verb.offline,
        }
        for verb in flow_of(case.is_order).offered(case.state)
        if permitted(verb.may, verb) and _makes_sense(case, verb.name, standards, kind, person)
    ]


def _makes_sense(case: CaseLike, name: str, standards: Standards, kind: CaseClass | None, person: str) -> bool:
    """What can never succeed now is not offered."""
    hidden = {
        "return": case.bound,
        "extend": case.extensions >= len(standards.practice.extensions) or _at_cap(case),
        "verify_pass": person in case.handlers,
        "verify_fail": person in case.handlers,
        "sample_pass": not (case.simple and case.sampled) or person in case.handlers,
        "sample_fail": not (case.simple and case.sampled) or person in case.handlers,
        "rate": person not in case.reporters,
        "apply_return": bool(case.upper_pending),
        "apply_extension": bool(case.upper_pending),
        "settle": kind is not None and not kind.simple,
        "answer": bool(case.open_parts),
        "part_sign": not case.open_parts,
        "part_assign": not case.open_parts,
        "part_answer": not case.open_parts,
        "part_return": not case.open_parts,
    }
    return not hidden.get(name, False)
