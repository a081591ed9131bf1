"""Values as the endpoints give them."""

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

State = Literal["met", "gap", "unknown", ""]
Point = tuple[float, float]
PointIn = tuple[Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]]
"""Degrees, longitude first (WGS 84)."""


class Figure(Schema):
    """A value with its bounds. `reason`, where it is not known: missing, estimated, unsure, empty, not_yet."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    confidence: float | None = None
    estimated: bool = False
    state: State = ""
    reason: str = ""


class FigureArea(Schema):
    id: UUID
    code: str
    name: str
    english: str
    role: str
    level: str


class PeriodFigure(Figure):
    period: str | None
    target: float | None = None


class AreaFigure(PeriodFigure):
    area: FigureArea


class TrendPoint(Schema):
    period: str
    value: float | None
    state: State


class AreaCounts(Schema):
    """How many areas of a level are met, in a gap, not known."""

    role: str
    met: int
    gap: int
    unknown: int


class MissingRegister(Schema):
    register_code: str = Field(alias="register")
    zh: str
    en: str


class FailingRow(Schema):
    """A thing that fails, or of which it is not known (`state`: fails, unknown)."""

    subject: str
    label: str
    detail: str
    link: str
    state: Literal["fails", "unknown"]
    point: Point | None


class FailingOut(Schema):
    """`kind` areas: no single thing can be named; the areas that are in a gap are listed, the worst first.

    `items` are those that the reader may see, up to the limit; `failing` and `unknown` count all.
    """

    kind: Literal["things", "areas"]
    measure: str
    zh: str
    en: str
    failing: int
    unknown: int
    items: list[FailingRow]


class ComparedCell(Schema):
    value: float | None
    state: State
    reason: str
    estimated: bool


class ComparedIndicator(Schema):
    id: UUID
    code: str
    zh: str
    en: str
    unit: str
    decimals: int
    ascending: bool
    values: list[ComparedCell | None]


class ComparedOut(Schema):
    """Areas in their order, and for each indicator a value of every one of them."""

    areas: list[FigureArea]
    indicators: list[ComparedIndicator]
