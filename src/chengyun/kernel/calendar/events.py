"""What is told of the calendar."""

from dataclasses import dataclass

from chengyun.kernel.events import event


@event("kernel.calendar_published")
@dataclass(frozen=True)
class CalendarPublished:
    """The days of a year became known, or were corrected; due times that touch the year are reckoned again."""

    year: int
    town: int | None
    revision: int
    holidays: int
    workdays: int


@event("kernel.hours_published")
@dataclass(frozen=True)
class HoursPublished:
    """The hours of an office under this code changed; due times are reckoned again."""

    code: str
    town: int | None
    revision: int
