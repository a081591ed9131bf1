"""Indicators as the endpoints give them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from chengyun.indicators.api.schemas.figures import AreaCounts, Figure, FigureArea, MissingRegister, TrendPoint
from chengyun.indicators.api.schemas.formulas import CheckedOut


class IndicatorTargetOut(Schema):
    """What was promised; `value` is that of the present period where it is measured itself."""

    level: str
    comparator: str
    value: float | None
    value_formula: str
    by: date | None
    recurrence: str
    baseline: float | None
    baseline_on: date | None
    implicit: bool
    approx: bool


class IndicatorBase(Schema):
    id: UUID
    code: str
    zh: str
    en: str
    group: str
    owner_code: str
    mode: str
    number: int
    version: int
    retired: bool
    unit: str
    decimals: int
    ascending: bool
    missing_strategy: str
    least_level: str
    frequency: str
    basis: str


class CardOut(IndicatorBase, Figure):
    """A scorecard: the indicator, its value at the area asked for, target, what is lacking, trend, counts of areas.

    `expected`: where it should be today. `missing`: registers that are not there. `problem`: the formula's error.
    """

    period: str | None
    target: IndicatorTargetOut | None
    lacking: float | None
    expected: float | None
    trend: list[TrendPoint]
    areas: list[AreaCounts]
    missing: list[MissingRegister] | None
    sources: list[str] | None
    problem: dict[str, Any] | None
    evaluated_at: datetime | None
    inputs: str | None
    raised: bool
    verbs: list[str]


class CardPage(Schema):
    items: list[CardOut]
    next: str | None
    total: int
    more: bool
    area: FigureArea
    groups: list[str]


class VersionOut(Schema):
    number: int
    formula: str
    unit: str
    note_zh: str
    note_en: str
    source: dict[str, Any]
    author: str
    created_at: datetime


class IndicatorDetail(CardOut):
    """Everything about one indicator."""

    formula: str
    note_zh: str
    note_en: str
    source: dict[str, Any]
    checked: CheckedOut
    targets: list[IndicatorTargetOut]
    versions: list[VersionOut]
