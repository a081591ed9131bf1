"""Watching, ending and repeating jobs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from chengyun.kernel.api.shapes import Expected, PageOut, actor_of
from chengyun.kernel.jobs import actions, queries
from chengyun.kernel.jobs.models import Job
from chengyun.kernel.paging import page

router = Router(tags=["kernel: jobs"])


class JobOut(Schema):
    """A job; `done` of `total` (unknown: null), and in `words` what it is at."""

    id: UUID = Field(alias="uuid")
    version: int
    kind: str
    state: str
    done: int
    total: int | None
    words: str
    error: str
    result: dict[str, Any]
    attempts: int
    cancel_asked: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class JobFilter(Schema):
    """Which jobs."""

    state: str | None = Field(None, max_length=9)
    kind: str | None = Field(None, max_length=60)
    cursor: str | None = None
    limit: int = Field(50, ge=1, le=200)


@router.get("", response=PageOut[JobOut])
def jobs(request: HttpRequest, wanted: Query[JobFilter]) -> Any:
    """The jobs that you started, and all of them if you see to the installation; newest first."""
    narrowed = wanted.dict(include={"state", "kind"}, exclude_none=True)
    return page(queries.jobs(actor_of(request)).filter(**narrowed), ["-id"], wanted.cursor, wanted.limit)


@router.get("/{uuid}", response=JobOut)
def job(request: HttpRequest, uuid: UUID) -> Job:
    """One job."""
    return queries.job(actor_of(request), uuid)


@router.post("/{uuid}/cancel", response=JobOut)
def cancel(request: HttpRequest, uuid: UUID) -> Job:
    """End it: at once while it waits, at its next sign of progress while it runs."""
    actor = actor_of(request)
    return actions.cancel(queries.job(actor, uuid), actor=actor)


@router.post("/{uuid}/retry", response=JobOut)
def retry(request: HttpRequest, uuid: UUID, body: Expected) -> Job:
    """Queue a failed or cancelled job again; it goes on where it was left."""
    actor = actor_of(request)
    return actions.retry(queries.job(actor, uuid), actor=actor, expected=body.expected)
