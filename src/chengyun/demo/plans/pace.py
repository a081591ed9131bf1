"""How the work on a task really goes, unknown to the platform until somebody reports it. Pure, from a seed."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

STYLES = (("steady", 56), ("early", 12), ("slow", 20), ("stuck", 12))
SLOW_OFFICES = frozenset({"construction", "housing"})
"""Offices of the play that lag more often than others."""


@dataclass(frozen=True)
class Course:
    """From its start to its real end; flat between `halt` and `resumed` where it was stuck."""

    style: str
    start: date
    due: date
    end: date
    halt: date | None = None
    resumed: date | None = None

    def progress(self, day: date) -> float:
        """How far it really is on a day, in percent, 0 to 100."""
        if day >= self.end:
            return 100.0
        worked = self._worked(day)
        whole = self._worked(self.end)
        return round(min(99.0, 100.0 * worked / whole), 1) if whole else 0.0

    def _worked(self, day: date) -> float:
        days = max((min(day, self.end) - self.start).days, 0)
        if self.halt is not None and self.resumed is not None and day > self.halt:
            days -= (min(day, self.resumed) - self.halt).days
        return float(max(days, 0))


def course_of(luck: random.Random, start: date, due: date, office: str) -> Course:
    """A way for the work to go: most of it in time, some late, some stuck for months."""
    heavy = 1.8 if office in SLOW_OFFICES else 1.0
    weights = [weight * (heavy if name in ("slow", "stuck") else 1.0) for name, weight in STYLES]
    style = luck.choices([name for name, _ in STYLES], weights)[0]
    length = max((due - start).days, 20)
    if style == "early":
        return Course(style, start, due, due - timedelta(days=round(length * luck.uniform(0.08, 0.2))))
    if style == "steady":
        return Course(style, start, due, due - timedelta(days=max(1, round(length * luck.uniform(0.02, 0.1)))))
    if style == "slow":
        return Course(style, start, due, due + timedelta(days=luck.randint(12, 45)))
    halt = start + timedelta(days=round(length * luck.uniform(0.3, 0.45)))
    resumed = halt + timedelta(days=round(length * luck.uniform(0.25, 0.4)))
    return Course(style, start, due, due + timedelta(days=luck.randint(25, 80)), halt, resumed)
