"""Tables of the room."""

from django.db import models


class Knock(models.Model):
    """One report or one wrong code from an address, kept as a salted digest for an hour: what throttling counts."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=8)  # report | code
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        app_label = "services"
        indexes = [models.Index(fields=["kind", "address", "at"], name="knock_recent")]
