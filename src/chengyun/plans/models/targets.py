"""Targets 指标: measurable results, their yearly and local shares, and what was measured."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.models import Subject
from chengyun.plans.models.bases import Told
from chengyun.plans.models.documents import Clause, Document
from chengyun.plans.models.projects import Project
from chengyun.plans.models.tasks import Task


class Target(Subject, Told):
    """One number that the document promises, or states: `kind` says which (see the compiler's Target).

    Only the kind "target" is ever measured. `binding` says whether an indicator gives its live value: `open` ones have
    no value yet (X, 按区标准) and a question instead. `ascending`: more is better; `aggregation`: how values of areas
    are put together (rates are never summed).
    """

    class Binding(models.TextChoices):
        UNBOUND = "unbound"
        BOUND = "bound"
        OPEN = "open"

    class Aggregation(models.TextChoices):
        SUM = "sum"
        MEAN = "mean"
        LAST = "last"

    subject_kind: ClassVar[str] = "plan_target"
    scoping: ClassVar[Scoping] = Scoping(departments=("department_id", "task__parties__department_id"))

    town_id = models.BigIntegerField()
    department_id = models.BigIntegerField(null=True, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="targets")
    clause = models.ForeignKey(Clause, null=True, blank=True, on_delete=models.SET_NULL, related_name="targets")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="targets")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="parameters")

    kind = models.CharField(max_length=12, default="target")
    object = models.CharField(max_length=200)
    indicator = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    comparator = models.CharField(max_length=2, default=">=")
    value = models.FloatField(null=True, blank=True)
    value_max = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    norm_value = models.FloatField(null=True, blank=True)
    norm_max = models.FloatField(null=True, blank=True)
    norm_unit = models.CharField(max_length=40, blank=True)
    by_on = models.DateField(null=True, blank=True)
    by_words = models.CharField(max_length=20, blank=True)
    from_on = models.DateField(null=True, blank=True)
    recurrence = models.CharField(max_length=12, blank=True)
    floor = models.BooleanField(default=False)
    baseline = models.FloatField(null=True, blank=True)
    baseline_unit = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    question = models.CharField(max_length=300, blank=True)
    ascending = models.BooleanField(default=True)
    aggregation = models.CharField(max_length=4, choices=Aggregation.choices, default=Aggregation.LAST)
    binding = models.CharField(max_length=7, choices=Binding.choices, default=Binding.UNBOUND)
    indicator_code = models.CharField(max_length=60, blank=True)
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="again")

    state = models.CharField(max_length=12, default="proposed")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    light = models.CharField(max_length=6, default="grey")
    light_why = models.JSONField(default=dict, blank=True)
    light_on = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["target", "achievement", "parameter", "fact", "candidate"]),
                name="plan_target_kind",
            ),
            models.CheckConstraint(
                condition=Q(comparator__in=[">=", "<=", ">", "<", "="]), name="plan_target_comparator"
            ),
            models.CheckConstraint(
                condition=~Q(binding="bound") | ~Q(indicator_code=""), name="plan_target_bound_to_something"
            ),
            models.CheckConstraint(condition=Q(light__in=["grey", "green", "yellow", "red"]), name="plan_target_light"),
        ]
        indexes = [
            models.Index(fields=["town_id", "state", "kind"], name="plan_target_town"),
            models.Index(fields=["document", "position", "id"], name="plan_target_document"),
            models.Index(fields=["indicator_code"], name="plan_target_code", condition=~Q(indicator_code="")),
        ]

    def where(self) -> Where:
        """Its town and the department that answers for it."""
        departments = frozenset({self.department_id} if self.department_id is not None else ())
        return Where(town=self.town_id, departments=departments)


class Share(models.Model):
    """分解: the part of a task's or target's whole that falls to a year, an area or a department.

    Of a target its `value` is in the target's own unit. `label` says what a share is where none of the three does.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="shares")
    target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.CASCADE, related_name="shares")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    area_id = models.BigIntegerField(null=True, blank=True)
    department_id = models.BigIntegerField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    label = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [
            models.CheckConstraint(
                condition=(Q(task__isnull=False) & Q(target=None)) | (Q(task=None) & Q(target__isnull=False)),
                name="plan_share_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["department_id"], name="plan_share_department")]


class Actual(models.Model):
    """What a target stood at on a day: from its indicator, from a confirmed report, or entered by hand."""

    class Source(models.TextChoices):
        INDICATOR = "indicator"
        REPORT = "report"
        HAND = "hand"

    id = models.BigAutoField(primary_key=True)
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="actuals")
    day = models.DateField()
    value = models.FloatField()
    source = models.CharField(max_length=9, choices=Source.choices)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["target", "day", "source"], name="plan_actual_once")]
