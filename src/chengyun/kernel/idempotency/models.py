"""Answers that were given, kept so that the same call sent twice is done once."""

from django.db import models


class Answer(models.Model):
    """The answer to a call with an Idempotency-Key, written in the transaction of the act. Kept for 90 days."""

    id = models.BigAutoField(primary_key=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=60)
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    given_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["actor_kind", "actor_id", "key"], name="answer_once")]
