"""What supervision tells: reminders, orders, findings, look-backs, assessments."""

from dataclasses import dataclass
from datetime import date

from chengyun.kernel.events import event
from chengyun.plans.events.execution import Moved


@event("plans.reminded")
@dataclass(frozen=True)
class Reminded:
    """催办. Exactly one of `task`, `report`, `order` says of what; `days` until it is due (negative: overdue)."""

    cause: str
    department: int
    days: int | None
    task: str
    report: str
    order: str


@event("plans.order_issued")
@dataclass(frozen=True)
class OrderIssued:
    """A supervision order 督办单 went out."""

    number: str
    colour: str
    cause: str
    department: int
    post: int | None
    due_on: date
    task: str


@event("plans.order_moved")
@dataclass(frozen=True)
class OrderMoved(Moved):
    number: str
    colour: str
    late: bool


@event("plans.finding_made")
@dataclass(frozen=True)
class FindingMade:
    severity: str
    department: int
    task: str
    point: tuple[float, float] | None
    files: tuple[str, ...]


@event("plans.finding_moved")
@dataclass(frozen=True)
class FindingMoved(Moved):
    pass


@event("plans.look_back_planned")
@dataclass(frozen=True)
class LookBackPlanned:
    department: int
    planned_on: date
    order: str
    task: str


@event("plans.look_back_moved")
@dataclass(frozen=True)
class LookBackMoved(Moved):
    """A look-back was taken, or put off. Failed, its order or task is open again."""


@event("plans.scheme_written")
@dataclass(frozen=True)
class SchemeWritten:
    number: int
    full: str


@event("plans.scheme_moved")
@dataclass(frozen=True)
class SchemeMoved(Moved):
    pass


@event("plans.assessment_run")
@dataclass(frozen=True)
class AssessmentRun:
    """Scores were reckoned by a scheme: simulated until published."""

    scheme: str
    first: date
    last: date
    departments: int


@event("plans.assessment_moved")
@dataclass(frozen=True)
class AssessmentMoved(Moved):
    pass


@event("plans.figure_entered")
@dataclass(frozen=True)
class FigureEntered:
    """A figure that no record holds was entered for an assessment."""

    name: str
    department: int
    day: date
    value: str
