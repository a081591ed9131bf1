"""Reading the journal of one subject: what the screen shows as its timeline."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chengyun.kernel.events import EntryView
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.journal.record import private_texts, stream_of
from chengyun.kernel.models.bases import Subject

Mask = Callable[[str, str], str | None]


@dataclass(frozen=True)
class Moment:
    """One line of a timeline; `texts` are private texts by purpose, already masked for the reader."""

    number: int
    event: str
    actor_kind: str
    actor_id: str
    happened_at: datetime
    recorded_at: datetime
    facts: Mapping[str, Any]
    texts: Mapping[str, str | None]


def timeline(subject: Subject, mask: Mask) -> list[Moment]:
    """Everything that happened to `subject`, oldest first; two queries. `mask(purpose, text)` says what is shown."""
    entries = list(Entry.objects.filter(stream=stream_of(subject)).order_by("number"))
    read = [json.loads(bytes(entry.facts)) for entry in entries]
    texts = private_texts(p["id"] for facts in read for p in facts.get("private", {}).values())
    return [_moment(entry, facts, texts, mask) for entry, facts in zip(entries, read, strict=True)]


def _moment(entry: Entry, facts: dict[str, Any], texts: Mapping[str, str | None], mask: Mask) -> Moment:
    said = facts.pop("private", {})
    shown = {
        purpose: mask(purpose, text) if (text := texts.get(p["id"])) is not None else None
        for purpose, p in said.items()
    }
    return Moment(
        entry.number, entry.event, entry.actor_kind, entry.actor_id, entry.happened_at, entry.recorded_at, facts, shown
    )


def view_of(entry: Entry) -> EntryView:
    """An entry as listeners see it; it must have its position."""
    if entry.position is None:
        raise ValueError("an entry without a position is not delivered")
    return EntryView(
        position=entry.position,
        event=entry.event,
        kind=entry.kind,
        subject=entry.subject,
        number=entry.number,
        actor_kind=entry.actor_kind,
        actor_id=entry.actor_id,
        town=entry.town_id,
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        facts=json.loads(bytes(entry.facts)),
    )
