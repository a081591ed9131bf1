"""What can be found by words: for each subject its texts as bigrams, without personal data."""

from django.db import models


class SearchText(models.Model):
    """The searchable text of one subject; `grams` is made by `bigrams.column` and indexed by each database's own."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    town_id = models.BigIntegerField(null=True, blank=True)
    grams = models.TextField()

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="searchtext_once")]
