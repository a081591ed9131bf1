"""How anyone acts on a case: who, with what luck, and when, in the hours in which he works."""

from datetime import datetime, timedelta
from typing import Any, Protocol

from chengyun.cases.classes import CaseClass
from chengyun.demo.history.life import Frame
from chengyun.demo.history.wording import reason_text
from chengyun.kernel.actor import Actor, Known
from chengyun.kernel.worktime import Unit


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


def chance(life: Alive, share: float) -> bool:
    """Whether something of this likelihood happens."""
    return life.frame.luck.random() < share


def once(life: Alive, what: str, share: float) -> bool:
    """Decided once in each round of a case: whether something that rarely happens does."""
    key = f"{what} {life.case.round}"
    if key in life.done or f"no {what}" in life.done:
        return False
    life.done.add(key)
    return chance(life, share)


def desk(life: Alive, role: str = "operator") -> Actor:
    """Somebody at the centre with a role."""
    return Known("person", life.frame.luck.choice(life.frame.scene.crew.desk[role]))


def office(life: Alive, handler: bool = False, department: int | None = None) -> Actor:
    """Somebody of the department that has the case (or of another): who signs for it, or who does the work."""
    crew, department = life.frame.scene.crew, department or life.case.department_id or 0
    people = (crew.handlers if handler else crew.liaisons).get(department) or crew.desk["duty_officer"]
    return Known("person", life.frame.luck.choice(people))


def suspender(life: Alive) -> Actor:
    """Who asks to stop the clock of the work, and lets it run again."""
    crew = life.frame.scene.crew
    return Known(
        "person", life.frame.luck.choice(crew.suspenders.get(life.case.department_id or 0) or crew.desk["duty_officer"])
    )


def worker(life: Alive) -> Actor:
    """A grid worker who has not handled the case; the duty officer where there is none."""
    crew, case = life.frame.scene.crew, life.case
    free = [w for w in crew.workers.get(case.grid_id or 0, ()) if w not in case.handlers]
    return Known("person", life.frame.luck.choice(free or crew.desk["duty_officer"]))


def when(life: Alive, stage: str, late: float, within: str = "desk") -> datetime:
    """When the clock of a stage is ended: mostly before it is due, sometimes after; in the hours of who does it."""
    luck, clock = life.frame.luck, life.running(stage)
    late *= min(2.0, life.frame.load.get(life.case.local_day, 1.0))
    if clock is None or clock.due_at is None:
        raw = life.moment + timedelta(minutes=luck.randint(8, 240))
    else:
        span = max((clock.due_at - life.moment).total_seconds(), 60.0)
        if stage == "sign":  # what must be done within hours is not left unsigned until it is due
            span = min(span, left_to_handle(life) * 0.5)
        share = 1 + luck.expovariate(2.2) if luck.random() < late else luck.betavariate(1.5, 2.6) * 0.97
        raw = life.moment + timedelta(seconds=int(span * share))
    if clock is not None and clock.limit["unit"] == Unit.CLOCK_HOURS:
        return raw  # what is counted by the clock is watched round the clock
    if within == "office":
        return life.frame.hours.office(raw, life.moment, luck)
    return life.frame.hours.field(raw, luck) if within == "field" else raw


def left_to_handle(life: Alive) -> float:
    """Seconds until the handling is due, at least ten minutes."""
    clock = life.running("handle")
    left = (clock.due_at - life.moment).total_seconds() if clock is not None and clock.due_at else 86_400.0
    return float(max(left, 600.0))


def soon(life: Alive, low: int, high: int, within: str = "office") -> datetime:
    """Some minutes later, in the hours of who does it."""
    raw = life.moment + timedelta(minutes=life.frame.luck.randint(low, high))
    if within == "office":
        return life.frame.hours.office(raw, life.moment, life.frame.luck)
    return life.frame.hours.field(raw, life.frame.luck) if within == "field" else raw


def pace(life: Alive) -> str:
    """Urgent work goes on round the clock, other work in office hours."""
    clock = life.running("handle")
    return "desk" if clock is not None and clock.limit["unit"] == Unit.CLOCK_HOURS else "office"


def reason(life: Alive, verb: str) -> dict[str, Any]:
    """A reason, as a verb is given one."""
    return {"reason": reason_text(verb, life.frame.luck)}


def opinion(life: Alive) -> dict[str, Any]:
    """What somebody says of the result."""
    solved = chance(life, 0.87 if life.case.round == 1 else 0.78)
    luck = life.frame.luck
    return {
        "solved": solved,
        "satisfied": luck.choices((5, 4, 3, 2, 1), (52, 30, 10, 5, 3) if solved else (4, 12, 24, 32, 28))[0],
    }


def code_of(life: Alive) -> str:
    """The code of the department that answers for the class."""
    routed = life.frame.scene.routing.get(life.case.class_code)
    return routed[0] if routed else ""
