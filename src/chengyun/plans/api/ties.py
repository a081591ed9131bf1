"""Adjustments of live tasks, alignment between documents, conflicts between targets."""

from typing import Any
from uuid import UUID

from chengyun.kernel.api.shapes import PageOut
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.kernel.paging import page
from chengyun.plans import actions, queries
from chengyun.plans.api import schemas as out
from chengyun.plans.api.reading import paged
from chengyun.plans.api.router import router
from chengyun.plans.models import Alignment


@router.get("/adjustments", response=PageOut[out.AdjustmentOut], summary="Adjustments of live tasks")
def adjustments(request: ActorRequest, state: str = "", cursor: str | None = None, limit: int = 50) -> Any:
    rows = queries.adjustments_seen(request.actor).select_related("task", "task__document")
    found = page(rows.filter(state__in=state.split(",")) if state else rows, ("-id",), cursor, limit)
    return paged(found, queries.adjustments_shown(request.actor, found.items))


@router.post("/adjustments/{uuid:id}/verbs/{verb}", response=out.AdjustmentOut, summary="Answer or decide one")
@idempotent
def move_adjustment(request: ActorRequest, id: UUID, verb: str, given: out.PlanVerbIn) -> Any:  # noqa: A002  as sent
    row = queries.adjustment(request.actor, id)
    actions.move_adjustment(row, verb, actor=request.actor, expected=given.expected, given=given.given)
    return queries.adjustments_shown(request.actor, [queries.adjustment(request.actor, id)])[0]


@router.get("/documents/{uuid:id}/alignment", response=out.TreeOut, summary="What it serves, and what serves it")
def alignment(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return queries.alignments(request.actor, queries.document(request.actor, id))


@router.post("/documents/{uuid:id}/alignment", response=out.ChangedCount, summary="Propose ties to a document above")
def propose(request: ActorRequest, id: UUID, given: out.TiesIn) -> Any:  # noqa: A002
    lower, upper = queries.document(request.actor, id), queries.document(request.actor, given.upper)
    return {"count": actions.propose_alignments(lower, upper, actor=request.actor, expected=given.expected)}


@router.post("/tasks/{uuid:id}/align", response=out.TreeOut, summary="Say that a task serves one above")
def align_task(request: ActorRequest, id: UUID, given: out.AlignIn) -> Any:  # noqa: A002
    lower, upper = queries.task(request.actor, id), queries.task(request.actor, given.upper)
    actions.align(lower, upper, actor=request.actor, expected=given.expected)
    return (
        queries.alignments(request.actor, lower.document) if lower.document else {"up": [], "down": [], "unserved": []}
    )


@router.post("/targets/{uuid:id}/align", response=out.ChangedCount, summary="Say that a target restates one above")
def align_target(request: ActorRequest, id: UUID, given: out.AlignIn) -> Any:  # noqa: A002
    lower, upper = queries.target(request.actor, id), queries.target(request.actor, given.upper)
    actions.align(lower, upper, actor=request.actor, expected=given.expected)
    return {"count": 1}


@router.post("/alignments/{uuid:id}", response=out.ChangedCount, summary="Confirm or refuse a proposed tie")
def decide(request: ActorRequest, id: UUID, given: out.TieDecisionIn) -> Any:  # noqa: A002
    row = queries.alignment(request.actor, id)
    made = actions.decide_alignment(row, actor=request.actor, expected=given.expected, confirm=given.confirm)
    return {"count": int(made.state == Alignment.State.CONFIRMED)}


@router.get("/conflicts", response=list[out.ConflictOut], summary="Targets stated twice or in conflict")
def conflicts(request: ActorRequest, document: UUID | None = None) -> Any:
    of = queries.document(request.actor, document) if document else None
    return queries.conflicts(request.actor, of)
