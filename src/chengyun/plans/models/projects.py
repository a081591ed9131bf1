"""Projects 项目: things to build, with stages, planned and actual dates, and money by month."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.models import Located, Placed
from chengyun.plans.models.bases import Told
from chengyun.plans.models.documents import Clause, Document


class Project(Placed, Located, Told):
    """A thing to build. Its size as the document says it stands in targets of the kind "parameter".

    `investment` is the whole planned investment in 万元 (10,000 yuan).
    """

    subject_kind: ClassVar[str] = "plan_project"
    scoping: ClassVar[Scoping] = Scoping(areas=("grid_id", "community_id"), departments=("department_id",))

    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="projects")
    clause = models.ForeignKey(Clause, null=True, blank=True, on_delete=models.SET_NULL, related_name="projects")
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=80, blank=True)
    box = models.CharField(max_length=200, blank=True)
    cells = models.JSONField(default=dict, blank=True)
    address = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, default="proposed")
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    investment = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    light = models.CharField(max_length=6, default="grey")
    light_why = models.JSONField(default=dict, blank=True)
    light_on = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [
            models.CheckConstraint(
                condition=Q(light__in=["grey", "green", "yellow", "red"]), name="plan_project_light"
            ),
            models.CheckConstraint(condition=Q(investment=None) | Q(investment__gte=0), name="plan_project_investment"),
        ]
        indexes = [models.Index(fields=["town_id", "state", "id"], name="plan_project_town")]


class Stage(models.Model):
    """A step of a project, or of a whole plan, with its planned and its actual dates.

    `event` and `months`: planned so many months after something that has not happened yet.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.CASCADE, related_name="stages")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200)
    planned_start = models.DateField(null=True, blank=True)
    planned_end = models.DateField(null=True, blank=True)
    actual_start = models.DateField(null=True, blank=True)
    actual_end = models.DateField(null=True, blank=True)
    event = models.CharField(max_length=200, blank=True)
    months = models.IntegerField(null=True, blank=True)
    weight = models.FloatField(default=1.0)

    class Meta:
        app_label = "plans"
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=False) | Q(document__isnull=False), name="plan_stage_of_something"
            ),
            models.CheckConstraint(condition=Q(weight__gt=0), name="plan_stage_weight"),
            models.CheckConstraint(
                condition=Q(planned_start=None) | Q(planned_end=None) | Q(planned_end__gte=F("planned_start")),
                name="plan_stage_planned",
            ),
            models.CheckConstraint(
                condition=Q(actual_start=None) | Q(actual_end=None) | Q(actual_end__gte=F("actual_start")),
                name="plan_stage_actual",
            ),
        ]


class Payment(models.Model):
    """Money of a project in one month, in 万元: planned and paid."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="payments")
    month = models.DateField()
    planned = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    paid = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        app_label = "plans"
        constraints = [
            models.UniqueConstraint(fields=["project", "month"], name="plan_payment_month"),
            models.CheckConstraint(condition=Q(planned__gte=0) & Q(paid__gte=0), name="plan_payment_not_negative"),
        ]
