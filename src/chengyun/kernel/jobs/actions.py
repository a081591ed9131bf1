"""What people do to jobs."""

from django.db.models import QuerySet

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.jobs.events import JobCancelled, JobRetried
from chengyun.kernel.jobs.models import Job
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict


@action
def cancel(job: Job, *, actor: Actor, expected: int | None = None) -> Job:
    """End a job: at once while it waits, at its next sign of progress while it runs."""
    job = lock(job, expected)
    _require(actor, job)
    if job.state == Job.State.QUEUED:
        job.state, job.finished_at = Job.State.CANCELLED, now()
    elif job.state != Job.State.RUNNING:
        raise Conflict("kernel.job_over", f"the job is {job.state} already", field="state", current=job.state_now())
    job.cancel_asked = True
    save(job)
    record(JobCancelled(job.kind), job, actor)
    return job


@action
def retry(job: Job, *, actor: Actor, expected: int | None = None) -> Job:
    """Queue a failed or cancelled job again; it goes on from its checkpoint."""
    job = lock(job, expected)
    _require(actor, job)
    if job.state not in {Job.State.FAILED, Job.State.CANCELLED}:
        raise Conflict("kernel.job_not_failed", f"the job is {job.state}", field="state", current=job.state_now())
    if job.key and _rows().filter(kind=job.kind, key=job.key, state__in=["queued", "running"]).exists():
        raise Conflict("kernel.job_waiting", "the same job waits or runs already", field="state")
    job.state, job.run_at, job.attempts = Job.State.QUEUED, now(), 0
    job.cancel_asked, job.error, job.finished_at = False, "", None
    save(job)
    record(JobRetried(job.kind), job, actor)
    return job


def _rows() -> QuerySet[Job]:
    return Job.objects.as_system("one job of a kind and key at a time")


def _require(actor: Actor, job: Job) -> None:
    """Whoever started a job may end it; others need the right to see to the installation."""
    if (actor.actor_kind, actor.actor_id) != (job.actor_kind, job.actor_id):
        require(actor, "kernel.health", at=job)
