"""Gaps that became work."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from chengyun.indicators.api.schemas.figures import FigureArea


class GapIndicator(Schema):
    id: UUID
    code: str
    zh: str
    en: str


class GapDepartment(Schema):
    id: UUID
    code: str
    name: str


class GapVerb(Schema):
    name: str
    needs: list[str]
    optional: list[str]


class IndicatorGapOut(Schema):
    """A gap that became work. `before`, `after`: value, numerator, denominator, target. `failing`: how many things."""

    id: UUID
    indicator: GapIndicator
    area: FigureArea | None
    department: GapDepartment | None
    state: Literal["raised", "proposed", "closed", "withdrawn"]
    role: str
    mode: str
    deadline: date
    target: float
    comparator: str
    before: dict[str, float | None]
    after: dict[str, float | None]
    cause: str
    failing: int
    raised_at: datetime
    met_at: datetime | None
    closed_at: datetime | None
    returns: int
    version: int
    verbs: list[GapVerb]


class IndicatorGapPage(Schema):
    items: list[IndicatorGapOut]
    next: str | None
    total: int
    more: bool


class RaiseIn(Schema):
    """`mode` "": as the indicator says. `subjects`: which of the failing things, by default all."""

    area: UUID | None = None
    mode: Literal["", "tasks", "cases"] = ""
    deadline: date | None = None
    subjects: list[str] = Field([], max_length=200)


class GapVerbIn(Schema):
    expected: int
    text: str = Field("", max_length=500)
    reason: str = Field("", max_length=500)
