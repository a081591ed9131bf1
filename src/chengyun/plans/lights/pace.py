"""What should have been reached by a day: on a straight way, by a plan of stages, or within a period."""

from bisect import bisect_right
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from chengyun.plans.lights.aims import Aim, Every

_MONTHS = {Every.YEAR: 12, Every.HALF: 6, Every.QUARTER: 3, Every.MONTH: 1}


def expected_at(aim: Aim, day: date) -> float | None:
    """baseline + (target - baseline) × elapsed share; with stages, the straight way between two of them.

    None where nothing can be expected: no target, no date, no baseline. Never outside of baseline and target.
    """
    if aim.target is None or aim.by is None:
        return None
    if aim.stages:
        return _by_stages(aim, day)
    if aim.baseline is None or aim.start is None:
        return None
    return aim.baseline + (aim.target - aim.baseline) * elapsed_share(aim.start, aim.by, day)


def elapsed_share(start: date, by: date, day: date) -> float:
    """How much of the time from `start` until the end of `by` has passed on the evening of `day`: 0 to 1."""
    whole = (by - start).days + 1
    if whole <= 0:
        return 1.0 if day >= by else 0.0
    return min(max(((day - start).days + 1) / whole, 0.0), 1.0)


def _by_stages(aim: Aim, day: date) -> float:
    points = sorted(aim.stages)
    if aim.steps:
        return max([aim.baseline or 0.0, *(value for due, value in points if due <= day)])
    if aim.start is not None and aim.start < points[0][0]:
        points.insert(0, (aim.start, aim.baseline or 0.0))
    if aim.by is not None and aim.target is not None and aim.by > points[-1][0]:
        points.append((aim.by, aim.target))
    if day <= points[0][0]:
        return points[0][1] if day == points[0][0] else (aim.baseline or 0.0)
    if day >= points[-1][0]:
        return points[-1][1]
    place = bisect_right([d for d, _ in points], day)
    (d0, v0), (d1, v1) = list(pairwise(points))[place - 1]
    return v0 + (v1 - v0) * (day - d0).days / (d1 - d0).days


def period_of(day: date, every: Every) -> tuple[date, date]:
    """The first and the last day of the calendar period that holds `day`."""
    size = _MONTHS[every]
    month = (day.month - 1) // size * size + 1
    first = date(day.year, month, 1)
    following = date(day.year + (month + size > 12), (month + size - 1) % 12 + 1, 1)
    return first, following - timedelta(days=1)


def within_period(aim: Aim, day: date) -> Aim:
    """The aim of the period that holds `day`: from nothing (or its baseline) to the target within that period.

    The period is cut to the aim's own start and due date.
    """
    if aim.every is Every.ONCE:
        return aim
    first, last = period_of(min(day, aim.by) if aim.by else day, aim.every)
    start = max(first, aim.start) if aim.start else first
    by = min(last, aim.by) if aim.by else last
    return replace(aim, start=start, by=max(by, start), baseline=aim.baseline or 0.0, every=Every.ONCE, stages=())
