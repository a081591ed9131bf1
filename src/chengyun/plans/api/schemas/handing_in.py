"""What is sent to execution and supervision."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

TEXT = 4000


class SupervisionOrderIn(Schema):
    """A supervision order to issue; departments and posts by id or code."""

    colour: str = Field(max_length=6)
    department: str = Field(max_length=60)
    title: str = Field(min_length=1, max_length=200)
    demand: str = Field(min_length=1, max_length=TEXT)
    due_on: date
    cause: str = Field("hand", max_length=12)
    instruction: str = Field("", max_length=TEXT)
    post: str | None = Field(None, max_length=60)
    leader_post: str | None = Field(None, max_length=60)
    task: UUID | None = None
    target: UUID | None = None
    project: UUID | None = None
    finding: UUID | None = None
    town: str | None = Field(None, max_length=40)


class FindingIn(Schema):
    """A finding of a site visit."""

    department: str = Field(max_length=60)
    text: str = Field(min_length=1, max_length=TEXT)
    severity: str = Field("minor", max_length=6)
    found_on: date | None = None
    due_on: date | None = None
    address: str = Field("", max_length=200)
    point: tuple[float, float] | None = None
    task: UUID | None = None
    project: UUID | None = None
    files: list[UUID] = Field([], max_length=20)
    town: str | None = Field(None, max_length=40)


class ReminderIn(Schema):
    """A reminder by hand about a task."""

    text: str = Field("", max_length=500)


class LookBackIn(Schema):
    """A second look at a cleared order or a closed task: one of the two."""

    planned_on: date
    order: UUID | None = None
    task: UUID | None = None


class SeatIn(Schema):
    """A post in a group: by id or code."""

    post: str = Field(max_length=60)
    role: str = Field("member", pattern="^(head|deputy|member|office)$")


class GroupIn(Schema):
    """A leading group or task force."""

    kind: str = Field(pattern="^(leading_group|task_force)$")
    name: str = Field(min_length=1, max_length=120)
    starts_on: date
    ends_on: date | None = None
    duties: str = Field("", max_length=TEXT)
    document: UUID | None = None
    members: list[SeatIn] = Field([], max_length=100)
    town: str | None = Field(None, max_length=40)


class MembersIn(Schema):
    expected: int = Field(ge=0)
    members: list[SeatIn] = Field(max_length=100)


class AgendaIn(Schema):
    title: str = Field(min_length=1, max_length=200)
    task: UUID | None = None
    department: str | None = Field(None, max_length=60)
    minutes: str = Field("", max_length=TEXT)


class DecisionIn(Schema):
    """A decision: what, by whom, until when."""

    text: str = Field(min_length=1, max_length=TEXT)
    department: str = Field(max_length=60)
    due_on: date
    supporting: list[str] = Field([], max_length=30)
    post: str | None = Field(None, max_length=60)


class MeetingIn(Schema):
    """A meeting to call."""

    held_on: date
    title: str = Field("", max_length=200)
    room: str = Field("", max_length=120)
    agenda: list[AgendaIn] = Field([], max_length=50)


class MinutesIn(Schema):
    """Agenda with minutes, and decisions; what is left out stays."""

    expected: int = Field(ge=0)
    agenda: list[AgendaIn] | None = Field(None, max_length=50)
    decisions: list[DecisionIn] | None = Field(None, max_length=50)


class SchemeIn(Schema):
    """Assessment rules in the scoring language."""

    name: str = Field(min_length=1, max_length=120)
    text: str = Field(max_length=20_000)
    town: str | None = Field(None, max_length=40)


class SchemeTextIn(Schema):
    text: str = Field(max_length=20_000)
    expected: int = Field(0, ge=0)


class RunIn(Schema):
    """The period of an assessment, both days included."""

    title: str = Field("", max_length=120)
    first: date
    last: date


class FigureIn(Schema):
    """A figure that no record holds, with the document that it rests on."""

    department: str = Field(max_length=60)
    name: str = Field(max_length=40)
    day: date
    value: Decimal = Field(ge=0, le=1_000_000, max_digits=12, decimal_places=4)
    basis: str = Field(min_length=1, max_length=300)
    town: str | None = Field(None, max_length=40)


class TitleIn(Schema):
    """A title to go for."""

    name: str = Field(min_length=1, max_length=120)
    level: str = Field(max_length=10)
    department: str = Field(max_length=60)
    awarded_by: str = Field("", max_length=120)
    due_on: date | None = None
    review_months: int = Field(36, ge=1, le=240)
    target: UUID | None = None
    note: str = Field("", max_length=TEXT)
    town: str | None = Field(None, max_length=40)


class ProofIn(Schema):
    name: str = Field(min_length=1, max_length=200)
    required: bool = True
    department: str | None = Field(None, max_length=60)
    note: str = Field("", max_length=300)


class EvidenceIn(Schema):
    """The whole evidence list."""

    expected: int = Field(ge=0)
    entries: list[ProofIn] = Field(max_length=200)


class ProveIn(Schema):
    """Files of one entry, and whether it is ready with them."""

    expected: int = Field(ge=0)
    files: list[UUID] = Field([], max_length=20)
    ready: bool = True


class BudgetIn(Schema):
    """Money of a year from one source for a project or a task, in 万元."""

    year: int = Field(ge=2000, le=2100)
    source: str = Field(max_length=10)
    amount: Decimal = Field(ge=0, le=10**11, max_digits=14, decimal_places=2)
    basis: str = Field("", max_length=200)
    project: UUID | None = None
    task: UUID | None = None
    town: str | None = Field(None, max_length=40)


class EvaluationIn(Schema):
    """An evaluation of a document as of a day."""

    document: UUID
    kind: str = Field(max_length=8)
    title: str = Field("", max_length=200)
    as_of: date


class PublishIn(Schema):
    document: UUID
    title: str = Field("", max_length=300)


class LightRulesIn(Schema):
    """Rules of lights: what is left out is as every installation has it."""

    body: dict[str, Any]
    since: date | None = None
    town: str | None = Field(None, max_length=40)
