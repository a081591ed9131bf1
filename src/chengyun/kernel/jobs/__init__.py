"""Work that outlives a request: queued with the act that wants it, done by the worker, seen and stopped by people."""

from chengyun.kernel.jobs.queue import enqueue
from chengyun.kernel.jobs.registry import daily, every, job
from chengyun.kernel.jobs.run import Run

__all__ = ["Run", "daily", "enqueue", "every", "job"]
