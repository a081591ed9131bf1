"""What somebody took out of the room as a file or on paper."""

from typing import ClassVar

from django.db import models

from chengyun.kernel.access import Scoping
from chengyun.kernel.models import Subject


class Export(Subject):
    """A list, a score, a report or a wall map that left the platform: who, what, how much. Never changed.

    `of` is the id of the one thing that it was taken from, if it was one; `filters` what narrowed a list.
    """

    subject_kind: ClassVar[str] = "plan_export"
    scoping: ClassVar[Scoping] = Scoping(people=("who",))

    town_id = models.BigIntegerField(null=True)
    who_kind = models.CharField(max_length=10)
    who = models.CharField(max_length=60)
    what = models.CharField(max_length=12)
    format = models.CharField(max_length=5)
    rows = models.PositiveIntegerField()
    of = models.UUIDField(null=True, blank=True)
    filters = models.JSONField(default=dict)

    class Meta:
        app_label = "plans"
