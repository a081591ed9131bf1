"""Publishing a year's notice or an office's hours: always a new row, the old one stays."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.calendar.events import CalendarPublished, HoursPublished
from chengyun.kernel.calendar.models import CalendarDay, CalendarYear, OfficeHours
from chengyun.kernel.calendar.rules import notes_of
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.kernel.worktime import DayKind, DayNote, Timetable


@action
def publish_year(
    notice: Mapping[str, Any], *, actor: Actor, expected: int | None = None, town: int | None = None
) -> CalendarYear:
    """Make a notice the one that holds for its year, of all towns or of one.

    `expected` is the version of the row that holds now (None: none does). Where a due time moves by it, the rooms'
    hooks reckon it again and keep the old one.
    """
    year = notice.get("year")
    before = _replace(years(town).filter(year=year if isinstance(year, int) else 0), expected)
    require(actor, "kernel.settings", at=Where(town=town))
    notes = notes_of(notice)
    row = row_of(notice, town, before)
    _retire(before)
    row.save()
    save_days(row, notes)
    kinds = [note.kind for note in notes.values()]
    counts = kinds.count(DayKind.HOLIDAY), kinds.count(DayKind.WORKDAY)
    record(CalendarPublished(row.year, town, row.revision, *counts), row, actor)
    return row


@action
def publish_hours(
    code: str,
    *,
    actor: Actor,
    name: str,
    hours: Mapping[str, Any],
    expected: int | None = None,
    town: int | None = None,
) -> OfficeHours:
    """Make these the hours under a code, of all towns or of one."""
    before = _replace(hours_rows(town).filter(code=code), expected)
    require(actor, "kernel.settings", at=Where(town=town))
    timetable = _timetable(code, name, hours)
    revision = before.revision + 1 if before else 1
    _retire(before)
    row = OfficeHours(town_id=town, code=code, name=name, revision=revision, hours=timetable.to_json())
    row.save()
    record(HoursPublished(code, town, revision), row, actor)
    return row


def years(town: int | None) -> QuerySet[CalendarYear]:
    """The notices that hold now, of all towns (None) or of one."""
    return CalendarYear.objects.as_system("the calendar is for everyone").filter(current=True, town_id=town)


def hours_rows(town: int | None) -> QuerySet[OfficeHours]:
    """The timetables that hold now, of all towns (None) or of one."""
    return OfficeHours.objects.as_system("office hours are for everyone").filter(current=True, town_id=town)


def _replace(rows: QuerySet[Any], expected: int | None) -> Any:
    """The row that holds now, locked, if it is the one that the caller saw."""
    row = rows.first()
    if row is not None and expected is None:
        raise Conflict(
            "kernel.already_published",
            "there is one already: pass its version as expected to correct it",
            field="expected",
            current=row.state_now(),
        )
    return lock(row, expected) if row is not None else None


def _retire(row: CalendarYear | OfficeHours | None) -> None:
    if row is not None:
        row.current = False
        save(row)


def row_of(notice: Mapping[str, Any], town: int | None, before: CalendarYear | None) -> CalendarYear:
    """The row of a notice, not saved."""
    return CalendarYear(
        town_id=town,
        year=notice["year"],
        revision=before.revision + 1 if before else 1,
        notice=str(notice.get("notice", ""))[:120],
        issued=_issued(notice),
    )


def save_days(row: CalendarYear, notes: Mapping[date, DayNote]) -> None:
    """The days of a notice."""
    days = [CalendarDay(calendar=row, day=day, kind=str(note.kind), name=note.name) for day, note in notes.items()]
    CalendarDay.objects.bulk_create(days)


def _issued(notice: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(notice["issued"])) if notice.get("issued") else None
    except ValueError as error:
        raise Invalid("kernel.notice_wrong", "issued is a date such as 2025-11-04", field="issued") from error


def _timetable(code: str, name: str, hours: Mapping[str, Any]) -> Timetable:
    if not 0 < len(code) <= 40 or not 0 < len(name) <= 80:
        raise Invalid("kernel.hours_name", "code is 1 to 40 characters, name 1 to 80", field="code")
    try:
        return Timetable.from_json(hours)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid("kernel.hours_wrong", f"the hours are not right: {error}", field="hours") from error
