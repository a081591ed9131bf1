"""The notices and hours that come with the platform, there as soon as a database is made or brought up to date."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from chengyun.kernel.actor import System
from chengyun.kernel.calendar.actions import hours_rows, publish_year, row_of, save_days, years
from chengyun.kernel.calendar.models import CalendarYear, OfficeHours
from chengyun.kernel.calendar.rules import notes_of
from chengyun.kernel.worktime import OFFICE, ROUND_THE_CLOCK
from chengyun.kernel.worktime.days import statutory_notices

INSTALLER = System("installer")
HOURS = {"office": ("办公时间", OFFICE), "always": ("全天", ROUND_THE_CLOCK)}


def seed_calendar(**_: Any) -> None:
    """Add what comes with the platform and is not there yet; corrections by people stay.

    A new installation simply has it. One that is at work is told of a new year, so that due times are reckoned again.
    """
    if CalendarYear._meta.db_table not in connection.introspection.table_names():
        return  # the kernel's tables were taken back
    there = set(years(None).values_list("year", flat=True))
    for notice in statutory_notices():
        if notice["year"] not in there:
            publish_year(notice, actor=INSTALLER) if there else _add_year(notice)
    known = set(hours_rows(None).values_list("code", flat=True))
    OfficeHours.objects.add_many(
        [
            OfficeHours(code=code, name=name, hours=timetable.to_json())
            for code, (name, timetable) in HOURS.items()
            if code not in known
        ]
    )


def _add_year(notice: Mapping[str, Any]) -> None:
    row = row_of(notice, None, None)
    row.save()
    save_days(row, notes_of(notice))
