"""Office hours: on which minutes of a day an office works."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_SPAN = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})")
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Span:
    """Minutes of a day, from `opens` up to `closes` (0 to 1440)."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= DAY_MINUTES:
            raise ValueError(f"office hours end after they begin, within one day: not {self}")

    def __str__(self) -> str:
        return f"{self.opens // 60:02}:{self.opens % 60:02}-{self.closes // 60:02}:{self.closes % 60:02}"


@dataclass(frozen=True)
class Timetable:
    """The hours of an office on each weekday (Monday first), and on a make-up workday whose weekday has none.

    Hours on a Saturday or Sunday are worked, unless that day is a statutory holiday. With `always` the office never
    closes, and neither weekday nor holiday matters.
    """

    week: tuple[tuple[Span, ...], ...]
    ordinary: tuple[Span, ...]
    always: bool = False

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a timetable has seven days, Monday first")
        if not self.ordinary:
            raise ValueError("a timetable needs the hours of an ordinary working day")
        for spans in (*self.week, self.ordinary):
            if any(before.closes > after.opens for before, after in pairwise(spans)):
                raise ValueError("office hours of a day follow each other without overlap")

    @classmethod
    def of(cls, ordinary: Sequence[str], week: Sequence[Sequence[str]] | None = None) -> "Timetable":
        """From texts such as "08:30-11:30"; without `week`: the ordinary hours from Monday to Friday."""
        usual = _spans(ordinary)
        return cls(tuple(_spans(day) for day in week) if week is not None else (usual,) * 5 + ((),) * 2, usual)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Timetable":
        """From what `to_json` gave. Raises ValueError saying what is wrong."""
        if data.get("always"):
            return ROUND_THE_CLOCK
        return cls.of(data["ordinary"], data.get("week"))

    def to_json(self) -> dict[str, Any]:
        """Plain lists of texts, as kept in the database and sent over the API."""
        return {
            "ordinary": [str(span) for span in self.ordinary],
            "week": [[str(span) for span in day] for day in self.week],
            "always": self.always,
        }


def _spans(texts: Sequence[str]) -> tuple[Span, ...]:
    return tuple(_span(text) for text in texts)


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a span of office hours such as 08:30-11:30")
    hour, minute, to_hour, to_minute = map(int, found.groups())
    if minute > 59 or to_minute > 59:
        raise ValueError(f"{text!r} is not a span of office hours such as 08:30-11:30")
    return Span(hour * 60 + minute, to_hour * 60 + to_minute)


OFFICE = Timetable.of(["08:30-11:30", "13:00-17:30"])
"""The usual hours of a town's government."""

ROUND_THE_CLOCK = Timetable((((Span(0, DAY_MINUTES),)),) * 7, (Span(0, DAY_MINUTES),), always=True)
"""For what is urgent."""
