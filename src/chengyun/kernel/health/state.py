"""How the installation is, in numbers: for /health, the settings screen, doctor and the metrics."""

import shutil
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min

from chengyun.kernel.clock import now
from chengyun.kernel.delivery.feed import lag
from chengyun.kernel.delivery.models import Parcel
from chengyun.kernel.jobs.lease import held_now
from chengyun.kernel.jobs.models import Job
from chengyun.kernel.journal.models import Entry

Ask = Callable[[], dict[str, Any]]
_asked: dict[str, Ask] = {}
_migrated: list[bool] = []


def register_health(name: str, ask: Ask) -> None:
    """Let a room add to the state: `ask()` gives plain numbers and flags, in one or two quick queries."""
    _asked[name] = ask


def state() -> dict[str, Any]:
    """Everything, by name. `ready` says whether people can work; a part that cannot be asked has an "error"."""
    parts = {name: _answer(ask) for name, ask in ({"database": _database} | _OWN | _asked).items()}
    ready = bool(parts["database"].get("migrated"))
    return {"live": True, "ready": ready, "parts": parts}


def _answer(ask: Ask) -> dict[str, Any]:
    try:
        return ask()
    except (DatabaseError, OSError) as error:
        return {"error": type(error).__name__}


def _database() -> dict[str, Any]:
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    took = time.perf_counter() - begun
    return {"vendor": connection.vendor, "milliseconds": round(took * 1000, 2), "migrated": _is_migrated()}


def _is_migrated() -> bool:
    """Whether the tables are those of this version; once they are, it is not asked again."""
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.append(True)
    return True


def _journal() -> dict[str, Any]:
    waiting = Entry.objects.filter(position=None).aggregate(count=Count("id"), oldest=Min("recorded_at"))
    age = (now() - waiting["oldest"]).total_seconds() if waiting["oldest"] else 0.0
    return {"without_position": waiting["count"], "oldest_seconds": round(age, 1), "lag": lag()}


def _worker() -> dict[str, Any]:
    return {"alive": held_now("delivery")}


def _jobs() -> dict[str, Any]:
    rows = Job.objects.as_system("numbers of the installation").values("state").annotate(count=Count("id"))
    counts = {row["state"]: row["count"] for row in rows}
    return {name: counts.get(name, 0) for name in ("queued", "running", "failed")}


def _deliveries() -> dict[str, Any]:
    rows = Parcel.objects.as_system("numbers of the installation").values("state").annotate(count=Count("id"))
    counts = {row["state"]: row["count"] for row in rows}
    return {name: counts.get(name, 0) for name in ("waiting", "dead")}


def _disk() -> dict[str, Any]:
    usage = shutil.disk_usage(settings.ENV.data)
    return {"free_bytes": usage.free, "free_share": round(usage.free / usage.total, 4)}


_OWN: dict[str, Ask] = {
    "worker": _worker,
    "journal": _journal,
    "jobs": _jobs,
    "deliveries": _deliveries,
    "disk": _disk,
}
