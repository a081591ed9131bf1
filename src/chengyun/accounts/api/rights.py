"""Roles, permissions, grants and tokens, for the settings screen."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema, Status

from chengyun.accounts.actions import rights as acts
from chengyun.accounts.actions import tokens as token_acts
from chengyun.accounts.api.login import person_of
from chengyun.accounts.api.schemas import Code, Coded, Moment, Name, Paged, RecordVerbOut, Ref, paged, ref
from chengyun.accounts.models import ApiToken, Department, Grant, Person, Post, Role
from chengyun.accounts.queries import rows
from chengyun.kernel.access import Where, may, permissions
from chengyun.kernel.actor import Actor
from chengyun.kernel.api.shapes import Expected
from chengyun.kernel.clock import now
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.paging import page
from chengyun.kernel.refusal import Invalid

roles, grants, tokens = Router(), Router(), Router()
Permissions = Annotated[list[str], Field(max_length=200)]


class PermissionOut(Schema):
    name: str
    zh: str
    en: str


class RoleOut(Schema):
    id: UUID
    version: int
    code: str
    zh: str
    en: str
    summary_zh: str
    summary_en: str
    permissions: list[str]
    own: list[str]
    seeded: bool
    copied_from: str
    verbs: list[RecordVerbOut]


class RoleIn(Schema):
    town: str
    copy_of: UUID
    code: Code
    zh: Name
    en: Name


class RolePatch(Expected):
    allowed: Permissions
    own: Permissions = []


class GrantOut(Schema):
    id: UUID
    version: int
    role: Coded
    person: Ref | None
    post: Ref | None
    reach: str
    town: Coded | None
    area: Ref | None
    department: Ref | None
    starts_at: datetime
    ends_at: datetime | None
    verbs: list[RecordVerbOut]


class PlaceIn(Schema):
    """Where it holds. `reach`: all, town (its code), area (its id), held (the areas that the post holds)."""

    reach: Literal["all", "town", "area", "held"]
    town: str | None = None
    area: UUID | None = None
    department: UUID | None = None


class GrantIn(PlaceIn):
    role: UUID
    person: UUID | None = None
    post: UUID | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class TokenOut(Schema):
    id: UUID
    version: int
    name: str
    prefix: str
    person: Ref
    permissions: list[str]
    town: Coded | None
    area: Ref | None
    department: Ref | None
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    verbs: list[RecordVerbOut]


class TokenShown(TokenOut):
    secret: str = Field(description="Shown now and never again")


class TokenIn(PlaceIn):
    name: Name
    allowed: Permissions
    expires_at: Moment


def place_of(actor: Actor, given: PlaceIn) -> acts.Place:
    """The place that was given, of what the actor may see."""
    return acts.Place(
        given.reach,
        rows.town_id(given.town) if given.reach == "town" else None,
        rows.area(actor, given.area) if given.reach == "area" else None,
        rows.optional(Department, actor, given.department),
    )


def coded(row: Any) -> dict[str, Any] | None:
    return None if row is None else {"code": row.code, "name": row.name}


def role_out(row: Role, actor: Actor) -> dict[str, Any]:
    names = ("version", "code", "zh", "en", "summary_zh", "summary_en", "permissions", "own", "seeded", "copied_from")
    verbs = [{"name": "copy", "needs": ["town", "code", "zh", "en"]}] if may(actor, "accounts.manage") else []
    if not row.seeded and may(actor, "accounts.manage", Where(town=row.town_id)):
        verbs.append({"name": "change", "needs": ["allowed"]})
    return {name: getattr(row, name) for name in names} | {"id": row.uuid, "verbs": verbs}


def grant_out(row: Grant, actor: Actor) -> dict[str, Any]:
    refs = {"person": ref(row.person), "post": ref(row.post, "title"), "area": ref(row.area)}
    runs = row.ends_at is None or row.ends_at > now()
    revocable = runs and may(actor, "accounts.manage", Where(town=row.town_id))
    return refs | {
        "id": row.uuid,
        "version": row.version,
        "role": {"code": row.role.code, "name": row.role.zh},
        "reach": row.reach,
        "town": coded(row.town),
        "department": ref(row.department),
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "verbs": [{"name": "revoke"}] if revocable else [],
    }


def token_out(row: ApiToken, actor: Actor) -> dict[str, Any]:
    names = ("version", "name", "prefix", "permissions", "expires_at", "last_used_at", "revoked_at")
    refs = {"person": ref(row.person), "area": ref(row.area), "department": ref(row.department)}
    revocable = row.revoked_at is None and may(actor, "accounts.tokens", row)
    return (
        {name: getattr(row, name) for name in names}
        | refs
        | {"id": row.uuid, "town": coded(row.town), "verbs": [{"name": "revoke"}] if revocable else []}
    )


@roles.get("/permissions", response=list[PermissionOut], summary="Every permission that a role may allow")
def list_permissions(request: ActorRequest) -> Any:
    return list(permissions().values())


@roles.get("", response=Paged[RoleOut], summary="Roles")
def list_roles(request: ActorRequest, cursor: str | None = None, limit: int = 100) -> Any:
    found = rows.rows(Role, request.actor).filter(is_open=True)
    return paged(page(found, ("id",), cursor, limit), lambda row: role_out(row, request.actor))


@roles.post("", response={201: RoleOut}, summary="Copy a role, to change the copy")
def copy_role(request: ActorRequest, given: RoleIn) -> Any:
    role, town = rows.one(Role, request.actor, given.copy_of), rows.town_id(given.town) or 0
    copy = acts.copy_role(role, actor=request.actor, town=town, code=given.code, zh=given.zh, en=given.en)
    return Status(201, role_out(copy, request.actor))


@roles.patch("/{id}", response=RoleOut, summary="Say anew what a town's own role allows")
def change_role(request: ActorRequest, id: UUID, given: RolePatch) -> Any:  # noqa: A002 - the name in the address
    role = rows.one(Role, request.actor, id)
    done = acts.change_role(role, actor=request.actor, expected=given.expected, allowed=given.allowed, own=given.own)
    return role_out(done, request.actor)


@grants.get("", response=Paged[GrantOut], summary="Who has which role where")
def list_grants(
    request: ActorRequest, person: UUID | None = None, post: UUID | None = None, role: str = "",
    all_times: bool = False, cursor: str | None = None,
) -> Any:  # fmt: skip
    found = rows.grants(request.actor, person=person, post=post, role=role, all_times=all_times)
    return paged(page(found, ("id",), cursor, 100), lambda row: grant_out(row, request.actor))


@grants.post("", response={201: GrantOut}, summary="Give a role at a place")
def give(request: ActorRequest, given: GrantIn) -> Any:
    if (given.person is None) == (given.post is None):
        raise Invalid("accounts.to_whom", "person, post: give exactly one of them", field="person")
    model, uuid = (Person, given.person) if given.person else (Post, given.post)
    to, role = rows.optional(model, request.actor, uuid), rows.one(Role, request.actor, given.role)
    place = place_of(request.actor, given)
    grant = acts.give(to, actor=request.actor, role=role, place=place, starts_at=given.starts_at, ends_at=given.ends_at)
    return Status(201, grant_out(grant, request.actor))


@grants.post("/{id}/verbs/revoke", response=GrantOut, summary="End a grant now")
def revoke(request: ActorRequest, id: UUID, given: Expected) -> Any:  # noqa: A002
    grant = rows.one(Grant, request.actor, id)
    return grant_out(acts.revoke(grant, actor=request.actor, expected=given.expected), request.actor)


@tokens.get("", response=Paged[TokenOut], summary="API tokens, without their secrets")
def list_tokens(request: ActorRequest, cursor: str | None = None, limit: int = 50) -> Any:
    found = rows.rows(ApiToken, request.actor)
    return paged(page(found, ("-id",), cursor, limit), lambda row: token_out(row, request.actor))


@tokens.post("", response={201: TokenShown}, summary="Issue a token; its secret is shown once")
def issue(request: ActorRequest, given: TokenIn) -> Any:
    token, secret = token_acts.issue_token(
        person_of(request), actor=request.actor, name=given.name, allowed=given.allowed,
        place=place_of(request.actor, given), expires_at=given.expires_at,
    )  # fmt: skip
    return Status(201, token_out(token, request.actor) | {"secret": secret})


@tokens.post("/{id}/verbs/revoke", response=TokenOut, summary="Refuse a token from now on")
def revoke_token(request: ActorRequest, id: UUID, given: Expected) -> Any:  # noqa: A002
    token = rows.one(ApiToken, request.actor, id)
    done = token_acts.revoke_token(token, actor=request.actor, expected=given.expected)
    return token_out(done, request.actor)
