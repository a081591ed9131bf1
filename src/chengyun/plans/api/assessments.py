"""Assessment: schemes, figures, runs, scores, export."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Status

from chengyun.kernel.access import require
from chengyun.kernel.api.shapes import PageOut
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.plans import around
from chengyun.plans.actions.assessing import enter_figure, read_scheme, rewrite_scheme, run_assessment, write_scheme
from chengyun.plans.actions.exporting import export_scores
from chengyun.plans.api.files import XLSX, download
from chengyun.plans.api.reading import town_for
from chengyun.plans.api.router import router
from chengyun.plans.api.schemas import supervision as out
from chengyun.plans.api.schemas.handing_in import FigureIn, RunIn, SchemeIn, SchemeTextIn
from chengyun.plans.assessment.figures import FIGURES
from chengyun.plans.queries import supervised
from chengyun.plans.queries.execution import Asked, listed, one, shown


@router.get("/schemes", response=PageOut[out.SchemeRow], summary="Assessment rules, every version")
def schemes(request: ActorRequest, state: str = "", cursor: str | None = None, limit: int = 50) -> Any:
    return listed(request.actor, "schemes", Asked(state, cursor=cursor, limit=limit))


@router.get("/schemes/figures", response=list[out.FigureOut], summary="The figures that the rules may read")
def figures(request: ActorRequest) -> Any:
    return [asdict(one) for one in FIGURES]


@router.post("/schemes/check", response=out.SchemeCheckedOut, summary="Read rules without keeping them")
def check(request: ActorRequest, given: SchemeTextIn) -> Any:
    require(request.actor, "plans.assess")
    scheme = read_scheme(given.text)
    return {"full": scheme.full, "items": len(scheme.items), "facts": list(scheme.facts)}


@router.post("/schemes", response={201: out.SchemeRow}, summary="Write a new version of the rules")
@idempotent
def write(request: ActorRequest, given: SchemeIn) -> Any:
    town = town_for(given.town, request.actor)
    row = write_scheme(town.pk, given.name, given.text, actor=request.actor)
    return Status(201, shown(request.actor, "schemes", [row])[0])


@router.get("/schemes/{uuid:id}", response=out.SchemeRow, summary="A version of the rules")
def scheme(request: ActorRequest, id: UUID) -> Any:  # noqa: A002  the name in the address
    return shown(request.actor, "schemes", [one(request.actor, "schemes", id)])[0]


@router.put("/schemes/{uuid:id}/text", response=out.SchemeRow, summary="Write the text of a draft anew")
def rewrite(request: ActorRequest, id: UUID, given: SchemeTextIn) -> Any:  # noqa: A002
    row = one(request.actor, "schemes", id)
    row = rewrite_scheme(row, given.text, actor=request.actor, expected=given.expected)
    return shown(request.actor, "schemes", [row])[0]


@router.post("/schemes/{uuid:id}/runs", response={201: out.AssessmentDetail}, summary="Simulate a period")
@idempotent
def run(request: ActorRequest, id: UUID, given: RunIn) -> Any:  # noqa: A002
    row = one(request.actor, "schemes", id)
    done = run_assessment(row, given.title, given.first, given.last, actor=request.actor)
    return Status(201, supervised.assessment_detail(request.actor, done))


@router.post("/figures", response={201: dict[str, Any]}, summary="Enter a figure that no record holds")
@idempotent
def figure(request: ActorRequest, given: FigureIn) -> Any:
    town = town_for(given.town, request.actor).pk
    department = around.department_by(town, given.department, "department").pk
    what = (given.name, given.day, given.value)
    row = enter_figure(town, department, what, given.basis, actor=request.actor)
    return Status(201, {"id": str(row.uuid), "name": row.name, "value": float(row.value)})


@router.get("/figures", response=PageOut[out.EnteredOut], summary="Figures that were entered by hand, the latest first")
def entered(request: ActorRequest, cursor: str | None = None, limit: int = 50) -> Any:
    return listed(request.actor, "figures", Asked(cursor=cursor, limit=limit))


@router.get("/assessments", response=PageOut[out.AssessmentRow], summary="Assessments, the latest first")
def assessments(request: ActorRequest, state: str = "", cursor: str | None = None, limit: int = 50) -> Any:
    return listed(request.actor, "assessments", Asked(state, cursor=cursor, limit=limit))


@router.get("/assessments/{uuid:id}", response=out.AssessmentDetail, summary="An assessment, every point explained")
def assessment(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return supervised.assessment_detail(request.actor, one(request.actor, "assessments", id))


@router.post("/assessments/{uuid:id}/export", summary="Its scores as an Excel file: recorded")
def export(request: ActorRequest, id: UUID) -> HttpResponse:  # noqa: A002
    row = one(request.actor, "assessments", id)
    return download(export_scores(row, actor=request.actor), XLSX, f"{row.title}.xlsx")
