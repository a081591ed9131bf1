"""What everything that a document says has in common: where it stands in which document, and what people changed."""

from django.db import models


class Told(models.Model):
    """Something that was read in a document, or added by a person.

    `spans` are ranges [start, end] of the text of the reading with number `reading`, `at` where the first begins;
    `evidence` holds, by field, the words behind it with their spans and confidence; `as_read` is the item as the
    compiler gave it, for the difference to the next version; `corrected` holds, by field, every correction: who, when,
    what stood there before.
    """

    reading = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    page = models.PositiveIntegerField(default=1)
    at = models.PositiveIntegerField(null=True, blank=True)
    spans = models.JSONField(default=list, blank=True)
    confidence = models.FloatField(default=1.0)
    origin = models.CharField(max_length=12, default="read")
    evidence = models.JSONField(default=dict, blank=True)
    as_read = models.JSONField(default=dict, blank=True)
    corrected = models.JSONField(default=dict, blank=True)
    accepted_by = models.CharField(max_length=60, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
