"""Tables of the journal. Actor, place and subject are opaque ids: the kernel knows no other room."""

from django.db import models


class Entry(models.Model):
    """One thing that happened to one subject. Never changed, but for the position that the sequencer gives once."""

    id = models.BigAutoField(primary_key=True)
    position = models.BigIntegerField(null=True, unique=True)
    stream = models.CharField(max_length=60)  # "<kind>:<uuid>"
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=60)
    town_id = models.BigIntegerField(null=True)
    area_ids = models.JSONField(default=list)
    department_ids = models.JSONField(default=list)
    people_ids = models.JSONField(default=list)  # whom it concerns, so that a live update reaches them
    version = models.PositiveIntegerField(default=0)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    facts = models.BinaryField()  # canonical UTF-8 JSON: hashed as stored, never re-read from a JSON column
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    historic = models.BooleanField(default=False)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="entry_stream_number")]
        indexes = [
            models.Index(fields=["town_id", "id"], name="entry_town"),
            models.Index(fields=["id"], name="entry_unplaced", condition=models.Q(position=None)),
            models.Index(fields=["position"], name="entry_live", condition=models.Q(historic=False)),
        ]

    @property
    def kind(self) -> str:
        return self.stream.partition(":")[0]

    @property
    def subject(self) -> str:
        return self.stream.partition(":")[2]


class Seal(models.Model):
    """A hash over a run of entries by position, so that none can be changed, dropped or slipped in unseen."""

    id = models.BigAutoField(primary_key=True)
    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField(unique=True)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    class Meta:
        app_label = "kernel"


class Private(models.Model):
    """Personal data and free text that facts point to. Erasing the text leaves the chain valid."""

    id = models.UUIDField(primary_key=True)
    stream = models.CharField(max_length=60)
    purpose = models.CharField(max_length=40)
    text = models.TextField(null=True)
    salt = models.BinaryField(max_length=16, null=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["stream"], name="private_stream")]
