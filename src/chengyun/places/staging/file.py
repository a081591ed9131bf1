"""The staging file: a small SQLite database beside the installation's, so that checking holds no lock of the town's."""

import dataclasses
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from chengyun.places.right import code_of, params_of, right

_TABLES = """
CREATE TABLE IF NOT EXISTS staged (
  seq INTEGER PRIMARY KEY, layer TEXT, key TEXT, digest BLOB, geometry BLOB, body TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS staged_key ON staged (layer, key);
CREATE TABLE IF NOT EXISTS problem (
  layer TEXT, place TEXT, field TEXT, value TEXT, expected TEXT, code TEXT, params TEXT
);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT);
"""
_FLUSH = 2000
ONCE = right("once", "an id that stands once in the file")


@dataclasses.dataclass(frozen=True)
class Problem:
    """A row that was left out: where it stands in the file, which field, what it said, and what would be right.

    `expected` says it in English; `code` and `params` are for the words of another language.
    """

    layer: str
    place: str
    field: str
    value: str
    expected: str
    code: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def problem(layer: str, place: str, name: str, value: Any, expected: str) -> Problem:
    """What is wrong with one field of a row."""
    return Problem(layer, place, name, str(value)[:200], str(expected), code_of(expected), params_of(expected))


@dataclasses.dataclass(frozen=True, slots=True)
class Staged:
    """A row that may be applied. `geometry` is WKB or None; `digest` tells a change from a repetition."""

    seq: int
    key: str
    digest: bytes
    geometry: bytes | None
    body: dict[str, Any]


@dataclasses.dataclass
class Staging:
    """Open with `create` to fill it anew, without to read it. Close when done."""

    path: Path
    create: bool = False
    _pending: list[tuple[str, str, bytes, bytes | None, str]] = dataclasses.field(default_factory=list)
    _problems: list[tuple[str, ...]] = dataclasses.field(default_factory=list)
    _seen: dict[str, set[str]] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.create:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.unlink(missing_ok=True)
        elif not self.path.exists():
            raise FileNotFoundError(f"{self.path}: the staging file is gone; import the file again")
        self._db = sqlite3.connect(self.path, check_same_thread=False)
        if self.create:
            self._db.execute("PRAGMA synchronous=OFF")
            self._db.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is pending and let go of the file."""
        self.flush()
        self._db.close()

    def add(self, layer: str, key: str, geometry: bytes | None, body: dict[str, Any], place: str = "") -> None:
        """Keep a row. A key that came before in its layer is a problem, not a row."""
        seen = self._seen.setdefault(layer, set())
        if key in seen:
            self.complain(problem(layer, place or key, "key", key, ONCE))
            return
        seen.add(key)
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = blake2b(text.encode(), digest_size=16)
        digest.update(geometry or b"")
        self._pending.append((layer, key, digest.digest(), geometry, text))
        if len(self._pending) >= _FLUSH:
            self.flush()

    def complain(self, problem: Problem) -> None:
        """Keep a problem for the report."""
        said = (problem.layer, problem.place, problem.field, problem.value, problem.expected, problem.code)
        self._problems.append((*said, json.dumps(dict(problem.params), ensure_ascii=False)))

    def flush(self) -> None:
        """Write what is pending."""
        with self._db:
            self._db.executemany(
                "INSERT INTO staged (layer, key, digest, geometry, body) VALUES (?, ?, ?, ?, ?)", self._pending
            )
            self._db.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)", self._problems)
        self._pending.clear()
        self._problems.clear()

    def set_meta(self, name: str, value: Any) -> None:
        """Remember a plain value beside the rows."""
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, json.dumps(value, ensure_ascii=False)))

    def meta(self, name: str, default: Any = None) -> Any:
        """A value that was remembered."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else default

    def counts(self) -> dict[str, int]:
        """Rows by layer."""
        return dict(self._db.execute("SELECT layer, count(*) FROM staged GROUP BY layer").fetchall())

    def bad_counts(self) -> dict[str, int]:
        """Rows left out, by layer."""
        return dict(self._db.execute("SELECT layer, count(DISTINCT place) FROM problem GROUP BY layer").fetchall())

    def problems(self, limit: int = 200) -> list[Problem]:
        """The first problems, in the order of the file."""
        rows = self._db.execute("SELECT * FROM problem ORDER BY rowid LIMIT ?", (limit,))
        return [dataclasses.replace(Problem(*row[:6]), params=json.loads(row[6])) for row in rows]

    def rows(self, layer: str, after: int, limit: int) -> list[Staged]:
        """The next rows of a layer after a sequence number."""
        with closing(self._db.cursor()) as cursor:
            cursor.execute(
                "SELECT seq, key, digest, geometry, body FROM staged WHERE layer = ? AND seq > ? ORDER BY seq LIMIT ?",
                (layer, after, limit),
            )
            return [Staged(s, k, d, g, json.loads(b)) for s, k, d, g, b in cursor.fetchall()]

    def all_rows(self, layer: str, chunk: int = 2000) -> Iterator[Staged]:
        """Every row of a layer, in order."""
        after = 0
        while rows := self.rows(layer, after, chunk):
            yield from rows
            after = rows[-1].seq

    def lacks(self, layer: str, keys: list[str]) -> set[str]:
        """Which of the keys the file does not have."""
        found: set[str] = set()
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            marks = ",".join("?" * len(part))
            rows = self._db.execute(f"SELECT key FROM staged WHERE layer = ? AND key IN ({marks})", (layer, *part))  # noqa: S608 (marks only)
            found |= {row[0] for row in rows}
        return set(keys) - found
