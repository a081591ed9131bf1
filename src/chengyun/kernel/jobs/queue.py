"""The queue: putting a job in, taking one out, and what becomes of it."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from chengyun.kernel.actor import Actor, System
from chengyun.kernel.clock import now
from chengyun.kernel.health.log import place_of
from chengyun.kernel.jobs.events import JobEnded
from chengyun.kernel.jobs.lease import is_gone
from chengyun.kernel.jobs.models import Job, Schedule
from chengyun.kernel.jobs.registry import kind_of, recurring
from chengyun.kernel.jobs.run import Cancelled, Lost, Run, Stopped
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Busy, Invalid, Refusal

log = logging.getLogger(__name__)

SILENCE = timedelta(seconds=30)
"""A worker that gave no sign of life for so long is dead, and its job is another's."""

WORKER = System("worker")


def enqueue(
    kind: str,
    params: Mapping[str, Any],
    actor: Actor,
    *,
    key: str = "",
    town: int | None = None,
    run_at: datetime | None = None,
) -> Job:
    """Queue a job in the caller's transaction: it is there if, and only if, the act is.

    With a `key`, a job of the same kind and key that waits or runs already is returned instead.
    """
    if kind_of(kind) is None:
        raise LookupError(f"there is no job {kind!r}")
    row = Job(
        kind=kind,
        params=dict(params),
        key=key,
        town_id=town,
        actor_kind=actor.actor_kind,
        actor_id=actor.actor_id,
        run_at=run_at or now(),
    )
    if not key:
        row.save()
        return row
    _rows().bulk_create([row], ignore_conflicts=True)
    return _rows().get(kind=kind, key=key, state__in=[Job.State.QUEUED, Job.State.RUNNING])


def rested(
    kind: str, actor: Actor, key: str, *, share: float = 0.1, most: timedelta = timedelta(seconds=15)
) -> datetime:
    """From when on a job that many events ask for runs again, so that it takes no more than `share` of the time.

    At once after a quiet while; `most` is the longest that anybody waits for it.
    """
    own = _rows().filter(actor_kind=actor.actor_kind, actor_id=actor.actor_id)
    last = own.filter(kind=kind, key=key, state=Job.State.DONE).order_by("-id").first()
    if last is None or last.started_at is None or last.finished_at is None:
        return now()
    return max(now(), last.finished_at + min((last.finished_at - last.started_at) / share, most))


def claim(worker: str) -> Job | None:
    """Take the next job that is due; on PostgreSQL several workers pass each other by SKIP LOCKED."""
    due = _rows().filter(state=Job.State.QUEUED, run_at__lte=now()).order_by("run_at", "id")
    if not due.exists():  # asked without a transaction: SQLite has one writer at a time
        return None
    with transaction.atomic():
        row = due.select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.state, row.worker, row.beat_at = Job.State.RUNNING, worker, now()
        row.attempts += 1
        row.version += 1
        row.started_at = row.started_at or now()
        row.save()
        return row


def execute(row: Job, stopping: Callable[[], bool]) -> None:
    """Run a claimed job to whatever end it comes to."""
    kind = kind_of(row.kind)
    if kind is None:
        _give_up(row, Invalid("kernel.job_unknown", "no room here knows this job"))
        return
    try:
        result = kind.work(Run(row, stopping), dict(row.params))
    except Lost:
        log.warning("job taken over", extra={"job": str(row.uuid), "kind": row.kind})
    except Cancelled:
        _end(row, Job.State.CANCELLED)
    except Stopped:
        _requeue(row, now(), attempts=row.attempts - 1)
    except Refusal as refusal:
        _refused(row, refusal, kind.attempts)
    except Exception as error:  # noqa: BLE001  whatever a job raises must not end the worker
        place = place_of(error)
        log.error("job failed", extra={"job": str(row.uuid), "kind": row.kind, "error": place})
        _failed(row, place, kind.attempts)
    else:
        _end(row, Job.State.DONE, result=result or {})


def beat(worker: str) -> None:
    """The sign of life of whatever this worker is running."""
    _rows().filter(state=Job.State.RUNNING, worker=worker).update(beat_at=now())


def take_over() -> int:
    """Queue the jobs of dead workers again, or give them up after their last attempt. Returns how many."""
    running = list(_rows().filter(state=Job.State.RUNNING)[:200])
    dead = [row for row in running if is_gone(row.worker) or (row.beat_at or row.run_at) < now() - SILENCE]
    for row in dead:
        kind = kind_of(row.kind)
        _failed(row, "the worker died while it ran", max(kind.attempts, 3) if kind else 1)
    return len(dead)


def keep_schedule() -> int:
    """Queue every recurring job that is due. Returns how many."""
    due_by_kind = dict(Schedule.objects.values_list("kind", "next_at"))
    return sum(_keep(kind) for kind in recurring() if due_by_kind.get(kind) is None or due_by_kind[kind] <= now())


@transaction.atomic
def _keep(kind: str) -> bool:
    rule, moment = recurring()[kind], now()
    following = rule.after(moment, settings.TIME_ZONE)
    Schedule.objects.bulk_create([Schedule(kind=kind, next_at=moment)], ignore_conflicts=True)
    row = Schedule.objects.select_for_update(skip_locked=True).filter(kind=kind, next_at__lte=moment).first()
    if row is None:
        return False
    row.next_at = following
    row.save()
    enqueue(kind, {}, WORKER, key="schedule")
    return True


def _rows() -> QuerySet[Job]:
    return Job.objects.as_system("the worker keeps the queue")


def _mine(row: Job) -> QuerySet[Job]:
    return _rows().filter(pk=row.pk, state=Job.State.RUNNING, worker=row.worker, attempts=row.attempts)


def _refused(row: Job, refusal: Refusal, attempts: int) -> None:
    said = f"{refusal.code}: {refusal.detail}"
    if isinstance(refusal, Busy):
        _failed(row, said, attempts)
    else:
        _give_up(row, refusal, said)  # the same input will be refused again


def _give_up(row: Job, refusal: Refusal, said: str = "") -> None:
    """Failed for good; `result` has the code and its values, by which any language says why."""
    plain = {name: one if isinstance(one, int | float) else str(one) for name, one in refusal.params.items()}
    why = {"refusal": {"code": refusal.code, "params": plain}}
    _end(row, Job.State.FAILED, error=said or refusal.detail, result=why)


def _failed(row: Job, error: str, attempts: int) -> None:
    if row.attempts >= attempts:
        _give_up(row, Invalid("kernel.job_broken", error, params={"where": error}))
    else:
        _requeue(row, now() + timedelta(seconds=min(3 ** (row.attempts + 1), 3600)), error=error)


def _requeue(row: Job, run_at: datetime, **values: Any) -> None:
    _mine(row).update(state=Job.State.QUEUED, run_at=run_at, worker="", version=F("version") + 1, **values)


@transaction.atomic
def _end(row: Job, state: Job.State, **values: Any) -> None:
    if "error" in values:
        values["error"] = values["error"][:500]
    ended = _mine(row).update(state=state, finished_at=now(), version=F("version") + 1, **values)
    # What recurs would fill the journal with itself; what a person asked for has its place in it.
    if ended and row.actor_kind != "system":
        record(JobEnded(row.kind, str(state)), _rows().get(pk=row.pk), WORKER)
