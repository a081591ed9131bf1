"""Dates as documents write them: a year, a month or a day."""

import calendar
from datetime import date


def last_day(written: str | None) -> date | None:
    """The last day of "2025", "2025-06" or "2025-06-15"; None for anything else."""
    return _day(written, last=True)


def first_day(written: str | None) -> date | None:
    """The first day of "2025", "2025-06" or "2025-06-15"; None for anything else."""
    return _day(written, last=False)


def _day(written: str | None, *, last: bool) -> date | None:
    try:
        parts = [int(part) for part in (written or "").split("-")]
        if not 1 <= len(parts) <= 3:
            return None
        year = parts[0]
        month = parts[1] if len(parts) > 1 else (12 if last else 1)
        end = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, parts[2] if len(parts) > 2 else end)
    except ValueError:
        return None


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month. Raises ValueError beyond the year 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
