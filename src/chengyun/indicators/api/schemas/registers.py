"""Registers as the endpoints take and give them."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from chengyun.indicators.registers.shapes import RegisterShape, shape_of


class RegisterColumn(Schema):
    """A column; `words` of a choice as [code, Chinese, English]."""

    name: str
    zh: str
    en: str = ""
    kind: Literal["number", "choice", "date", "text", "flag", "place"] = "text"
    unit: str = ""
    required: bool = False
    words: list[tuple[str, str, str]] = Field(default_factory=list, max_length=200)
    synonyms: list[str] = Field(default_factory=list, max_length=30)


class RegisterChange(Schema):
    """A register as it shall be."""

    zh: str = Field(min_length=1, max_length=120)
    en: str = Field("", max_length=160)
    columns: list[RegisterColumn] = Field(max_length=60)
    key: str = ""
    day: str = ""
    note_zh: str = Field("", max_length=2000)
    note_en: str = Field("", max_length=2000)
    complete: bool = True
    department: str = ""
    expected: int | None = None

    def shape(self, code: str) -> RegisterShape:
        """The definition of the register of this code."""
        return shape_of({"code": code, **self.dict(exclude={"expected", "code"})})


class RegisterIn(RegisterChange):
    """A new register."""

    code: str


class RegisterNeed(Schema):
    """An indicator that counts the register."""

    code: str
    zh: str
    en: str


class RegisterOut(Schema):
    """A register; without `records` whatever needs it is unknown."""

    id: UUID
    version: int
    code: str
    zh: str
    en: str
    key: str
    day: str
    note_zh: str
    note_en: str
    complete: bool
    department: str
    records: int
    latest: date | None
    needed_by: list[RegisterNeed]
    verbs: list[str]


class RegisterDetail(RegisterOut):
    columns: list[RegisterColumn]


class RegisterEntryIn(Schema):
    """Cells by column; `lng` and `lat` (WGS 84) may be among them."""

    values: dict[str, str | float | bool | None]


class RegisterEntryChange(RegisterEntryIn):
    expected: int


class RegisterEntryOut(Schema):
    id: UUID
    version: int
    code: str
    label: str
    values: dict[str, Any]
    day: date | None
    source: str
    place: str
    lng: float | None
    lat: float | None
    verbs: list[str]


class RegisterEntryPage(Schema):
    items: list[RegisterEntryOut]
    next: str | None
    total: int
    more: bool


class RegisterUpload(Schema):
    upload: UUID


class RegisterFile(Schema):
    """A sent file, and which heading each column takes where the guess is wrong ("" none)."""

    upload: UUID
    mapping: dict[str, str] = Field(default_factory=dict)


class RegisterWrong(Schema):
    column: str
    value: str
    wanted: str
    why: Literal["kind", "required", "unit", "place", "twice"]


class RegisterBadRow(Schema):
    row: str
    wrong: list[RegisterWrong]


class RegisterReading(Schema):
    """How a file would be read: column → heading, what no column takes, and the rows that would be left out."""

    headings: list[str]
    mapping: dict[str, str]
    unused: list[str]
    good: int
    bad: int
    wrong: list[RegisterBadRow]
    sample: list[dict[str, Any]]


class RegisterTaken(Schema):
    """What became of the rows of a file."""

    new: int
    changed: int
    same: int
    bad: int
    wrong: list[RegisterBadRow]
