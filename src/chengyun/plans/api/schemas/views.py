"""Lists, charts, maps and ties of items as they are sent."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from chengyun.plans.api.schemas.items import DepartmentRef, PlanRef, TargetRow, TaskRow


class ChangedCount(BaseModel):
    """How many were changed."""

    count: int


class DepartmentCount(BaseModel):
    """How many tasks a department leads."""

    department: DepartmentRef | None
    count: int


class TaskCounts(BaseModel):
    """How many tasks by state, light and department (under the filters), and in each view (without them)."""

    states: dict[str, int]
    lights: dict[str, int]
    departments: list[DepartmentCount]
    views: dict[str, int]


class BoardColumn(BaseModel):
    """One column of the board: the first of `total`."""

    state: str
    total: int
    items: list[TaskRow]


class BoardOut(BaseModel):
    """The board 看板."""

    columns: list[BoardColumn]


class GanttBar(BaseModel):
    """One bar."""

    id: UUID
    title: str
    state: str
    light: str
    starts_on: date | None
    due_on: date | None
    progress: int
    done: int
    expected: int | None
    counted: bool
    department: DepartmentRef | None
    document: PlanRef | None


class GanttOut(BaseModel):
    """The bars of the Gantt chart 横道图; `more` where not all are given."""

    more: bool
    items: list[GanttBar]


class TaskFeatures(BaseModel):
    """GeoJSON of tasks that have a place; `unplaced` how many have none."""

    type: str
    features: list[dict[str, Any]]
    more: bool
    unplaced: int


class PlanActor(BaseModel):
    """Who acted."""

    kind: str
    id: str
    name: str
    department: str | None


class PlanMoment(BaseModel):
    """One line of a timeline; `texts` by purpose, null where erased."""

    event: str
    happened_at: datetime
    facts: dict[str, Any]
    texts: dict[str, str | None]
    actor: PlanActor


class EndOut(BaseModel):
    """One end of a tie."""

    id: UUID
    version: int
    title: str
    text: str
    state: str
    document: PlanRef | None


class TieOut(BaseModel):
    """An item serves one of a document above: proposed or confirmed."""

    id: UUID
    kind: str
    state: str
    score: float
    lower: EndOut | None
    upper: EndOut | None


class UnservedOut(BaseModel):
    """A task that serves nothing above."""

    id: UUID
    version: int
    title: str


class TreeOut(BaseModel):
    """Ties of a document upwards and downwards, and its tasks without a confirmed tie."""

    up: list[TieOut]
    down: list[TieOut]
    unserved: list[UnservedOut]


class ConflictOut(BaseModel):
    """Two targets about the same thing and day: "same" number stated twice, or "conflict"."""

    kind: str
    one: TargetRow
    other: TargetRow
