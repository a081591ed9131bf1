"""What the room tells. Every step of a case carries the state before and after and what happened to its clocks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chengyun.kernel.events import event


@dataclass(frozen=True)
class ClockFact:
    """What happened to one clock: start, stop, void, pause, resume or move."""

    stage: str
    act: str
    round: int
    due_at: datetime | None
    provisional: bool
    on_time: bool | None


@dataclass(frozen=True)
class Stepped:
    """What every verb tells. `approval` is the id of the approval that let it pass, if one was needed."""

    before: str
    state: str
    round: int
    clocks: tuple[ClockFact, ...]
    captured_at: datetime | None
    approval: str | None
    photos: tuple[str, ...]


@event("cases.reported")
@dataclass(frozen=True)
class Reported:
    number: str
    channel: str
    class_code: str
    priority: str
    state: str
    is_order: bool
    source: str
    external_id: str
    upper_kind: str
    reporter: str | None
    point: tuple[float, float] | None
    grid: int | None
    community: int | None
    facility: int | None
    captured_at: datetime | None
    clocks: tuple[ClockFact, ...]
    photos: tuple[str, ...]


@event("cases.reported_again")
@dataclass(frozen=True)
class ReportedAgain:
    """Somebody else reported the same thing ("me too")."""

    reporter: str
    channel: str


@event("cases.received")
@dataclass(frozen=True)
class Received(Stepped):
    class_code: str


@event("cases.rejected")
@dataclass(frozen=True)
class Rejected(Stepped):
    pass


@event("cases.check_asked")
@dataclass(frozen=True)
class CheckAsked(Stepped):
    person: str | None


@event("cases.checked")
@dataclass(frozen=True)
class Checked(Stepped):
    found: bool


@event("cases.filed")
@dataclass(frozen=True)
class Filed(Stepped):
    class_code: str
    priority: str


@event("cases.not_filed")
@dataclass(frozen=True)
class NotFiled(Stepped):
    pass


@event("cases.accepted")
@dataclass(frozen=True)
class Accepted(Stepped):
    """An order of an upper platform was signed for."""

    class_code: str
    priority: str


@event("cases.dispatched")
@dataclass(frozen=True)
class Dispatched(Stepped):
    department: int
    supporting: tuple[int, ...]
    routing: dict[str, Any]


@event("cases.signed")
@dataclass(frozen=True)
class Signed(Stepped):
    department: int


@event("cases.assigned")
@dataclass(frozen=True)
class Assigned(Stepped):
    person: str


@event("cases.started")
@dataclass(frozen=True)
class Started(Stepped):
    person: str


@event("cases.returned")
@dataclass(frozen=True)
class Returned(Stepped):
    department: int
    returns: int


@event("cases.escalated")
@dataclass(frozen=True)
class Escalated(Stepped):
    """Returned too often: the duty officer decides."""

    returns: int


@event("cases.arbitrated")
@dataclass(frozen=True)
class Arbitrated(Stepped):
    department: int


@event("cases.reassigned")
@dataclass(frozen=True)
class Reassigned(Stepped):
    department: int
    from_department: int


@event("cases.answered")
@dataclass(frozen=True)
class Answered(Stepped):
    department: int
    level: str


@event("cases.sent_back")
@dataclass(frozen=True)
class SentBack(Stepped):
    """The desk did not accept the answer."""

    department: int


@event("cases.sent_to_verify")
@dataclass(frozen=True)
class SentToVerify(Stepped):
    person: str | None


@event("cases.verified")
@dataclass(frozen=True)
class Verified(Stepped):
    pass


@event("cases.rework_ordered")
@dataclass(frozen=True)
class ReworkOrdered(Stepped):
    department: int


@event("cases.closed")
@dataclass(frozen=True)
class Closed(Stepped):
    level: str
    class_code: str
    department: int | None


@event("cases.rated")
@dataclass(frozen=True)
class Rated(Stepped):
    """By the reporter, or on a call back by the desk (`asked`)."""

    asked: str
    solved: bool
    satisfied: int


@event("cases.reopened")
@dataclass(frozen=True)
class Reopened(Stepped):
    reopenings: int


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
