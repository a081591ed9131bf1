"""What every month's light was, and the rules that it was set by."""

from typing import ClassVar

from django.db import models

from chengyun.kernel.access import Scoping
from chengyun.kernel.models import Subject

LIGHTS = ("grey", "green", "yellow", "red")


class LightBook(Subject):
    """One version of a town's rules of lights (see `plans.lights.LightRules`), in force from a day on."""

    subject_kind: ClassVar[str] = "plan_light_book"
    scoping: ClassVar[Scoping] = Scoping()

    town_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    since = models.DateField()
    body = models.JSONField()
    made_by = models.CharField(max_length=60)

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["town_id", "number"], name="plan_light_book_number")]


class MonthLight(models.Model):
    """The light of a task, target or project at the end of a month, and what became of it.

    `first_light` never changes; `light` turns yellow on the day `made_good`. `rules` is the version that judged.
    """

    id = models.BigAutoField(primary_key=True)
    town_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    department_id = models.BigIntegerField(null=True, blank=True)
    month = models.DateField()
    first_light = models.CharField(max_length=6)
    light = models.CharField(max_length=6)
    reason = models.CharField(max_length=30)
    expected = models.FloatField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    made_good = models.DateField(null=True, blank=True)
    rules = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "plans"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "month"], name="plan_month_light_once"),
            models.CheckConstraint(
                condition=models.Q(light__in=LIGHTS) & models.Q(first_light__in=LIGHTS), name="plan_month_light_known"
            ),
        ]
        indexes = [models.Index(fields=["town_id", "month"], name="plan_month_light_town")]
