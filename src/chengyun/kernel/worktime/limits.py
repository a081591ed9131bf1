"""A limit as data: how much, in which unit, counted from when, ending at what time of the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    """Of what a limit counts: 工作时, 工作日, or hours of the clock. CJ/T 315-2009."""

    WORK_HOURS = "work_hours"
    WORK_DAYS = "work_days"
    CLOCK_HOURS = "clock_hours"


class Start(StrEnum):
    """From when it counts. A limit that starts at signing is `MOMENT`, handed the moment of signing."""

    MOMENT = "moment"
    NEXT_WORKING_DAY = "next_working_day"


class End(StrEnum):
    """At what time of the last day it ends."""

    SAME_TIME = "same_time"
    CLOSE_OF_OFFICE = "close_of_office"
    MIDNIGHT = "midnight"


LONGEST = {Unit.WORK_HOURS: 20_000.0, Unit.WORK_DAYS: 2_500.0, Unit.CLOCK_HOURS: 90_000.0}


@dataclass(frozen=True)
class Limit:
    """How long something may take. The default rules are those of most towns: next working day, close of office.

    Hours may be fractions, working days are whole. Limits longer than about ten years are refused.
    """

    amount: float
    unit: Unit = Unit.WORK_DAYS
    start: Start = Start.NEXT_WORKING_DAY
    end: End = End.CLOSE_OF_OFFICE

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", Unit(self.unit))
        object.__setattr__(self, "start", Start(self.start))
        object.__setattr__(self, "end", End(self.end))
        if not 0 < self.amount <= LONGEST[self.unit]:
            raise ValueError(f"a limit is above 0 and at most {LONGEST[self.unit]:,.0f} {self.unit}: not {self.amount}")
        if self.unit is Unit.WORK_DAYS and self.amount != int(self.amount):
            raise ValueError(f"working days are whole: not {self.amount}")

    @classmethod
    def hours(cls, amount: float, unit: Unit = Unit.WORK_HOURS) -> "Limit":
        """A limit in hours from the moment on, ending when they have passed."""
        return cls(amount, unit, Start.MOMENT, End.SAME_TIME)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Limit":
        """From what `to_json` gave; rules left out are the usual ones of the unit."""
        days = data["unit"] == Unit.WORK_DAYS
        start = data.get("start") or (Start.NEXT_WORKING_DAY if days else Start.MOMENT)
        end = data.get("end") or (End.CLOSE_OF_OFFICE if days else End.SAME_TIME)
        return cls(data["amount"], Unit(data["unit"]), Start(start), End(end))

    def to_json(self) -> dict[str, Any]:
        """Plain values, as kept in files and in the database."""
        return {"amount": self.amount, "unit": str(self.unit), "start": str(self.start), "end": str(self.end)}
