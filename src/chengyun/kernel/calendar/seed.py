"""The notices and hours that come with the platform, published when a database is made or brought up to date."""

from typing import Any

from django.db import connection

from chengyun.kernel.actor import System
from chengyun.kernel.calendar.actions import hours_rows, publish_hours, publish_year, years
from chengyun.kernel.calendar.models import CalendarYear
from chengyun.kernel.worktime import OFFICE, ROUND_THE_CLOCK
from chengyun.kernel.worktime.days import statutory_notices

INSTALLER = System("installer")
HOURS = {"office": ("办公时间", OFFICE), "always": ("全天", ROUND_THE_CLOCK)}


def seed_calendar(**_: Any) -> None:
    """Publish what comes with the platform and is not there yet; corrections by people stay."""
    if CalendarYear._meta.db_table not in connection.introspection.table_names():
        return  # the kernel's tables were taken back
    there = set(years(None).values_list("year", flat=True))
    for notice in statutory_notices():
        if notice["year"] not in there:
            publish_year(notice, actor=INSTALLER)
    known = set(hours_rows(None).values_list("code", flat=True))
    for code, (name, timetable) in HOURS.items():
        if code not in known:
            publish_hours(code, actor=INSTALLER, name=name, hours=timetable.to_json())
