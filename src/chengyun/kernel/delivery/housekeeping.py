"""What the worker tidies up."""

from datetime import timedelta
from typing import Any

from django.db.models import Min

from chengyun.kernel.clock import now
from chengyun.kernel.delivery.models import Cursor, Heard
from chengyun.kernel.idempotency.models import Answer
from chengyun.kernel.jobs.models import Job
from chengyun.kernel.jobs.registry import daily
from chengyun.kernel.jobs.run import Run
from chengyun.kernel.rows import refresh_statistics

ANSWERS_KEPT = timedelta(days=90)
JOBS_KEPT = timedelta(days=90)
HEARD_KEPT = 100_000  # positions behind the slowest listener: no redelivery reaches further back


@daily("kernel.tidy", at="03:40")
def tidy(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  the form of every job
    """Drop old answers, ended jobs and marks of listeners."""
    slowest = Cursor.objects.aggregate(slowest=Min("position"))["slowest"] or 0
    ended = Job.objects.as_system("old jobs are dropped").filter(finished_at__lt=now() - JOBS_KEPT)
    return {
        "answers": Answer.objects.filter(given_at__lt=now() - ANSWERS_KEPT).delete()[0],
        "heard": Heard.objects.filter(position__lt=slowest - HEARD_KEPT).delete()[0],
        "jobs": ended.delete()[0],
    }


@daily("kernel.statistics", at="03:55")
def look_at_the_tables(run: Run, params: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  as above
    """Refresh the statistics by which the database chooses its indexes."""
    refresh_statistics()
    return {}
