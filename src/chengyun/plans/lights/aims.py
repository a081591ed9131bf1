"""What is judged: an aim with its dates, and the readings of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Hold(StrEnum):
    """How an aim is meant.

    REACH: get from the baseline to the target by the due date. FLOOR: stay at or above (or, descending, at or below)
    all the time; one breach is red. RANGE: end within two values. OPEN: nobody has said how much yet.
    """

    REACH = "reach"
    FLOOR = "floor"
    RANGE = "range"
    OPEN = "open"


class Every(StrEnum):
    """How often an aim begins anew; each period is judged by its own readings."""

    ONCE = ""
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"


@dataclass(frozen=True)
class Reading:
    """A value of the aim as known on a day. Of a recurring aim: counted since its period began."""

    day: date
    value: float


@dataclass(frozen=True)
class Aim:
    """A promise in numbers. A task without a number is an aim from 0 to 100 percent.

    `by` None: no date is known, or it hangs on an event that has not happened. `upper`: the other end of a range.
    `descending`: less is better. `stages`: (day, value that must be there by then), from a plan of stages; between two
    of them the way is straight, or (`steps`) nothing is expected before the next is due. `issued`: the day of the
    document; a due date before it is judged only once `confirmed`. `done`: the day on which a person closed it,
    whatever the numbers say.
    """

    target: float | None
    by: date | None
    start: date | None = None
    baseline: float | None = None
    upper: float | None = None
    hold: Hold = Hold.REACH
    descending: bool = False
    every: Every = Every.ONCE
    stages: tuple[tuple[date, float], ...] = ()
    steps: bool = False
    issued: date | None = None
    confirmed: bool = False
    done: date | None = None

    @property
    def due_before_issue(self) -> bool:
        """Whether it was due before its own document came out, and nobody has confirmed that."""
        return bool(self.issued and self.by and self.by < self.issued and not self.confirmed)

    def meets(self, value: float) -> bool:
        """Whether a value fulfils the aim."""
        if self.target is None:
            return False
        return value <= self.target if self.descending else value >= self.target

    def exceeds(self, value: float) -> bool:
        """Whether a value lies beyond the far end of a range."""
        if self.upper is None:
            return False
        return value < self.upper if self.descending else value > self.upper
