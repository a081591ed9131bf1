"""When things are done: due times reckoned fast, and the hours in which people work."""

import random
from datetime import date, datetime, timedelta

from chengyun.cases.rules.clocks import Reckon
from chengyun.kernel.worktime import Due, End, Limit, Start, Timetable, Unit, WorkCalendar

OPENS, CLOSES = timedelta(hours=8, minutes=30), timedelta(hours=17, minutes=25)
EARLY, LATE = timedelta(hours=7), timedelta(hours=21, minutes=30)


class SwiftReckon:
    """The due times of `Reckon`, remembered: of days that end at office or at midnight only the day counts."""

    def __init__(self, calendar: WorkCalendar, timetable: Timetable) -> None:
        self.exact = Reckon(calendar, timetable)
        self.calendar = calendar
        self._by_day: dict[tuple[int, Limit], Due] = {}

    def due(self, start: datetime, limit: Limit) -> Due:
        if limit.unit is Unit.CLOCK_HOURS and limit.start is Start.MOMENT and limit.end is End.SAME_TIME:
            return Due(start + timedelta(hours=limit.amount), provisional=False)
        if limit.unit is not Unit.WORK_DAYS or limit.end is End.SAME_TIME:
            return self.exact.due(start, limit)
        key = ((start + self.calendar.offset).toordinal(), limit)
        found = self._by_day.get(key)
        if found is None:
            found = self._by_day[key] = self.exact.due(start, limit)
        return found

    def later(self, due: datetime, days: int) -> Due:
        return self.exact.later(due, days)

    def resumed(self, due: datetime, paused: datetime, moment: datetime, limit: Limit) -> Due:
        return self.exact.resumed(due, paused, moment, limit)


class Hours:
    """Moves a moment into the hours in which somebody works."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self._workday: dict[date, bool] = {}

    def is_workday(self, day: date) -> bool:
        """Whether the office is open on a day."""
        found = self._workday.get(day)
        if found is None:
            found = self._workday[day] = self.calendar.is_workday(day)
        return found

    def office(self, moment: datetime, earliest: datetime, luck: random.Random) -> datetime:
        """The moment in office hours; else the last office hour before it, if that is not too early; else the next."""
        local = moment + self.calendar.offset
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        if self.is_workday(local.date()) and OPENS <= local - midnight <= CLOSES:
            return moment
        before = midnight if local - midnight > CLOSES and self.is_workday(local.date()) else self._before(midnight)
        last = before + CLOSES - timedelta(minutes=luck.randint(1, 100)) - self.calendar.offset
        if last > earliest:
            return last
        after = midnight if local - midnight < OPENS and self.is_workday(local.date()) else self._after(midnight)
        return after + OPENS + timedelta(minutes=luck.randint(2, 45)) - self.calendar.offset

    def field(self, moment: datetime, luck: random.Random) -> datetime:
        """Out of doors people work from seven in the morning to half past nine at night, every day."""
        local = moment + self.calendar.offset
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        if local - midnight < EARLY:
            return midnight + EARLY + timedelta(minutes=luck.randint(1, 90)) - self.calendar.offset
        if local - midnight > LATE:
            return midnight + timedelta(days=1) + EARLY + timedelta(minutes=luck.randint(1, 90)) - self.calendar.offset
        return moment

    def _before(self, midnight: datetime) -> datetime:
        day = midnight - timedelta(days=1)
        while not self.is_workday(day.date()):
            day -= timedelta(days=1)
        return day

    def _after(self, midnight: datetime) -> datetime:
        day = midnight + timedelta(days=1)
        while not self.is_workday(day.date()):
            day += timedelta(days=1)
        return day
