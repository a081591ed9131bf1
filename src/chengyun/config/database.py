"""The database that an address names, as Django wants it."""

import os
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import unquote, urlsplit

from chengyun.kernel.env import DATABASE, SettingError

SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536"
)


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's DATABASES entry. Raises SettingError on an address of another kind."""
    if not url:
        return sqlite(data / DATABASE)
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SettingError("CHENGYUN_DATABASE_URL", parts.scheme, "address")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"},
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite with a write-ahead log: immediate transactions, or two writers would fail at once instead of waiting."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": SQLITE_START},
        # A file, like the real one: threads of a test meet the locks that they would meet in a town. One for each run.
        "TEST": {"NAME": str(Path(gettempdir()) / f"chengyun-tests-{os.getpid()}.sqlite3")},
    }
