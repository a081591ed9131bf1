"""Writing the journal: one entry from an action, many from a bulk history."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from chengyun.kernel.access import Where
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.events import facts_of, name_of
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.journal.chain import GENESIS, Head, canonical, entry_hash, private_digest
from chengyun.kernel.journal.models import Entry, Private
from chengyun.kernel.models.bases import Subject
from chengyun.kernel.rows import insert_rows

_history: ContextVar[bool] = ContextVar("chengyun_history", default=False)


@contextmanager
def as_history() -> Iterator[None]:
    """Inside, what actions record is history: sealed like all else, and told to nobody. For rebuilding a past."""
    token = _history.set(True)
    try:
        yield
    finally:
        _history.reset(token)


def stream_of(subject: Subject) -> str:
    """The stream of a subject."""
    return f"{subject.subject_kind}:{subject.uuid}"


def record(
    happened: Any,
    subject: Subject,
    actor: Actor,
    *,
    happened_at: datetime | None = None,
    private: Mapping[str, str] | None = None,
) -> Entry:
    """Append what happened to `subject`, in the caller's transaction and under the lock that it holds.

    `private` texts by purpose ("note", "reason") are kept apart; the facts get their ids and salted digests under
    "private". `happened_at` is when it happened out there, if not now.
    """
    stream, moment = stream_of(subject), now()
    last = Entry.objects.filter(stream=stream).order_by("-number").only("number", "hash").first()
    facts = facts_of(happened)
    if private:
        facts["private"] = keep_private(stream, private, moment)
    entry = build(
        Record(happened, stream, subject.where(), actor, happened_at or moment, moment, version=subject.version),
        facts,
        number=last.number + 1 if last else 1,
        previous=bytes(last.hash) if last else GENESIS,
    )
    entry.save(force_insert=True)
    return entry


def keep_private(stream: str, texts: Mapping[str, str], moment: datetime) -> dict[str, dict[str, str]]:
    """Store private texts; returns what the facts say of them: purpose → id and digest."""
    rows, said = [], {}
    for purpose, text in texts.items():
        if text:
            salt = os.urandom(16)
            row = Private(id=new_uuid(), stream=stream, purpose=purpose, text=text, salt=salt, created_at=moment)
            rows.append(row)
            said[purpose] = {"id": str(row.id), "digest": private_digest(salt, text)}
    Private.objects.bulk_create(rows)
    return said


@dataclass(frozen=True)
class Record:
    """One entry to be, of one stream."""

    happened: Any
    stream: str
    where: Where
    actor: Actor
    happened_at: datetime
    recorded_at: datetime
    version: int = 0
    private: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def build(it: Record, facts: Mapping[str, Any], *, number: int, previous: bytes) -> Entry:
    """The row of an entry, hashed, not saved."""
    body, head = canonical(facts), _head(it, number, historic=_history.get())
    return Entry(**head._asdict(), facts=body, previous=previous, hash=entry_hash(previous, head, body))


def _head(it: Record, number: int, *, historic: bool = False) -> Head:
    where = it.where
    return Head(
        it.stream, number, name_of(it.happened), it.actor.actor_kind, it.actor.actor_id, it.happened_at,
        it.recorded_at, where.town, sorted(where.areas), sorted(where.departments), sorted(where.people), it.version,
        historic,
    )  # fmt: skip


def record_many(records: Sequence[Record], batch: int = 2000) -> int:
    """Append a bulk history: fresh streams only, each stream's records in order. Returns how many.

    The entries are marked historic: they are sealed like all others, and no listener hears of them.
    """
    rows = historic_rows(records)
    for first in range(0, len(rows), batch):
        with transaction.atomic():  # outside of one, SQLite would force every single row to the disk
            insert_rows(Entry, HISTORIC_COLUMNS, rows[first : first + batch])
    return len(rows)


HISTORIC_COLUMNS = (*Head._fields, "facts", "previous", "hash")


def historic_rows(records: Iterable[Record]) -> list[tuple[Any, ...]]:
    """The entries of `record_many` as rows of HISTORIC_COLUMNS, chained and hashed. Touches no table."""
    ends: dict[str, tuple[int, bytes]] = {}
    rows = []
    for it in records:
        number, previous = ends.get(it.stream, (0, GENESIS))
        body = canonical(facts_of(it.happened) | ({"private": dict(it.private)} if it.private else {}))
        head = _head(it, number + 1, historic=True)
        digest = entry_hash(previous, head, body)
        rows.append((*head, body, previous, digest))
        ends[it.stream] = (number + 1, digest)
    return rows


def private_texts(ids: Iterable[str]) -> dict[str, str | None]:
    """Private texts by id; None where erased. Callers mask or log as their room demands."""
    wanted = [UUID(i) for i in ids]
    return {str(k): v for k, v in Private.objects.filter(id__in=wanted).values_list("id", "text")}


def erase_private(stream: str, purpose: str | None = None) -> int:
    """Erase the private texts of a stream (of one purpose); the chain stays valid. Returns how many."""
    rows = Private.objects.filter(stream=stream, erased_at=None)
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    return rows.update(text=None, salt=None, erased_at=now())
