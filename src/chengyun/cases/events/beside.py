"""What is told beside the way: delays, joined cases, supervision, the upper platform, approvals."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chengyun.cases.events.base import ClockFact, Stepped
from chengyun.kernel.events import event


@event("cases.extended")
@dataclass(frozen=True)
class Extended(Stepped):
    days: int
    extensions: int


@event("cases.suspended")
@dataclass(frozen=True)
class Suspended(Stepped):
    review_on: date


@event("cases.resumed")
@dataclass(frozen=True)
class Resumed(Stepped):
    pass


@event("cases.merged")
@dataclass(frozen=True)
class Merged(Stepped):
    into: str


@event("cases.merged_in")
@dataclass(frozen=True)
class MergedIn:
    """Another case was merged into this one."""

    case: str


@event("cases.unmerged")
@dataclass(frozen=True)
class Unmerged(Stepped):
    out_of: str


@event("cases.cancelled")
@dataclass(frozen=True)
class Cancelled(Stepped):
    pass


@event("cases.settled")
@dataclass(frozen=True)
class Settled(Stepped):
    """Settled on the spot by the simple procedure."""

    class_code: str
    level: str
    sampled: bool


@event("cases.sampled")
@dataclass(frozen=True)
class Sampled(Stepped):
    """A case of the simple procedure was looked at again."""

    passed: bool


@event("cases.joined_in")
@dataclass(frozen=True)
class JoinedIn(Stepped):
    """Departments were asked to support: joint handling."""

    supporting: tuple[int, ...]


@event("cases.part_moved")
@dataclass(frozen=True)
class PartMoved(Stepped):
    """A supporting department signed, assigned, answered or returned its part."""

    verb: str
    part: str
    department: int
    part_state: str


@event("cases.urged")
@dataclass(frozen=True)
class Urged(Stepped):
    urges: int
    department: int | None


@event("cases.supervised")
@dataclass(frozen=True)
class Supervised(Stepped):
    due_on: date
    department: int | None


@event("cases.supervision_cleared")
@dataclass(frozen=True)
class SupervisionCleared(Stepped):
    pass


@event("cases.confided")
@dataclass(frozen=True)
class Confided(Stepped):
    confidential: bool


@event("cases.contacted")
@dataclass(frozen=True)
class Contacted(Stepped):
    """Somebody spoke with the reporter; of an order, `first` is the first contact that is counted."""

    first: bool


@event("cases.remarked")
@dataclass(frozen=True)
class Remarked(Stepped):
    pass


@event("cases.reclassified")
@dataclass(frozen=True)
class Reclassified(Stepped):
    class_code: str
    from_class: str
    priority: str


@event("cases.relocated")
@dataclass(frozen=True)
class Relocated(Stepped):
    point: tuple[float, float] | None
    grid: int | None
    community: int | None
    routing: dict[str, Any]


@event("cases.overdue")
@dataclass(frozen=True)
class Overdue(Stepped):
    stage: str
    due_at: datetime
    department: int | None


@event("cases.due_recomputed")
@dataclass(frozen=True)
class DueRecomputed:
    """A provisional due time was reckoned anew, now that the calendar is out."""

    clocks: tuple[ClockFact, ...]


@event("cases.approval_asked")
@dataclass(frozen=True)
class ApprovalAsked:
    approval: str
    verb: str
    post: str
    given: dict[str, Any]


@event("cases.approval_refused")
@dataclass(frozen=True)
class ApprovalRefused:
    approval: str
    verb: str
    post: str


@event("cases.approval_lapsed")
@dataclass(frozen=True)
class ApprovalLapsed:
    """The case went on before the approval was decided, or it was withdrawn."""

    approval: str
    verb: str


@event("cases.replied")
@dataclass(frozen=True)
class Replied(Stepped):
    department: int | None


@event("cases.applied_above")
@dataclass(frozen=True)
class AppliedAbove(Stepped):
    """Asked the platform above for return or extension."""

    kind: str
    days: int | None


@event("cases.joined_to")
@dataclass(frozen=True)
class JoinedTo(Stepped):
    """The work of this order is done by another case; it keeps its own reply."""

    case: str


@event("cases.decided_above")
@dataclass(frozen=True)
class DecidedAbove(Stepped):
    """The platform above returned, refused, extended, closed or reopened the order, or called back."""

    verb: str
    due_at: datetime | None
    solved: bool | None
    satisfied: int | None


@event("cases.personal_seen")
@dataclass(frozen=True)
class PersonalSeen:
    """Somebody looked at who reported."""

    purpose: str


@event("cases.list_exported")
@dataclass(frozen=True)
class ListExported:
    """Somebody took a list of cases out as a file. `filters` are those that were set."""

    rows: int
    format: str
    filters: dict[str, str]
