"""What happens to tasks, targets and adjustments on their way."""

from dataclasses import dataclass
from datetime import date, datetime

from chengyun.kernel.events import event


@event("plans.task_moved")
@dataclass(frozen=True)
class TaskMoved:
    """A task took a verb of its table. `departments` are all that have a part in it, the lead first."""

    verb: str
    before: str
    state: str
    department: int | None
    departments: tuple[int, ...]
    due_on: date | None
    consent_due_at: datetime | None = None


@event("plans.task_raised")
@dataclass(frozen=True)
class TaskRaised:
    """A task came to be without a document: from a gap of an indicator, or from a meeting."""

    origin: str
    indicator: str
    area: int | None
    department: int | None
    due_on: date | None


@event("plans.gap_followed")
@dataclass(frozen=True)
class GapFollowed:
    """The figure of the gap that a task closes changed: met, receded, closed, returned."""

    indicator: str
    what: str
    value: float | None


@event("plans.consent_answered")
@dataclass(frozen=True)
class ConsentAnswered:
    """A department consented to a task or objected 征求意见."""

    department: int
    answer: str
    left: int


@event("plans.consent_lapsed")
@dataclass(frozen=True)
class ConsentLapsed:
    """Departments did not answer in time: taken as no objection 逾期视为无意见."""

    departments: tuple[int, ...]


@event("plans.progress_reported")
@dataclass(frozen=True)
class ProgressReported:
    """The department said how far a task is, in percent."""

    before: int
    progress: int
    files: tuple[str, ...]


@event("plans.event_recorded")
@dataclass(frozen=True)
class EventRecorded:
    """What a deadline hung on has happened; the due date follows from it."""

    on: date
    due_on: date | None


@event("plans.adjustment_asked")
@dataclass(frozen=True)
class AdjustmentAsked:
    """A change of a live task was proposed; departments answer until `due_at`."""

    task: str
    fields: tuple[str, ...]
    due_at: datetime


@event("plans.adjustment_moved")
@dataclass(frozen=True)
class AdjustmentMoved:
    """An adjustment took a verb; approved, the task has the new values and the old ones are kept."""

    task: str
    verb: str
    before: str
    state: str


@event("plans.target_bound")
@dataclass(frozen=True)
class TargetBound:
    """A target was bound to an indicator (empty: the tie was cut)."""

    indicator: str


@event("plans.target_measured")
@dataclass(frozen=True)
class TargetMeasured:
    """What a target stood at on a day was entered by hand."""

    day: date
    value: float
