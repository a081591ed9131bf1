"""Holdings, owners, responsibilities and the roster, for the settings screen."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema, Status

from chengyun.accounts.actions import duties as acts
from chengyun.accounts.api.schemas import Code, Moment, Paged, RecordVerbOut, Ref, Words, paged, ref
from chengyun.accounts.models import Department, Holding, Ownership, Person, Post, Responsibility, Shift
from chengyun.accounts.queries import rows
from chengyun.kernel.access import Where, may
from chengyun.kernel.actor import Actor
from chengyun.kernel.api.shapes import Expected
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.paging import page
from chengyun.kernel.refusal import Invalid, NotFound

holdings, owners, responsibilities, roster = Router(), Router(), Router(), Router()
Duty = Literal["holder", "worker"]


class HoldingOut(Schema):
    id: UUID
    version: int
    area: Ref
    post: Ref
    duty: str
    verbs: list[RecordVerbOut]


class HoldingIn(Schema):
    area: UUID
    post: UUID
    duty: Duty = "holder"


class OwnerOut(Schema):
    id: UUID
    version: int
    facility: Ref
    department: Ref


class OwnerIn(Schema):
    facility: UUID
    department: UUID


class RuleOut(Schema):
    id: UUID
    version: int
    subject_code: str
    area: Ref | None
    conditions: dict[str, Any]
    department: Ref
    priority: int
    basis_zh: str
    basis_en: str
    verbs: list[RecordVerbOut]


class RuleIn(Schema):
    department: UUID
    subject_code: str = Field(min_length=1, max_length=60)
    area: UUID | None = None
    conditions: dict[str, Any] = {}
    priority: int = Field(0, ge=-100, le=100)
    basis_zh: Words = ""
    basis_en: Words = ""


class RulePatch(Expected):
    department: UUID | None = None
    subject_code: str | None = Field(None, min_length=1, max_length=60)
    area: UUID | None = None
    conditions: dict[str, Any] | None = None
    priority: int | None = Field(None, ge=-100, le=100)
    basis_zh: Words | None = None
    basis_en: Words | None = None


class ShiftOut(Schema):
    id: UUID
    version: int
    duty: str
    person: Ref | None
    post: Ref | None
    starts_at: datetime
    ends_at: datetime
    verbs: list[RecordVerbOut]


class ShiftIn(Schema):
    town: str
    duty: Code
    person: UUID | None = None
    post: UUID | None = None
    starts_at: Moment
    ends_at: Moment


def _verbs(actor: Actor, permission: str, where: Where, *names: str) -> list[dict[str, Any]]:
    return [{"name": name} for name in names] if may(actor, permission, where) else []


def holding_out(row: Holding, actor: Actor) -> dict[str, Any]:
    refs = {"area": ref(row.area), "post": ref(row.post, "title")}
    verbs = _verbs(actor, "accounts.duties", row.where(), "end")
    return refs | {"id": row.uuid, "version": row.version, "duty": row.duty, "verbs": verbs}


def owner_out(row: Ownership) -> dict[str, Any]:
    refs = {"facility": ref(row.facility), "department": ref(row.department)}
    return refs | {"id": row.uuid, "version": row.version}


def rule_out(row: Responsibility, actor: Actor) -> dict[str, Any]:
    names = ("version", "subject_code", "conditions", "priority", "basis_zh", "basis_en")
    refs = {"area": ref(row.area), "department": ref(row.department)}
    verbs = _verbs(actor, "accounts.duties", Where(town=row.town_id), "change", "remove")
    return {name: getattr(row, name) for name in names} | refs | {"id": row.uuid, "verbs": verbs}


def shift_out(row: Shift, actor: Actor) -> dict[str, Any]:
    names = ("version", "duty", "starts_at", "ends_at")
    refs = {"person": ref(row.person), "post": ref(row.post, "title")}
    verbs = _verbs(actor, "accounts.roster", row.where(), "remove")
    return {name: getattr(row, name) for name in names} | refs | {"id": row.uuid, "verbs": verbs}


@holdings.get("", response=Paged[HoldingOut], summary="Which post answers for which area")
def list_holdings(
    request: ActorRequest, area: UUID | None = None, post: UUID | None = None, cursor: str | None = None,
    limit: int = 200,
) -> Any:  # fmt: skip
    found = rows.rows(Holding, request.actor)
    found = found.filter(area__uuid=area) if area else found
    found = found.filter(post__uuid=post) if post else found
    return paged(page(found, ("id",), cursor, limit), lambda row: holding_out(row, request.actor))


@holdings.post("", response={201: HoldingOut}, summary="A post answers for an area")
def give_holding(request: ActorRequest, given: HoldingIn) -> Any:
    post, area = rows.one(Post, request.actor, given.post), rows.area(request.actor, given.area)
    if area is None:
        raise NotFound("kernel.not_found", "no such area")
    done = acts.give_holding(post, actor=request.actor, area=area, duty=given.duty)
    return Status(201, holding_out(done, request.actor))


@holdings.post("/{id}/verbs/end", response={204: None}, summary="The post no longer answers for the area")
def end_holding(request: ActorRequest, id: UUID, given: Expected) -> Any:  # noqa: A002 - the name in the address
    acts.end_holding(rows.one(Holding, request.actor, id), actor=request.actor, expected=given.expected)
    return Status(204, None)


@owners.get("", response=Paged[OwnerOut], summary="Which facility belongs to which department")
def list_owners(
    request: ActorRequest, department: UUID | None = None, facility: UUID | None = None, cursor: str | None = None,
    limit: int = 100,
) -> Any:  # fmt: skip
    found = rows.rows(Ownership, request.actor)
    found = found.filter(department__uuid=department) if department else found
    found = found.filter(facility__uuid=facility) if facility else found
    return paged(page(found, ("id",), cursor, limit), owner_out)


@owners.put("", response=OwnerOut, summary="Say to which department a facility belongs")
def set_owner(request: ActorRequest, given: OwnerIn) -> Any:
    facility = rows.facility(request.actor, given.facility)
    department = rows.one(Department, request.actor, given.department)
    return owner_out(acts.set_owner(facility, actor=request.actor, department=department))


@responsibilities.get("", response=Paged[RuleOut], summary="Which department answers for which class where")
def list_rules(
    request: ActorRequest, code: str = "", department: UUID | None = None, cursor: str | None = None, limit: int = 100
) -> Any:
    found = rows.rows(Responsibility, request.actor).filter(subject_code__startswith=code)
    found = found.filter(department__uuid=department) if department else found
    return paged(page(found, ("subject_code", "id"), cursor, limit), lambda row: rule_out(row, request.actor))


@responsibilities.post("", response={201: RuleOut}, summary="Add a responsibility")
def add_rule(request: ActorRequest, given: RuleIn) -> Any:
    row = acts.add_responsibility(
        rows.one(Department, request.actor, given.department), actor=request.actor, subject_code=given.subject_code,
        area=rows.area(request.actor, given.area), conditions=given.conditions,
        more=given.dict(include={"priority", "basis_zh", "basis_en"}),
    )  # fmt: skip
    return Status(201, rule_out(row, request.actor))


@responsibilities.patch("/{id}", response=RuleOut, summary="Change a responsibility")
def change_rule(request: ActorRequest, id: UUID, given: RulePatch) -> Any:  # noqa: A002
    row = rows.one(Responsibility, request.actor, id)
    values = given.dict(exclude_unset=True, exclude={"expected"})
    if given.department:
        values["department"] = rows.one(Department, request.actor, given.department)
    if "area" in values:
        values["area"] = rows.area(request.actor, given.area)
    done = acts.change_responsibility(row, actor=request.actor, expected=given.expected, values=values)
    return rule_out(done, request.actor)


@responsibilities.post("/{id}/verbs/remove", response={204: None}, summary="A responsibility holds no longer")
def remove_rule(request: ActorRequest, id: UUID, given: Expected) -> Any:  # noqa: A002
    row = rows.one(Responsibility, request.actor, id)
    acts.remove_responsibility(row, actor=request.actor, expected=given.expected)
    return Status(204, None)


@roster.get("", response=Paged[ShiftOut], summary="The duty roster")
def list_shifts(
    request: ActorRequest, start: Moment | None = None, end: Moment | None = None, duty: str = "",
    cursor: str | None = None, limit: int = 100,
) -> Any:  # fmt: skip
    found = rows.rows(Shift, request.actor).filter(duty__startswith=duty)
    found = found.filter(ends_at__gt=start) if start else found
    found = found.filter(starts_at__lt=end) if end else found
    return paged(page(found, ("starts_at", "id"), cursor, limit), lambda row: shift_out(row, request.actor))


@roster.post("", response={201: ShiftOut}, summary="Put somebody on the roster")
def set_shift(request: ActorRequest, given: ShiftIn) -> Any:
    if (given.person is None) == (given.post is None):
        raise Invalid("accounts.to_whom", "person, post: give exactly one of them", field="person")
    model, uuid = (Person, given.person) if given.person else (Post, given.post)
    who, town = rows.optional(model, request.actor, uuid), rows.town_id(given.town) or 0
    shift = acts.set_shift(
        town, actor=request.actor, duty=given.duty, who=who, starts_at=given.starts_at, ends_at=given.ends_at
    )
    return Status(201, shift_out(shift, request.actor))


@roster.post("/{id}/verbs/remove", response={204: None}, summary="Take a turn off the roster")
def remove_shift(request: ActorRequest, id: UUID, given: Expected) -> Any:  # noqa: A002
    acts.remove_shift(rows.one(Shift, request.actor, id), actor=request.actor, expected=given.expected)
    return Status(204, None)
