"""What goes over the wire. What is sent is plain pydantic: a list of 200 is checked in a few milliseconds."""

from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, Field

from chengyun.cases.rules.given import IMPORTED_TEXT_LIMIT, PHOTOS

T = TypeVar("T")


class Named(BaseModel):
    id: UUID
    name: str


class Office(Named):
    code: str


class ClassOut(BaseModel):
    code: str
    name: str
    en: str


class VerbOut(BaseModel):
    """A verb that may be taken now: what its form must and may ask for, and who must agree."""

    name: str
    needs: list[str]
    optional: list[str]
    approval: str | None
    offline: bool


class DueOut(BaseModel):
    at: datetime
    provisional: bool
    stage: str
    amber_at: datetime | None


class CaseRow(BaseModel):
    """A case in a list. `light`: grey without a clock, blue moving, amber soon, red late, green done."""

    id: UUID
    number: str
    version: int
    title: str
    state: str
    channel: str
    class_: ClassOut | None = Field(None, alias="class")
    priority: str
    address: str
    point: tuple[float, float] | None
    grid: Named | None
    cell: Named | None
    community: Named | None
    department: Office | None
    due: DueOut | None
    light: str
    reported_at: datetime
    closed_at: datetime | None
    round: int
    returns: int
    urges: int
    is_order: bool
    upper_number: str
    confidential: bool
    supervised: bool
    pending: str
    assignee_id: UUID | None
    thumb: UUID | None
    verbs: list[VerbOut]


class ClockOut(BaseModel):
    stage: str
    round: int
    limit: dict[str, Any]
    started_at: datetime
    due_at: datetime | None
    provisional: bool
    paused_at: datetime | None
    stopped_at: datetime | None
    on_time: bool | None
    history: list[dict[str, Any]]
    part: int | None


class PartOut(BaseModel):
    id: UUID
    department: Office | None
    lead: bool
    state: str
    assignee: Named | None
    sent_at: datetime
    signed_at: datetime | None
    ended_at: datetime | None


class AttachmentOut(BaseModel):
    """A file of the case: read it at /kernel/files/{file}."""

    file: UUID
    mime: str
    role: str
    verb: str
    round: int
    captured_at: datetime | None
    received_at: datetime


class ApprovalOut(BaseModel):
    id: UUID
    version: int
    verb: str
    post: str
    state: str
    given: dict[str, Any]
    asked_by: str
    asked_at: datetime


class ApprovalRow(ApprovalOut):
    case: CaseRow
    texts: dict[str, str | None]
    asker: Named | None
    mine: bool


class SuggestedOut(BaseModel):
    department: Office | None
    reason: dict[str, Any]


class StandardOut(BaseModel):
    accept: str
    close: str
    simple: bool
    photo: bool
    handle: str
    handle_urgent: str
    department: str


class ReporterOut(BaseModel):
    """How many reported it; who they are is asked for apart, with a reason, and logged."""

    count: int
    channel: str
    me: bool


class RelatedOut(BaseModel):
    """A case tied to this one. `tie`: merged or order (came to this one), into or work (this went to it)."""

    id: UUID
    number: str
    title: str
    state: str
    tie: str


class CaseDetail(CaseRow):
    text: str
    compound: Named | None
    routing: dict[str, Any]
    suggested: SuggestedOut | None
    standard: StandardOut | None
    reporter: ReporterOut
    assignee: Named | None
    verifier: Named | None
    checker: Named | None
    clocks: list[ClockOut]
    parts: list[PartOut]
    attachments: list[AttachmentOut]
    approval: ApprovalOut | None
    related: list[RelatedOut]
    received_at: datetime
    filed_at: datetime | None
    signed_at: datetime | None
    answered_at: datetime | None
    extensions: int
    reopenings: int
    open_parts: int
    bound: bool
    simple: bool
    sampled: bool
    found: bool | None
    review_on: date | None
    level: str
    source: str
    external_id: str
    upper_kind: str
    upper_due_at: datetime | None
    upper_pending: str


class ActorOut(BaseModel):
    kind: str
    id: str
    name: str
    department: str | None


class MomentOut(BaseModel):
    """One line of the timeline. `names` say who the ids in `facts` are; `texts` by purpose, null where erased."""

    number: int
    event: str
    actor: ActorOut
    happened_at: datetime
    recorded_at: datetime
    facts: dict[str, Any]
    names: dict[str, str]
    texts: dict[str, str | None]


class SimilarOut(BaseModel):
    case: CaseRow
    score: float
    metres: float | None
    hours: float
    same_class: bool
    words: float


class PageOut(BaseModel, Generic[T]):
    """One page; `total` stops at 10,000, then `more` is true."""

    items: list[T]
    next: str | None
    total: int
    more: bool


class CountsOut(BaseModel):
    states: dict[str, int]
    views: dict[str, int]


class DayFigures(BaseModel):
    """What was reported on a day, and how much of that is done by now."""

    day: date
    reported: int
    done: int


class FeaturesOut(BaseModel):
    """GeoJSON; with `clustered` each feature is an H3 cell with `count`, `open` and `late`."""

    type: str
    clustered: bool
    features: list[dict[str, Any]]


class ReporterIn(Schema):
    name: str = Field("", max_length=60)
    phone: str = Field("", max_length=30)


class OrderIn(Schema):
    kind: str = Field(description="consult, help, complaint, suggestion or praise")
    due_at: datetime | None = None


class SettledIn(Schema):
    after: list[UUID] = Field(max_length=PHOTOS)
    text: str = Field("", max_length=2000)


class ReportIn(Schema):
    """A report. `id` may come from the device; `settled` reports and settles in one act (simple procedure)."""

    town: str | None = Field(None, description="Code of the town; empty: one's own")
    text: str = Field(max_length=IMPORTED_TEXT_LIMIT + 1)
    channel: str = ""
    title: str = Field("", max_length=120)
    class_: str = Field("", alias="class", max_length=10)
    priority: str = Field("", pattern="^(low|normal|urgent)?$")
    point: tuple[float, float] | None = None
    address: str = Field("", max_length=200)
    plate: str = Field("", max_length=24)
    photos: list[UUID] = Field(default_factory=list, max_length=PHOTOS)
    reporter: ReporterIn | None = None
    confidential: bool = False
    captured_at: datetime | None = None
    reported_at: datetime | None = None
    id: UUID | None = None
    source: str = Field("", max_length=40)
    external_id: str = Field("", max_length=80)
    order: OrderIn | None = None
    settled: SettledIn | None = None


class TakeIn(Schema):
    """What a verb is taken with. Offline verbs send `from_state` and `captured_at` instead of `expected`."""

    expected: int | None = Field(None, ge=0)
    from_state: str | None = Field(None, max_length=20)
    captured_at: datetime | None = None
    given: dict[str, Any] = Field(default_factory=dict)


class DecideIn(Schema):
    approve: bool
    reason: str = Field("", max_length=2000)
    expected: int | None = Field(None, ge=0)


class LookIn(Schema):
    reason: str = Field(min_length=2, max_length=300)


class ReporterSeen(BaseModel):
    ref: str
    kind: str
    channel: str
    name: str
    phone: str


class AskedOut(BaseModel):
    """The verb waits for a post to agree."""

    approval: ApprovalOut
    case: CaseRow
