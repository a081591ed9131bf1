"""What a verb changes on the case itself, and what the journal then says. Pure: rows and bulk objects alike.

Ids in `given` are already looked up: department and supporting are numbers, person a reference, into a case.
"""

from collections.abc import Callable, Mapping
from typing import Any

from chengyun.cases import events
from chengyun.cases.flow_table import OPEN_STATES
from chengyun.cases.rules.steps import Ask, is_sampled
from chengyun.kernel.flow import Step

Effect = Callable[[Any, Ask], None]


def apply(case: Any, step: Step, ask: Ask) -> dict[str, Any]:
    """Change `case` as the verb says, state included. Returns the facts of the verb's event beyond the common ones."""
    before = _BEFORE.get(step.verb.name, _nothing)(case, ask)
    effect = _EFFECTS.get(step.verb.name)
    if effect:
        effect(case, ask)
    case.state = step.state
    case.is_open = step.state in OPEN_STATES
    facts: dict[str, Any] = EVENTS[step.verb.name][1](case, ask)
    return before | facts


def _nothing(_: Any, __: Ask) -> dict[str, Any]:
    return {}


def _handled(case: Any, person: str | None) -> None:
    """Remember who handled the case: none of them verifies it."""
    if person and person not in case.handlers:
        case.handlers = [*case.handlers, person]


def _actor(ask: Ask) -> str | None:
    return ask.by.id if ask.by.kind == "person" else None


def _classify(case: Any, ask: Ask) -> None:
    kind = ask.class_of(case)
    code = ask.given.get("class")
    if kind and code and code != case.class_code:
        case.class_code = code
        case.priority = "urgent" if case.priority == "urgent" else kind.priority
    case.priority = ask.given.get("priority") or case.priority


def _file(case: Any, ask: Ask) -> None:
    _classify(case, ask)
    case.filed_at = ask.moment


def _ask_check(case: Any, ask: Ask) -> None:
    case.checker_id = ask.given.get("person")


def _check(case: Any, ask: Ask) -> None:
    case.found = ask.given["found"]
    case.checker_id = _actor(ask) or case.checker_id


def _send(case: Any, ask: Ask) -> None:
    case.department_id = ask.given["department"]
    case.assignee_id = case.signed_at = None
    case.open_parts += len(ask.given.get("supporting", ()))


def _arbitrate(case: Any, ask: Ask) -> None:
    _send(case, ask)
    case.bound = True


def _sign(case: Any, ask: Ask) -> None:
    case.signed_at = ask.moment
    _handled(case, _actor(ask))


def _assign(case: Any, ask: Ask) -> None:
    case.assignee_id = ask.given["person"]
    _handled(case, str(ask.given["person"]))


def _begin(case: Any, ask: Ask) -> None:
    case.assignee_id = _actor(ask)
    _handled(case, _actor(ask))


def _give_back(case: Any, _: Ask) -> None:
    case.department_id = case.assignee_id = case.signed_at = None
    case.returns += 1


def _answer(case: Any, ask: Ask) -> None:
    case.answered_at = ask.moment
    case.level = ask.given.get("level") or case.level
    _handled(case, _actor(ask))


def _rework(case: Any, _: Ask) -> None:
    case.round += 1


def _verify_fail(case: Any, ask: Ask) -> None:
    _rework(case, ask)
    _verified_by(case, ask)


def _send_verify(case: Any, ask: Ask) -> None:
    case.verifier_id = ask.given.get("person")


def _verified_by(case: Any, ask: Ask) -> None:
    case.verifier_id = _actor(ask) or case.verifier_id


def _close(case: Any, ask: Ask) -> None:
    case.closed_at = ask.moment
    case.level = ask.given.get("level") or case.level or "town"
    case.supervised = False


def _again(case: Any, _: Ask) -> None:
    """Back to the desk: a new round without a department."""
    case.round += 1
    case.reopenings += 1
    case.closed_at = case.answered_at = None
    case.department_id = case.assignee_id = case.signed_at = case.verifier_id = None
    case.bound = False


def _extend(case: Any, _: Ask) -> None:
    case.extensions += 1


def _suspend(case: Any, ask: Ask) -> None:
    case.review_on = ask.given["date"]


def _resume(case: Any, _: Ask) -> None:
    case.review_on = None


def _merge(case: Any, ask: Ask) -> None:
    case.merged_into_id = ask.given["into"].pk
    case.department_id = case.assignee_id = case.signed_at = None
    case.open_parts = 0


def _unmerge(case: Any, _: Ask) -> None:
    case.merged_into_id = None


def _settle(case: Any, ask: Ask) -> None:
    _classify(case, ask)
    case.simple = True
    case.sampled = is_sampled(case.number, ask.practice.sample_percent)
    case.level = "grid"
    case.filed_at = case.filed_at or ask.moment
    case.answered_at = case.closed_at = ask.moment
    _handled(case, _actor(ask))


def _join_in(case: Any, ask: Ask) -> None:
    case.open_parts += len(ask.given["supporting"])


def _part_ends(case: Any, ask: Ask) -> None:
    case.open_parts = max(0, case.open_parts - 1)
    _handled(case, _actor(ask))


def _part_assign(case: Any, ask: Ask) -> None:
    _handled(case, str(ask.given["person"]))


def _part_sign(case: Any, ask: Ask) -> None:
    _handled(case, _actor(ask))


def _urge(case: Any, _: Ask) -> None:
    case.urges += 1


def _supervise(case: Any, _: Ask) -> None:
    case.supervised = True


def _clear(case: Any, _: Ask) -> None:
    case.supervised = False


def _confide(case: Any, ask: Ask) -> None:
    case.confidential = ask.given["confidential"]


def _join(case: Any, ask: Ask) -> None:
    case.joined_to_id = ask.given["into"].pk


def _apply_return(case: Any, _: Ask) -> None:
    case.upper_pending = "return"


def _apply_extension(case: Any, _: Ask) -> None:
    case.upper_pending = "extension"


def _decided(case: Any, _: Ask) -> None:
    case.upper_pending = ""


def _upper_extended(case: Any, ask: Ask) -> None:
    case.upper_pending = ""
    case.upper_due_at = ask.given["due_at"]


def _upper_closed(case: Any, ask: Ask) -> None:
    case.upper_pending = ""
    _close(case, ask)


def _upper_reopened(case: Any, ask: Ask) -> None:
    _again(case, ask)
    case.upper_pending = ""
    case.upper_due_at = ask.given.get("due_at")


_EFFECTS: dict[str, Effect] = {
    "receive": _classify, "ask_check": _ask_check, "check": _check, "file": _file, "accept": _file, "dispatch": _send,
    "arbitrate": _arbitrate, "reassign": _send, "sign": _sign, "assign": _assign, "start": _begin,
    "return": _give_back, "answer": _answer, "send_back": _rework, "send_verify": _send_verify,
    "verify_pass": _verified_by, "verify_fail": _verify_fail, "close": _close, "reopen": _again, "sample_fail": _again,
    "extend": _extend, "suspend": _suspend, "resume": _resume, "merge": _merge, "unmerge": _unmerge,
    "settle": _settle, "join_in": _join_in, "part_sign": _part_sign, "part_assign": _part_assign,
    "part_answer": _part_ends, "part_return": _part_ends, "urge": _urge, "supervise": _supervise,
    "clear_supervision": _clear, "confide": _confide, "reclassify": _classify, "join": _join,
    "apply_return": _apply_return, "apply_extension": _apply_extension, "upper_refused": _decided,
    "upper_returned": _decided, "upper_extended": _upper_extended, "upper_closed": _upper_closed,
    "upper_reopened": _upper_reopened,
}  # fmt: skip

# What is known only before the change.
_BEFORE: dict[str, Callable[[Any, Ask], dict[str, Any]]] = {
    "return": lambda case, _: {"department": case.department_id},
    "reassign": lambda case, _: {"from_department": case.department_id},
    "reclassify": lambda case, _: {"from_class": case.class_code},
    "unmerge": lambda case, _: {"out_of": str(case.merged_into.uuid)},
}

Facts = Callable[[Any, Ask], dict[str, Any]]


def _pick(*names: str, **renamed: str) -> Facts:
    """Facts that are columns of the case: as they are called there, or `fact="column"`."""
    columns = dict.fromkeys(names) | renamed
    return lambda case, _: {fact: getattr(case, column or fact) for fact, column in columns.items()}


def _given(*names: str) -> Facts:
    return lambda _, ask: {name: ask.given.get(name) for name in names}


def _rated(asked: str) -> Facts:
    return lambda _, ask: {"asked": asked, "solved": ask.given["solved"], "satisfied": ask.given["satisfied"]}


def _dispatched(case: Any, ask: Ask) -> dict[str, Any]:
    return {
        "department": case.department_id,
        "supporting": tuple(ask.given.get("supporting", ())),
        "routing": case.routing.get("department", {}),
    }


def _part_facts(_: Any, ask: Ask) -> dict[str, Any]:
    part = ask.given["part"]
    return {"verb": ask.verb.name, "part": str(part.uuid), "department": part.department_id, "part_state": part.state}


def _above(_: Any, ask: Ask) -> dict[str, Any]:
    names = ("due_at", "solved", "satisfied")
    return {"verb": ask.verb.name} | {name: ask.given.get(name) for name in names}


def _applied(kind: str) -> Facts:
    return lambda _, ask: {"kind": kind, "days": ask.given.get("days")}


_DEPARTMENT = _pick(department="department_id")

EVENTS: Mapping[str, tuple[type[Any], Facts]] = {
    "receive": (events.Received, _pick("class_code")),
    "reject": (events.Rejected, _nothing),
    "ask_check": (events.CheckAsked, _given("person")),
    "check": (events.Checked, _pick("found")),
    "file": (events.Filed, _pick("class_code", "priority")),
    "not_file": (events.NotFiled, _nothing),
    "accept": (events.Accepted, _pick("class_code", "priority")),
    "dispatch": (events.Dispatched, _dispatched),
    "sign": (events.Signed, _DEPARTMENT),
    "assign": (events.Assigned, _given("person")),
    "start": (events.Started, lambda _, ask: {"person": ask.by.id}),
    "return": (events.Returned, _pick("returns")),
    "escalate": (events.Escalated, _pick("returns")),
    "arbitrate": (events.Arbitrated, _DEPARTMENT),
    "reassign": (events.Reassigned, _DEPARTMENT),
    "answer": (events.Answered, _pick("level", department="department_id")),
    "send_back": (events.SentBack, _DEPARTMENT),
    "send_verify": (events.SentToVerify, _given("person")),
    "verify_pass": (events.Verified, _nothing),
    "verify_fail": (events.ReworkOrdered, _DEPARTMENT),
    "close": (events.Closed, _pick("level", "class_code", department="department_id")),
    "rate": (events.Rated, _rated("reporter")),
    "call_back": (events.Rated, _rated("desk")),
    "reopen": (events.Reopened, _pick("reopenings")),
    "extend": (events.Extended, lambda case, ask: {"days": ask.given["days"], "extensions": case.extensions}),
    "suspend": (events.Suspended, _pick("review_on")),
    "resume": (events.Resumed, _nothing),
    "merge": (events.Merged, lambda _, ask: {"into": str(ask.given["into"].uuid)}),
    "unmerge": (events.Unmerged, _nothing),
    "cancel": (events.Cancelled, _nothing),
    "settle": (events.Settled, _pick("class_code", "level", "sampled")),
    "sample_pass": (events.Sampled, lambda *_: {"passed": True}),
    "sample_fail": (events.Sampled, lambda *_: {"passed": False}),
    "join_in": (events.JoinedIn, lambda _, ask: {"supporting": tuple(ask.given["supporting"])}),
    "part_sign": (events.PartMoved, _part_facts),
    "part_assign": (events.PartMoved, _part_facts),
    "part_answer": (events.PartMoved, _part_facts),
    "part_return": (events.PartMoved, _part_facts),
    "urge": (events.Urged, _pick("urges", department="department_id")),
    "supervise": (events.Supervised, lambda case, ask: {"due_on": ask.given["date"], "department": case.department_id}),
    "clear_supervision": (events.SupervisionCleared, _nothing),
    "confide": (events.Confided, _pick("confidential")),
    "contact": (events.Contacted, lambda *_: {"first": False}),
    "first_contact": (events.Contacted, lambda *_: {"first": True}),
    "remark": (events.Remarked, _nothing),
    "reclassify": (events.Reclassified, _pick("class_code", "priority")),
    "relocate": (events.Relocated, _pick("point", "routing", grid="grid_id", community="community_id")),
    "overdue": (events.Overdue, lambda case, ask: {
        "stage": ask.given["stage"], "due_at": ask.given["due_at"], "department": case.department_id}),
    "reply": (events.Replied, _DEPARTMENT),
    "apply_return": (events.AppliedAbove, _applied("return")),
    "apply_extension": (events.AppliedAbove, _applied("extension")),
    "join": (events.JoinedTo, lambda _, ask: {"case": str(ask.given["into"].uuid)}),
    "upper_returned": (events.DecidedAbove, _above),
    "upper_refused": (events.DecidedAbove, _above),
    "upper_extended": (events.DecidedAbove, _above),
    "upper_closed": (events.DecidedAbove, _above),
    "upper_called_back": (events.DecidedAbove, _above),
    "upper_reopened": (events.DecidedAbove, _above),
}  # fmt: skip
