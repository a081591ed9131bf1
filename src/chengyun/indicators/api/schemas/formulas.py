"""What the editor asks and hears."""

from typing import Any, Literal

from ninja import Field, Schema

from chengyun.indicators.api.schemas.figures import Figure, FigureArea, MissingRegister


class AloudOut(Schema):
    zh: str
    en: str


class MeasureNamed(Schema):
    name: str
    zh: str
    en: str


class FormulaProblemOut(Schema):
    """What is wrong, and where: line and column from 1, `start` and `end` as offsets. `params` for its words."""

    code: str
    detail: str
    params: dict[str, Any]
    start: int
    end: int
    line: int
    column: int


class CheckedOut(Schema):
    """`ok` false: see `problem`. `adds`: the value of an area is the sum of those of its parts."""

    ok: bool
    problem: FormulaProblemOut | None = None
    unit: str = ""
    adds: bool = False
    aloud: AloudOut | None = None
    measures: list[MeasureNamed] = []


class AreaFigureOnce(Figure):
    area: FigureArea
    target: float | None = None


class PreviewOut(CheckedOut):
    """What a definition would give now."""

    missing: list[MissingRegister] = []
    sources: list[str] = []
    values: list[AreaFigureOnce] = []


class WordOut(Schema):
    code: str
    zh: str
    en: str


class MeasureField(Schema):
    name: str
    kind: str
    zh: str
    en: str
    unit: str
    of: str
    required: bool
    words: list[WordOut]


class MeasureOffered(Schema):
    name: str
    zh: str
    en: str
    unit: str
    shape: Literal["things", "figures"]
    fields: list[MeasureField]


class CheckIn(Schema):
    formula: str = Field(max_length=2000)
    unit: str = Field("", max_length=30)
