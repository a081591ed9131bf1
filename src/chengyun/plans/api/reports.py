"""Monthly reports, lights and their rules."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from ninja import Status

from chengyun.kernel.api.shapes import PageOut
from chengyun.kernel.http import ActorRequest
from chengyun.plans.actions.lighting import rules_of, write_rules
from chengyun.plans.api.reading import town_for
from chengyun.plans.api.router import router
from chengyun.plans.api.schemas import execution as out
from chengyun.plans.api.schemas.handing_in import LightRulesIn
from chengyun.plans.queries import supervised
from chengyun.plans.queries.execution import Asked, listed, one, shown
from chengyun.plans.rules.reporting import month_of


@router.get("/reports", response=PageOut[out.ReportRow], summary="Monthly reports")
def reports(
    request: ActorRequest, state: str = "", department: UUID | None = None, month: date | None = None,
    late: bool | None = None, cursor: str | None = None, limit: int = 50,
) -> Any:  # fmt: skip
    extra = Q() if month is None else Q(month=month_of(month))
    extra &= Q() if late is None else Q(late=late)
    return listed(request.actor, "reports", Asked(state, department, None, extra, cursor, limit))


@router.get("/reports/board", response=out.ReportBoardOut, summary="How the reports of a month stand")
def board(request: ActorRequest, month: date | None = None) -> Any:
    return supervised.report_board(request.actor, month or supervised.month_to_report())


@router.get("/reports/{uuid:id}", response=out.ReportDetail, summary="A report with its lines and what each asks")
def report(request: ActorRequest, id: UUID) -> Any:  # noqa: A002  the name in the address
    return supervised.report_detail(request.actor, one(request.actor, "reports", id))


@router.get("/tasks/{uuid:id}/months", response=list[out.MonthLightOut], summary="The light of each month of a task")
def task_months(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return supervised.months_of(request.actor, "plan_task", id)


@router.get("/targets/{uuid:id}/months", response=list[out.MonthLightOut], summary="The same of a target")
def target_months(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return supervised.months_of(request.actor, "plan_target", id)


@router.get("/projects/{uuid:id}/months", response=list[out.MonthLightOut], summary="The same of a project")
def project_months(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return supervised.months_of(request.actor, "plan_project", id)


@router.get("/lights/rules", response=dict[str, Any], summary="The rules of lights in force")
def light_rules(request: ActorRequest, town: str | None = None) -> Any:
    asked = supervised.town_seen(request.actor, town_for(town, request.actor).pk)
    return rules_of(asked, supervised.today()).plain()


@router.get("/lights/books", response=list[out.LightBookOut], summary="Every version of the rules of lights")
def light_books(request: ActorRequest) -> Any:
    return listed(request.actor, "light_books", Asked(limit=200))["items"]


@router.post("/lights/rules", response={201: out.LightBookOut}, summary="Write a new version of the rules of lights")
def new_rules(request: ActorRequest, given: LightRulesIn) -> Any:
    town = town_for(given.town, request.actor)
    book = write_rules(town.pk, given.body, actor=request.actor, since=given.since)
    return Status(201, shown(request.actor, "light_books", [book])[0])
