"""Supervision: orders, findings, look-backs, reminders."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from ninja import Status

from chengyun.kernel.api.shapes import PageOut
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.kernel.refusal import Invalid
from chengyun.plans import around, queries
from chengyun.plans.actions.supervising import (
    FindingDraft,
    OrderDraft,
    Urging,
    issue_order,
    make_finding,
    plan_look_back,
    remind,
)
from chengyun.plans.api.reading import town_for
from chengyun.plans.api.router import router
from chengyun.plans.api.schemas import supervision as out
from chengyun.plans.api.schemas.handing_in import FindingIn, LookBackIn, ReminderIn, SupervisionOrderIn
from chengyun.plans.models import Task
from chengyun.plans.queries import supervised
from chengyun.plans.queries.execution import Asked, listed, one, shown


@router.get("/orders", response=PageOut[out.OrderRow], summary="Supervision orders")
def orders(
    request: ActorRequest, state: str = "", colour: str = "", department: UUID | None = None, task: UUID | None = None,
    cursor: str | None = None, limit: int = 50,
) -> Any:  # fmt: skip
    extra = Q(colour__in=colour.split(",")) if colour else None
    return listed(request.actor, "orders", Asked(state, department, task, extra, cursor, limit))


@router.get("/orders/proposed", response=list[out.ProposedOrderOut], summary="Tasks that want an order")
def proposed(request: ActorRequest) -> Any:
    return supervised.proposed_orders(request.actor)


@router.post("/orders", response={201: out.OrderRow}, summary="Issue a supervision order")
@idempotent
def issue(request: ActorRequest, given: SupervisionOrderIn) -> Any:
    actor = request.actor
    town = town_for(given.town, actor).pk
    draft = OrderDraft(
        town, given.colour, around.department_by(town, given.department, "department").pk, given.title, given.demand,
        given.due_on, given.cause, given.instruction, _post(town, given.post), _post(town, given.leader_post),
        queries.task(actor, given.task) if given.task else None,
        queries.target(actor, given.target) if given.target else None,
        queries.project(actor, given.project) if given.project else None,
        one(actor, "findings", given.finding) if given.finding else None,
    )  # fmt: skip
    return Status(201, shown(actor, "orders", [issue_order(draft, actor=actor)])[0])


@router.get("/orders/{uuid:id}", response=out.OrderRow, summary="A supervision order")
def order(request: ActorRequest, id: UUID) -> Any:  # noqa: A002  the name in the address
    return shown(request.actor, "orders", [one(request.actor, "orders", id)])[0]


@router.get("/findings", response=PageOut[out.FindingRow], summary="Findings of site visits")
def findings(
    request: ActorRequest, state: str = "", department: UUID | None = None, task: UUID | None = None,
    cursor: str | None = None, limit: int = 50,
) -> Any:  # fmt: skip
    return listed(request.actor, "findings", Asked(state, department, task, None, cursor, limit))


@router.post("/findings", response={201: out.FindingRow}, summary="Record a finding")
@idempotent
def find(request: ActorRequest, given: FindingIn) -> Any:
    actor = request.actor
    town = town_for(given.town, actor).pk
    draft = FindingDraft(
        town, around.department_by(town, given.department, "department").pk, given.text, given.severity,
        given.found_on, given.due_on, given.address, given.point,
        queries.task(actor, given.task) if given.task else None,
        queries.project(actor, given.project) if given.project else None, tuple(given.files),
    )  # fmt: skip
    return Status(201, shown(actor, "findings", [make_finding(draft, actor=actor)])[0])


@router.get("/findings/{uuid:id}", response=out.FindingRow, summary="A finding")
def finding(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return shown(request.actor, "findings", [one(request.actor, "findings", id)])[0]


@router.get("/look_backs", response=PageOut[out.LookBackRow], summary="Look-backs, the next one first")
def look_backs(
    request: ActorRequest, state: str = "", department: UUID | None = None, task: UUID | None = None,
    cursor: str | None = None, limit: int = 50,
) -> Any:  # fmt: skip
    return listed(request.actor, "look_backs", Asked(state, department, task, None, cursor, limit))


@router.post("/look_backs", response={201: out.LookBackRow}, summary="Plan a second look")
@idempotent
def look_again(request: ActorRequest, given: LookBackIn) -> Any:
    of = one(request.actor, "orders", given.order) if given.order else _task(request, given)
    look = plan_look_back(of, given.planned_on, actor=request.actor)
    return Status(201, shown(request.actor, "look_backs", [look])[0])


@router.get("/look_backs/{uuid:id}", response=out.LookBackRow, summary="A look-back")
def look_back(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return shown(request.actor, "look_backs", [one(request.actor, "look_backs", id)])[0]


@router.get("/reminders", response=PageOut[out.ReminderRow], summary="Reminders, the latest first")
def reminders(
    request: ActorRequest, department: UUID | None = None, task: UUID | None = None, cursor: str | None = None,
    limit: int = 50,
) -> Any:  # fmt: skip
    return listed(request.actor, "reminders", Asked("", department, task, None, cursor, limit))


@router.post("/tasks/{uuid:id}/reminders", response={201: out.ReminderRow}, summary="Remind who leads a task")
@idempotent
def urge(request: ActorRequest, id: UUID, given: ReminderIn) -> Any:  # noqa: A002
    task = queries.task(request.actor, id)
    row = remind(_urging(task, given.text), actor=request.actor)
    return Status(201, shown(request.actor, "reminders", [row])[0])


def _task(request: ActorRequest, given: LookBackIn) -> Task:
    if given.task is None:
        raise Invalid("plans.look_at_what", "order or task: give one of them", field="order")
    return queries.task(request.actor, given.task)


def _urging(task: Task, text: str) -> Urging:
    """A reminder by hand. Raises Invalid for a task that nobody leads."""
    lead = around.department_by(task.town_id, str(_lead(task)), "department")
    days = supervised.days_left(task)
    return Urging(task.town_id, lead.pk, "hand", task=task, days=days, text=text)


def _lead(task: Task) -> Any:
    names = around.names_of_departments([task.department_id])
    return names[task.department_id]["id"] if task.department_id in names else ""


def _post(town: int, key: str | None) -> int | None:
    return around.post_by(town, key).pk if key else None
