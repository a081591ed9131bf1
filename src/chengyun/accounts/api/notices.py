"""One's own notices, and who looked at personal data."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema

from chengyun.accounts.api.login import person_of
from chengyun.accounts.api.schemas import Paged, paged
from chengyun.accounts.authentication import SessionLogin
from chengyun.accounts.models import Look, Notice
from chengyun.accounts.notices import notices_of, tick
from chengyun.accounts.queries import rows
from chengyun.accounts.queries.looks import names_of
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.paging import page

notices, looks = Router(auth=SessionLogin()), Router()


class NoticeOut(Schema):
    id: UUID
    event: str
    kind: str
    subject: UUID
    level: str
    params: dict[str, Any]
    at: datetime
    read_at: datetime | None


class CountOut(Schema):
    unread: int
    urgent: int


class TickIn(Schema):
    ids: list[UUID] | None = Field(None, max_length=500, description="None: all")


class LookOut(Schema):
    id: UUID
    at: datetime
    who: str
    who_kind: str
    kind: str
    subject: UUID
    fields: list[str]
    reason: str


def notice_out(row: Notice) -> dict[str, Any]:
    names = ("event", "kind", "subject", "level", "params", "at", "read_at")
    return {name: getattr(row, name) for name in names} | {"id": row.uuid}


def look_out(row: Look, names: dict[str, str]) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("who_kind", "kind", "subject", "fields", "reason")}
    return plain | {"id": row.uuid, "at": row.created_at, "who": names.get(row.who, row.who)}


@notices.get("", response=Paged[NoticeOut], summary="My notices, newest first")
def listed(request: ActorRequest, unread: bool = False, cursor: str | None = None, limit: int = 30) -> Any:
    return paged(page(notices_of(person_of(request), unread=unread), ("-id",), cursor, limit), notice_out)


@notices.get("/count", response=CountOut, summary="How many of my notices are unread")
def count(request: ActorRequest) -> Any:
    mine = notices_of(person_of(request), unread=True)
    return {"unread": mine.count(), "urgent": mine.filter(level="urgent").count()}


@notices.post("/read", response=CountOut, summary="Tick off my notices")
def read(request: ActorRequest, given: TickIn) -> Any:
    tick(person_of(request), given.ids)
    return count(request)


@looks.get("", response=Paged[LookOut], summary="Who looked at personal data, at whose, and why")
def list_looks(
    request: ActorRequest, kind: str = "", subject: UUID | None = None, who: UUID | None = None,
    cursor: str | None = None,
) -> Any:  # fmt: skip
    found = rows.rows(Look, request.actor).filter(kind__startswith=kind)
    found = found.filter(subject=subject) if subject else found
    found = found.filter(who=str(who)) if who else found
    chosen = page(found, ("-id",), cursor, 50)
    names = names_of(chosen.items)
    return paged(chosen, lambda row: look_out(row, names))
