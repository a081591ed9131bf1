"""People, for the settings screen."""

from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema, Status

from chengyun.accounts.actions import people as acts
from chengyun.accounts.api.schemas import Name, Paged, Reason, RecordVerbOut, Ref, paged, ref
from chengyun.accounts.models import Department, Person
from chengyun.accounts.personal import personal
from chengyun.accounts.queries import rows
from chengyun.accounts.rules.masking import mask_email, mask_phone
from chengyun.kernel.access import may
from chengyun.kernel.actor import Actor
from chengyun.kernel.api.shapes import Expected
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.paging import page

router = Router()


class PersonOut(Schema):
    id: UUID
    version: int
    login: str
    name: str
    title: str
    phone: str
    email: str
    department: Ref | None
    is_active: bool
    must_change_password: bool
    verbs: list[RecordVerbOut]


class PersonIn(Schema):
    town: str | None = Field(None, description="Code of the town; empty: of the district above")
    login: str = Field(pattern=r"^[A-Za-z0-9_.@\-]{2,60}$")
    name: Name
    password: str = Field("", max_length=200, description="Empty: only the identity provider lets in")
    title: str = Field("", max_length=60)
    phone: str = Field("", max_length=30)
    email: str = Field("", max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$")
    department: UUID | None = None


class PersonPatch(Expected):
    name: Name | None = None
    title: str | None = Field(None, max_length=60)
    phone: str | None = Field(None, max_length=30)
    email: str | None = Field(None, max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$")
    department: UUID | None = None


class PasswordIn(Expected):
    password: str = Field(min_length=1, max_length=200)


class ReasonIn(Schema):
    reason: Reason


def shown(person: Person, actor: Actor) -> dict[str, Any]:
    """A person as the list has it: contacts masked."""
    return {
        "id": person.uuid,
        "version": person.version,
        "login": person.login,
        "name": person.name,
        "title": person.title,
        "phone": mask_phone(person.phone),
        "email": mask_email(person.email) if person.email else "",
        "department": ref(person.department),
        "is_active": person.is_active,
        "must_change_password": person.must_change_password,
        "verbs": _verbs(person, actor),
    }


def _verbs(person: Person, actor: Actor) -> list[dict[str, Any]]:
    verbs: list[dict[str, Any]] = []
    if may(actor, "accounts.manage", person):
        verbs = [{"name": "change"}, {"name": "password", "needs": ["password"]}, {"name": "reset_second_factor"}]
        verbs.append({"name": "close" if person.is_active else "open"})
    if may(actor, "accounts.personal", person):
        verbs.append({"name": "reveal", "needs": ["reason"]})
    return verbs


@router.get("", response=Paged[PersonOut], summary="People")
def listed(
    request: ActorRequest, q: str = "", department: UUID | None = None, active: bool | None = None,
    cursor: str | None = None, limit: int = 50,
) -> Any:  # fmt: skip
    found = rows.people(request.actor, q=q, department=department, active=active)
    return paged(page(found, ("login",), cursor, limit), lambda person: shown(person, request.actor))


@router.post("", response={201: PersonOut}, summary="Add a person")
def add(request: ActorRequest, given: PersonIn) -> Any:
    more = given.dict(include={"title", "phone", "email"})
    more["department"] = rows.optional(Department, request.actor, given.department)
    person = acts.add_person(
        rows.town_id(given.town), actor=request.actor, login=given.login, name=given.name, password=given.password,
        more=more,
    )  # fmt: skip
    return Status(201, shown(person, request.actor))


@router.get("/{id}", response=PersonOut, summary="A person")
def detail(request: ActorRequest, id: UUID) -> Any:  # noqa: A002 - the name in the address
    return shown(rows.one(Person, request.actor, id), request.actor)


@router.patch("/{id}", response=PersonOut, summary="Change a person")
def change(request: ActorRequest, id: UUID, given: PersonPatch) -> Any:  # noqa: A002
    person = rows.one(Person, request.actor, id)
    values = given.dict(exclude_unset=True, exclude={"expected"})
    if "department" in values:
        values["department"] = rows.optional(Department, request.actor, values["department"])
    return shown(acts.change_person(person, actor=request.actor, expected=given.expected, values=values), request.actor)


@router.post("/{id}/verbs/close", response=PersonOut, summary="Close a person's account")
def close(request: ActorRequest, id: UUID, given: Expected) -> Any:  # noqa: A002
    person = rows.one(Person, request.actor, id)
    return shown(acts.close_person(person, actor=request.actor, expected=given.expected), request.actor)


@router.post("/{id}/verbs/open", response=PersonOut, summary="Open a closed account again")
def reopen(request: ActorRequest, id: UUID, given: Expected) -> Any:  # noqa: A002
    person = rows.one(Person, request.actor, id)
    return shown(acts.open_person(person, actor=request.actor, expected=given.expected), request.actor)


@router.post("/{id}/verbs/password", response=PersonOut, summary="Give a person a new first password")
def password(request: ActorRequest, id: UUID, given: PasswordIn) -> Any:  # noqa: A002
    person = rows.one(Person, request.actor, id)
    done = acts.give_password(person, actor=request.actor, expected=given.expected, password=given.password)
    return shown(done, request.actor)


@router.post("/{id}/verbs/reset_second_factor", response=PersonOut, summary="Remove a lost second factor")
def reset_second_factor(request: ActorRequest, id: UUID, given: Expected) -> Any:  # noqa: A002
    person = rows.one(Person, request.actor, id)
    return shown(acts.reset_second_factor(person, actor=request.actor, expected=given.expected), request.actor)


@router.post("/{id}/verbs/reveal", response=dict[str, str], summary="See a person's contacts unmasked; it is logged")
def reveal(request: ActorRequest, id: UUID, given: ReasonIn) -> Any:  # noqa: A002
    person = rows.one(Person, request.actor, id)
    texts = {"phone": person.phone, "email": person.email}
    return personal(request.actor, person, texts, permission="accounts.personal", reason=given.reason)
