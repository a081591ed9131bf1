"""Checks of the database: that it is there, migrated, and set as the platform needs it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from chengyun.kernel.checks import Finding, check, good, wrong

OLDEST_SQLITE = (3, 37, 0)
OLDEST_POSTGRES = 150000


@check("database.reachable", zh="数据库", en="Database", quick=True)
def reachable() -> Iterator[Finding]:
    if not _made():
        yield wrong("还没有：先运行 chengyun init", "there is none yet: run `chengyun init` first")
        return
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        said = str(error).strip().splitlines()[0]
        yield wrong(f"打不开：{said}（文件损坏时请用备份恢复）", f"cannot be opened: {said} (restore a damaged file)")
        return
    yield from _version()


def is_current() -> bool:
    """Whether there is a database with the tables of this version."""
    try:
        return _made() and not _waiting()
    except DatabaseError:
        return False


def _waiting() -> int:
    """How many steps of migration wait."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _made() -> bool:
    """Whether there is a database to look at: asking SQLite would make an empty one."""
    return connection.vendor != "sqlite" or Path(str(settings.DATABASES["default"]["NAME"])).exists()


def _opens() -> bool:
    """Whether it can be asked at all; what keeps it from that is said by `reachable`."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return True


def _version() -> Iterator[Finding]:
    if connection.vendor == "sqlite":
        words, old = f"SQLite {sqlite3.sqlite_version}", sqlite3.sqlite_version_info < OLDEST_SQLITE
    else:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            number = int(cursor.fetchone()[0])
        words, old = f"PostgreSQL {number // 10000}.{number % 10000}", number < OLDEST_POSTGRES
    if old:
        yield wrong(
            f"{words} 过旧：需要 SQLite 3.37 或 PostgreSQL 15 以上", f"{words} is too old: SQLite 3.37 or PostgreSQL 15"
        )
    else:
        yield good(words, words)


@check("database.migrated", zh="数据库结构", en="Database structure", quick=True)
def migrated() -> Iterator[Finding]:
    if not _made() or not _opens():
        return
    waiting = _waiting()
    if waiting:
        yield wrong(
            f"有 {waiting} 个升级步骤未执行：运行 chengyun init",
            f"{waiting} migrations wait: run `chengyun init`",
        )
    else:
        yield good("与程序一致", "as this version needs it")


@check("database.journal_mode", zh="SQLite 写前日志", en="SQLite's write-ahead log")
def wal() -> Iterator[Finding]:
    if connection.vendor != "sqlite" or not _made() or not _opens():
        return
    with connection.cursor() as cursor:
        modes = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
        damage = [row[0] for row in cursor.execute("PRAGMA quick_check(5)").fetchall() if row[0] != "ok"]
    if modes["journal_mode"] != "wal" or modes["synchronous"] != 2:
        yield wrong(
            f"设置不对：{modes}（应为 WAL 与 FULL，检查文件系统）",
            f"set as {modes}, should be WAL and FULL: look at the file system",
        )
    if damage:
        yield wrong(
            f"数据库文件损坏：{damage[0]}（请用备份恢复）", f"the file is damaged: {damage[0]} (restore a backup)"
        )
    if not damage and modes["journal_mode"] == "wal":
        yield good("WAL，完整", "WAL, sound")
