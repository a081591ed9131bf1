"""Tasks, targets and projects as they are sent."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel


class PlanRef(BaseModel):
    """Something named."""

    id: UUID
    title: str


class DepartmentRef(BaseModel):
    """A department."""

    id: UUID
    code: str
    name: str


class PostRef(BaseModel):
    """A post."""

    id: UUID
    code: str
    title: str


class PlanVerb(BaseModel):
    """A verb that the reader may take now, and what it needs."""

    name: str
    needs: list[str]
    optional: list[str]


class PartyOut(BaseModel):
    """A unit of a task: `words` as written, `department` meant by it or null, `question` a code where it is open."""

    id: UUID
    words: str
    role: str
    department: DepartmentRef | None
    inferred: bool
    generic: bool
    question: str
    spans: list[list[int]]
    consent: str
    reason: str
    answered_at: datetime | None


class Reviewed(BaseModel):
    """What only the review screen and the pages of single items get: where the words stand, what was corrected.

    `spans`: ranges of the document's text; `evidence` by field: value, words, span, spans, confidence, inferred;
    `corrected` by field: every correction with by, at, before.
    """

    reading: int | None = None
    position: int | None = None
    page: int | None = None
    at: int | None = None
    spans: list[list[int]] | None = None
    confidence: float | None = None
    evidence: dict[str, Any] | None = None
    corrected: dict[str, Any] | None = None
    accepted_at: datetime | None = None


class TaskRow(Reviewed):
    """A task. `late`: live and past its date; `light`: grey, green, yellow, red, and `light_why` its reasons."""

    id: UUID
    kind: str
    version: int
    state: str
    origin: str
    document: PlanRef | None
    label: str
    number: int | None
    path: list[str]
    title: str
    text: str
    lead_words: str
    lead_post: PostRef | None
    department: DepartmentRef | None
    parties: list[PartyOut]
    starts_on: date | None
    due_on: date | None
    due_rule: str
    due_words: str
    due_dates: list[str]
    due_event: str
    due_months: int | None
    event_on: date | None
    recurrence: str
    before_issue: bool
    due_confirmed: bool
    late: bool
    address: str
    point: tuple[float, float] | None
    progress: int
    done: int
    expected: int | None
    counted: bool
    consent_due_at: datetime | None
    light: str
    light_why: dict[str, Any]
    gap: dict[str, Any]
    verbs: list[PlanVerb]
    notes: dict[str, str] | None = None


class LiveOut(BaseModel):
    """What a bound target stands at in its own unit; `value` null where not known, `reason` why.

    reason: missing (data or register lacking), estimated, edge, empty, unit (other unit), retired.
    """

    code: str
    zh: str
    en: str
    value: float | None
    unit: str
    period: str
    reason: str
    estimated: bool


class TargetRow(Reviewed):
    """A target; `sort` is target, achievement, parameter, fact or candidate. `binding`: unbound, bound or open."""

    id: UUID
    kind: str
    sort: str
    version: int
    state: str
    origin: str
    document: PlanRef | None
    task: PlanRef | None
    department: DepartmentRef | None
    object: str
    indicator: str
    text: str
    comparator: str
    value: float | None
    value_max: float | None
    unit: str
    norm_value: float | None
    norm_max: float | None
    norm_unit: str
    by_on: date | None
    by_words: str
    from_on: date | None
    recurrence: str
    floor: bool
    baseline: float | None
    baseline_unit: str
    reference: str
    question: str
    ascending: bool
    aggregation: str
    binding: str
    indicator_code: str
    live: LiveOut | None
    light: str
    light_why: dict[str, Any]
    verbs: list[PlanVerb]


class StageOut(BaseModel):
    """A stage with planned and actual dates."""

    id: UUID
    name: str
    planned_start: date | None
    planned_end: date | None
    actual_start: date | None
    actual_end: date | None
    event: str
    months: int | None
    weight: float


class ProjectRow(Reviewed):
    """A project; `investment` in 万元."""

    id: UUID
    kind: str
    version: int
    state: str
    origin: str
    document: PlanRef | None
    department: DepartmentRef | None
    name: str
    category: str
    box: str
    cells: dict[str, str]
    address: str
    point: tuple[float, float] | None
    starts_on: date | None
    due_on: date | None
    investment: Decimal | None
    stages: list[StageOut]
    light: str
    light_why: dict[str, Any]
    verbs: list[PlanVerb]


class ShareOut(BaseModel):
    """One share of a decomposition."""

    id: UUID
    year: int | None
    area: int | None
    department: DepartmentRef | None
    value: float | None
    label: str


class AdjustmentAnswer(BaseModel):
    """What a department said to a change: asked, consented, objected (with the reason), lapsed."""

    department: DepartmentRef | None
    answer: str
    reason: str = ""
    at: datetime | None = None


class AdjustmentOut(BaseModel):
    """A change of a live task: `changes` by field [before, after]."""

    id: UUID
    version: int
    task: PlanRef
    state: str
    changes: dict[str, Any]
    reason: str
    answers: list[AdjustmentAnswer]
    due_at: datetime
    asked_at: datetime
    decided_at: datetime | None
    verbs: list[PlanVerb]


class EvidenceFile(BaseModel):
    """A file of evidence, read at /kernel/files/{id}."""

    id: UUID
    mime: str
    size: int
    created_at: datetime


class ClauseRef(BaseModel):
    """The heading that an item stands under."""

    label: str
    title: str
    path: list[str]


class TaskDetail(TaskRow):
    """The page of a task."""

    clause: ClauseRef | None
    targets: list[TargetRow]
    shares: list[ShareOut]
    files: list[EvidenceFile]
    adjustments: list[AdjustmentOut]
    live_at: datetime | None
    done_at: datetime | None
    checked_at: datetime | None
    closed_at: datetime | None
    reopenings: int


class ActualOut(BaseModel):
    """What a target stood at on a day; source: indicator, report or hand."""

    day: date
    value: float
    source: str


class TargetDetail(TargetRow):
    """The page of a target."""

    shares: list[ShareOut]
    actuals: list[ActualOut]
    same_as: UUID | None


class PaymentOut(BaseModel):
    """Money of one month, in 万元."""

    month: date
    planned: Decimal
    paid: Decimal


class ProjectDetail(ProjectRow):
    """The page of a project."""

    parameters: list[TargetRow]
    payments: list[PaymentOut]
    planned: Decimal
    paid: Decimal
