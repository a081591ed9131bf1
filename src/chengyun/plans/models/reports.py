"""Monthly reports 动态信息: drafted by the platform from records, confirmed or corrected by the department."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.models import Subject
from chengyun.plans.models.projects import Project, Stage
from chengyun.plans.models.targets import Target
from chengyun.plans.models.tasks import Task


class MonthlyReport(Subject):
    """What one department reports of one month. `late`: it was confirmed after `due_at`, or is still missing then."""

    subject_kind: ClassVar[str] = "plan_report"
    scoping: ClassVar[Scoping] = Scoping(departments=("department_id",))

    town_id = models.BigIntegerField()
    department_id = models.BigIntegerField()
    month = models.DateField()
    state = models.CharField(max_length=12, default="drafted")
    due_at = models.DateTimeField()
    drafted_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    consolidated_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    late = models.BooleanField(default=False)
    returns = models.PositiveSmallIntegerField(default=0)
    reminded = models.PositiveSmallIntegerField(default=0)
    summary = models.TextField(blank=True)

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["department_id", "month"], name="plan_report_once")]
        indexes = [models.Index(fields=["town_id", "-month", "department_id"], name="plan_report_town")]


class ReportLine(models.Model):
    """One task, target or project in a report.

    `known` is what the platform knew when it drafted: value, light, cases closed, stages, payments. `ask` says what it
    could not know (empty: nothing is asked), and `answer` what the department said. `progress`, `text` and `problem`
    are what the report says. A milestone that slipped is carried over: `carried_from` is the line of the month before
    and `slips` counts how often that happened.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    lead = models.BooleanField(default=True)
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="lines")
    target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.CASCADE, related_name="lines")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.CASCADE, related_name="lines")
    stage = models.ForeignKey(Stage, null=True, blank=True, on_delete=models.SET_NULL, related_name="lines")
    known = models.JSONField(default=dict)
    ask = models.CharField(max_length=30, blank=True)
    answered = models.BooleanField(default=False)
    corrected = models.BooleanField(default=False)
    progress = models.FloatField(null=True, blank=True)
    text = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    files = models.JSONField(default=list, blank=True)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )
    slips = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "plans"
        constraints = [
            models.CheckConstraint(
                condition=Q(task__isnull=False) | Q(target__isnull=False) | Q(project__isnull=False),
                name="plan_report_line_of_something",
            ),
        ]
        indexes = [models.Index(fields=["report", "position"], name="plan_report_line_order")]
