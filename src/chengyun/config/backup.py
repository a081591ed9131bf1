"""A backup of a whole installation as one .tar.gz, taken while it runs: restored by unpacking it as a data folder."""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from chengyun.kernel.env import DATABASE, Env
from chengyun.kernel.refusal import Invalid, Unsupported

LEFT_OUT = {"logs", "kernels", "reach", DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"}


@dataclass(frozen=True)
class Backup:
    """How many files a backup holds, and its size in bytes."""

    files: int
    size: int


def backup(env: Env, target: Path) -> Backup:
    """Write `target`, complete or not at all. Files only ever grow in number, so the database is copied first."""
    if target.exists():
        raise Invalid("kernel.backup_exists", f"{target} is there already: name a new file", field="target")
    with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".backup-") as folder:
        copy = _database(env, Path(folder))
        part = Path(folder) / "part.tar.gz"
        with tarfile.open(part, "w:gz", compresslevel=5) as archive:
            archive.add(copy, copy.name)
            for item in sorted(env.data.iterdir()):
                if item.name not in LEFT_OUT and not item.name.startswith("."):
                    archive.add(item, item.name)
            count = len(archive.getmembers())
        os.chmod(part, 0o600)  # noqa: PTH101 (the archive holds the secret key)
        os.replace(part, target)  # noqa: PTH105 (atomic on the same file system)
    return Backup(count, target.stat().st_size)


def _database(env: Env, folder: Path) -> Path:
    """A consistent copy of the database: SQLite's own online backup, or PostgreSQL's dump."""
    if not env.database_url:
        copy = folder / DATABASE
        source, target = sqlite3.connect(env.data / DATABASE), sqlite3.connect(copy)
        try:
            source.backup(target)  # in one step: in several, each write of a busy town would begin it anew
        finally:
            source.close()
            target.close()
        return copy
    if shutil.which("pg_dump") is None:
        raise Unsupported("kernel.no_pg_dump", "pg_dump is not on the PATH: install PostgreSQL's client programs")
    copy = folder / "chengyun.dump"
    address, password = _without_password(env.database_url)
    done = subprocess.run(
        ["pg_dump", "--format=custom", "--no-owner", f"--file={copy}", f"--dbname={address}"],
        env={**os.environ, "PGPASSWORD": password}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Invalid("kernel.dump_failed", f"pg_dump failed: {done.stderr.strip().splitlines()[-1]}")
    return copy


def _without_password(url: str) -> tuple[str, str]:
    """The address for a command line, which every user of the machine may read, and the password apart."""
    parts = urlsplit(url)
    who, _, where = parts.netloc.rpartition("@")
    name = who.partition(":")[0]
    return parts._replace(netloc=f"{name}@{where}" if name else where).geturl(), unquote(parts.password or "")
