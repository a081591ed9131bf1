"""What was measured: one evaluation of an indicator for a period, and its value in every area."""

from django.db import models

from chengyun.indicators.models.definitions import Indicator, IndicatorVersion


class Evaluation(models.Model):
    """The latest evaluation of an indicator for a period. `position`: of the journal, up to which it is true.

    `period`: "2026-11", "2026Q4" or "2026"; `first`, `last`: its days, the last one not after the day of evaluation.
    `missing`: the registers that are not there, as [{register, zh, en}]; `problem`: the formula's error, if it has one.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="evaluations")
    used = models.ForeignKey(IndicatorVersion, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(max_length=7)
    first = models.DateField()
    last = models.DateField()
    missing = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    problem = models.JSONField(default=dict)
    position = models.BigIntegerField(default=0)
    inputs = models.CharField(max_length=32, default="")
    evaluated_at = models.DateTimeField()

    class Meta:
        app_label = "indicators"
        constraints = [models.UniqueConstraint(fields=["indicator", "period"], name="evaluation_once")]


class Value(models.Model):
    """The value of an indicator in an area over a period, in the indicator's unit.

    `value` is null where there is none; `low`, `high`: what it may really be (null: no bound). `state`: met, gap,
    unknown, or "" where nothing was promised. `reason`: why it is not known (missing, estimated, edge, empty).
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    period = models.CharField(max_length=7)
    role = models.CharField(max_length=20)
    area_id = models.BigIntegerField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    confidence = models.FloatField(default=1)
    estimated = models.BooleanField(default=False)
    target = models.FloatField(null=True)
    state = models.CharField(max_length=7, blank=True)
    reason = models.CharField(max_length=9, blank=True)

    class Meta:
        app_label = "indicators"
        constraints = [models.UniqueConstraint(fields=["indicator", "area_id", "period"], name="value_once")]
        indexes = [
            models.Index(fields=["indicator", "period", "role"], name="value_level"),
            models.Index(fields=["area_id", "period"], name="value_area"),
        ]
