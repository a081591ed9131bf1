"""Canonical bytes and hashes of the journal. Pure: no table is read here."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

GENESIS = b"\0" * 32


def canonical(facts: Mapping[str, Any]) -> bytes:
    """Facts as the bytes that are stored and hashed: UTF-8 JSON, keys sorted, no spaces."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


class Head(NamedTuple):
    """What an entry's hash covers beside its facts: every column of its row but the position, which comes later."""

    stream: str
    number: int
    event: str
    actor_kind: str
    actor_id: str
    happened_at: datetime
    recorded_at: datetime
    town_id: int | None
    area_ids: Sequence[int]
    department_ids: Sequence[int]
    people_ids: Sequence[str]
    version: int
    historic: bool

    def encoded(self) -> bytes:
        """The bytes that are hashed: UTF-8 text, parts separated by U+001F, ids of a list by commas."""
        return "\x1f".join((
            self.stream, str(self.number), self.event, self.actor_kind, self.actor_id, _moment(self.happened_at),
            _moment(self.recorded_at), "" if self.town_id is None else str(self.town_id),
            ",".join(map(str, self.area_ids)), ",".join(map(str, self.department_ids)), ",".join(self.people_ids),
            str(self.version), "historic" if self.historic else "live",
        )).encode()  # fmt: skip


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def entry_hash(previous: bytes, head: Head, facts: bytes) -> bytes:
    """SHA-256 over an entry and the hash of the entry before it of the same subject."""
    return hashlib.sha256(previous + head.encoded() + b"\x1e" + facts).digest()


def seal_hash(previous: bytes, entries: Iterable[tuple[int, bytes]]) -> bytes:
    """SHA-256 over (position, hash) of every entry of a batch and the seal before it."""
    digest = hashlib.sha256(previous)
    for position, value in entries:
        digest.update(position.to_bytes(8, "big"))
        digest.update(value)
    return digest.digest()


def private_digest(salt: bytes, text: str) -> str:
    """The salted digest by which facts refer to a private text; without the salt nobody can test a guess."""
    return hashlib.sha256(salt + text.encode()).hexdigest()
