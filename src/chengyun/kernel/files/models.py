"""Attachments: rows that say what a file is and to which subject it belongs. The bytes are in the storage."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.models.bases import Subject


class File(Subject):
    """One uploaded file. `source` is the SHA-256 of what was sent, `sha256` of what is kept (pictures are re-encoded).

    Position and time were read from the picture before they were removed from it. Until it is attached to a subject,
    only who sent it sees it, and after a day it is swept.
    """

    subject_kind: ClassVar[str] = "file"
    scoping: ClassVar[Scoping] = Scoping(town=None)

    source = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, db_index=True)
    mime = models.CharField(max_length=80)
    size = models.BigIntegerField()
    purpose = models.CharField(max_length=40)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    thumb = models.CharField(max_length=64, blank=True, db_index=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=60)
    owner_kind = models.CharField(max_length=20, blank=True)
    owner = models.UUIDField(null=True, blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["actor_kind", "actor_id", "source", "purpose"], condition=Q(owner=None), name="file_once"
            ),
        ]
        indexes = [
            models.Index(fields=["owner_kind", "owner"], name="file_owner"),
            models.Index(fields=["created_at"], name="file_loose", condition=Q(owner=None)),
            models.Index(fields=["actor_kind", "actor_id", "source"], name="file_digest"),
        ]

    @property
    def position(self) -> tuple[float, float] | None:
        """Longitude and latitude (WGS 84) that the picture itself told, if any."""
        if self.longitude is None or self.latitude is None:
            return None
        return self.longitude, self.latitude
