"""What goes over the wire."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime, StringConstraints

from chengyun.accounts.queries.me import Me
from chengyun.kernel.paging import Page

T = TypeVar("T")
Code = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9_.\-]{1,40}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
# With its time zone, and where every zone still has the year.
Moment = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), le=datetime(2200, 1, 1, tzinfo=UTC))]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]


class LoginIn(Schema):
    login: str = Field(min_length=1, max_length=60)
    password: str = Field(min_length=1, max_length=200)
    code: str = Field("", max_length=20)


class CodeIn(Schema):
    code: str = Field(min_length=1, max_length=20)


class CsrfOut(Schema):
    csrf: str


class DemoLogin(Schema):
    role: str
    title: str
    login: str
    password: str


class EntrancesOut(Schema):
    password: bool
    oidc: dict[str, str] | None
    demo: bool
    demo_logins: list[DemoLogin]


class Ref(Schema):
    id: UUID
    name: str


class Coded(Schema):
    code: str
    name: str


class SelfOut(Schema):
    id: UUID
    name: str
    login: str
    title: str
    language: str
    department: Ref | None
    must_change_password: bool
    second_factor: bool


class MeOut(Schema):
    person: SelfOut
    roles: list[str]
    permissions: list[str]
    grants: list[dict[str, Any]]
    posts: list[Ref]
    home: str | None
    town: Coded | None
    live_url: str
    csrf: str
    demo: bool
    now: datetime


class RecordVerbOut(Schema):
    """An act that the person may do now; `needs` are the names of what must be given."""

    name: str
    needs: list[str] = []
    approval: str | None = None
    offline: bool = False


class Paged(Schema, Generic[T]):
    """One page: `next` is the cursor of the page after it; `more` says that there are others beyond `total`."""

    items: list[T]
    next: str | None
    total: int
    more: bool


def paged(page: Page[Any], item: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """A page with each row as the wire has it."""
    return {"items": [item(row) for row in page.items], "next": page.next, "total": page.total, "more": page.more}


def ref(row: Any, label: str = "name") -> dict[str, Any] | None:
    """A thing by id and name."""
    return None if row is None else {"id": row.uuid, "name": getattr(row, label)}


def self_of(me: Me) -> dict[str, Any]:
    """The person of a Me."""
    person = me.person
    return {
        "id": person.uuid,
        "name": person.name,
        "login": person.login,
        "title": person.title,
        "language": person.language,
        "department": ref(person.department),
        "must_change_password": person.must_change_password,
        "second_factor": me.second_factor,
    }
