"""Titles and demonstrations 创建 (示范街镇, 绿色社区 …) with a list of evidence of their own."""

from typing import ClassVar

from django.db import models

from chengyun.kernel.access import Scoping
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.models import Subject
from chengyun.plans.models.targets import Target


class Title(Subject):
    """A title that the town goes for. `moments` holds the day of each step; `review_on` when it is looked at anew."""

    subject_kind: ClassVar[str] = "plan_title"
    scoping: ClassVar[Scoping] = Scoping(departments=("department_id",), areas=("area_id",))

    town_id = models.BigIntegerField()
    department_id = models.BigIntegerField()
    area_id = models.BigIntegerField(null=True, blank=True)
    target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.SET_NULL, related_name="titles")
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=10)
    awarded_by = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, default="planned")
    due_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(default=36)
    moments = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        app_label = "plans"
        indexes = [models.Index(fields=["town_id", "state", "id"], name="plan_title_town")]


class TitleEvidence(models.Model):
    """One entry of the evidence list 迎检清单: what must be shown, and the files that show it."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    required = models.BooleanField(default=True)
    department_id = models.BigIntegerField(null=True, blank=True)
    ready = models.BooleanField(default=False)
    files = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "plans"
        indexes = [models.Index(fields=["title", "position"], name="plan_evidence_order")]
