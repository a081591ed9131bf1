"""What the room's endpoints take and give."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

Point = tuple[float, float]


class AreaQuery(Schema):
    """`role` may come several times; without it all levels are given."""

    town: str | None = None
    role: list[str] = []


class TownOut(Schema):
    id: UUID = Field(alias="uuid")
    code: str
    name: str
    english: str
    zone: str
    version: int


class LevelOut(Schema):
    code: str
    name: str
    english: str
    role: str
    rank: int


class SchemeOut(Schema):
    id: UUID = Field(alias="uuid")
    code: str
    name: str
    english: str
    covers: bool
    levels: list[LevelOut]


class AreaOut(Schema):
    id: UUID
    code: str
    name: str
    scheme: str
    level: str
    role: str
    parent: UUID | None
    square_metres: float
    version: int


class AreaIn(Schema):
    scheme: str
    level: str
    code: str = Field(max_length=40)
    name: str = Field(max_length=80)
    english: str = Field("", max_length=80)
    parent: UUID | None = None
    polygon: dict[str, Any] = Field(description="GeoJSON Polygon or MultiPolygon, WGS 84")


class AreaChange(AreaIn):
    expected: int


class GapIn(Schema):
    scheme: str
    name: str = Field(max_length=80)
    managed_by: str = Field(max_length=80)
    polygon: dict[str, Any]


class FlawOut(Schema):
    kind: str
    scheme: str
    level: str
    areas: list[UUID]
    square_metres: float
    polygon: dict[str, Any]


class ProblemOut(Schema):
    area: UUID | None
    code: str
    params: dict[str, str]


class GapOut(Schema):
    id: UUID
    scheme: str
    name: str
    managed_by: str
    square_metres: float
    polygon: dict[str, Any]


class ChecksOut(Schema):
    tolerance: float
    errors: int
    flaws: list[FlawOut]
    problems: list[ProblemOut]
    gaps: list[GapOut]


class CategoryOut(Schema):
    code: str
    name: str
    english: str
    group: str
    unit: str


class ListOut(Schema):
    """The list of a category in a town. `checked_at`: since when somebody vouches that it is whole, if anybody does."""

    code: str
    name: str
    english: str
    group: str
    facilities: int
    checked_at: datetime | None
    note: str


class ListsIn(Schema):
    """`whole`: whether the lists of these categories have everything that stands in the town."""

    categories: list[str] = Field(min_length=1, max_length=500)
    whole: bool
    note: str = Field("", max_length=200)


class FacilityOut(Schema):
    id: UUID
    plate: str
    category: CategoryOut
    name: str
    address: str
    point: Point | None
    capacity: float | None
    floor_area: float | None
    state: str
    facts: dict[str, Any]
    version: int


class FacilityPage(Schema):
    items: list[FacilityOut]
    next: str | None
    total: int
    more: bool


class FacilityIn(Schema):
    category: str
    point: Point
    name: str = Field("", max_length=120)
    address: str = Field("", max_length=200)
    capacity: float | None = None
    floor_area: float | None = None
    facts: dict[str, Any] = {}


class FacilityChange(Schema):
    expected: int
    name: str | None = Field(None, max_length=120)
    address: str | None = Field(None, max_length=200)
    capacity: float | None = None
    floor_area: float | None = None
    state: str | None = None
    facts: dict[str, Any] | None = None


class AreaRef(Schema):
    id: UUID
    code: str
    name: str


class SpotOut(Schema):
    town: str | None
    inside: bool
    sector: AreaRef | None = None
    grid: AreaRef | None = None
    cell: AreaRef | None = None
    community: AreaRef | None = None
    micro_grid: AreaRef | None = None
    compound: AreaRef | None = None


class ReasonOut(Schema):
    code: str
    params: dict[str, str]


class AddressOut(Schema):
    text: str
    detail: str
    kind: str
    point: Point | None
    confidence: float
    spread: float = 0.0
    reasons: list[ReasonOut] = []
    spot: SpotOut | None = None


class AddressList(Schema):
    items: list[AddressOut]


class BaseOut(Schema):
    """`tiles` is the archive's address or null; `wmts` the government map that a town chose instead."""

    tiles: str | None
    bounds: tuple[float, float, float, float]
    attribution: str
    layers: dict[str, Any] = {}
    wmts: str | None = None
    review_number: str | None = None


class RunOut(Schema):
    id: UUID
    number: int
    town: str
    kind: str
    source: str
    file_name: str
    state: str
    rows: int
    done: int
    counts: dict[str, Any]
    started_at: datetime
    ended_at: datetime | None
    version: int


class RunPage(Schema):
    items: list[RunOut]
    next: str | None
    total: int
    more: bool


class BadRow(Schema):
    """What is wrong with a row: `expected` in English; `code` and `params` for the words of the reader's language."""

    layer: str
    place: str
    field: str
    value: str
    expected: str
    code: str = ""
    params: dict[str, Any] = {}


class PeopleOut(Schema):
    count: int
    basis: str
    on: date | None
    source: str
    estimated: bool


class ImportIn(Schema):
    """How a sent file is to be read; empty parts are guessed. `layer` "osm" founds the town `town`."""

    upload: UUID
    layer: str
    town: str | None = None
    name: str = Field("", max_length=60)
    source: str = Field("", max_length=60)
    maps: list[str] = Field([], description='"column=field", or "field:=value" for all rows')
    system: str = ""
    encoding: str = ""
    sheet: str = ""
    complete: bool = False


class UploadOut(Schema):
    id: UUID
    name: str


class NoteOut(Schema):
    """Something said of how a file is read: English words, and the code by which any language says it."""

    expected: str
    code: str
    params: dict[str, Any]


class ReadingOut(Schema):
    """How the file would be read, and what would come of it."""

    headings: list[str]
    columns: dict[str, str]
    sure: dict[str, float]
    fixed: dict[str, Any]
    system: str
    notes: list[NoteOut]
    extra: list[str]
    fields: list[str]
    rows: dict[str, int]
    bad: dict[str, int]
    problems: list[BadRow]


class StartedOut(Schema):
    job: UUID
