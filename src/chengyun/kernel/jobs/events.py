"""What is told of jobs."""

from dataclasses import dataclass

from chengyun.kernel.events import event


@event("kernel.job_ended")
@dataclass(frozen=True)
class JobEnded:
    """A job that somebody had asked for came to its end: done, failed, cancelled."""

    job: str
    state: str


@event("kernel.job_cancelled")
@dataclass(frozen=True)
class JobCancelled:
    """Somebody asked a job to end."""

    job: str


@event("kernel.job_retried")
@dataclass(frozen=True)
class JobRetried:
    """Somebody queued a failed job again."""

    job: str
