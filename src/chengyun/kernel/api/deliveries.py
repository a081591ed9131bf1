"""Deliveries that died: seen, replayed, given up."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from chengyun.kernel.api.shapes import Expected, PageOut, actor_of
from chengyun.kernel.delivery import actions, queries
from chengyun.kernel.delivery.models import Parcel
from chengyun.kernel.paging import page

router = Router(tags=["kernel: deliveries"])


class ParcelOut(Schema):
    """An entry that a listener could not take; `behind` later ones of the same subject wait for it."""

    id: UUID = Field(alias="uuid")
    version: int
    listener: str
    event: str
    position: int
    stream: str
    state: str
    attempts: int
    error: str
    next_at: datetime
    created_at: datetime
    behind: int


class Skip(Expected):
    """Why it is given up."""

    reason: str = Field(min_length=1, max_length=2000)


@router.get("", response=PageOut[ParcelOut])
def dead_letters(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> Any:
    """Deliveries that were given up by the machine and wait for a person, newest first."""
    return page(queries.dead(actor_of(request)), ["-id"], cursor, limit)


@router.post("/{uuid}/replay", response=ParcelOut)
def replay(request: HttpRequest, uuid: UUID, body: Expected) -> Parcel:
    """Try it again now."""
    actor = actor_of(request)
    done = actions.replay(queries.parcel(actor, uuid), actor=actor, expected=body.expected)
    return queries.parcel(actor, done.uuid)


@router.post("/{uuid}/skip", response=ParcelOut)
def skip(request: HttpRequest, uuid: UUID, body: Skip) -> Parcel:
    """Give it up, so that what waits behind it goes on."""
    actor = actor_of(request)
    done = actions.skip(queries.parcel(actor, uuid), actor=actor, reason=body.reason, expected=body.expected)
    return queries.parcel(actor, done.uuid)
