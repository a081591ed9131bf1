"""Evaluations and their Word files; what is made public."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Status

from chengyun.kernel.api.shapes import PageOut
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.plans import queries
from chengyun.plans.actions.evaluating import evaluate_document, publish
from chengyun.plans.actions.exporting import export_evaluation
from chengyun.plans.api.files import DOCX, XLSX, download
from chengyun.plans.api.router import router
from chengyun.plans.api.schemas import execution as out
from chengyun.plans.api.schemas.handing_in import EvaluationIn, PublishIn
from chengyun.plans.queries import supervised
from chengyun.plans.queries.execution import Asked, listed, one, shown
from chengyun.plans.queries.publicity import preview_of, published_one, workbook_of


@router.get("/evaluations", response=PageOut[out.EvaluationRow], summary="Evaluations, the latest first")
def evaluations(request: ActorRequest, state: str = "", cursor: str | None = None, limit: int = 50) -> Any:
    return listed(request.actor, "evaluations", Asked(state, cursor=cursor, limit=limit))


@router.post("/evaluations", response={201: out.EvaluationDetail}, summary="Begin an evaluation")
@idempotent
def evaluate(request: ActorRequest, given: EvaluationIn) -> Any:
    document = queries.document(request.actor, given.document)
    row = evaluate_document(document, given.kind, given.title, given.as_of, actor=request.actor)
    return Status(201, supervised.evaluation_detail(request.actor, row))


@router.get("/evaluations/{uuid:id}", response=out.EvaluationDetail, summary="An evaluation with its passages")
def evaluation(request: ActorRequest, id: UUID) -> Any:  # noqa: A002  the name in the address
    return supervised.evaluation_detail(request.actor, one(request.actor, "evaluations", id))


@router.post("/evaluations/{uuid:id}/word", summary="The report as a Word file, as it stands: recorded")
def word(request: ActorRequest, id: UUID) -> HttpResponse:  # noqa: A002
    row = one(request.actor, "evaluations", id)
    return download(export_evaluation(row, actor=request.actor), DOCX, f"{row.title}.docx")


@router.get("/publications", response=PageOut[out.PublicationRow], summary="What is, or was, public")
def publications(request: ActorRequest, state: str = "", cursor: str | None = None, limit: int = 50) -> Any:
    return listed(request.actor, "publications", Asked(state, cursor=cursor, limit=limit))


@router.get("/documents/{uuid:id}/public", response=out.PublicContent, summary="What would be public of it now")
def preview(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return preview_of(request.actor, queries.document(request.actor, id))


@router.post("/publications", response={201: out.PublicationRow}, summary="Make a plan and its progress public")
@idempotent
def make_public(request: ActorRequest, given: PublishIn) -> Any:
    row = publish(queries.document(request.actor, given.document), given.title, actor=request.actor)
    return Status(201, shown(request.actor, "publications", [row])[0])


@router.get("/publications/{uuid:id}/table", auth=None, summary="A publication as an Excel file, for everybody")
def table(request: ActorRequest, id: UUID) -> HttpResponse:  # noqa: A002
    row = published_one(id)
    return download(workbook_of(row), XLSX, f"{row.title}.xlsx")
