"""What people do with a case next, and when: by its state, its clocks, its department, and luck."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chengyun.demo.history.acting import (
    Alive,
    chance,
    code_of,
    desk,
    left_to_handle,
    office,
    once,
    opinion,
    pace,
    reason,
    soon,
    suspender,
    when,
    worker,
)
from chengyun.demo.history.life import Life, Move
from chengyun.demo.history.orders import decided_above, ordered, replied, reply
from chengyun.demo.history.wording import answer_text, frames
from chengyun.demo.people import OFFICES
from chengyun.kernel.actor import Actor, Known, Resident, System

LATE = {"housing": 0.11, "construction": 0.08, "enforcement": 0.07, "water": 0.06, "social": 0.06, "market": 0.06}
PEOPLE = ("hotline", "resident", "desk")
STEPS_AT_MOST = 40

Way = Callable[[Alive], Move | None]


def live(life: Life) -> None:
    """Let a case be worked on until it ends, waits for somebody, or the present is reached."""
    for _ in range(STEPS_AT_MOST):
        ways = ORDER_WAYS if life.case.is_order else WAYS
        way = ways.get(life.case.state)
        move = way(life) if way else None
        if move is None or not life.take(move) or life.waits:
            return


def _reported(life: Alive) -> Move | None:
    case = life.case
    if case.simple or (case.channel == "patrol" and life.kind.simple and once(life, "settle", 0.92)):
        who = life.finder()
        given = {"class": life.kind.code}
        return Move("settle", who, soon(life, 2, 16, "field"), given, ("before", "after"))
    if case.channel in PEOPLE and once(life, "reject", 0.028):
        return Move("reject", desk(life), when(life, "receive", 0.03), reason(life, "reject"))
    return Move("receive", desk(life), when(life, "receive", 0.03), {"class": life.kind.code})


def _received(life: Alive) -> Move | None:
    case = life.case
    if life.twin is not None and life.twin.is_open_at(life.moment) and once(life, "merge", 0.6):
        return Move(
            "merge",
            desk(life),
            life.moment + timedelta(seconds=life.frame.luck.randint(30, 90)),
            {"into": life.twin.case},
        )
    if case.channel in PEOPLE and case.grid_id and case.found is None and once(life, "check", 0.26):
        who = worker(life)
        return Move("ask_check", desk(life), soon(life, 3, 40, "desk"), {"person": who.actor_id})
    if case.found is False or once(life, "not_file", 0.012):
        return Move("not_file", desk(life), when(life, "file", 0.04), reason(life, "not_file"))
    if once(life, "cancel", 0.004):
        return Move("cancel", desk(life), when(life, "file", 0.04), reason(life, "cancel"))
    return Move("file", desk(life), when(life, "file", 0.035), {"class": life.kind.code})


def _checking(life: Alive) -> Move | None:
    found = chance(life, 0.94)
    given: dict[str, Any] = {"found": found}
    if found:
        given["text"] = life.frame.luck.choice(frames()["reasons"]["found"])
    who = Known("person", str(life.case.checker_id))
    return Move("check", who, when(life, "check", 0.06, "field"), given, ("before",) if found else ())


def _filed(life: Alive) -> Move | None:
    if life.case.is_order and life.running("first_contact") is not None:
        text = life.frame.luck.choice(frames()["reasons"]["contact"])
        return Move("first_contact", desk(life, "hotline_clerk"), soon(life, 3, 50, "desk"), {"text": text})
    clerk = desk(life, "hotline_clerk" if life.case.is_order else "operator")
    given: dict[str, Any] = {"department": _department(life, clerk)}
    if life.case.routing["department"]["by"] == "person":
        given |= reason(life, "dispatch")
    if not life.case.is_order and life.case.round == 1:
        helping = _supporting(life, given["department"])
        given |= {"supporting": helping} if helping else {}
    return Move("dispatch", clerk, when(life, "dispatch", 0.03), given)


def _supporting(life: Alive, lead: int) -> list[int]:
    """Mostly nobody; else one or two departments that help the lead, or a contractor that it supervises."""
    scene, luck = life.frame.scene, life.frame.luck
    departments = scene.crew.departments
    if once(life, "joint", 0.028):
        others = [d for c, d in departments.items() if c in scene.routing_codes and d != lead]
        return luck.sample(others, luck.randint(1, 2))
    hired = [departments[c] for c, (_, above) in OFFICES["contractors"].items() if departments.get(above) == lead]
    return [luck.choice(hired)] if hired and once(life, "hired", 0.05) else []


def _part(life: Alive) -> Move:
    """A supporting department signs its part, then answers it."""
    part = life.open_part()
    theirs = office(life, department=part.department_id)
    if part.state == "dispatched":
        return Move("part_sign", theirs, soon(life, 10, 400), {"part": part})
    text = answer_text(code_of(life), life.frame.luck)
    return Move("part_answer", theirs, soon(life, 60, 1_500), {"part": part, "text": text})


def _department(life: Alive, clerk: Actor) -> int:
    """By the responsibility table; small matters of homes to the committee; after a return somebody else."""
    scene, case, luck = life.frame.scene, life.case, life.frame.luck
    code, department, why = scene.routing[case.class_code or life.kind.code]
    committee, chosen = scene.crew.committees.get(case.community_id or 0), department
    if committee and code in ("housing", "social") and chance(life, 0.34):
        chosen = committee
    elif case.returns:
        others = [d for c, d in scene.crew.departments.items() if c in scene.routing_codes and d != department]
        chosen = luck.choice(others)
    if chosen != department:
        why = {"by": "person", "person": clerk.actor_id, "overruled": why | {"department": code}}
    case.routing = case.routing | {"department": why}
    return chosen


def _arbitration(life: Alive) -> Move | None:
    officer = desk(life, "duty_officer")
    given = {"department": _department(life, officer), "reason": "按权责清单裁定由该部门处置"}
    return Move("arbitrate", officer, when(life, "dispatch", 0.1), given)


def _dispatched(life: Alive) -> Move | None:
    if not life.case.bound and once(life, f"return {life.case.returns}", 0.035 if not life.case.returns else 0.12):
        return Move("return", office(life), when(life, "sign", 0.05, "office"), reason(life, "return"))
    return Move("sign", office(life), when(life, "sign", 0.045, "office"))


def _signed(life: Alive) -> Move | None:
    longest = max(6, min(240, int(left_to_handle(life) / 60 * 0.25)))
    if chance(life, 0.86):
        person = office(life, handler=True).actor_id
        return Move("assign", office(life), soon(life, 5, longest, pace(life)), {"person": person})
    return Move("start", office(life, handler=True), soon(life, 5, longest, pace(life)))


def _handling(life: Alive) -> Move | None:
    case = life.case
    beside = _pressed(life) or _put_off(life)
    if beside is not None:
        return beside
    if case.upper_pending:
        return decided_above(life)
    if case.open_parts:
        return _part(life)
    code = code_of(life)
    text = answer_text(code, life.frame.luck)
    photos = ("after",) if life.kind.photo else ()
    level = "community" if case.department_id in life.frame.scene.crew.committees.values() else "town"
    who = Known("person", str(case.assignee_id)) if case.assignee_id else office(life, handler=True)
    at = when(life, "handle", LATE.get(code, 0.045), "office")
    return Move("answer", who, at, {"text": text, "level": level}, photos)


def _pressed(life: Alive) -> Move | None:
    """What is late is urged by the platform, and sometimes supervised."""
    if "hurried" not in life.done and _is_late(life):
        life.done.add("hurried")
        return Move("urge", System("cases"), life.moment + timedelta(minutes=1))
    if "hurried" in life.done and not life.case.supervised and once(life, "supervise", 0.3):
        at = soon(life, 20, 400)  # which may lie behind a long holiday
        by = life.frame.today(at) + timedelta(days=life.frame.luck.randint(2, 6))
        return Move("supervise", desk(life, "supervisor"), at, reason(life, "supervise") | {"date": by})
    return None


def _put_off(life: Alive) -> Move | None:
    """Some work is suspended, some extended: of an order the platform above is asked."""
    case, luck = life.case, life.frame.luck
    if once(life, "suspend", 0.007) and not case.is_order:
        at = soon(life, 60, 900)
        until = life.frame.today(at) + timedelta(days=luck.randint(20, 120))
        return Move("suspend", suspender(life), at, reason(life, "suspend") | {"date": until})
    if case.extensions < 2 and once(life, f"extend {case.extensions}", 0.055 if not case.extensions else 0.1):
        at = soon(life, 120, 900)
        above = case.is_order and case.upper_due_at
        verb, who = ("apply_extension", desk(life, "hotline_clerk")) if above else ("extend", office(life))
        if case.due_at and at < case.due_at and not (verb == "apply_extension" and case.upper_pending):
            return Move(verb, who, at, reason(life, "extend") | {"days": luck.randint(2, 7)})
    return None


def _is_late(life: Alive) -> bool:
    clock = life.running("handle")
    return clock is not None and clock.due_at is not None and life.moment > clock.due_at


def _suspended(life: Alive) -> Move | None:
    return Move("resume", suspender(life), soon(life, 60 * 24 * 10, 60 * 24 * 70))


def _answered(life: Alive) -> Move | None:
    if once(life, "send_back", 0.03):
        return Move("send_back", desk(life), when(life, "review", 0.03), reason(life, "send_back"))
    if life.case.is_order and chance(life, 0.6):
        return reply(life)
    who = worker(life)
    return Move("send_verify", desk(life), when(life, "review", 0.03), {"person": who.actor_id})


def _verifying(life: Alive) -> Move | None:
    case = life.case
    who = Known("person", str(case.verifier_id))
    if str(case.verifier_id) in case.handlers:
        who = Known("person", desk(life, "duty_officer").actor_id)
    at = when(life, "verify", 0.05, "field")
    if case.round < 4 and chance(life, 0.065 if case.round == 1 else 0.15):
        return Move("verify_fail", who, at, reason(life, "verify_fail"), ("after",))
    return Move("verify_pass", who, at, {}, ("after",) if life.kind.photo else ())


def _verified(life: Alive) -> Move | None:
    if life.case.supervised:
        return Move("clear_supervision", desk(life, "supervisor"), soon(life, 10, 200), {"text": "已办结，予以销号"})
    if life.case.is_order:
        return reply(life)
    return Move("close", desk(life), when(life, "close", 0.03), {})


def _closed(life: Alive) -> Move | None:
    case = life.case
    if case.simple:
        if case.sampled and once(life, "sample", 0.8):
            bad = chance(life, 0.05)
            at = soon(life, 60 * 5, 60 * 90, "field")
            who = worker(life)
            return Move("sample_fail", who, at, reason(life, "verify_fail")) if bad else Move("sample_pass", who, at)
        return None
    if case.channel == "resident" and case.reporter_id and once(life, "rate", 0.34):
        return Move("rate", Resident(str(case.reporter_id)), soon(life, 30, 4_000, "field"), opinion(life))
    if case.channel in PEOPLE and once(life, "call_back", 0.45):
        return Move("call_back", desk(life), soon(life, 120, 3_600), opinion(life))
    return _reopened(life)


def _reopened(life: Alive) -> Move | None:
    if life.case.reopenings == 0 and life.case.channel in PEOPLE and once(life, "reopen", 0.013):
        return Move("reopen", desk(life), soon(life, 600, 9_000), reason(life, "reopen"))
    return None


WAYS: dict[str, Way] = {
    "reported": _reported, "received": _received, "checking": _checking, "filed": _filed,
    "arbitration": _arbitration, "dispatched": _dispatched, "signed": _signed, "handling": _handling,
    "suspended": _suspended, "answered": _answered, "verifying": _verifying, "verified": _verified, "closed": _closed,
    "rated": _reopened,
}  # fmt: skip
ORDER_WAYS: dict[str, Way] = WAYS | {"ordered": ordered, "replied": replied, "closed": lambda _: None}
