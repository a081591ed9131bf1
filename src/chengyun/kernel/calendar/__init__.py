"""The working calendar and the office hours as rows that a town edits."""

from chengyun.kernel.calendar.queries import calendar_for, timetable_for
from chengyun.kernel.calendar.recompute import Change, on_calendar_change

__all__ = ["Change", "calendar_for", "on_calendar_change", "timetable_for"]
