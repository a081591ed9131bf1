"""Titles with their evidence, budgets and funds."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from ninja import Status

from chengyun.kernel.api.shapes import PageOut
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.plans import around, queries
from chengyun.plans.actions.titling import (
    BudgetDraft,
    Proof,
    TitleDraft,
    add_budget,
    list_evidence,
    plan_title,
    prove,
)
from chengyun.plans.api.reading import town_for
from chengyun.plans.api.router import router
from chengyun.plans.api.schemas import execution as out
from chengyun.plans.api.schemas.handing_in import BudgetIn, EvidenceIn, ProveIn, TitleIn
from chengyun.plans.queries import supervised
from chengyun.plans.queries.execution import Asked, listed, one, shown


@router.get("/titles", response=PageOut[out.TitleRow], summary="Titles and demonstrations")
def titles(
    request: ActorRequest, state: str = "", department: UUID | None = None, cursor: str | None = None, limit: int = 50
) -> Any:
    return listed(request.actor, "titles", Asked(state, department, cursor=cursor, limit=limit))


@router.post("/titles", response={201: out.TitleDetail}, summary="Plan to go for a title")
@idempotent
def plan(request: ActorRequest, given: TitleIn) -> Any:
    town = town_for(given.town, request.actor).pk
    target = queries.target(request.actor, given.target) if given.target else None
    draft = TitleDraft(
        town, given.name, given.level, around.department_by(town, given.department, "department").pk,
        given.awarded_by, given.due_on, given.review_months, None, target, given.note,
    )  # fmt: skip
    return Status(201, supervised.title_detail(request.actor, plan_title(draft, actor=request.actor)))


@router.get("/titles/{uuid:id}", response=out.TitleDetail, summary="A title with its evidence list")
def title(request: ActorRequest, id: UUID) -> Any:  # noqa: A002  the name in the address
    return supervised.title_detail(request.actor, one(request.actor, "titles", id))


@router.put("/titles/{uuid:id}/evidence", response=out.TitleDetail, summary="Write the evidence list")
def evidence(request: ActorRequest, id: UUID, given: EvidenceIn) -> Any:  # noqa: A002
    row = one(request.actor, "titles", id)
    proofs = [Proof(e.name, e.required, _office(row.town_id, e.department), e.note) for e in given.entries]
    row = list_evidence(row, proofs, actor=request.actor, expected=given.expected)
    return supervised.title_detail(request.actor, row)


@router.post("/titles/{uuid:id}/evidence/{uuid:entry}", response=out.TitleDetail, summary="Hand in an entry")
@idempotent
def hand_in(request: ActorRequest, id: UUID, entry: UUID, given: ProveIn) -> Any:  # noqa: A002
    row = one(request.actor, "titles", id)
    row = prove(row, entry, given.files, actor=request.actor, expected=given.expected, ready=given.ready)
    return supervised.title_detail(request.actor, row)


@router.get("/funds", response=out.FundsOut, summary="Money of a year by project, against progress")
def funds(request: ActorRequest, year: int | None = None) -> Any:
    asked = year if year is not None and 2000 <= year <= 2100 else supervised.today().year
    return supervised.funds_of(request.actor, asked)


@router.get("/budgets", response=PageOut[out.BudgetRow], summary="Budgets")
def budgets(
    request: ActorRequest, state: str = "", year: int | None = None, cursor: str | None = None, limit: int = 50
) -> Any:
    extra = None if year is None else Q(year=year)
    return listed(request.actor, "budgets", Asked(state, extra=extra, cursor=cursor, limit=limit))


@router.post("/budgets", response={201: out.BudgetRow}, summary="Plan money for a project or task")
@idempotent
def budget(request: ActorRequest, given: BudgetIn) -> Any:
    town = town_for(given.town, request.actor).pk
    project = queries.project(request.actor, given.project) if given.project else None
    task = queries.task(request.actor, given.task) if given.task else None
    draft = BudgetDraft(town, given.year, given.source, given.amount, given.basis, project, task)
    return Status(201, shown(request.actor, "budgets", [add_budget(draft, actor=request.actor)])[0])


def _office(town: int, key: str | None) -> int | None:
    return around.department_by(town, key, "department").pk if key else None
