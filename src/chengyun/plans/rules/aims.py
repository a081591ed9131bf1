"""From rows to what the engine of lights judges: tasks by percent, targets by value, projects by their stages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from chengyun.plans.lights import Aim, Every, Hold, Reading

WHOLE = 100.0
_EVERY = {"yearly": Every.YEAR, "year": Every.YEAR, "half_yearly": Every.HALF, "quarterly": Every.QUARTER,
          "quarter": Every.QUARTER, "monthly": Every.MONTH, "month": Every.MONTH}  # fmt: skip


@dataclass(frozen=True)
class Dates:
    """What of a document and a row counts for time: when it began to run, when its document came out."""

    started: date | None
    issued: date | None


class StageLike(Protocol):
    planned_end: date | None
    actual_end: date | None
    weight: float
    position: int


def every_of(recurrence: str) -> Every:
    """How often something recurs; what is written otherwise counts as once."""
    return _EVERY.get(recurrence, Every.ONCE)


def aim_of_task(task: Any, dates: Dates, done: date | None) -> Aim:
    """A task is an aim from 0 to 100 percent."""
    return Aim(
        target=WHOLE, by=task.due_on, start=_start(task.starts_on or dates.started, task.due_on), baseline=0.0,
        every=every_of(task.recurrence), issued=dates.issued if task.before_issue else None,
        confirmed=task.due_confirmed, done=done,
    )  # fmt: skip


def aim_of_target(target: Any, dates: Dates, shares: Sequence[Any] = ()) -> Aim:
    """A target by its own numbers; yearly shares of a sum are the stages of its way."""
    if target.value is None or target.binding == "open":
        return Aim(target=None, by=target.by_on, hold=Hold.OPEN)
    descending = target.comparator in ("<=", "<") or not target.ascending
    hold = Hold.FLOOR if target.floor else Hold.RANGE if target.value_max is not None else Hold.REACH
    baseline = target.baseline
    if baseline is None and target.aggregation == "sum" and not descending:
        baseline = 0.0  # what is counted begins at nothing
    return Aim(
        target=target.value, upper=target.value_max, by=target.by_on,
        start=_start(target.from_on or dates.started, target.by_on), baseline=baseline, hold=hold,
        descending=descending, every=every_of(target.recurrence), stages=_years(target, shares),
    )  # fmt: skip


def aim_of_project(project: Any, stages: Sequence[StageLike], dates: Dates) -> Aim:
    """The plan of stages, each by its weight and at its day; without dated stages the straight way to the due date."""
    dated = sorted((s for s in stages if s.planned_end), key=lambda s: (s.planned_end or date.max, s.position))
    whole = sum(s.weight for s in stages) or 1.0
    reached, points = 0.0, []
    for stage in dated:
        reached += stage.weight
        points.append((stage.planned_end or date.max, WHOLE * reached / whole))
    by = project.due_on or (points[-1][0] if points else None)
    return Aim(
        target=WHOLE,
        by=by,
        start=_start(project.starts_on or dates.started, by),
        baseline=0.0,
        stages=tuple(points),
        steps=True,
    )


def readings_of_project(stages: Sequence[StageLike], started: date | None) -> list[Reading]:
    """How far a project was on each day on which a stage ended. Nothing begun is a reading of nothing."""
    whole = sum(s.weight for s in stages) or 1.0
    reached, found = 0.0, [Reading(started, 0.0)] if started else []
    for stage in sorted((s for s in stages if s.actual_end), key=lambda s: s.actual_end or date.max):
        reached += stage.weight
        found.append(Reading(stage.actual_end or date.max, WHOLE * reached / whole))
    return found


def readings(pairs: Iterable[tuple[date, float]]) -> list[Reading]:
    """Readings from (day, value)."""
    return [Reading(day, float(value)) for day, value in pairs]


def _start(start: date | None, by: date | None) -> date | None:
    """A start that lies after the due date says nothing."""
    return start if start is None or by is None or start <= by else by


def _years(target: Any, shares: Sequence[Any]) -> tuple[tuple[date, float], ...]:
    """年度分解 of a sum: what must be there at the end of each year."""
    yearly = sorted((s for s in shares if s.year and s.value is not None and not s.area_id), key=lambda s: s.year)
    if target.aggregation != "sum" or not yearly or target.by_on is None:
        return ()
    reached, points = target.baseline or 0.0, []
    for share in yearly:
        reached += share.value
        points.append((min(date(share.year, 12, 31), target.by_on), reached))
    return tuple(points)
