"""What somebody took out of the room as a file or on paper."""

from typing import ClassVar

from django.db import models

from chengyun.kernel.models import Exported


class Export(Exported):
    """A list, a score, a report or a wall map that left the platform.

    `of` is the id of the one thing that it was taken from, if it was one; `filters` what narrowed a list.
    """

    subject_kind: ClassVar[str] = "plan_export"

    what = models.CharField(max_length=12)
    of = models.UUIDField(null=True, blank=True)

    class Meta:
        app_label = "plans"
