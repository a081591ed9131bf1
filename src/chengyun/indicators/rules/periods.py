"""Periods by which figures are kept: months, quarters, years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FREQUENCIES = ("month", "quarter", "year")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Span:
    """A period: its key ("2026-11", "2026Q4", "2026"), its first and its last day."""

    key: str
    first: date
    last: date

    def until(self, day: date) -> "Span":
        """Not beyond a day."""
        return Span(self.key, self.first, min(self.last, day))


def period_of(day: date, frequency: str) -> Span:
    """The period that a day lies in."""
    length = _MONTHS[frequency]
    month = (day.month - 1) // length * length + 1
    return _span(day.year, month, frequency)


def before(period: Span, frequency: str, count: int) -> Iterator[Span]:
    """The `count` periods before one, the nearest first."""
    for _ in range(count):
        period = period_of(period.first - timedelta(days=1), frequency)
        yield period


def read_period(key: str) -> Span | None:
    """The period of a key, None if it is none."""
    try:
        if "Q" in key:
            year, quarter = key.split("Q")
            return _span(int(year), int(quarter) * 3 - 2, "quarter") if int(quarter) in {1, 2, 3, 4} else None
        if "-" in key:
            year, month = key.split("-")
            return _span(int(year), int(month), "month")
        return _span(int(key), 1, "year")
    except ValueError:
        return None


def _span(year: int, month: int, frequency: str) -> Span:
    first = date(year, month, 1)
    months = year * 12 + month - 1 + _MONTHS[frequency]
    last = date(months // 12, months % 12 + 1, 1) - timedelta(days=1)
    key = {"month": f"{year}-{month:02d}", "quarter": f"{year}Q{month // 3 + 1}", "year": f"{year}"}[frequency]
    return Span(key, first, last)
