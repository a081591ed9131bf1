"""A backup is an installation: taken from a busy one, unpacked elsewhere, it is what it was."""

import os
import sqlite3
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from chengyun.config.backup import backup
from chengyun.kernel.env import Env
from config.test_serving import CHENGYUN


def call(data: Path, *arguments: str, url: str = "") -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("CHENGYUN_")}
    if url:
        environ["CHENGYUN_DATABASE_URL"] = url
    command = [*CHENGYUN, "--data", str(data), "--lang", "en", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def test_a_database_that_is_written_all_the_time_is_copied_as_it_was_at_one_moment(tmp_path: Path) -> None:
    data, copy, over = tmp_path / "town", tmp_path / "copy", threading.Event()
    data.mkdir()
    with closing(sqlite3.connect(data / "chengyun.sqlite3")) as database:
        database.executescript("PRAGMA journal_mode=WAL; CREATE TABLE pair (a INTEGER, b INTEGER, more BLOB)")
        database.executemany("INSERT INTO pair VALUES (?, ?, randomblob(1000))", [(n, n) for n in range(40_000)])
        database.commit()

    def write() -> None:
        with closing(sqlite3.connect(data / "chengyun.sqlite3", timeout=20)) as writer:
            while not over.is_set():
                with writer:
                    writer.execute("UPDATE pair SET a = a + 1 WHERE rowid % 100 = 0")
                    writer.execute("UPDATE pair SET b = b + 1 WHERE rowid % 100 = 0")

    thread = threading.Thread(target=write)
    thread.start()
    try:
        backup(replace(Env(), data=data), tmp_path / "town.tar.gz")
    finally:
        over.set()
        thread.join()
    with tarfile.open(tmp_path / "town.tar.gz") as packed:
        packed.extractall(copy, filter="data")
    with closing(sqlite3.connect(copy / "chengyun.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*), sum(a != b) FROM pair").fetchone() == (40_000, 0)


@pytest.fixture
def databases() -> Iterator[tuple[str, str]]:
    """Two empty databases on the PostgreSQL of this run."""
    server = os.environ["CHENGYUN_DATABASE_URL"].rpartition("/")[0]
    names = [f"chengyun_{word}_{os.getpid()}" for word in ("kept", "restored")]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
        yield f"{server}/{names[0]}", f"{server}/{names[1]}"
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
def test_a_dump_is_restored_into_an_empty_database(databases: tuple[str, str], tmp_path: Path) -> None:
    kept, restored = databases
    data, again = tmp_path / "town", tmp_path / "again"
    assert call(data, "init", "--admin", "head", url=kept).returncode == 0
    done = call(data, "backup", str(tmp_path / "town.tar.gz"), url=kept)
    assert done.returncode == 0, done.stderr
    with tarfile.open(tmp_path / "town.tar.gz") as packed:
        packed.extractall(again, filter="data")
    subprocess.run(["pg_restore", "--no-owner", f"--dbname={restored}", str(again / "chengyun.dump")], check=True)
    assert call(again, "doctor", "--only", "data", "--only", "database", url=restored).returncode == 0
    assert "sound" in call(again, "journal", "verify", url=restored).stdout
    assert "taken" in call(again, "user", "add", "head", "--role", "operator", url=restored).stderr
    assert (again / "secret.key").read_text() == (data / "secret.key").read_text()
