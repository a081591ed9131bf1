"""Tasks: lists, counts, board, Gantt chart, wall map, one task, its verbs and its review."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Status

from chengyun.kernel.api.shapes import PageOut
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.plans import actions, queries
from chengyun.plans.actions.exporting import export_tasks, note_print
from chengyun.plans.api import schemas as out
from chengyun.plans.api.files import XLSX, download
from chengyun.plans.api.reading import TaskListQuery, TaskQuery, paged, town_for
from chengyun.plans.api.router import router


@router.get("/tasks", response=PageOut[out.TaskRow], summary="Tasks")
def tasks(request: ActorRequest, asked: Query[TaskListQuery]) -> Any:
    found = queries.tasks(request.actor, asked.filters(), asked.order, asked.cursor, asked.limit)
    return paged(found, queries.tasks_shown(request.actor, found.items))


@router.get("/tasks/counts", response=out.TaskCounts, summary="How many, by state, light, department and view")
def counts(request: ActorRequest, asked: Query[TaskQuery]) -> Any:
    return queries.counts(request.actor, asked.filters())


@router.get("/tasks/board", response=out.BoardOut, summary="Open tasks in columns by state")
def board(request: ActorRequest, asked: Query[TaskQuery], each: int = 50) -> Any:
    return queries.board(request.actor, asked.filters(), max(1, min(each, 100)))


@router.get("/tasks/gantt", response=out.GanttOut, summary="Tasks as bars from start to due")
def gantt(request: ActorRequest, asked: Query[TaskQuery]) -> Any:
    return queries.gantt(request.actor, asked.filters())


@router.get("/tasks/map", response=out.TaskFeatures, summary="Tasks that have a place as GeoJSON")
def on_map(request: ActorRequest, asked: Query[TaskQuery]) -> Any:
    return queries.on_map(request.actor, asked.filters())


@router.post("/tasks/export", summary="The list as an Excel file: recorded")
def export(request: ActorRequest, asked: Query[TaskQuery]) -> HttpResponse:
    return download(export_tasks(asked.filters(), actor=request.actor), XLSX, "tasks.xlsx")


@router.post("/tasks/printed", response=out.ChangedCount, summary="Note that the wall map was printed")
def printed(request: ActorRequest, asked: Query[TaskQuery]) -> Any:
    return {"count": note_print(asked.filters(), actor=request.actor)}


@router.post("/tasks", response={201: out.TaskRow}, summary="Add a task without a document")
@idempotent
def add_loose_task(request: ActorRequest, given: out.AddIn) -> Any:
    town = town_for(given.town, request.actor)
    task = actions.add_task(town.pk, None, given.values, actor=request.actor)
    return Status(201, _row(request, task.uuid))


@router.post("/documents/{uuid:id}/tasks", response={201: out.TaskRow}, summary="Add a task to a document")
@idempotent
def add_task(request: ActorRequest, id: UUID, given: out.AddIn) -> Any:  # noqa: A002  the name in the address
    document = queries.document(request.actor, id)
    task = actions.add_task(document.town_id, document, given.values, actor=request.actor)
    return Status(201, _row(request, task.uuid))


@router.get("/tasks/{uuid:id}", response=out.TaskDetail, summary="A task")
def task(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return queries.task_detail(request.actor, queries.task(request.actor, id))


@router.get("/tasks/{uuid:id}/timeline", response=list[out.PlanMoment], summary="Everything that happened to it")
def task_timeline(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return queries.history(queries.task(request.actor, id))


@router.patch("/tasks/{uuid:id}", response=out.TaskRow, summary="Correct a task in review")
def correct_task(request: ActorRequest, id: UUID, given: out.ChangesIn) -> Any:  # noqa: A002
    row = queries.task(request.actor, id)
    actions.correct_task(row, given.changes, actor=request.actor, expected=given.expected)
    return _row(request, id)


@router.post(
    "/tasks/{uuid:id}/verbs/{verb}", response={200: out.TaskRow, 202: out.AdjustmentOut}, summary="Take a verb"
)
@idempotent
def take(request: ActorRequest, id: UUID, verb: str, given: out.PlanVerbIn) -> Any:  # noqa: A002
    row = queries.task(request.actor, id)
    if verb == "adjust":
        asked = actions.adjust(row, actor=request.actor, expected=given.expected, given=given.given)
        return Status(202, queries.adjustments_shown(request.actor, [asked])[0])
    actions.take(row, verb, actor=request.actor, expected=given.expected, given=given.given)
    return Status(200, _row(request, id))


@router.post("/tasks/{uuid:id}/split", response=list[out.TaskRow], summary="Make several tasks of one")
@idempotent
def split(request: ActorRequest, id: UUID, given: out.SplitIn) -> Any:  # noqa: A002
    row = queries.task(request.actor, id)
    made = actions.split_task(row, given.parts, actor=request.actor, expected=given.expected)
    return [_row(request, one.uuid) for one in made]


@router.post("/tasks/{uuid:id}/expand", response=out.TaskRow, summary="Name the members of a generic owner")
def expand(request: ActorRequest, id: UUID, given: out.ExpandIn) -> Any:  # noqa: A002
    row, party = queries.task(request.actor, id), str(given.party)
    actions.expand(row, party, actor=request.actor, expected=given.expected, departments=given.departments)
    return _row(request, id)


@router.put("/tasks/{uuid:id}/shares", response=out.TaskDetail, summary="Decompose by year, area or department")
def task_shares(request: ActorRequest, id: UUID, given: out.SharesIn) -> Any:  # noqa: A002
    row = queries.task(request.actor, id)
    actions.set_shares(row, given.shares, actor=request.actor, expected=given.expected)
    return queries.task_detail(request.actor, queries.task(request.actor, id))


def _row(request: ActorRequest, uuid: UUID) -> Any:
    """A task as it stands now. Whoever wrote it may see it, or it is not found."""
    return queries.tasks_shown(request.actor, [queries.task(request.actor, uuid)], review=True)[0]
