"""What is told on the way from report to rating, and of what came back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chengyun.cases.events.base import ClockFact, Stepped
from chengyun.kernel.events import event


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
