"""Leading groups, task forces, meetings."""

from typing import Any
from uuid import UUID

from ninja import Status

from chengyun.kernel.api.shapes import PageOut
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.plans import around, queries
from chengyun.plans.actions.meeting import (
    Decided,
    GroupDraft,
    MeetingDraft,
    Point,
    Seat,
    call_meeting,
    form_group,
    set_members,
    write_meeting,
)
from chengyun.plans.api.reading import town_for
from chengyun.plans.api.router import router
from chengyun.plans.api.schemas import execution as out
from chengyun.plans.api.schemas.handing_in import AgendaIn, DecisionIn, GroupIn, MeetingIn, MembersIn, MinutesIn, SeatIn
from chengyun.plans.queries import supervised
from chengyun.plans.queries.execution import Asked, listed, one


@router.get("/groups", response=PageOut[out.GroupRow], summary="Leading groups and task forces")
def groups(request: ActorRequest, state: str = "", cursor: str | None = None, limit: int = 50) -> Any:
    return listed(request.actor, "groups", Asked(state, cursor=cursor, limit=limit))


@router.post("/groups", response={201: out.GroupDetail}, summary="Form a group")
@idempotent
def form(request: ActorRequest, given: GroupIn) -> Any:
    town = town_for(given.town, request.actor).pk
    document = queries.document(request.actor, given.document) if given.document else None
    draft = GroupDraft(town, given.kind, given.name, given.starts_on, given.ends_on, given.duties, document,
                       _seats(town, given.members))  # fmt: skip
    return Status(201, supervised.group_detail(request.actor, form_group(draft, actor=request.actor)))


@router.get("/groups/{uuid:id}", response=out.GroupDetail, summary="A group with its members")
def group(request: ActorRequest, id: UUID) -> Any:  # noqa: A002  the name in the address
    return supervised.group_detail(request.actor, one(request.actor, "groups", id))


@router.put("/groups/{uuid:id}/members", response=out.GroupDetail, summary="Set the members of a group")
def members(request: ActorRequest, id: UUID, given: MembersIn) -> Any:  # noqa: A002
    row = one(request.actor, "groups", id)
    row = set_members(row, _seats(row.town_id, given.members), actor=request.actor, expected=given.expected)
    return supervised.group_detail(request.actor, row)


@router.post("/groups/{uuid:id}/meetings", response={201: out.MeetingDetail}, summary="Call a meeting")
@idempotent
def call(request: ActorRequest, id: UUID, given: MeetingIn) -> Any:  # noqa: A002
    row = one(request.actor, "groups", id)
    agenda = tuple(_point(request, row.town_id, p) for p in given.agenda)
    draft = MeetingDraft(row, given.held_on, given.title, given.room, agenda)
    return Status(201, supervised.meeting_detail(request.actor, call_meeting(draft, actor=request.actor)))


@router.get("/meetings", response=PageOut[out.MeetingRow], summary="Meetings, the latest first")
def meetings(request: ActorRequest, state: str = "", cursor: str | None = None, limit: int = 50) -> Any:
    return listed(request.actor, "meetings", Asked(state, cursor=cursor, limit=limit))


@router.get("/meetings/{uuid:id}", response=out.MeetingDetail, summary="A meeting with agenda and decisions")
def meeting(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    return supervised.meeting_detail(request.actor, one(request.actor, "meetings", id))


@router.put("/meetings/{uuid:id}/minutes", response=out.MeetingDetail, summary="Write agenda, minutes, decisions")
def write(request: ActorRequest, id: UUID, given: MinutesIn) -> Any:  # noqa: A002
    row = one(request.actor, "meetings", id)
    agenda = None if given.agenda is None else [_point(request, row.town_id, p) for p in given.agenda]
    decisions = None if given.decisions is None else [_decided(row.town_id, d) for d in given.decisions]
    row = write_meeting(row, actor=request.actor, expected=given.expected, agenda=agenda, decisions=decisions)
    return supervised.meeting_detail(request.actor, row)


def _seats(town: int, given: list[SeatIn]) -> tuple[Seat, ...]:
    return tuple(Seat(around.post_by(town, seat.post).pk, seat.role) for seat in given)


def _point(request: ActorRequest, town: int, given: AgendaIn) -> Point:
    task = queries.task(request.actor, given.task) if given.task else None
    department = around.department_by(town, given.department, "agenda").pk if given.department else None
    return Point(given.title, task, department, given.minutes)


def _decided(town: int, given: DecisionIn) -> Decided:
    supporting = tuple(around.department_by(town, key, "supporting").pk for key in given.supporting)
    post = around.post_by(town, given.post).pk if given.post else None
    lead = around.department_by(town, given.department, "department").pk
    return Decided(given.text, lead, given.due_on, supporting, post)
