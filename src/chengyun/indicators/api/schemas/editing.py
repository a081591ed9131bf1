"""What is written."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from chengyun.indicators.definitions import Definition, TargetShape


class TargetIn(Schema):
    """A target; `area` for one area, else for all of a level."""

    comparator: Literal[">=", ">", "<=", "<", "="] = ">="
    value: float | None = None
    value_formula: str = Field("", max_length=2000)
    by: date | None = None
    recurrence: Literal["once", "yearly", "monthly"] = "once"
    level: str = Field("town", max_length=20)
    baseline: float | None = None
    baseline_on: date | None = None
    implicit: bool = False
    approx: bool = False

    def shape(self) -> TargetShape:
        """As the action takes it."""
        return TargetShape(**self.dict(include=set(TargetIn.model_fields)))


class TargetSetIn(TargetIn):
    area: UUID | None = None


class DefinitionIn(Schema):
    """An indicator as the editor sends it."""

    code: str = Field(max_length=60)
    zh: str = Field(max_length=120)
    en: str = Field("", max_length=160)
    formula: str = Field(max_length=2000)
    unit: str = Field(max_length=30)
    decimals: int = Field(1, ge=0, le=6)
    ascending: bool = True
    missing_strategy: Literal["any", "all", "never"] = "any"
    least_level: str = Field("community", max_length=20)
    frequency: Literal["month", "quarter", "year"] = "month"
    basis: str = Field("", max_length=10)
    group: str = Field("", max_length=40)
    owner_code: str = Field("", max_length=60)
    mode: Literal["tasks", "cases"] = "tasks"
    note_zh: str = Field("", max_length=2000)
    note_en: str = Field("", max_length=2000)
    source: dict[str, Any] = {}
    target: TargetIn | None = None

    def definition(self) -> Definition:
        """As the action takes it."""
        values = self.dict(exclude={"target", "expected", "missing_strategy"})
        return Definition(**values, missing=self.missing_strategy, target=self.target.shape() if self.target else None)


class DefinitionChange(DefinitionIn):
    expected: int


class ThresholdOut(Schema):
    """A limit of a standard. `verified`: read in the official text; else to be checked before it is relied on."""

    id: UUID = Field(alias="uuid")
    code: str
    zh: str
    en: str
    jurisdiction: str
    district_class: str
    circle: int | None
    category: str
    metric: str
    mode: str
    comparator: str
    value: float
    unit: str
    denominator: str
    clause: str
    verified: bool
    version: int


class ThresholdIn(Schema):
    zh: str = Field(max_length=120)
    en: str = Field("", max_length=160)
    jurisdiction: str = Field(max_length=20)
    category: str = Field("", max_length=30)
    metric: Literal["straight", "street", "time", "quota"]
    comparator: Literal[">=", ">", "<=", "<", "="]
    value: float
    unit: str = Field(max_length=30)
    clause: str = Field(max_length=200)
    mode: Literal["foot", "car", ""] = ""
    circle: int | None = Field(None, ge=1, le=1440)
    district_class: str = Field("", max_length=20)
    denominator: str = Field("", max_length=30)
    verified: bool = False


class EvaluationStarted(Schema):
    """The job that measures again."""

    job: UUID
