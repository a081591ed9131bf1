"""Documents, readings and open matters as they are sent."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from chengyun.plans.api.schemas.items import DepartmentRef, PlanRef, PlanVerb, ProjectRow, StageOut, TargetRow, TaskRow


class DocumentReading(BaseModel):
    """One reading of one version; `job` shows its progress (/kernel/jobs/{id}), `error` why it could not be read."""

    id: UUID
    number: int
    state: str
    error: str
    detail: str
    file: UUID
    file_name: str
    job: UUID | None
    counts: dict[str, int]
    compiler: str
    seconds: float | None
    made_at: datetime


class DocumentRow(BaseModel):
    """A document; `tasks` and `targets` count by state; `reading` is the latest. `writes`: the reader may review it."""

    id: UUID
    version: int
    title: str
    kind: str
    issuer: str
    number: str
    dated: date | None
    starts_on: date | None
    ends_on: date | None
    year: int | None
    state: str
    openness: str
    corrected: dict[str, Any]
    created_at: datetime
    tasks: dict[str, int]
    targets: dict[str, int]
    reading: DocumentReading | None
    verbs: list[PlanVerb]
    writes: bool


class ClauseOut(BaseModel):
    """A heading with its place in the text."""

    number: int
    level: int
    label: str
    title: str
    start: int
    end: int


class UpstreamOut(BaseModel):
    """A document named as ground; `document` where it is here and may be seen."""

    title: str
    number: str
    document: UUID | None


class DocumentDetail(DocumentRow):
    """The page of a document. `questions`: how many open matters."""

    readings: list[DocumentReading]
    clauses: list[ClauseOut]
    stages: list[StageOut]
    upstream: list[UpstreamOut]
    questions: int


class ImportedOut(BaseModel):
    """A document whose file waits to be read."""

    document: DocumentRow
    reading: DocumentReading


class ParagraphOut(BaseModel):
    """A paragraph: `text` is characters start to end of the document's text."""

    n: int
    start: int
    end: int
    page: int
    text: str


class TextOut(BaseModel):
    """Paragraphs from place `first` on, and the items that begin in them; `next` is the place of the next page."""

    reading: int
    first: int
    total: int
    next: int | None
    paragraphs: list[ParagraphOut]
    tasks: list[TaskRow]
    targets: list[TargetRow]
    projects: list[ProjectRow]


class DifferenceOut(BaseModel):
    """By kind (task, target, project): added and removed ids, changed and moved items with values before and after.

    `kept` names the fields where what a person corrected stayed. `items` names every item by id.
    """

    number: int
    difference: dict[str, Any]
    items: dict[str, Any]


class QuestionOut(BaseModel):
    """An open matter; `version` is that of its document."""

    id: UUID
    version: int
    document: PlanRef
    task: PlanRef | None
    target: PlanRef | None
    code: str
    detail: str
    words: str
    spans: list[list[int]]
    reading: int
    state: str
    answer: str
    answered_by: str | None
    answered_at: datetime | None
    writes: bool


class DerivedOut(BaseModel):
    """A department with what it is understood by without anybody settling it: its name, with and without brackets."""

    department: DepartmentRef
    kind: str
    names: list[str]


class UnitOut(BaseModel):
    """What a unit is called, and whom it means."""

    id: UUID
    name: str
    kind: str
    departments: list[DepartmentRef]
    made_at: datetime
