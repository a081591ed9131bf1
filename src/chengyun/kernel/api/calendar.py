"""The working calendar and office hours."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File as Upload
from ninja import Form, Router, Schema, Status, UploadedFile
from pydantic import AwareDatetime, Field

from chengyun.kernel.api.shapes import actor_of
from chengyun.kernel.calendar import actions, queries
from chengyun.kernel.calendar.models import CalendarYear, OfficeHours
from chengyun.kernel.calendar.rules import limit_of, read_notice, reckon
from chengyun.kernel.files.actions import read_whole
from chengyun.kernel.idempotency.keys import idempotent

router = Router(tags=["kernel: calendar"])

Version = Annotated[int | None, Field(ge=0)]


class DayOut(Schema):
    """A day that is not what its weekday says."""

    day: date
    kind: str
    name: str


class YearOut(Schema):
    """A notice that holds; `revision` counts its corrections."""

    version: int
    year: int
    revision: int
    notice: str
    issued: date | None
    town: int | None = Field(alias="town_id")
    days: list[DayOut]

    @staticmethod
    def resolve_days(row: CalendarYear) -> list[Any]:
        """In order of the year."""
        return sorted(row.days.all(), key=lambda day: day.day)


class YearIn(Schema):
    """A notice: {year, notice, issued, holidays: [{name, from, to}], workdays: [{name, day}]}."""

    notice: dict[str, Any]
    expected: Version = None
    town: int | None = None


class NoticeFileIn(Schema):
    """What goes with a notice sent as a file."""

    expected: Version = None
    town: int | None = None


class HoursOut(Schema):
    """Office hours under a code: {ordinary: ["08:30-11:30", …], week: [[…] × 7], always}."""

    version: int
    code: str
    name: str
    revision: int
    town: int | None = Field(alias="town_id")
    hours: dict[str, Any]


class HoursIn(Schema):
    """Hours to hold from now on."""

    code: str = Field(max_length=40)
    name: str = Field(max_length=80)
    hours: dict[str, Any]
    expected: Version = None
    town: int | None = None


class DueIn(Schema):
    """A limit ({amount, unit, start, end}) from a moment on, under the hours of a code."""

    start: AwareDatetime
    limit: dict[str, Any]
    hours: str = Field("office", max_length=40)
    town: int | None = None


class ReckonedOut(Schema):
    """`provisional`: the span touches a year whose notice is not out."""

    at: datetime
    provisional: bool


@router.get("/years", response=list[YearOut])
def years(request: HttpRequest, town: int | None = None) -> Any:
    """The notices that hold, of all towns and of one."""
    return queries.years(town)


@router.post("/years", response={201: YearOut})
@idempotent
def publish_year(request: HttpRequest, body: YearIn) -> Status[CalendarYear]:
    """Publish or correct the days of a year; due times that it moves are reckoned again."""
    return Status(
        201, actions.publish_year(body.notice, actor=actor_of(request), expected=body.expected, town=body.town)
    )


@router.post("/years/file", response={201: YearOut})
def publish_file(request: HttpRequest, file: Upload[UploadedFile], about: Form[NoticeFileIn]) -> Status[CalendarYear]:
    """The same from a JSON file, or from an Excel sheet of day, 休 or 班, and festival."""
    notice = read_notice(read_whole(file))
    done = actions.publish_year(notice, actor=actor_of(request), expected=about.expected, town=about.town)
    return Status(201, done)


@router.get("/hours", response=list[HoursOut])
def hours(request: HttpRequest, town: int | None = None) -> Any:
    """The office hours that hold, of all towns and of one."""
    return queries.office_hours(town)


@router.post("/hours", response={201: HoursOut})
@idempotent
def publish_hours(request: HttpRequest, body: HoursIn) -> Status[OfficeHours]:
    """Publish or change the hours under a code."""
    return Status(
        201,
        actions.publish_hours(
            body.code, actor=actor_of(request), name=body.name, hours=body.hours, expected=body.expected, town=body.town
        ),
    )


@router.post("/due", response=ReckonedOut)
def due(request: HttpRequest, body: DueIn) -> Any:
    """When a limit would fall due: to try a rule out before it is written into a standard."""
    calendar, timetable = queries.calendar_for(body.town), queries.timetable_for(body.hours, body.town)
    return reckon(body.start, limit_of(body.limit), calendar, timetable)
