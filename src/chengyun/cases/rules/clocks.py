"""The clocks of a case: one for each stage and round, started, stopped, paused and moved by the verbs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from chengyun.cases.classes import StageLimit
from chengyun.cases.flow_table import ALL
from chengyun.kernel.flow import Effect
from chengyun.kernel.worktime import Due, End, Limit, Start, Timetable, Unit, WorkCalendar, due_at, resume

VOIDING = frozenset({"merge", "cancel", "return", "reassign", "upper_returned"})
"""Verbs that end a clock without judging it: the work was taken away, not done."""


class ClockLike(Protocol):
    """A clock: a row of the table or a plain object of a bulk history."""

    stage: str
    round: int
    limit: dict[str, Any]
    started_at: datetime
    due_at: datetime | None
    amber_at: datetime | None
    provisional: bool
    paused_at: datetime | None
    stopped_at: datetime | None
    on_time: bool | None
    history: list[dict[str, Any]]


@dataclass
class PlainClock:
    """A clock that is not a row (yet)."""

    stage: str
    round: int
    limit: dict[str, Any]
    started_at: datetime
    due_at: datetime | None = None
    amber_at: datetime | None = None
    provisional: bool = False
    paused_at: datetime | None = None
    stopped_at: datetime | None = None
    on_time: bool | None = None
    history: list[dict[str, Any]] = field(default_factory=list)


class Reckons(Protocol):
    """Turns a start and a limit into a due time; a bulk history may answer None and fill them in later."""

    def due(self, start: datetime, limit: Limit) -> Due | None: ...
    def later(self, due: datetime, days: int) -> Due: ...
    def resumed(self, due: datetime, paused: datetime, moment: datetime, limit: Limit) -> Due: ...


@dataclass(frozen=True)
class Reckon:
    """Due times under a calendar and the office hours of whoever works."""

    calendar: WorkCalendar
    timetable: Timetable

    def due(self, start: datetime, limit: Limit) -> Due:
        return due_at(start, limit, self.calendar, self.timetable)

    def later(self, due: datetime, days: int) -> Due:
        """`due` put off by working days, at the same time of day."""
        return due_at(due, Limit(days, Unit.WORK_DAYS, Start.MOMENT, End.SAME_TIME), self.calendar, self.timetable)

    def resumed(self, due: datetime, paused: datetime, moment: datetime, limit: Limit) -> Due:
        return resume(due, paused, moment, limit, self.calendar, self.timetable)


@dataclass(frozen=True)
class Change:
    """What happened to one clock, as the journal tells it."""

    stage: str
    act: str
    round: int
    due_at: datetime | None
    provisional: bool
    on_time: bool | None


@dataclass(frozen=True)
class Turn:
    """What turning the clocks of a case needs.

    `limit(stage)` gives the limit that holds now, `make(stage, round, limit, moment)` a new clock of the caller's own
    kind, `round` counts reworks from 1, `cap` is a due time that handling may not pass (an order's own).
    """

    verb: str
    moment: datetime
    round: int
    limit: Callable[[str], StageLimit]
    make: Callable[[str, int, dict[str, Any], datetime], ClockLike]
    reckon: Reckons
    amber: float
    cap: datetime | None = None


def is_running(clock: ClockLike) -> bool:
    """Whether the clock has been started and not ended; a paused one is running in this sense."""
    return clock.stopped_at is None


def running(clocks: Iterable[ClockLike], stage: str) -> list[ClockLike]:
    """The clocks of a stage (ALL: of any) that have not ended."""
    return [c for c in clocks if is_running(c) and stage in (ALL, c.stage)]


def apply(clocks: list[Any], effects: Sequence[Effect], turn: Turn) -> list[Change]:
    """Turn the clocks by the effects of a verb: changes them in place, appends new ones. Returns what changed."""
    changes: list[Change] = []
    for effect in effects:
        changes += _ACTS[effect.act](clocks, effect.stage, turn)
    return changes


def _start(clocks: list[Any], stage: str, turn: Turn) -> list[Change]:
    held = turn.limit(stage)
    waits_for_signing = held.from_signing and turn.verb != "sign" and stage == "handle"
    if waits_for_signing or running(clocks, stage):
        return []
    clock = turn.make(stage, turn.round, held.limit.to_json(), turn.moment)
    due = turn.reckon.due(turn.moment, held.limit)
    if due:
        set_due(clock, due, turn)
    clocks.append(clock)
    return [change_of(clock, "start")]


def _stop(clocks: list[Any], stage: str, turn: Turn) -> list[Change]:
    stopped = running(clocks, stage)
    for clock in stopped:
        clock.stopped_at = turn.moment
        clock.on_time = None if turn.verb in VOIDING else was_on_time(clock)
    return [change_of(clock, "void" if turn.verb in VOIDING else "stop") for clock in stopped]


def was_on_time(clock: ClockLike) -> bool | None:
    """Whether a clock ended in time: not after its due time, or while it stood still. None without a due time."""
    if clock.due_at is None or clock.stopped_at is None:
        return None
    return (clock.paused_at or clock.stopped_at) <= clock.due_at


def _pause(clocks: list[Any], stage: str, turn: Turn) -> list[Change]:
    paused = [c for c in running(clocks, stage) if c.paused_at is None]
    for clock in paused:
        clock.paused_at = turn.moment
    return [change_of(clock, "pause") for clock in paused]


def _resume(clocks: list[Any], stage: str, turn: Turn) -> list[Change]:
    changes = []
    for clock in running(clocks, stage):
        if clock.paused_at is not None:
            if clock.due_at is not None:
                limit = Limit.from_json(clock.limit)
                due = turn.reckon.resumed(clock.due_at, clock.paused_at, turn.moment, limit)
                remember(clock, turn.moment, "resumed")
                set_due(clock, due, turn)
            clock.paused_at = None
            changes.append(change_of(clock, "resume"))
    return changes


def _restart(clocks: list[Any], stage: str, turn: Turn) -> list[Change]:
    return _stop(clocks, stage, turn) + _start(clocks, stage, turn)


_ACTS: dict[str, Callable[[list[Any], str, Turn], list[Change]]] = {
    "start": _start, "stop": _stop, "pause": _pause, "resume": _resume, "restart": _restart,
}  # fmt: skip


def extend(clocks: Sequence[ClockLike], stage: str, days: int, turn: Turn) -> list[Change]:
    """Put the due time of a running stage off by working days; the old one is kept."""
    return [
        _moved(c, turn.reckon.later(c.due_at, days), "extended", turn, days=days)
        for c in running(clocks, stage)
        if c.due_at
    ]


def move_to(clocks: Sequence[ClockLike], stage: str, due: datetime, turn: Turn) -> list[Change]:
    """Set the due time of a running stage to what was decided above; the old one is kept."""
    return [_moved(c, Due(due, False), "moved", turn) for c in running(clocks, stage)]


def recompute(clock: ClockLike, turn: Turn) -> Change | None:
    """Reckon a provisional due time anew, now that the calendar is known; None if nothing changed.

    An extended or resumed clock is reckoned from its first due time again, with what was added to it.
    """
    limit = Limit.from_json(clock.limit)
    due = turn.reckon.due(clock.started_at, limit)
    for step in clock.history:
        if due and step["why"] == "extended":
            due = turn.reckon.later(due.at, int(step["days"]))
        elif due and step["why"] == "resumed":
            stood = (datetime.fromisoformat(step["paused"]), datetime.fromisoformat(step["at"]))
            due = turn.reckon.resumed(due.at, *stood, limit)
        elif step["why"] == "moved":
            return None
    if due is None or (_held(clock, due, turn) == clock.due_at and due.provisional == clock.provisional):
        return None
    return _moved(clock, due, "recomputed", turn)


def _moved(clock: ClockLike, due: Due, why: str, turn: Turn, **more: Any) -> Change:
    remember(clock, turn.moment, why, **more)
    set_due(clock, due, turn)
    return change_of(clock, "move")


def remember(clock: ClockLike, moment: datetime, why: str, **more: Any) -> None:
    """Keep the present due time in the clock's history before it changes."""
    entry = {"at": moment.isoformat(), "why": why, "due_at": clock.due_at.isoformat() if clock.due_at else None,
             "provisional": clock.provisional} | more  # fmt: skip
    if clock.paused_at is not None:
        entry["paused"] = clock.paused_at.isoformat()
    clock.history = [*clock.history, entry]


def set_due(clock: ClockLike, due: Due, turn: Turn) -> None:
    """Set when a clock falls due, and when it turns amber."""
    at = _held(clock, due, turn)
    clock.due_at, clock.provisional = at, due.provisional
    clock.amber_at = clock.started_at + max(at - clock.started_at, timedelta(0)) * turn.amber


def _held(clock: ClockLike, due: Due, turn: Turn) -> datetime:
    """A due time, for handling never after the cap."""
    return min(due.at, turn.cap) if turn.cap and clock.stage == "handle" else due.at


def change_of(clock: ClockLike, act: str) -> Change:
    """A clock as the journal tells it."""
    return Change(clock.stage, act, clock.round, clock.due_at, clock.provisional, clock.on_time)


@dataclass(frozen=True)
class Front:
    """The clock that a list shows: the first to fall due of those that run and do not stand still."""

    stage: str = ""
    due_at: datetime | None = None
    amber_at: datetime | None = None
    provisional: bool = False


def front(clocks: Iterable[ClockLike]) -> Front:
    """The clock to show."""
    due = [c for c in clocks if is_running(c) and c.paused_at is None and c.due_at is not None]
    if not due:
        return Front()
    first = min(due, key=lambda c: (c.due_at, c.stage))
    return Front(first.stage, first.due_at, first.amber_at, first.provisional)


def light(state: str, due_at: datetime | None, amber_at: datetime | None, moment: datetime) -> str:
    """The colour of a case: green done, red late, amber soon, blue moving, grey without a clock."""
    if state in ("closed", "rated"):
        return "green"
    if due_at is None:
        return "grey"
    if moment > due_at:
        return "red"
    return "amber" if amber_at is not None and moment >= amber_at else "blue"
