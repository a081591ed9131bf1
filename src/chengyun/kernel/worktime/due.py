"""When a limit falls due, how much working time has passed, and how a stopped clock goes on.

All arithmetic is on int64 microseconds of local time since 1970, over arrays; one moment is an array of one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from chengyun.kernel.worktime.days import WorkCalendar
from chengyun.kernel.worktime.hours import OFFICE, Timetable
from chengyun.kernel.worktime.limits import End, Limit, Start, Unit
from chengyun.kernel.worktime.reckoner import DAY, HOUR, Reckoner, reckoner

Micros = NDArray[np.int64]
_MICROSECOND = timedelta(microseconds=1)
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Due:
    """`at`: aware, UTC. `provisional`: the span touches a year whose notice is not out, so it may move."""

    at: datetime
    provisional: bool


@dataclass(frozen=True)
class Dues:
    """Many due times: `at` datetime64[us] in UTC, `provisional` booleans; both of the shape of what was asked."""

    at: NDArray[np.datetime64]
    provisional: NDArray[np.bool_]


def due_at(start: datetime, limit: Limit, calendar: WorkCalendar, timetable: Timetable = OFFICE) -> Due:
    """When `limit` after `start` (aware) has passed.

    Working hours count inside the hours of `timetable`. Working days: due on the n-th working day after the day of
    `start`, so that what is filed on a rest day has the first working day after it as day one; the end rule gives the
    time of that day. Clock hours ignore the calendar. For hours, `Start.NEXT_WORKING_DAY` begins at the opening of the
    first working day after the day of `start`, and an end rule moves the result to the first close of office or
    midnight not before it. Sources: CJ/T 315-2009 (工作时, 工作日); holidays by the State Council's yearly notice.
    """
    dues = _dues(np.array([_micros(start, calendar)]), limit, reckoner(calendar, timetable))
    return Due(_moment(dues[0][0], calendar), bool(dues[1][0]))


def due_many(
    starts: NDArray[np.datetime64], limit: Limit, calendar: WorkCalendar, timetable: Timetable = OFFICE
) -> Dues:
    """`due_at` for an array of moments (datetime64, UTC), any shape."""
    local = starts.astype("datetime64[us]").astype(np.int64) + calendar.offset // _MICROSECOND
    at, provisional = _dues(local.ravel(), limit, reckoner(calendar, timetable))
    utc = (at - calendar.offset // _MICROSECOND).astype("datetime64[us]")
    return Dues(utc.reshape(starts.shape), provisional.reshape(starts.shape))


def elapsed(start: datetime, end: datetime, unit: Unit, calendar: WorkCalendar, timetable: Timetable = OFFICE) -> float:
    """How many units have passed from `start` to `end` (negative if `end` is earlier).

    Working days are whole: those after the day of `start`, up to and with the day of `end`. Spans add up exactly.
    """
    first, last = _micros(start, calendar), _micros(end, calendar)
    if unit is Unit.CLOCK_HOURS:
        return (last - first) / HOUR
    index = reckoner(calendar, timetable)
    pair = np.array([first, last])
    if unit is Unit.WORK_DAYS:
        through = index.workdays_through(pair // DAY)
        return float(through[1] - through[0])
    worked = index.worked(pair)
    return float(worked[1] - worked[0]) / HOUR


def resume(
    due: datetime,
    stopped: datetime,
    resumed: datetime,
    limit: Limit,
    calendar: WorkCalendar,
    timetable: Timetable = OFFICE,
) -> Due:
    """The new due time of a clock that stood from `stopped` to `resumed`.

    The working time that passed meanwhile, in the limit's unit, is added to `due`; a limit in working days keeps its
    time of day. A clock that was already late when it stopped stays as late as it was.
    """
    if resumed < stopped:
        raise ValueError("a clock goes on after it was stopped, not before")
    index = reckoner(calendar, timetable)
    old = np.array([_micros(due, calendar)])
    pause = np.array([_micros(stopped, calendar), _micros(resumed, calendar)])
    if limit.unit is Unit.WORK_DAYS:
        stood = int(np.diff(index.workdays_through(pause // DAY))[0])
        new = _later_day(old, stood, index, limit.end)
    elif limit.unit is Unit.CLOCK_HOURS:
        new = _end_of_hours(old + np.diff(pause), limit.end, index)
    else:
        spent = np.diff(index.worked(pause))
        new = _end_of_hours(index.when_worked(index.worked(old) + spent), limit.end, index) if spent[0] else old
    touched = index.touches_unpublished(pause[:1], new)[0] and _asks_the_calendar(limit, index)
    return Due(_moment(new[0], calendar), bool(touched))


def _later_day(old: Micros, days: int, index: Reckoner, end: End) -> Micros:
    if not days:
        return old
    # Due at 24:00 reads as 00:00 of the day after: count from the day that it belongs to.
    own = (old - 1) // DAY if end is End.MIDNIGHT else old // DAY
    return index.nth_workday(own, days) * DAY + (old - own * DAY)


def _dues(local: Micros, limit: Limit, index: Reckoner) -> tuple[Micros, NDArray[np.bool_]]:
    if limit.unit is Unit.WORK_DAYS:
        day = index.nth_workday(local // DAY, int(limit.amount))
        due = _end_of_day(day, local % DAY, limit.end, index)
        return due, index.touches_unpublished(local, due)
    begin = index.opening(index.nth_workday(local // DAY, 1)) if limit.start is Start.NEXT_WORKING_DAY else local
    amount = round(limit.amount * HOUR)
    exact = begin + amount if limit.unit is Unit.CLOCK_HOURS else index.when_worked(index.worked(begin) + amount)
    due = _end_of_hours(exact, limit.end, index)
    provisional = index.touches_unpublished(local, due)
    return due, provisional if _asks_the_calendar(limit, index) else np.zeros_like(provisional)


def _asks_the_calendar(limit: Limit, index: Reckoner) -> bool:
    if limit.unit is Unit.WORK_DAYS or limit.start is Start.NEXT_WORKING_DAY:
        return True
    by_hours = limit.unit is Unit.WORK_HOURS or limit.end is End.CLOSE_OF_OFFICE
    return by_hours and not index.always


def _end_of_day(day: Micros, time: Micros, end: End, index: Reckoner) -> Micros:
    if end is End.CLOSE_OF_OFFICE:
        return index.closing(day)
    return (day + 1) * DAY if end is End.MIDNIGHT else day * DAY + time


def _end_of_hours(exact: Micros, end: End, index: Reckoner) -> Micros:
    if end is End.CLOSE_OF_OFFICE:
        return index.next_closing(exact)
    return -(-exact // DAY) * DAY if end is End.MIDNIGHT else exact


def _micros(moment: datetime, calendar: WorkCalendar) -> int:
    if moment.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    return (moment - _UNIX + calendar.offset) // _MICROSECOND


def _moment(local: np.int64, calendar: WorkCalendar) -> datetime:
    return _UNIX + timedelta(microseconds=int(local)) - calendar.offset
