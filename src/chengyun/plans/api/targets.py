"""Targets and projects: lists, one of each, review, verbs, shares."""

from typing import Any
from uuid import UUID

from ninja import Query, Status

from chengyun.kernel.api.shapes import PageOut
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.plans import actions, queries
from chengyun.plans.api import schemas as out
from chengyun.plans.api.reading import ItemQuery, paged
from chengyun.plans.api.router import router


@router.get("/targets", response=PageOut[out.TargetRow], summary="Targets")
def targets(request: ActorRequest, asked: Query[ItemQuery]) -> Any:
    found = queries.targets(request.actor, asked.filters(), asked.cursor, asked.limit)
    return paged(found, queries.targets_shown(request.actor, found.items))


@router.post("/documents/{uuid:id}/targets", response={201: out.TargetRow}, summary="Add a target to a document")
@idempotent
def add_target(request: ActorRequest, id: UUID, given: out.AddIn) -> Any:  # noqa: A002  the name in the address
    document = queries.document(request.actor, id)
    row = actions.add_target(document.town_id, document, given.values, actor=request.actor)
    return Status(201, _target(request, row.uuid))


@router.get("/targets/{uuid:id}", response=out.TargetDetail, summary="A target")
def target(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return queries.target_detail(request.actor, queries.target(request.actor, id))


@router.get("/targets/{uuid:id}/timeline", response=list[out.PlanMoment], summary="Everything that happened to it")
def target_timeline(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return queries.history(queries.target(request.actor, id))


@router.patch("/targets/{uuid:id}", response=out.TargetRow, summary="Correct a target in review")
def correct_target(request: ActorRequest, id: UUID, given: out.ChangesIn) -> Any:  # noqa: A002
    row = queries.target(request.actor, id)
    actions.correct_target(row, given.changes, actor=request.actor, expected=given.expected)
    return _target(request, id)


@router.post("/targets/{uuid:id}/verbs/{verb}", response=out.TargetRow, summary="Take a verb of a target")
@idempotent
def take_target(request: ActorRequest, id: UUID, verb: str, given: out.PlanVerbIn) -> Any:  # noqa: A002
    row = queries.target(request.actor, id)
    actions.take_item(row, verb, actor=request.actor, expected=given.expected, given=given.given)
    return _target(request, id)


@router.put("/targets/{uuid:id}/shares", response=out.TargetDetail, summary="Decompose by year, area or department")
def target_shares(request: ActorRequest, id: UUID, given: out.SharesIn) -> Any:  # noqa: A002
    row = queries.target(request.actor, id)
    actions.set_shares(row, given.shares, actor=request.actor, expected=given.expected)
    return queries.target_detail(request.actor, queries.target(request.actor, id))


@router.get("/projects", response=PageOut[out.ProjectRow], summary="Projects")
def projects(request: ActorRequest, asked: Query[ItemQuery]) -> Any:
    found = queries.projects(request.actor, asked.filters(), asked.cursor, asked.limit)
    return paged(found, queries.projects_shown(request.actor, found.items))


@router.post("/documents/{uuid:id}/projects", response={201: out.ProjectRow}, summary="Add a project to a document")
@idempotent
def add_project(request: ActorRequest, id: UUID, given: out.AddIn) -> Any:  # noqa: A002
    document = queries.document(request.actor, id)
    row = actions.add_project(document.town_id, document, given.values, actor=request.actor)
    return Status(201, _project(request, row.uuid))


@router.get("/projects/{uuid:id}", response=out.ProjectDetail, summary="A project")
def project(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return queries.project_detail(request.actor, queries.project(request.actor, id))


@router.get("/projects/{uuid:id}/timeline", response=list[out.PlanMoment], summary="Everything that happened to it")
def project_timeline(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return queries.history(queries.project(request.actor, id))


@router.patch("/projects/{uuid:id}", response=out.ProjectRow, summary="Correct a project in review")
def correct_project(request: ActorRequest, id: UUID, given: out.ChangesIn) -> Any:  # noqa: A002
    row = queries.project(request.actor, id)
    actions.correct_project(row, given.changes, actor=request.actor, expected=given.expected)
    return _project(request, id)


@router.post("/projects/{uuid:id}/verbs/{verb}", response=out.ProjectDetail, summary="Take a verb of a project")
@idempotent
def take_project(request: ActorRequest, id: UUID, verb: str, given: out.PlanVerbIn) -> Any:  # noqa: A002
    row = queries.project(request.actor, id)
    actions.take_item(row, verb, actor=request.actor, expected=given.expected, given=given.given)
    return queries.project_detail(request.actor, queries.project(request.actor, id))


def _target(request: ActorRequest, uuid: UUID) -> Any:
    return queries.targets_shown(request.actor, [queries.target(request.actor, uuid)], review=True)[0]


def _project(request: ActorRequest, uuid: UUID) -> Any:
    return queries.projects_shown(request.actor, [queries.project(request.actor, uuid)], review=True)[0]
