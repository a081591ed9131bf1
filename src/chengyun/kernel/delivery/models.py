"""Tables of delivery: how far each listener has heard, what it could not take, and whom to call outside."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.models.bases import Subject


class Cursor(models.Model):
    """The position up to which a listener has been handed every entry (or a parcel keeps it)."""

    name = models.CharField(max_length=80, primary_key=True)
    position = models.BigIntegerField(default=0)

    class Meta:
        app_label = "kernel"


class Parcel(Subject):
    """An entry that a listener has not taken yet: waiting for another try, held behind an older one, or dead.

    Parcels of one listener and stream are handed over in order of position; a dead one holds those behind it until a
    person replays or skips it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DEAD = "dead"
        SKIPPED = "skipped"

    subject_kind: ClassVar[str] = "parcel"
    scoping: ClassVar[Scoping] = Scoping()

    town_id = models.BigIntegerField(null=True, blank=True)
    listener = models.CharField(max_length=80)
    position = models.BigIntegerField()
    stream = models.CharField(max_length=60)
    event = models.CharField(max_length=60)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["listener", "position"], name="parcel_once")]
        indexes = [
            models.Index(fields=["listener", "stream", "position"], name="parcel_order", condition=~Q(state="skipped")),
            models.Index(fields=["next_at"], name="parcel_due", condition=Q(state="waiting")),
            models.Index(fields=["-id"], name="parcel_dead", condition=Q(state="dead")),
        ]


class Heard(models.Model):
    """An entry that a listener has acted on, written in the transaction of the act: a second delivery finds it."""

    id = models.BigAutoField(primary_key=True)
    listener = models.CharField(max_length=80)
    position = models.BigIntegerField()

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["listener", "position"], name="heard_once")]


class Webhook(Subject):
    """An address outside that is told of events, signed with its secret. `events` are names or patterns."""

    subject_kind: ClassVar[str] = "webhook"
    scoping: ClassVar[Scoping] = Scoping()

    town_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=80)
    events = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "kernel"
