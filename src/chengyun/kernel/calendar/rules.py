"""Reading a year's notice from what people have: the platform's own JSON, or a sheet of days."""

import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile

import openpyxl

from chengyun.kernel.refusal import Invalid
from chengyun.kernel.worktime import DayKind, DayNote, Due, Limit, Timetable, WorkCalendar, due_at
from chengyun.kernel.worktime.days import notes_of_year

KINDS = {
    "休": DayKind.HOLIDAY,
    "放假": DayKind.HOLIDAY,
    "holiday": DayKind.HOLIDAY,
    "班": DayKind.WORKDAY,
    "上班": DayKind.WORKDAY,
    "workday": DayKind.WORKDAY,
}


def notes_of(notice: Mapping[str, Any]) -> dict[date, DayNote]:
    """The days of a notice ({year, holidays: [{name, from, to}], workdays: [{name, day}]}). Raises Invalid."""
    try:
        return notes_of_year({"holidays": [], "workdays": [], **notice})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid("kernel.notice_wrong", f"the notice is not right: {error}", field="notice") from error


def read_notice(content: bytes) -> dict[str, Any]:
    """A notice from a file: JSON in the platform's form, or an Excel sheet of day, kind (休 or 班) and name."""
    if content[:2] == b"PK":
        return _from_sheet(content)
    try:
        notice = json.loads(content)
    except (ValueError, UnicodeDecodeError) as error:
        raise _unreadable() from error
    if not isinstance(notice, dict):
        raise _unreadable()
    return notice


def _from_sheet(content: bytes) -> dict[str, Any]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [row[:3] for row in book.active.iter_rows(max_row=400, values_only=True)]
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise _unreadable() from error
    days = list(_days(rows))
    if not days:
        raise _unreadable()
    return {
        "year": days[0][0].year,
        "holidays": [{"name": n, "from": str(d), "to": str(d)} for d, kind, n in days if kind is DayKind.HOLIDAY],
        "workdays": [{"name": n, "day": str(d)} for d, kind, n in days if kind is DayKind.WORKDAY],
    }


def _days(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[date, DayKind, str]]:
    for number, row in enumerate(rows, 1):
        first, kind, name = (*row, None, None, None)[:3]
        day = _day(first)
        if day is None and number == 1:
            continue  # the heading
        known = KINDS.get(str(kind or "").strip().lower())
        if day is None or known is None:
            raise Invalid(
                "kernel.notice_row",
                f"row {number}: write a day such as 2027-01-01, then 休 or 班, then the festival",
                field="file",
                params={"row": number},
            )
        yield day, known, str(name or "").strip()


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    try:
        return date.fromisoformat(str(value).strip().replace("/", "-"))
    except ValueError:
        return None


def _unreadable() -> Invalid:
    return Invalid("kernel.notice_unreadable", "file is a JSON notice or an Excel sheet of days", field="file")


def limit_of(data: Mapping[str, Any]) -> Limit:
    """A limit from plain values. Raises Invalid."""
    try:
        return Limit.from_json(data)
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid("kernel.limit_wrong", f"the limit is not right: {error}", field="limit") from error


def reckon(start: datetime, limit: Limit, calendar: WorkCalendar, timetable: Timetable) -> Due:
    """`due_at`, with Invalid for a moment that no calendar reaches."""
    try:
        return due_at(start, limit, calendar, timetable)
    except (ValueError, OverflowError) as error:
        raise Invalid("kernel.moment_wrong", f"start is beyond the calendar: {error}", field="start") from error
