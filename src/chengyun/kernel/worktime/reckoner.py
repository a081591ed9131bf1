"""The index over days and office hours that makes a hundred thousand due times a matter of milliseconds."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chengyun.kernel.worktime.days import EPOCH, FIRST_DAY, LAST_DAY, WorkCalendar
from chengyun.kernel.worktime.hours import Span, Timetable

SECOND = 1_000_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
MINUTE = 60 * SECOND

Ints = NDArray[np.int64]

_FIRST = (FIRST_DAY - EPOCH).days
_DAYS = (LAST_DAY - FIRST_DAY).days + 1


class Reckoner:
    """One calendar under one timetable. Days are counted from 1970-01-01, times in local microseconds since then.

    Moments outside 2000 to 2060 raise ValueError.
    """

    def __init__(self, calendar: WorkCalendar, timetable: Timetable) -> None:
        self.always = timetable.always
        self._workdays = calendar.workdays
        self._before_day = calendar.unpublished_before
        # Working days from FIRST_DAY up to and with each day, and the position of the n-th of them.
        self._through: Ints = np.cumsum(self._workdays, dtype=np.int64)
        self._nth: Ints = np.flatnonzero(self._workdays)
        patterns = _Patterns(timetable)
        self._opens, self._length, self._before = patterns.opens, patterns.length, patterns.before
        self._pattern: Ints = self._patterns_of_days(calendar, timetable)
        self._worked_before: Ints = np.concatenate([[0], np.cumsum(patterns.total[self._pattern])])
        # An ordinary day's pattern stands in where a working day has no hours, so that it still has a close.
        shown = np.where(patterns.total[self._pattern] > 0, self._pattern, patterns.ordinary)
        self._opening: Ints = patterns.opening[shown]
        self._closing: Ints = patterns.closing[shown]
        self._open_days: Ints = np.flatnonzero(patterns.total[self._pattern] > 0)

    def _patterns_of_days(self, calendar: WorkCalendar, timetable: Timetable) -> Ints:
        weekday: Ints = (np.arange(_DAYS) + FIRST_DAY.weekday()) % 7
        if timetable.always:
            return weekday
        has_hours = np.array([bool(spans) for spans in timetable.week])[weekday]
        # The exceptions to the weekday: rest on what is worked otherwise, work on what is free otherwise.
        makeup = self._workdays & (weekday >= 5)
        pattern: Ints = np.where(makeup & ~has_hours, _Patterns.ordinary, weekday)
        pattern[calendar.holidays] = _Patterns.closed
        return pattern

    def workdays_through(self, days: Ints) -> Ints:
        """How many working days there are up to and with each of `days`."""
        return self._through[self._at(days)]

    def nth_workday(self, days: Ints, count: int) -> Ints:
        """The `count`-th working day after each of `days`."""
        position = self.workdays_through(days) + count - 1
        if position.size and position.max() >= len(self._nth):
            raise ValueError(f"due after {LAST_DAY}: beyond the calendar")
        return self._nth[position] + _FIRST

    def opening(self, days: Ints) -> Ints:
        """When the office opens on each of `days`."""
        return days * DAY + self._opening[self._at(days)]

    def closing(self, days: Ints) -> Ints:
        """When the office closes on each of `days`."""
        return days * DAY + self._closing[self._at(days)]

    def next_closing(self, times: Ints) -> Ints:
        """The first close of office at or after each of `times`."""
        day = self._at(times // DAY)
        late = times > times // DAY * DAY + self._closing[day]
        at = np.searchsorted(self._open_days, day + late)
        if at.size and at.max() >= len(self._open_days):
            raise ValueError(f"due after {LAST_DAY}: beyond the calendar")
        return self.closing(self._open_days[at] + _FIRST)

    def worked(self, times: Ints) -> Ints:
        """Working time from FIRST_DAY to each of `times`."""
        day = self._at(times // DAY)
        pattern = self._pattern[day]
        inside = (times % DAY)[:, None] - self._opens[pattern]
        today: Ints = np.clip(inside, 0, self._length[pattern]).sum(axis=1)
        return self._worked_before[day] + today

    def when_worked(self, amounts: Ints) -> Ints:
        """The first moment at which `worked` reaches each of `amounts` (each above 0)."""
        if amounts.size and amounts.max() > self._worked_before[-1]:
            raise ValueError(f"due after {LAST_DAY}: beyond the calendar")
        day = np.searchsorted(self._worked_before, amounts, side="left") - 1
        rest = amounts - self._worked_before[day]
        pattern = self._pattern[day]
        span = (self._before[pattern] < rest[:, None]).sum(axis=1) - 1
        into: Ints = self._opens[pattern, span] + rest - self._before[pattern, span]
        return (day + _FIRST) * DAY + into

    def touches_unpublished(self, first: Ints, last: Ints) -> NDArray[np.bool_]:
        """Whether a day from `first` to `last` lies in a year without a notice (24:00 belongs to the day it ends)."""
        start, stop = self._at(np.minimum(first, last) // DAY), self._at((np.maximum(first, last) - 1) // DAY)
        touched: NDArray[np.bool_] = self._before_day[np.maximum(start, stop) + 1] > self._before_day[start]
        return touched

    def _at(self, days: Ints) -> Ints:
        position = days - _FIRST
        if position.size and (position.min() < 0 or position.max() >= _DAYS):
            raise ValueError(f"working time is known from {FIRST_DAY} to {LAST_DAY}")
        return position


class _Patterns:
    """The hours of the seven weekdays, of an ordinary day and of a closed one, as rows of equal length.

    Rows end in spans of no length that begin after all time of the day, so that no search lands on them.
    """

    ordinary = 7
    closed = 8

    def __init__(self, timetable: Timetable) -> None:
        rows: list[tuple[Span, ...]] = [*timetable.week, timetable.ordinary, ()]
        width = max(len(row) for row in rows)
        self.opens: Ints = np.full((len(rows), width), DAY, dtype=np.int64)
        self.length: Ints = np.zeros((len(rows), width), dtype=np.int64)
        for number, row in enumerate(rows):
            for place, span in enumerate(row):
                self.opens[number, place] = span.opens * MINUTE
                self.length[number, place] = (span.closes - span.opens) * MINUTE
        self.total: Ints = self.length.sum(axis=1)
        self.before: Ints = np.cumsum(self.length, axis=1) - self.length
        self.before[self.length == 0] = np.iinfo(np.int64).max
        self.opening: Ints = self.opens.min(axis=1)
        self.closing: Ints = np.where(self.length > 0, self.opens + self.length, 0).max(axis=1)


@lru_cache(maxsize=64)
def reckoner(calendar: WorkCalendar, timetable: Timetable) -> Reckoner:
    """The index of this calendar and timetable, made once (calendars are compared by identity)."""
    return Reckoner(calendar, timetable)
