"""Which days are worked: Monday to Friday, and what the State Council's yearly notice makes of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2060, 12, 31)
EPOCH = date(1970, 1, 1)

# In the law itself (全国年节及纪念日放假办法, 2024), so known before the notice of a year is out. The lunar ones are
# not guessed: a due time in such a year is provisional anyway.
FIXED_HOLIDAYS = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节"} | {(10, n): "国庆节" for n in (1, 2, 3)}

_FIRST = np.datetime64(FIRST_DAY)
_ALL_DAYS = np.arange(_FIRST, np.datetime64(LAST_DAY) + 1)
_YEARS = _ALL_DAYS.astype("datetime64[Y]").astype(np.int64) + EPOCH.year
_WEEKDAYS = (_ALL_DAYS.astype(np.int64) + EPOCH.weekday()) % 7


class DayKind(StrEnum):
    """What a notice says about a day."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


@dataclass(frozen=True)
class DayNote:
    """A day that is not what its weekday says: a rest day or a make-up workday, and for the sake of which festival."""

    kind: DayKind
    name: str


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """Working days of one place.

    `notes` holds the exceptions, `published` the years whose notice is known (days of other years follow the weekday
    and the fixed holidays, and whatever falls due over them is provisional), `version` names the state of the rows
    that the calendar was made from. The zone must keep one offset from UTC all the time, as all of China does.
    """

    notes: Mapping[date, DayNote]
    published: frozenset[int]
    zone: str = "Asia/Shanghai"
    version: int = 0
    offset: timedelta = field(init=False)

    def __post_init__(self) -> None:
        zone = ZoneInfo(self.zone)
        offsets = {datetime(year, month, 1, tzinfo=zone).utcoffset() for year in (2000, 2026, 2060) for month in (1, 7)}
        if len(offsets) != 1:
            raise ValueError(f"{self.zone} changes its clock in the year; working time needs a zone that does not")
        object.__setattr__(self, "offset", offsets.pop())

    def note(self, day: date) -> DayNote | None:
        """What is special about `day`, if anything."""
        found = self.notes.get(day)
        if found or day.year in self.published:
            return found
        name = FIXED_HOLIDAYS.get((day.month, day.day))
        return DayNote(DayKind.HOLIDAY, name) if name else None

    def is_workday(self, day: date) -> bool:
        """Whether `day` is a legal working day."""
        note = self.note(day)
        return note.kind is DayKind.WORKDAY if note else day.weekday() < 5

    @cached_property
    def workdays(self) -> NDArray[np.bool_]:
        """One flag per day from FIRST_DAY to LAST_DAY."""
        days = _WEEKDAYS < 5
        days[self._positions(DayKind.WORKDAY)] = True
        return days & ~self.holidays

    @cached_property
    def holidays(self) -> NDArray[np.bool_]:
        """One flag per day from FIRST_DAY to LAST_DAY: statutory rest days, ordinary weekends not among them."""
        fixed = np.array([date(year, *day) for year in self._unpublished for day in FIXED_HOLIDAYS], "datetime64[D]")
        days = np.zeros(len(_YEARS), dtype=np.bool_)
        days[(fixed - _FIRST).astype(np.int64)] = True
        days[self._positions(DayKind.WORKDAY)] = False
        days[self._positions(DayKind.HOLIDAY)] = True
        return days

    @cached_property
    def unpublished_before(self) -> NDArray[np.int64]:
        """Of the days from FIRST_DAY: how many before each (and, last, altogether) lie in a year without a notice."""
        return np.concatenate([[0], np.cumsum(np.isin(_YEARS, list(self._unpublished)))])

    @property
    def _unpublished(self) -> frozenset[int]:
        return frozenset(range(FIRST_DAY.year, LAST_DAY.year + 1)) - self.published

    def _positions(self, kind: DayKind) -> NDArray[np.int64]:
        days = [day for day, note in self.notes.items() if note.kind is kind and FIRST_DAY <= day <= LAST_DAY]
        return (np.array(days, "datetime64[D]") - _FIRST).astype(np.int64)


def notes_of_year(notice: Mapping[str, Any]) -> dict[date, DayNote]:
    """The exceptions in one year's notice, in the form of statutory.json. Raises ValueError saying what is wrong."""
    year = notice["year"]
    if not isinstance(year, int) or not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise ValueError(f"{year!r} is no year from {FIRST_DAY.year} to {LAST_DAY.year}")
    notes: dict[date, DayNote] = {}
    for entry in notice["holidays"]:
        for day in _days(date.fromisoformat(entry["from"]), date.fromisoformat(entry["to"])):
            _note(notes, day, DayNote(DayKind.HOLIDAY, entry["name"]), year)
    for entry in notice["workdays"]:
        _note(notes, date.fromisoformat(entry["day"]), DayNote(DayKind.WORKDAY, entry["name"]), year)
    return notes


def _note(notes: dict[date, DayNote], day: date, note: DayNote, year: int) -> None:
    if day.year != year:
        raise ValueError(f"{day} is not a day of {year}")
    if day in notes:
        raise ValueError(f"{day} is named twice")
    if note.kind is DayKind.WORKDAY and day.weekday() < 5:
        raise ValueError(f"{day} is a make-up workday, and is not a Saturday or a Sunday")
    notes[day] = note


def _days(first: date, last: date) -> Iterable[date]:
    if not 0 <= (last - first).days <= 31:
        raise ValueError(f"{first} to {last} is no span of a holiday")
    return (first + timedelta(n) for n in range((last - first).days + 1))


def statutory_notices() -> list[dict[str, Any]]:
    """The notices that come with the platform (2024 to 2026), as read from statutory.json."""
    text = files("chengyun.kernel.worktime").joinpath("statutory.json").read_text(encoding="utf-8")
    notices: list[dict[str, Any]] = json.loads(text)["years"]
    return notices


@lru_cache(maxsize=8)
def statutory_calendar(zone: str = "Asia/Shanghai") -> WorkCalendar:
    """The calendar of the notices that come with the platform."""
    notes: dict[date, DayNote] = {}
    for notice in statutory_notices():
        notes.update(notes_of_year(notice))
    return WorkCalendar(notes, frozenset(notice["year"] for notice in statutory_notices()), zone)
