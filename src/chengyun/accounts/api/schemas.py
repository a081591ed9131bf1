"""What goes over the wire."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from chengyun.accounts.queries.me import Me


class LoginIn(Schema):
    login: str = Field(min_length=1, max_length=60)
    password: str = Field(min_length=1, max_length=200)
    code: str = Field("", max_length=20)


class CodeIn(Schema):
    code: str = Field(min_length=1, max_length=20)


class CsrfOut(Schema):
    csrf: str


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


def self_of(me: Me) -> dict[str, Any]:
    """The person of a Me."""
    person = me.person
    office = person.department
    return {
        "id": person.uuid,
        "name": person.name,
        "login": person.login,
        "title": person.title,
        "language": person.language,
        "department": {"id": office.uuid, "name": office.name} if office else None,
        "must_change_password": person.must_change_password,
        "second_factor": me.second_factor,
    }
