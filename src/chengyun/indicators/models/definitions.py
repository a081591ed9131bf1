"""What is measured: indicators in versions, what was promised of them, and what standards ask for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.models import Subject

OPEN = Scoping(open=True)  # figures of a town are for everyone who may read indicators at all; single things are not
COMPARATORS = (">=", ">", "<=", "<", "=")


class Indicator(Subject):
    """An executable definition. What it says stands in its versions; `code` is what plans and files know it by."""

    subject_kind: ClassVar[str] = "indicator"
    scoping: ClassVar[Scoping] = OPEN

    town_id = models.BigIntegerField()
    code = models.CharField(max_length=60)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True)
    group = models.CharField(max_length=40, blank=True)
    owner_code = models.CharField(max_length=60, blank=True)
    mode = models.CharField(max_length=6, default="tasks")  # tasks | cases
    number = models.PositiveIntegerField(default=1)  # of the version that holds
    rank = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "indicators"
        ordering = ["rank", "code"]
        constraints = [
            models.UniqueConstraint(fields=["town_id", "code"], name="indicator_code"),
            models.CheckConstraint(condition=Q(mode__in=["tasks", "cases"]), name="indicator_mode"),
        ]

    def where(self) -> Where:
        return Where(town=self.town_id)


class IndicatorVersion(models.Model):
    """How an indicator was defined from some day on; never changed once written."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    formula = models.TextField()
    unit = models.CharField(max_length=30)
    decimals = models.PositiveSmallIntegerField(default=1)
    ascending = models.BooleanField(default=True)
    missing = models.CharField(max_length=5, default="any")
    least_level = models.CharField(max_length=20, default="community")
    frequency = models.CharField(max_length=7, default="month")
    basis = models.CharField(max_length=10, blank=True)
    note_zh = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    source = models.JSONField(default=dict, blank=True)
    author = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        app_label = "indicators"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="version_once"),
            models.CheckConstraint(condition=Q(missing__in=["any", "all", "never"]), name="version_missing"),
            models.CheckConstraint(condition=Q(frequency__in=["month", "quarter", "year"]), name="version_frequency"),
        ]


class Threshold(Subject):
    """A limit that a standard sets, with its clause. `verified`: somebody read it in the official text."""

    subject_kind: ClassVar[str] = "threshold"
    scoping: ClassVar[Scoping] = OPEN

    town_id = models.BigIntegerField()
    code = models.CharField(max_length=60)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True)
    jurisdiction = models.CharField(max_length=20)
    district_class = models.CharField(max_length=20, blank=True)
    circle = models.PositiveSmallIntegerField(null=True, blank=True)
    category = models.CharField(max_length=30, blank=True)
    metric = models.CharField(max_length=8)
    mode = models.CharField(max_length=4, blank=True)
    comparator = models.CharField(max_length=2)
    value = models.FloatField()
    unit = models.CharField(max_length=30)
    denominator = models.CharField(max_length=30, blank=True)
    clause = models.CharField(max_length=200)
    verified = models.BooleanField(default=False)

    class Meta:
        app_label = "indicators"
        ordering = ["jurisdiction", "code"]
        constraints = [
            models.UniqueConstraint(fields=["town_id", "code"], name="threshold_code"),
            models.CheckConstraint(condition=Q(comparator__in=COMPARATORS), name="threshold_comparator"),
            models.CheckConstraint(
                condition=Q(metric__in=["straight", "street", "time", "quota"]), name="threshold_metric"
            ),
        ]

    def where(self) -> Where:
        return Where(town=self.town_id)


class IndicatorTarget(Subject):
    """What was promised: a value, or a formula for it, for the areas of a level or for one area, by a day."""

    subject_kind: ClassVar[str] = "indicator_target"
    scoping: ClassVar[Scoping] = OPEN

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    town_id = models.BigIntegerField()
    level = models.CharField(max_length=20, default="town")
    area_id = models.BigIntegerField(null=True, blank=True)
    comparator = models.CharField(max_length=2)
    value = models.FloatField(null=True, blank=True)
    value_formula = models.TextField(blank=True)
    by = models.DateField(null=True, blank=True)
    recurrence = models.CharField(max_length=7, default="once")
    baseline = models.FloatField(null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    implicit = models.BooleanField(default=False)
    approx = models.BooleanField(default=False)

    class Meta:
        app_label = "indicators"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "level"], condition=Q(area_id=None), name="target_of_level"),
            models.UniqueConstraint(
                fields=["indicator", "area_id"], condition=Q(area_id__isnull=False), name="target_of_area"
            ),
            models.CheckConstraint(condition=Q(comparator__in=COMPARATORS), name="target_comparator"),
            models.CheckConstraint(condition=~Q(value=None) | ~Q(value_formula=""), name="target_value"),
            models.CheckConstraint(condition=Q(recurrence__in=["once", "yearly", "monthly"]), name="target_recurrence"),
        ]

    def where(self) -> Where:
        return Where(town=self.town_id)
