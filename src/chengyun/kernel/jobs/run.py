"""What a job has in its hand while it runs."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import F

from chengyun.kernel.actor import actor_of
from chengyun.kernel.clock import now
from chengyun.kernel.jobs.models import Job

SECONDS_BETWEEN_WRITES = 0.5


class Cancelled(Exception):
    """A person asked for the job to end."""


class Stopped(Exception):
    """The worker is being shut down; the job goes on elsewhere from its checkpoint."""


class Lost(Exception):
    """Another worker has taken the job over, because this one gave no sign of life for too long."""


class Run:
    """One run of a job. Call `progress` at least every few seconds: it is also where the job ends when asked to."""

    def __init__(self, job: Job, stopping: Callable[[], bool]) -> None:
        self.id: UUID = job.uuid
        self.town: int | None = job.town_id
        self.actor = actor_of(job.actor_kind, job.actor_id)
        self.checkpoint: dict[str, Any] = dict(job.checkpoint)
        self._job = job
        self._stopping = stopping
        self._written = 0.0

    def progress(self, done: int, total: int | None = None, words: str = "") -> None:
        """Say how far it is. Raises Cancelled, Stopped or Lost, which the job lets pass."""
        if self._stopping():
            raise Stopped
        if time.monotonic() - self._written < SECONDS_BETWEEN_WRITES and done != total:
            return
        self._written = time.monotonic()
        self._write(done=done, total=total, words=words[:200])
        if Job.objects.as_system("a job reads its own row").filter(pk=self._job.pk, cancel_asked=True).exists():
            raise Cancelled

    def keep(self, **checkpoint: Any) -> None:
        """Store from where to go on; inside a transaction it is stored with the work that was done."""
        self.checkpoint |= checkpoint
        self._write(checkpoint=self.checkpoint)

    def _write(self, **values: Any) -> None:
        mine = Job.objects.as_system("a job writes its own row").filter(
            pk=self._job.pk, state=Job.State.RUNNING, worker=self._job.worker, attempts=self._job.attempts
        )
        if not mine.update(beat_at=now(), version=F("version") + 1, **values):
            raise Lost
