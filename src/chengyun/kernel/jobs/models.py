"""Tables of work that outlives a request."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.models.bases import Subject


class Job(Subject):
    """One piece of work for the worker: queued in the transaction that wants it, resumed wherever it was left.

    `key` lets one job of a kind wait or run at a time. `checkpoint` is what the job itself keeps, to go on from there
    after a stop. `words` is a short English text for the screen, without personal data.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    subject_kind: ClassVar[str] = "job"
    scoping: ClassVar[Scoping] = Scoping()

    town_id = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, blank=True)
    params = models.JSONField(default=dict)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=60)
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True, blank=True)
    words = models.CharField(max_length=200, blank=True)
    checkpoint = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=500, blank=True)
    cancel_asked = models.BooleanField(default=False)
    worker = models.CharField(max_length=60, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["queued", "running"]) & ~Q(key=""),
                name="job_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed", "cancelled"]), name="job_state"
            ),
        ]
        indexes = [
            models.Index(fields=["run_at", "id"], name="job_queue", condition=Q(state="queued")),
            models.Index(fields=["beat_at"], name="job_running", condition=Q(state="running")),
            models.Index(fields=["actor_kind", "actor_id", "-id"], name="job_actor"),
        ]

    def where(self) -> Where:
        """Its town, and whoever started it."""
        people = frozenset({self.actor_id}) if self.actor_kind == "person" else frozenset()
        return Where(town=self.town_id, people=people)


class Schedule(models.Model):
    """When a recurring job is next due. The row is held while it is queued, so that no two workers both do."""

    kind = models.CharField(max_length=60, primary_key=True)
    next_at = models.DateTimeField()

    class Meta:
        app_label = "kernel"


class Lease(models.Model):
    """Who does a thing that only one worker may do at a time, and until when. Also a worker's sign of life."""

    name = models.CharField(max_length=80, primary_key=True)
    owner = models.CharField(max_length=60)
    until = models.DateTimeField()

    class Meta:
        app_label = "kernel"
