"""What happens while plans are executed: reports, meetings, titles, funds, evaluations, lights."""

from dataclasses import dataclass
from datetime import date, datetime

from chengyun.kernel.events import event


@dataclass(frozen=True)
class Moved:
    """What every verb of execution and supervision tells. `files` are the evidence handed in."""

    verb: str
    before: str
    state: str
    department: int | None
    due_on: date | None
    files: tuple[str, ...]


@event("plans.light_turned")
@dataclass(frozen=True)
class LightTurned:
    """The light of a task, target or project is another one. `reason` is the code of the rule."""

    before: str
    light: str
    reason: str
    department: int | None


@event("plans.lights_ruled")
@dataclass(frozen=True)
class LightsRuled:
    """A new version of the rules of lights."""

    number: int
    since: date


@event("plans.report_drafted")
@dataclass(frozen=True)
class ReportDrafted:
    """The platform drafted a department's monthly report; `asks` lines want an answer."""

    month: date
    department: int
    lines: int
    asks: int
    due_at: datetime


@event("plans.report_moved")
@dataclass(frozen=True)
class ReportMoved(Moved):
    month: date
    late: bool


@event("plans.report_missed")
@dataclass(frozen=True)
class ReportMissed:
    """A report was not confirmed in time: late stays late."""

    month: date
    department: int


@event("plans.group_formed")
@dataclass(frozen=True)
class GroupFormed:
    """A leading group or task force; `posts` are its members."""

    kind: str
    posts: tuple[int, ...]


@event("plans.members_set")
@dataclass(frozen=True)
class MembersSet:
    posts: tuple[int, ...]


@event("plans.group_moved")
@dataclass(frozen=True)
class GroupMoved(Moved):
    pass


@event("plans.meeting_called")
@dataclass(frozen=True)
class MeetingCalled:
    group: str
    number: int
    held_on: date


@event("plans.meeting_written")
@dataclass(frozen=True)
class MeetingWritten:
    """Agenda, minutes or decisions of a meeting were written."""

    agenda: int
    decisions: int


@event("plans.meeting_moved")
@dataclass(frozen=True)
class MeetingMoved(Moved):
    tasks: tuple[str, ...]


@event("plans.title_planned")
@dataclass(frozen=True)
class TitlePlanned:
    level: str
    department: int


@event("plans.title_moved")
@dataclass(frozen=True)
class TitleMoved(Moved):
    pass


@event("plans.evidence_set")
@dataclass(frozen=True)
class EvidenceSet:
    """The evidence list of a title was written, or an entry made ready."""

    entries: int
    ready: int


@event("plans.budget_made")
@dataclass(frozen=True)
class BudgetMade:
    year: int
    source: str
    amount: str


@event("plans.budget_moved")
@dataclass(frozen=True)
class BudgetMoved(Moved):
    amount: str


@event("plans.evaluation_made")
@dataclass(frozen=True)
class EvaluationMade:
    kind: str
    as_of: date


@event("plans.evaluation_moved")
@dataclass(frozen=True)
class EvaluationMoved(Moved):
    digest: str


@event("plans.published")
@dataclass(frozen=True)
class Published:
    """Plan and progress of a document were made public."""

    document: str
    tasks: int
    targets: int


@event("plans.publication_moved")
@dataclass(frozen=True)
class PublicationMoved(Moved):
    pass


@event("plans.taken_out")
@dataclass(frozen=True)
class TakenOut:
    """Somebody took something out as a file or on paper. `what`: tasks, wall, scores, evaluation."""

    what: str
    format: str
    rows: int
    of: str | None
    filters: dict[str, str]
