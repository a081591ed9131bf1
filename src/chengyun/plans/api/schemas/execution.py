"""Shapes of execution: reports, meetings, titles, funds, evaluations, publications."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel


class NamedOut(BaseModel):
    """Something referred to, with its light where it has one."""

    id: UUID
    name: str
    light: str | None = None


class UnitRef(BaseModel):
    """A department as it is named."""

    id: UUID
    code: str
    name: str


class PostTitleOut(BaseModel):
    """A post as it is named."""

    id: UUID
    code: str
    title: str


class StepOut(BaseModel):
    """A verb that may be taken now."""

    name: str
    needs: list[str]
    optional: list[str]


class MovedOut(BaseModel):
    """What all things with a table of verbs have in common."""

    id: UUID
    version: int
    state: str
    verbs: list[StepOut]


class ReportRow(MovedOut):
    """A monthly report. `late`: confirmed after `due_at`, or still missing."""

    month: date
    department: UnitRef | None
    due_at: datetime
    drafted_at: datetime
    confirmed_at: datetime | None
    consolidated_at: datetime | None
    checked_at: datetime | None
    late: bool
    returns: int
    reminded: int
    summary: str


class SaidOut(BaseModel):
    """What a supporting department says of a task."""

    department: UnitRef | None
    text: str
    problem: str
    confirmed: bool


class ReportLineOut(BaseModel):
    """A line: what the platform knows, what it asks (empty: nothing), what the department said."""

    id: UUID
    position: int
    about: str
    of: NamedOut | None
    lead: bool
    known: dict[str, Any]
    ask: str
    answered: bool
    corrected: bool
    progress: float | None
    text: str
    problem: str
    files: list[str]
    stage: str
    slips: int
    carried_from: date | None
    supporting: list[SaidOut]


class ReportDetail(ReportRow):
    lines: list[ReportLineOut]


class ReportBoardOut(BaseModel):
    """The reports of a month: how many in each state, how many late."""

    month: date
    total: int
    late: int
    states: dict[str, int]
    items: list[ReportRow]


class GroupRow(MovedOut):
    """A leading group or task force."""

    kind: str
    name: str
    duties: str
    starts_on: date
    ends_on: date | None
    document: NamedOut | None


class MeetingRow(MovedOut):
    """A meeting of a group."""

    number: int
    title: str
    held_on: date
    room: str
    present: list[str]
    issued_at: datetime | None
    group: NamedOut | None


class MemberOut(BaseModel):
    """A post of a group and who holds it now."""

    post: PostTitleOut | None
    role: str
    name: str


class GroupDetail(GroupRow):
    members: list[MemberOut]
    meetings: list[MeetingRow]


class AgendaOut(BaseModel):
    id: UUID
    title: str
    task: NamedOut | None
    department: UnitRef | None
    minutes: str


class DecisionOut(BaseModel):
    """A decision and the task that it became."""

    id: UUID
    text: str
    department: UnitRef | None
    supporting: list[UnitRef]
    post: PostTitleOut | None
    due_on: date
    task: NamedOut | None


class MeetingDetail(MeetingRow):
    agenda: list[AgendaOut]
    decisions: list[DecisionOut]


class TitleRow(MovedOut):
    """A title that the town goes for."""

    name: str
    level: str
    awarded_by: str
    due_on: date | None
    review_on: date | None
    review_months: int
    moments: dict[str, str]
    note: str
    target: NamedOut | None
    department: UnitRef | None


class EvidenceOut(BaseModel):
    id: UUID
    name: str
    required: bool
    ready: bool
    files: list[str]
    note: str
    department: UnitRef | None


class TitleDetail(TitleRow):
    evidence: list[EvidenceOut]


class BudgetRow(MovedOut):
    """Money of a year from one source, in 万元."""

    year: int
    source: str
    amount: Decimal
    basis: str
    project: NamedOut | None
    task: NamedOut | None
    department: UnitRef | None


class FundOut(BaseModel):
    """A project's money of a year in 万元, against how far it is in percent."""

    project: NamedOut | None
    department: UnitRef | None
    investment: float | None
    sources: dict[str, float]
    budget: float
    planned: float
    paid: float
    progress: float | None


class FundMonthOut(BaseModel):
    month: date
    planned: float
    paid: float


class FundsOut(BaseModel):
    year: int
    items: list[FundOut]
    months: list[FundMonthOut]


class EvaluationRow(MovedOut):
    """An evaluation of a document; `file` is the frozen Word file."""

    kind: str
    title: str
    as_of: date
    made_at: datetime
    frozen_at: datetime | None
    file: UUID | None
    document: NamedOut | None


class PassageOut(BaseModel):
    code: str
    text: str
    drafted: str
    edited: bool


class EvaluationDetail(EvaluationRow):
    snapshot: dict[str, Any]
    blocks: list[PassageOut]


class PublicationRow(MovedOut):
    """What is, or was, public of a document."""

    title: str
    published_at: datetime
    withdrawn_at: datetime | None
    document: NamedOut | None


class PublicTask(BaseModel):
    """A task or project as everybody sees it. `state`: on_track, attention, done or pending."""

    name: str
    department: str
    due: str
    progress: int
    state: str


class PublicTarget(BaseModel):
    """A target as everybody sees it."""

    object: str
    comparator: str
    value: float
    value_max: float | None
    unit: str
    actual: float | None
    by: str
    state: str


class PublicContent(BaseModel):
    """What is public of a plan: without names of people, posts and internal words."""

    town: str
    title: str
    number: str
    issuer: str
    as_of: date
    tasks: list[PublicTask]
    targets: list[PublicTarget]
    projects: list[PublicTask]


class LightBookOut(BaseModel):
    """A version of the rules of lights, and who wrote it."""

    id: UUID
    number: int
    since: date
    body: dict[str, Any]
    made_by: str


class MonthLightOut(BaseModel):
    """The light of a month: as it was at its end, and as it is since it was made good."""

    month: date
    light: str
    first_light: str
    reason: str
    expected: float | None
    value: float | None
    made_good: date | None
    rules: int
