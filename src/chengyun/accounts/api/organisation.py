"""Departments, posts and terms, for the settings screen."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status

from chengyun.accounts.actions import organisation as acts
from chengyun.accounts.api.schemas import Code, Moment, Name, Paged, RecordVerbOut, Ref, paged, ref
from chengyun.accounts.models import Department, Person, Post, Tenure
from chengyun.accounts.queries import rows
from chengyun.accounts.queries.duties import people_in
from chengyun.kernel.access import may
from chengyun.kernel.actor import Actor
from chengyun.kernel.api.shapes import Expected
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.paging import page

departments, posts, tenures = Router(), Router(), Router()
DepartmentKind = Literal["department", "posted_force", "contractor", "neighbourhood", "village"]
PostKind = Literal["leader", "head", "duty", "desk", "field"]


class DepartmentOut(Schema):
    id: UUID
    version: int
    code: str
    name: str
    kind: str
    parent: Ref | None
    supervisor: Ref | None
    area: Ref | None
    timetable: str
    is_open: bool
    verbs: list[RecordVerbOut]


class DepartmentIn(Schema):
    town: str | None = None
    code: Code
    name: Name
    kind: DepartmentKind = "department"
    parent: UUID | None = None
    supervisor: UUID | None = None
    area: UUID | None = None
    timetable: Code = "office"


class DepartmentPatch(Expected):
    name: Name | None = None
    kind: DepartmentKind | None = None
    parent: UUID | None = None
    supervisor: UUID | None = None
    area: UUID | None = None
    timetable: Code | None = None
    is_open: bool | None = None


class PostOut(Schema):
    id: UUID
    version: int
    code: str
    title: str
    kind: str
    department: Ref
    area: Ref | None
    holder: Ref | None
    is_open: bool
    verbs: list[RecordVerbOut]


class PostIn(Schema):
    department: UUID
    code: Code
    title: Name
    kind: PostKind = "desk"
    area: UUID | None = None


class PostPatch(Expected):
    title: Name | None = None
    kind: PostKind | None = None
    area: UUID | None = None
    is_open: bool | None = None


class TenureOut(Schema):
    id: UUID
    version: int
    post: Ref
    person: Ref
    starts_at: datetime
    ends_at: datetime | None
    verbs: list[RecordVerbOut]


class TenureIn(Schema):
    post: UUID
    person: UUID
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class EndIn(Expected):
    ends_at: Moment | None = None


class HandOverIn(Expected):
    to: UUID
    at: Moment | None = None


def _change(row: Any, actor: Actor, *names: str) -> list[dict[str, Any]]:
    return [{"name": name} for name in names] if may(actor, "accounts.manage", row) else []


def _values(actor: Actor, given: Schema, **kinds: Any) -> dict[str, Any]:
    """What was given, with ids turned into the things that the actor may see."""
    values = given.dict(exclude_unset=True, exclude={"expected", "town", "code", "department"})
    for name, model in kinds.items():
        if name in values:
            values[name] = rows.optional(model, actor, values[name])
    if "area" in values:
        values["area"] = rows.area(actor, values["area"])
    return values


def department_out(row: Department, actor: Actor) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("version", "code", "name", "kind", "timetable", "is_open")}
    refs = {name: ref(getattr(row, name)) for name in ("parent", "supervisor", "area")}
    return plain | refs | {"id": row.uuid, "verbs": _change(row, actor, "change")}


def post_out(row: Post, actor: Actor, holder: Person | None) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("version", "code", "title", "kind", "is_open")}
    refs = {"department": ref(row.department), "area": ref(row.area), "holder": ref(holder)}
    return plain | refs | {"id": row.uuid, "verbs": _change(row, actor, "change", "hand_over")}


def tenure_out(row: Tenure, actor: Actor) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("version", "starts_at", "ends_at")}
    refs = {"post": ref(row.post, "title"), "person": ref(row.person)}
    return plain | refs | {"id": row.uuid, "verbs": _change(row, actor, "end")}


@departments.get("", response=Paged[DepartmentOut], summary="Departments")
def list_departments(
    request: ActorRequest, kind: str = "", q: str = "", cursor: str | None = None, limit: int = 200
) -> Any:
    found = rows.rows(Department, request.actor).filter(kind__startswith=kind, name__contains=q)
    return paged(page(found, ("code", "id"), cursor, limit), lambda row: department_out(row, request.actor))


@departments.post("", response={201: DepartmentOut}, summary="Add a department")
def add_department(request: ActorRequest, given: DepartmentIn) -> Any:
    more = _values(request.actor, given, parent=Department, supervisor=Department)
    more.pop("name")
    row = acts.add_department(
        rows.town_id(given.town), actor=request.actor, code=given.code, name=given.name, more=more
    )
    return Status(201, department_out(row, request.actor))


@departments.get("/{id}", response=DepartmentOut, summary="A department")
def one_department(request: ActorRequest, id: UUID) -> Any:  # noqa: A002 - the name in the address
    return department_out(rows.one(Department, request.actor, id), request.actor)


@departments.patch("/{id}", response=DepartmentOut, summary="Change a department")
def change_department(request: ActorRequest, id: UUID, given: DepartmentPatch) -> Any:  # noqa: A002
    row = rows.one(Department, request.actor, id)
    values = _values(request.actor, given, parent=Department, supervisor=Department)
    done = acts.change_department(row, actor=request.actor, expected=given.expected, values=values)
    return department_out(done, request.actor)


@posts.get("", response=Paged[PostOut], summary="Posts, with who holds them now")
def list_posts(
    request: ActorRequest, department: UUID | None = None, q: str = "", cursor: str | None = None, limit: int = 100
) -> Any:
    found = rows.rows(Post, request.actor).filter(title__contains=q)
    found = found.filter(department__uuid=department) if department else found
    chosen = page(found, ("code", "id"), cursor, limit)
    holders = people_in([post.pk for post in chosen.items])
    return paged(chosen, lambda row: post_out(row, request.actor, holders.get(row.pk)))


@posts.post("", response={201: PostOut}, summary="Add a post")
def add_post(request: ActorRequest, given: PostIn) -> Any:
    office = rows.one(Department, request.actor, given.department)
    more = {"kind": given.kind, "area": rows.area(request.actor, given.area)}
    row = acts.add_post(office, actor=request.actor, code=given.code, title=given.title, more=more)
    return Status(201, post_out(row, request.actor, None))


@posts.get("/{id}", response=PostOut, summary="A post")
def one_post(request: ActorRequest, id: UUID) -> Any:  # noqa: A002
    row = rows.one(Post, request.actor, id)
    return post_out(row, request.actor, people_in([row.pk]).get(row.pk))


@posts.patch("/{id}", response=PostOut, summary="Change a post")
def change_post(request: ActorRequest, id: UUID, given: PostPatch) -> Any:  # noqa: A002
    row = rows.one(Post, request.actor, id)
    values = _values(request.actor, given)
    done = acts.change_post(row, actor=request.actor, expected=given.expected, values=values)
    return post_out(done, request.actor, people_in([row.pk]).get(row.pk))


@posts.post("/{id}/verbs/hand_over", response=TenureOut, summary="The successor takes the post over")
def hand_over(request: ActorRequest, id: UUID, given: HandOverIn) -> Any:  # noqa: A002
    row = rows.one(Post, request.actor, id)
    to = rows.one(Person, request.actor, given.to)
    done = acts.hand_over(row, actor=request.actor, expected=given.expected, to=to, at=given.at)
    return tenure_out(done, request.actor)


@tenures.get("", response=Paged[TenureOut], summary="Who held which post from when until when")
def list_tenures(
    request: ActorRequest, post: UUID | None = None, person: UUID | None = None, present: bool = False,
    cursor: str | None = None, limit: int = 100,
) -> Any:  # fmt: skip
    found = rows.tenures(request.actor, post=post, person=person, present=present)
    return paged(page(found, ("-starts_at", "id"), cursor, limit), lambda row: tenure_out(row, request.actor))


@tenures.post("", response={201: TenureOut}, summary="A person takes a post")
def start_tenure(request: ActorRequest, given: TenureIn) -> Any:
    post, person = rows.one(Post, request.actor, given.post), rows.one(Person, request.actor, given.person)
    done = acts.start_tenure(post, actor=request.actor, person=person, starts_at=given.starts_at, ends_at=given.ends_at)
    return Status(201, tenure_out(done, request.actor))


@tenures.post("/{id}/verbs/end", response=TenureOut, summary="The holder leaves the post")
def end_tenure(request: ActorRequest, id: UUID, given: EndIn) -> Any:  # noqa: A002
    row = rows.one(Tenure, request.actor, id)
    done = acts.end_tenure(row, actor=request.actor, expected=given.expected, ends_at=given.ends_at)
    return tenure_out(done, request.actor)
