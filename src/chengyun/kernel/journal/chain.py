"""Canonical bytes and hashes of the journal. Pure: no table is read here."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

GENESIS = b"\0" * 32


def canonical(facts: Mapping[str, Any]) -> bytes:
    """Facts as the bytes that are stored and hashed: UTF-8 JSON, keys sorted, no spaces."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def entry_hash(
    previous: bytes, stream: str, number: int, event: str, actor: tuple[str, str], happened_at: datetime, facts: bytes
) -> bytes:
    """SHA-256 over an entry and the hash of the entry before it of the same subject."""
    moment = happened_at.astimezone(UTC).isoformat(timespec="microseconds")
    head = "\x1f".join((stream, str(number), event, *actor, moment)).encode()
    return hashlib.sha256(previous + head + b"\x1e" + facts).digest()


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
