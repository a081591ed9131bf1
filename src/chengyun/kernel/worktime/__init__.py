"""Working time: statutory days, office hours, and when a limit falls due. An engine: free of Django, usable alone."""

from chengyun.kernel.worktime.days import DayKind, DayNote, WorkCalendar, statutory_calendar
from chengyun.kernel.worktime.due import Due, Dues, due_at, due_many, elapsed, resume
from chengyun.kernel.worktime.hours import OFFICE, ROUND_THE_CLOCK, Span, Timetable
from chengyun.kernel.worktime.limits import End, Limit, Start, Unit

__all__ = [
    "OFFICE",
    "ROUND_THE_CLOCK",
    "DayKind",
    "DayNote",
    "Due",
    "Dues",
    "End",
    "Limit",
    "Span",
    "Start",
    "Timetable",
    "Unit",
    "WorkCalendar",
    "due_at",
    "due_many",
    "elapsed",
    "resume",
    "statutory_calendar",
]
