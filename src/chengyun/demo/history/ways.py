"""What people do with a case next, and when: by its state, its clocks, its department, and luck."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from chengyun.cases.classes import CaseClass
from chengyun.demo.history.life import Frame, Life, Move
from chengyun.demo.history.wording import answer_text, frames, reason_text
from chengyun.kernel.actor import Actor, Known, Resident, System
from chengyun.kernel.worktime import Unit

ABOVE = System("hotline")
LATE = {"housing": 0.11, "construction": 0.08, "enforcement": 0.07, "water": 0.06, "social": 0.06, "market": 0.06}
PEOPLE = ("hotline", "resident", "desk")
STEPS_AT_MOST = 40


class Alive(Protocol):
    """A case that goes on: one of the history, or one of the real table that a simulator looks at."""

    case: Any
    frame: Frame
    kind: CaseClass
    moment: datetime
    done: set[str]
    twin: Any  # the first report of the same matter, if people report it again and again

    def running(self, stage: str) -> Any:
        """The clock of a stage that runs, if one does."""

    def open_part(self) -> Any:
        """A supporting part that is not done yet."""

    def finder(self) -> Actor:
        """Who found it out there."""


Way = Callable[[Alive], Move | None]


def live(life: Life) -> None:
    """Let a case be worked on until it ends, waits for somebody, or the present is reached."""
    for _ in range(STEPS_AT_MOST):
        ways = ORDER_WAYS if life.case.is_order else WAYS
        way = ways.get(life.case.state)
        move = way(life) if way else None
        if move is None or not life.take(move) or life.waits:
            return


def _chance(life: Alive, share: float) -> bool:
    return life.frame.luck.random() < share


def _once(life: Alive, what: str, share: float) -> bool:
    """Decided once in each round of a case: whether something that rarely happens does."""
    key = f"{what} {life.case.round}"
    if key in life.done or f"no {what}" in life.done:
        return False
    life.done.add(key)
    return _chance(life, share)


def _desk(life: Alive, role: str = "operator") -> Actor:
    return Known("person", life.frame.luck.choice(life.frame.scene.crew.desk[role]))


def _office(life: Alive, handler: bool = False, department: int | None = None) -> Actor:
    crew, department = life.frame.scene.crew, department or life.case.department_id or 0
    people = (crew.handlers if handler else crew.liaisons).get(department) or crew.desk["duty_officer"]
    return Known("person", life.frame.luck.choice(people))


def _worker(life: Alive) -> Actor:
    """A grid worker who has not handled the case; the duty officer where there is none."""
    crew, case = life.frame.scene.crew, life.case
    free = [w for w in crew.workers.get(case.grid_id or 0, ()) if w not in case.handlers]
    return Known("person", life.frame.luck.choice(free or crew.desk["duty_officer"]))


def _when(life: Alive, stage: str, late: float, within: str = "desk") -> datetime:
    """When the clock of a stage is ended: mostly before it is due, sometimes after; in the hours of who does it."""
    luck, clock = life.frame.luck, life.running(stage)
    late *= min(2.0, life.frame.load.get(life.case.local_day, 1.0))
    if clock is None or clock.due_at is None:
        raw = life.moment + timedelta(minutes=luck.randint(8, 240))
    else:
        span = max((clock.due_at - life.moment).total_seconds(), 60.0)
        if stage == "sign":  # what must be done within hours is not left unsigned until it is due
            span = min(span, _left_to_handle(life) * 0.5)
        share = 1 + luck.expovariate(2.2) if luck.random() < late else luck.betavariate(1.5, 2.6) * 0.97
        raw = life.moment + timedelta(seconds=int(span * share))
    if clock is not None and clock.limit["unit"] == Unit.CLOCK_HOURS:
        return raw  # what is counted by the clock is watched round the clock
    if within == "office":
        return life.frame.hours.office(raw, life.moment, luck)
    return life.frame.hours.field(raw, luck) if within == "field" else raw


def _left_to_handle(life: Alive) -> float:
    """Seconds until the handling is due, at least ten minutes."""
    clock = life.running("handle")
    left = (clock.due_at - life.moment).total_seconds() if clock is not None and clock.due_at else 86_400.0
    return float(max(left, 600.0))


def _soon(life: Alive, low: int, high: int, within: str = "office") -> datetime:
    """Some minutes later, in the hours of who does it."""
    raw = life.moment + timedelta(minutes=life.frame.luck.randint(low, high))
    if within == "office":
        return life.frame.hours.office(raw, life.moment, life.frame.luck)
    return life.frame.hours.field(raw, life.frame.luck) if within == "field" else raw


def _reported(life: Alive) -> Move | None:
    case = life.case
    if case.simple or (case.channel == "patrol" and life.kind.simple and _once(life, "settle", 0.92)):
        worker = life.finder()
        given = {"class": life.kind.code}
        return Move("settle", worker, _soon(life, 2, 16, "field"), given, ("before", "after"))
    if case.channel in PEOPLE and _once(life, "reject", 0.028):
        return Move("reject", _desk(life), _when(life, "receive", 0.03), _reason(life, "reject"))
    return Move("receive", _desk(life), _when(life, "receive", 0.03), {"class": life.kind.code})


def _received(life: Alive) -> Move | None:
    case = life.case
    if life.twin is not None and life.twin.is_open_at(life.moment) and _once(life, "merge", 0.6):
        return Move(
            "merge",
            _desk(life),
            life.moment + timedelta(seconds=life.frame.luck.randint(30, 90)),
            {"into": life.twin.case},
        )
    if case.channel in PEOPLE and case.grid_id and case.found is None and _once(life, "check", 0.26):
        worker = _worker(life)
        return Move("ask_check", _desk(life), _soon(life, 3, 40, "desk"), {"person": worker.actor_id})
    if case.found is False or _once(life, "not_file", 0.012):
        return Move("not_file", _desk(life), _when(life, "file", 0.04), _reason(life, "not_file"))
    if _once(life, "cancel", 0.004):
        return Move("cancel", _desk(life), _when(life, "file", 0.04), _reason(life, "cancel"))
    return Move("file", _desk(life), _when(life, "file", 0.035), {"class": life.kind.code})


def _checking(life: Alive) -> Move | None:
    found = _chance(life, 0.94)
    given: dict[str, Any] = {"found": found}
    if found:
        given["text"] = life.frame.luck.choice(frames()["reasons"]["found"])
    worker = Known("person", str(life.case.checker_id))
    return Move("check", worker, _when(life, "check", 0.06, "field"), given, ("before",) if found else ())


def _filed(life: Alive) -> Move | None:
    if life.case.is_order and life.running("first_contact") is not None:
        text = life.frame.luck.choice(frames()["reasons"]["contact"])
        return Move("first_contact", _desk(life, "hotline_clerk"), _soon(life, 3, 50, "desk"), {"text": text})
    desk = _desk(life, "hotline_clerk" if life.case.is_order else "operator")
    given: dict[str, Any] = {"department": _department(life, desk)}
    if life.case.routing["department"]["by"] == "person":
        given |= _reason(life, "dispatch")
    if not life.case.is_order and life.case.round == 1 and _once(life, "joint", 0.028):
        given["supporting"] = _supporting(life, given["department"])
    return Move("dispatch", desk, _when(life, "dispatch", 0.03), given)


def _supporting(life: Alive, lead: int) -> list[int]:
    """One or two departments that help the lead."""
    scene = life.frame.scene
    others = [d for c, d in scene.crew.departments.items() if c in scene.routing_codes and d != lead]
    return life.frame.luck.sample(others, life.frame.luck.randint(1, 2))


def _part(life: Alive) -> Move:
    """A supporting department signs its part, then answers it."""
    part = life.open_part()
    office = _office(life, department=part.department_id)
    if part.state == "dispatched":
        return Move("part_sign", office, _soon(life, 10, 400), {"part": part})
    text = answer_text(_code_of(life), life.frame.luck)
    return Move("part_answer", office, _soon(life, 60, 1_500), {"part": part, "text": text})


def _department(life: Alive, desk: Actor) -> int:
    """By the responsibility table; small matters of homes to the committee; after a return somebody else."""
    scene, case, luck = life.frame.scene, life.case, life.frame.luck
    code, department, reason = scene.routing[case.class_code or life.kind.code]
    committee, chosen = scene.crew.committees.get(case.community_id or 0), department
    if committee and code in ("housing", "social") and _chance(life, 0.34):
        chosen = committee
    elif case.returns:
        others = [d for c, d in scene.crew.departments.items() if c in scene.routing_codes and d != department]
        chosen = luck.choice(others)
    if chosen != department:
        reason = {"by": "person", "person": desk.actor_id, "overruled": reason | {"department": code}}
    case.routing = case.routing | {"department": reason}
    return chosen


def _arbitration(life: Alive) -> Move | None:
    officer = _desk(life, "duty_officer")
    given = {"department": _department(life, officer), "reason": "按权责清单裁定由该部门处置"}
    return Move("arbitrate", officer, _when(life, "dispatch", 0.1), given)


def _dispatched(life: Alive) -> Move | None:
    if not life.case.bound and _once(life, f"return {life.case.returns}", 0.035 if not life.case.returns else 0.12):
        return Move("return", _office(life), _when(life, "sign", 0.05, "office"), _reason(life, "return"))
    return Move("sign", _office(life), _when(life, "sign", 0.045, "office"))


def _signed(life: Alive) -> Move | None:
    longest = max(6, min(240, int(_left_to_handle(life) / 60 * 0.25)))
    if _chance(life, 0.86):
        person = _office(life, handler=True).actor_id
        return Move("assign", _office(life), _soon(life, 5, longest, _pace(life)), {"person": person})
    return Move("start", _office(life, handler=True), _soon(life, 5, longest, _pace(life)))


def _pace(life: Alive) -> str:
    """Urgent work goes on round the clock, other work in office hours."""
    clock = life.running("handle")
    return "desk" if clock is not None and clock.limit["unit"] == Unit.CLOCK_HOURS else "office"


def _handling(life: Alive) -> Move | None:
    case = life.case
    beside = _pressed(life) or _put_off(life)
    if beside is not None:
        return beside
    if case.upper_pending:
        return _decided_above(life)
    if case.open_parts:
        return _part(life)
    code = _code_of(life)
    text = answer_text(code, life.frame.luck)
    photos = ("after",) if life.kind.photo else ()
    level = "community" if case.department_id in life.frame.scene.crew.committees.values() else "town"
    who = Known("person", str(case.assignee_id)) if case.assignee_id else _office(life, handler=True)
    at = _when(life, "handle", LATE.get(code, 0.045), "office")
    return Move("answer", who, at, {"text": text, "level": level}, photos)


def _pressed(life: Alive) -> Move | None:
    """What is late is urged by the platform, and sometimes supervised."""
    if "hurried" not in life.done and _is_late(life):
        life.done.add("hurried")
        return Move("urge", System("cases"), life.moment + timedelta(minutes=1))
    if "hurried" in life.done and not life.case.supervised and _once(life, "supervise", 0.3):
        at = _soon(life, 20, 400)  # which may lie behind a long holiday
        by = life.frame.today(at) + timedelta(days=life.frame.luck.randint(2, 6))
        return Move("supervise", _desk(life, "supervisor"), at, _reason(life, "supervise") | {"date": by})
    return None


def _put_off(life: Alive) -> Move | None:
    """Some work is suspended, some extended: of an order the platform above is asked."""
    case, luck = life.case, life.frame.luck
    if _once(life, "suspend", 0.007) and not case.is_order:
        at = _soon(life, 60, 900)
        until = life.frame.today(at) + timedelta(days=luck.randint(20, 120))
        return Move("suspend", _office(life), at, _reason(life, "suspend") | {"date": until})
    if case.extensions < 2 and _once(life, f"extend {case.extensions}", 0.055 if not case.extensions else 0.1):
        at = _soon(life, 120, 900)
        verb = "apply_extension" if case.is_order and case.upper_due_at else "extend"
        if case.due_at and at < case.due_at and not (verb == "apply_extension" and case.upper_pending):
            return Move(verb, _office(life), at, _reason(life, "extend") | {"days": luck.randint(2, 7)})
    return None


def _is_late(life: Alive) -> bool:
    clock = life.running("handle")
    return clock is not None and clock.due_at is not None and life.moment > clock.due_at


def _code_of(life: Alive) -> str:
    routed = life.frame.scene.routing.get(life.case.class_code)
    return routed[0] if routed else ""


def _suspended(life: Alive) -> Move | None:
    return Move("resume", _office(life), _soon(life, 60 * 24 * 10, 60 * 24 * 70))


def _answered(life: Alive) -> Move | None:
    if _once(life, "send_back", 0.03):
        return Move("send_back", _desk(life), _when(life, "review", 0.03), _reason(life, "send_back"))
    if life.case.is_order and _chance(life, 0.6):
        return _reply(life)
    worker = _worker(life)
    return Move("send_verify", _desk(life), _when(life, "review", 0.03), {"person": worker.actor_id})


def _verifying(life: Alive) -> Move | None:
    case = life.case
    worker = Known("person", str(case.verifier_id))
    if str(case.verifier_id) in case.handlers:
        worker = Known("person", _desk(life, "duty_officer").actor_id)
    at = _when(life, "verify", 0.05, "field")
    if case.round < 4 and _chance(life, 0.065 if case.round == 1 else 0.15):
        return Move("verify_fail", worker, at, _reason(life, "verify_fail"), ("after",))
    return Move("verify_pass", worker, at, {}, ("after",) if life.kind.photo else ())


def _verified(life: Alive) -> Move | None:
    if life.case.supervised:
        return Move("clear_supervision", _desk(life, "supervisor"), _soon(life, 10, 200), {"text": "已办结，予以销号"})
    if life.case.is_order:
        return _reply(life)
    return Move("close", _desk(life), _when(life, "close", 0.03), {})


def _closed(life: Alive) -> Move | None:
    case = life.case
    if case.simple:
        if case.sampled and _once(life, "sample", 0.8):
            bad = _chance(life, 0.05)
            at = _soon(life, 60 * 5, 60 * 90, "field")
            worker = _worker(life)
            return (
                Move("sample_fail", worker, at, _reason(life, "verify_fail"))
                if bad
                else Move("sample_pass", worker, at)
            )
        return None
    if case.channel == "resident" and case.reporter_id and _once(life, "rate", 0.34):
        return Move("rate", Resident(str(case.reporter_id)), _soon(life, 30, 4_000, "field"), _opinion(life))
    if case.channel in PEOPLE and _once(life, "call_back", 0.45):
        return Move("call_back", _desk(life), _soon(life, 120, 3_600), _opinion(life))
    return _reopened(life)


def _reopened(life: Alive) -> Move | None:
    if life.case.reopenings == 0 and life.case.channel in PEOPLE and _once(life, "reopen", 0.013):
        return Move("reopen", _desk(life), _soon(life, 600, 9_000), _reason(life, "reopen"))
    return None


def _opinion(life: Alive) -> dict[str, Any]:
    solved = _chance(life, 0.87 if life.case.round == 1 else 0.78)
    luck = life.frame.luck
    return {
        "solved": solved,
        "satisfied": luck.choices((5, 4, 3, 2, 1), (52, 30, 10, 5, 3) if solved else (4, 12, 24, 32, 28))[0],
    }


def _reason(life: Alive, verb: str) -> dict[str, Any]:
    return {"reason": reason_text(verb, life.frame.luck)}


def _ordered(life: Alive) -> Move | None:
    if life.case.upper_pending:
        return _decided_above(life)
    if _once(life, "apply_return", 0.05):
        return Move("apply_return", _desk(life, "hotline_clerk"), _when(life, "upper_sign", 0.02, "office"),
                    _reason(life, "return"))  # fmt: skip
    return Move("accept", _desk(life, "hotline_clerk"), _when(life, "upper_sign", 0.02, "office"),
                {"class": life.kind.code})  # fmt: skip


def _decided_above(life: Alive) -> Move | None:
    """The platform above grants or refuses what was applied for."""
    at = _soon(life, 60, 1_200)
    if _chance(life, 0.3):
        return Move("upper_refused", ABOVE, at)
    if life.case.upper_pending == "return":
        return Move("upper_returned", ABOVE, at)
    due = (life.case.upper_due_at or at) + timedelta(days=life.frame.luck.randint(2, 6))
    return Move("upper_extended", ABOVE, at, {"due_at": due})


def _reply(life: Alive) -> Move:
    text = answer_text(_code_of(life), life.frame.luck)
    stage = "review" if life.case.state == "answered" else "close"
    return Move("reply", _desk(life, "hotline_clerk"), _when(life, stage, 0.03, "office"), {"text": text})


def _replied(life: Alive) -> Move | None:
    if _once(life, "called back", 0.62):
        return Move("upper_called_back", ABOVE, _soon(life, 600, 4_000), _opinion(life))
    if life.case.reopenings == 0 and _once(life, "upper_reopened", 0.025):
        at = _soon(life, 600, 4_000)
        return Move("upper_reopened", ABOVE, at, {"due_at": at + timedelta(days=life.frame.luck.randint(3, 7))})
    return Move("upper_closed", ABOVE, _soon(life, 600, 6_000))


WAYS: dict[str, Way] = {
    "reported": _reported, "received": _received, "checking": _checking, "filed": _filed,
    "arbitration": _arbitration, "dispatched": _dispatched, "signed": _signed, "handling": _handling,
    "suspended": _suspended, "answered": _answered, "verifying": _verifying, "verified": _verified, "closed": _closed,
    "rated": _reopened,
}  # fmt: skip
ORDER_WAYS: dict[str, Way] = WAYS | {"ordered": _ordered, "replied": _replied, "closed": lambda _: None}
