"""The journal as an audit: who did what, when."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from chengyun.kernel.api.shapes import PageOut, actor_of
from chengyun.kernel.journal.audit import audit
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.paging import page

router = Router(tags=["kernel: journal"])


class EntryOut(Schema):
    """An entry. `facts` hold ids, codes and numbers; texts and personal data are not in the journal."""

    id: int
    position: int | None
    event: str
    kind: str
    subject: str
    number: int
    actor_kind: str
    actor_id: str
    happened_at: datetime
    recorded_at: datetime
    historic: bool
    facts: dict[str, Any]

    @staticmethod
    def resolve_facts(entry: Entry) -> dict[str, Any]:
        """Without the references to private texts: they are shown where they belong, masked."""
        return {key: value for key, value in json.loads(bytes(entry.facts)).items() if key != "private"}


class EntryFilter(Schema):
    """Which entries; `event` may end in a star."""

    event: str | None = Field(None, max_length=60)
    kind: str | None = Field(None, max_length=23, pattern="^[a-z_]+$")
    subject: UUID | None = None
    actor_kind: str | None = Field(None, max_length=10)
    actor_id: str | None = Field(None, max_length=60)
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


@router.get("", response=PageOut[EntryOut])
def journal(request: HttpRequest, wanted: Query[EntryFilter], cursor: str | None = None, limit: int = 50) -> Any:
    """What happened in the towns whose journal you may see, newest first."""
    return page(audit(actor_of(request), **wanted.dict(exclude_none=True)), ["-id"], cursor, limit)
