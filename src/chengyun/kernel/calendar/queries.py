"""The calendar and the hours as the engine wants them, made once for each state of the rows."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from chengyun.kernel.calendar.models import CalendarDay, CalendarYear, OfficeHours
from chengyun.kernel.worktime import OFFICE, ROUND_THE_CLOCK, DayKind, DayNote, Timetable, WorkCalendar


def calendar_for(town: int | None = None) -> WorkCalendar:
    """The working calendar of a town: the published years, the town's own days over them. One query, then a cache."""
    rows = CalendarYear.objects.as_system("the calendar is for everyone").filter(_of(town))
    return _calendar(town, *_state(rows))


def timetable_for(code: str = "office", town: int | None = None) -> Timetable:
    """The hours under a code: the town's own, else those of all towns, else the usual ones. One query, then a cache."""
    rows = OfficeHours.objects.as_system("office hours are for everyone").filter(_of(town), code=code)
    return _timetable(code, town, *_state(rows))


def _of(town: int | None) -> Q:
    return Q(town_id=None) if town is None else Q(town_id=None) | Q(town_id=town)


def _state(rows: QuerySet[Any]) -> tuple[int, UUID | None]:
    """What names the state of the rows: they are only ever added, so the newest does."""
    return rows.order_by("-id").values_list("id", "uuid").first() or (0, None)


@lru_cache(maxsize=64)
def _calendar(town: int | None, version: int, state: UUID | None) -> WorkCalendar:  # noqa: ARG001  a part of the key
    rows = CalendarYear.objects.as_system("the calendar is for everyone").filter(_of(town), current=True)
    published = frozenset(row.year for row in rows if row.town_id is None)
    days = CalendarDay.objects.filter(calendar__in=rows).order_by("calendar__town_id", "day")
    known = {row.pk: row.town_id for row in rows}
    notes = {d.day: DayNote(DayKind(d.kind), d.name) for d in days if known[d.calendar_id] is None}
    notes |= {d.day: DayNote(DayKind(d.kind), d.name) for d in days if known[d.calendar_id] is not None}
    return WorkCalendar(notes, published, settings.TIME_ZONE, version)


@lru_cache(maxsize=256)
def _timetable(code: str, town: int | None, version: int, state: UUID | None) -> Timetable:  # noqa: ARG001  as above
    rows = OfficeHours.objects.as_system("office hours are for everyone").filter(_of(town), code=code, current=True)
    found = {row.town_id: row for row in rows}
    row = found.get(town) or found.get(None)
    if row is not None:
        return Timetable.from_json(row.hours)
    return ROUND_THE_CLOCK if code == "always" else OFFICE


def years(town: int | None = None) -> QuerySet[CalendarYear]:
    """The notices that hold, of all towns and of one, with their days."""
    rows = CalendarYear.objects.as_system("the calendar is for everyone").filter(_of(town), current=True)
    return rows.order_by("year", "town_id").prefetch_related("days")


def office_hours(town: int | None = None) -> QuerySet[OfficeHours]:
    """The office hours that hold, of all towns and of one."""
    rows = OfficeHours.objects.as_system("office hours are for everyone").filter(_of(town), current=True)
    return rows.order_by("code", "town_id")
