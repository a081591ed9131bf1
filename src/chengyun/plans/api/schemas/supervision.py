"""Shapes of supervision and assessment."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from chengyun.plans.api.schemas.execution import MovedOut, NamedOut, PostTitleOut, UnitRef


class OrderRow(MovedOut):
    """A supervision order 督办单."""

    number: str
    colour: str
    cause: str
    title: str
    demand: str
    instruction: str
    issued_at: datetime
    due_on: date
    signed_at: datetime | None
    replied_at: datetime | None
    reviewed_at: datetime | None
    cleared_at: datetime | None
    reply: str
    late: bool
    reworks: int
    reopenings: int
    department: UnitRef | None
    post: PostTitleOut | None
    leader_post: PostTitleOut | None
    task: NamedOut | None
    target: NamedOut | None
    project: NamedOut | None
    finding: NamedOut | None


class ProposedOrderOut(BaseModel):
    """A task that wants an order: which colour, and why."""

    task: NamedOut | None
    department: UnitRef | None
    due_on: date | None
    colour: str
    cause: str
    light_why: dict[str, Any]


class FindingRow(MovedOut):
    """What was seen on a site visit."""

    severity: str
    found_on: date
    address: str
    text: str
    answer: str
    due_on: date | None
    rectified_at: datetime | None
    closed_at: datetime | None
    point: tuple[float, float] | None
    department: UnitRef | None
    task: NamedOut | None
    project: NamedOut | None


class LookBackRow(MovedOut):
    """A second look 回头看."""

    planned_on: date
    looked_on: date | None
    text: str
    department: UnitRef | None
    order: NamedOut | None
    task: NamedOut | None


class ReminderRow(BaseModel):
    """A reminder 催办; `days` until it is due, negative when overdue."""

    id: UUID
    cause: str
    days: int | None
    text: str
    sent_at: datetime
    department: UnitRef | None
    task: NamedOut | None
    report: NamedOut | None
    order: NamedOut | None


class SchemeRow(MovedOut):
    """A version of the assessment rules in the scoring language."""

    name: str
    number: int
    text: str
    full: Decimal
    published_at: datetime | None


class FigureOut(BaseModel):
    """A figure that the language may read."""

    name: str
    en: str
    summary: str
    entered: bool


class EnteredOut(BaseModel):
    """A figure that no record holds, as it was entered."""

    id: UUID
    name: str
    day: date
    value: Decimal
    basis: str
    made_at: datetime
    made_by: str
    department: UnitRef | None


class SchemeCheckedOut(BaseModel):
    """A text that can be read: what it is worth and which figures it uses."""

    full: Decimal
    items: int
    facts: list[str]


class AssessmentRow(MovedOut):
    """A run of a scheme over a period."""

    title: str
    first: date
    last: date
    run_at: datetime
    published_at: datetime | None
    scheme: NamedOut | None


class ScoreOut(BaseModel):
    """What a department or post got, with every step and the figures behind it. `rank` counts within `kind`."""

    id: UUID
    kind: str
    department: UnitRef | None
    post: PostTitleOut | None
    total: Decimal | None
    assessed: Decimal
    rank: int | None
    facts: dict[str, float | None]
    explained: dict[str, Any]


class AssessmentDetail(AssessmentRow):
    scores: list[ScoreOut]
