"""The simulated year: a day after the other, each with what is planned for it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from chengyun.demo.plans.cast import Stage, at
from chengyun.demo.plans.pace import Course, course_of
from chengyun.kernel.clock import frozen
from chengyun.plans import around
from chengyun.plans.models import Project, Target, Task

Act = Callable[["Play"], object]


@dataclass
class Play:
    """The stage, the day it is, how the work really goes, and what is planned for later days."""

    stage: Stage
    today: date
    last: date
    courses: dict[tuple[str, int], Course] = field(default_factory=dict)
    planned: defaultdict[date, list[tuple[float, Act]]] = field(default_factory=lambda: defaultdict(list))
    late_offices: frozenset[str] = frozenset({"construction", "market"})

    def on(self, day: date, act: Act, hour: float = 10.0) -> None:
        """Plan an act for a day that is not over; what would lie behind the play's end never happens."""
        if day <= self.last:
            self.planned[max(day, self.today)].append((hour, act))

    def in_days(self, days: float, act: Act, hour: float = 10.0) -> None:
        """Plan an act for some days later, on a working day of the week."""
        day = self.today + timedelta(days=max(1, round(days)))
        self.on(day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= 5 else 0), act, hour)

    def live(self) -> None:
        """Take what is planned for today, in its order; acts may plan others for today."""
        done = 0
        while done < len(self.planned[self.today]):
            rows = self.planned[self.today]
            rows[done:] = sorted(rows[done:], key=lambda row: row[0])
            hour, act = rows[done]
            done += 1
            with frozen(at(self.today, hour)):
                act(self)
        del self.planned[self.today]

    def course(self, thing: Task | Target | Project) -> Course:
        """How the work on something really goes; drawn when it is first asked."""
        key = (thing.subject_kind, thing.pk)
        if key not in self.courses:
            self.courses[key] = self._draw(thing)
        return self.courses[key]

    def _draw(self, thing: Any) -> Course:
        office = self.stage.office_of(thing.department_id)
        due = getattr(thing, "due_on", None) or getattr(thing, "by_on", None) or date(self.today.year, 12, 31)
        began = _began(thing) or self.today
        return course_of(self.stage.luck, min(began, due - timedelta(days=20)), due, office)


def _began(thing: Any) -> Any:
    if isinstance(thing, Project) and thing.starts_on:
        return thing.starts_on
    document = thing.document
    if document is not None and document.dated is not None:
        return max(document.dated, document.starts_on or document.dated)
    return around.today(thing.live_at) if isinstance(thing, Task) and thing.live_at else None
