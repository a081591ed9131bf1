"""How an aim stands on a day: its light, what was expected, and the reason in parts that a screen puts into words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chengyun.plans.lights.aims import Aim, Every, Hold, Reading
from chengyun.plans.lights.pace import expected_at, within_period
from chengyun.plans.lights.rules import DEFAULT, Light, LightRules

EPSILON = 1e-9


@dataclass(frozen=True)
class Judged:
    """A light and why. `reason` is a stable code; `gap` is what is missing to the expected value, 0 or more.

    `breaches`: the days on which a floor did not hold. `first`, `last`: the period that was judged.
    """

    light: Light
    reason: str
    expected: float | None = None
    value: float | None = None
    gap: float | None = None
    breaches: tuple[date, ...] = ()
    first: date | None = None
    last: date | None = None


def judge(aim: Aim, readings: Iterable[Reading], today: date, rules: LightRules = DEFAULT) -> Judged:
    """How `aim` stands on the evening of `today`, by the readings until then (in any order)."""
    grey = _cannot_say(aim, today)
    if grey:
        return Judged(Light.GREY, grey)
    now = within_period(aim, today)
    known = sorted((r for r in readings if r.day <= today), key=lambda r: r.day)
    mine = [r for r in known if aim.every is Every.ONCE or (now.start or r.day) <= r.day <= (now.by or r.day)]
    done = _done(now, aim, today)
    if done is not None and aim.every is Every.ONCE and aim.hold is not Hold.FLOOR:
        return _with(now, done, mine)
    if not mine:
        return Judged(Light.GREY, "no_data", expected_at(now, today), first=now.start, last=now.by)
    met = now.hold is not Hold.FLOOR and now.meets(mine[-1].value)
    # Stages are kept by records: where none ended, silence is an answer.
    if not met and not aim.stages and _is_stale(now, mine[-1].day, today, rules):
        return Judged(Light.GREY, "stale", expected_at(now, today), mine[-1].value, first=now.start, last=now.by)
    if aim.hold is Hold.FLOOR:
        return _floor(now, mine)
    return _reach(now, mine, today, rules)


def _cannot_say(aim: Aim, today: date) -> str:
    """Why nothing can be said, whatever the readings; empty if something can."""
    if aim.hold is Hold.OPEN or aim.target is None:
        return "open_question"
    if aim.due_before_issue:
        return "due_before_issue"
    if aim.start is not None and today < aim.start:
        return "not_started"
    if aim.by is None and aim.every is Every.ONCE and aim.hold is not Hold.FLOOR and aim.done is None:
        return "no_date"
    return ""


def _done(now: Aim, aim: Aim, today: date) -> tuple[Light, str] | None:
    """A person closed it: green if in time, yellow if late."""
    if aim.done is None or aim.done > today:
        return None
    late = now.by is not None and aim.done > now.by
    return (Light.YELLOW, "done_late") if late else (Light.GREEN, "done")


def _with(now: Aim, said: tuple[Light, str], mine: Sequence[Reading]) -> Judged:
    value = mine[-1].value if mine else None
    return Judged(*said, expected=now.target, value=value, first=now.start, last=now.by)


def _is_stale(now: Aim, last: date, today: date, rules: LightRules) -> bool:
    """Whether the last reading is too old to say anything; measured until the due date, after which nothing is due."""
    edge = min(today, now.by) if now.by else today
    return bool(rules.stale_days) and (edge - last).days > rules.stale_days


def _floor(now: Aim, mine: Sequence[Reading]) -> Judged:
    """Held all the time: any breach is red, and stays so for its period."""
    inside = [r for r in mine if now.start is None or r.day >= now.start] or list(mine[-1:])
    breaches = tuple(r.day for r in inside if not now.meets(r.value) or now.exceeds(r.value))
    value = mine[-1].value
    gap = 0.0 if now.target is None else max((value - now.target) if now.descending else (now.target - value), 0.0)
    if breaches:
        reason = "breached" if breaches[-1] == inside[-1].day else "breached_before"
        return Judged(Light.RED, reason, now.target, value, gap, breaches, now.start, now.by)
    return Judged(Light.GREEN, "held", now.target, value, 0.0, (), now.start, now.by)


def _reach(now: Aim, mine: Sequence[Reading], today: date, rules: LightRules) -> Judged:
    value, expected = mine[-1].value, expected_at(now, today)
    light, reason = _light(now, mine, today, rules, expected)
    if expected is None:
        return Judged(light, reason, None, value, None, (), now.start, now.by)
    gap = max(value - expected if now.descending else expected - value, 0.0)
    return Judged(light, reason, expected, value, gap, (), now.start, now.by)


def _light(
    now: Aim, mine: Sequence[Reading], today: date, rules: LightRules, expected: float | None
) -> tuple[Light, str]:
    value, by = mine[-1].value, now.by or today
    if now.exceeds(value):
        return rules.over_range, "above_range"
    if now.meets(value):
        return (Light.YELLOW, "done_late") if _met_late(now, mine) else (Light.GREEN, "reached")
    if today > by + timedelta(days=rules.grace_days):
        return Light.RED, "overdue"
    pace = _pace(now, value, rules, expected)
    if pace[0] is not Light.RED and (by - today).days <= rules.near_days:
        return Light.YELLOW, "near_due"
    return pace


def _met_late(now: Aim, mine: Sequence[Reading]) -> bool:
    """Whether it was first fulfilled after the due date."""
    first = next((r.day for r in mine if now.meets(r.value)), None)
    before = [r for r in mine if now.by is not None and r.day <= now.by]
    return now.by is not None and first is not None and first > now.by and bool(before)


def _pace(now: Aim, value: float, rules: LightRules, expected: float | None) -> tuple[Light, str]:
    if expected is None:
        return Light.YELLOW, "no_baseline"  # not there yet, and how fast it should go is not known
    way = abs((now.target or 0.0) - (now.baseline or 0.0))
    lag = value - expected if now.descending else expected - value
    if lag <= EPSILON:
        return Light.GREEN, "on_pace"
    return (Light.YELLOW, "behind") if lag <= way * rules.tolerance + EPSILON else (Light.RED, "far_behind")
