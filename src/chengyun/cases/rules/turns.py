"""One step of a case, whole: rules, then effects, then clocks, then what the journal says. Pure.

Live actions and bulk history both come through here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chengyun.cases import events
from chengyun.cases.classes import StageLimit
from chengyun.cases.flow_table import ALL
from chengyun.cases.rules import clocks as clockwork
from chengyun.cases.rules import effects
from chengyun.cases.rules.clocks import Change, PlainClock, Reckons, Turn
from chengyun.cases.rules.steps import Ask
from chengyun.kernel.flow import Effect, Step

Make = Callable[[str, int, dict[str, Any], datetime], Any]


@dataclass
class Works:
    """What turns beside the case: its clocks (the ended ones may be left out) and how new ones are made."""

    clocks: list[Any]
    reckon: Reckons
    make: Make = PlainClock


@dataclass(frozen=True)
class Extras:
    """What the journal says beyond the rules."""

    captured_at: datetime | None = None
    approval: str | None = None
    photos: Sequence[str] = field(default_factory=tuple)


def perform(case: Any, step: Step, ask: Ask, works: Works, extras: Extras = Extras()) -> Any:
    """Take a step that the rules let pass: changes the case and its clocks. Returns the event to record."""
    facts = effects.apply(case, step, ask)
    changes = turn_clocks(case, step, ask, works)
    show_front(case, works.clocks)
    kind = effects.EVENTS[step.verb.name][0]
    return kind(
        before=step.before, state=step.state, round=case.round, clocks=facts_of(changes),
        captured_at=extras.captured_at, approval=extras.approval, photos=tuple(extras.photos), **facts,
    )  # fmt: skip


def turn_clocks(case: Any, step: Step, ask: Ask, works: Works) -> list[Change]:
    """The table's effects on the clocks, and those that need what was given."""
    turn = turn_of(case, ask.verb.name, ask, works)
    changes = clockwork.apply(works.clocks, step.clocks, turn)
    if ask.verb.name == "extend":
        changes += clockwork.extend(works.clocks, "handle", ask.given["days"], turn)
    if ask.verb.name == "upper_extended":
        changes += clockwork.move_to(works.clocks, "upper", ask.given["due_at"], turn)
        changes += clockwork.move_to(works.clocks, "handle", ask.given["due_at"], turn)
    return changes


def turn_of(case: Any, verb: str, ask: Ask, works: Works) -> Turn:
    """The turn of the clocks for a verb of this case, by the standards in force."""
    kind = ask.standards.book.classes.get(case.class_code)

    def limit(stage: str) -> StageLimit:
        return ask.practice.limit(stage, case.priority, kind, rework=case.round > 1)

    return Turn(
        verb, ask.moment, case.round, limit, works.make, works.reckon, ask.practice.amber,
        case.upper_due_at if case.is_order else None,
    )  # fmt: skip


def begin(case: Any, ask: Ask, works: Works, *stages: str) -> list[Change]:
    """Start the first clocks of a new case."""
    turn = turn_of(case, "report", ask, works)
    changes = clockwork.apply(works.clocks, [Effect("start", stage) for stage in stages], turn)
    if case.is_order and case.upper_due_at:
        clockwork.move_to(works.clocks, "upper", case.upper_due_at, turn)
        changes = [clockwork.change_of(c, "start") for c in clockwork.running(works.clocks, ALL)]
    show_front(case, works.clocks)
    return changes


def show_front(case: Any, clocks: Sequence[Any]) -> None:
    """Repeat on the case the clock that lists show."""
    front = clockwork.front(clocks)
    case.due_at, case.due_stage = front.due_at, front.stage
    case.amber_at, case.provisional = front.amber_at, front.provisional


def facts_of(changes: Sequence[Change]) -> tuple[events.ClockFact, ...]:
    """Changes of clocks as the journal keeps them."""
    return tuple(events.ClockFact(c.stage, c.act, c.round, c.due_at, c.provisional, c.on_time) for c in changes)
