"""Supervision: reminders 催办, orders 督办单, findings of site visits, look-backs 回头看."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.models import Located, Subject
from chengyun.plans.models.projects import Project
from chengyun.plans.models.reports import MonthlyReport
from chengyun.plans.models.targets import Target
from chengyun.plans.models.tasks import Task

OF_DEPARTMENT = Scoping(departments=("department_id",))


class Reminder(Subject):
    """催办. `cause`: due_soon (T-n), overdue, report_due, order_due, or hand (by a person)."""

    subject_kind: ClassVar[str] = "plan_reminder"
    scoping: ClassVar[Scoping] = OF_DEPARTMENT

    town_id = models.BigIntegerField()
    department_id = models.BigIntegerField()
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="reminders")
    report = models.ForeignKey(MonthlyReport, null=True, blank=True, on_delete=models.CASCADE, related_name="reminders")
    order = models.ForeignKey("plans.Order", null=True, blank=True, on_delete=models.CASCADE, related_name="reminders")
    cause = models.CharField(max_length=12)
    key = models.CharField(max_length=80, blank=True)
    days = models.IntegerField(null=True, blank=True)
    text = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=60)

    class Meta:
        app_label = "plans"
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="plan_reminder_once"),
        ]
        indexes = [models.Index(fields=["town_id", "-sent_at", "-id"], name="plan_reminder_town")]


class Finding(Subject, Located):
    """问题: what somebody saw on a site visit."""

    class Severity(models.TextChoices):
        MINOR = "minor"
        MAJOR = "major"
        GRAVE = "grave"

    subject_kind: ClassVar[str] = "plan_finding"
    scoping: ClassVar[Scoping] = OF_DEPARTMENT

    town_id = models.BigIntegerField()
    department_id = models.BigIntegerField()
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="findings")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="findings")
    severity = models.CharField(max_length=6, choices=Severity.choices, default=Severity.MINOR)
    found_on = models.DateField()
    found_by = models.CharField(max_length=60)
    address = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    answer = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, default="open")
    rectified_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        indexes = [models.Index(fields=["town_id", "-found_on", "-id"], name="plan_finding_town")]


class Order(Subject):
    """督办单. Blue: near its due date; yellow: behind; red: overdue, or on a leader's word 批示.

    It is the department's and its post's: the successor in the post has it without anybody's doing.
    """

    class Colour(models.TextChoices):
        BLUE = "blue"
        YELLOW = "yellow"
        RED = "red"

    subject_kind: ClassVar[str] = "plan_order"
    scoping: ClassVar[Scoping] = OF_DEPARTMENT

    town_id = models.BigIntegerField()
    number = models.CharField(max_length=40)
    colour = models.CharField(max_length=6, choices=Colour.choices)
    department_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True, blank=True)
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="orders")
    target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.SET_NULL, related_name="orders")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="orders")
    finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.SET_NULL, related_name="orders")
    cause = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    demand = models.TextField()
    instruction = models.TextField(blank=True)
    leader_post_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, default="issued")
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=60)
    due_on = models.DateField()
    signed_at = models.DateTimeField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    late = models.BooleanField(default=False)
    reworks = models.PositiveSmallIntegerField(default=0)
    reopenings = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["town_id", "number"], name="plan_order_number")]
        indexes = [
            models.Index(fields=["town_id", "-issued_at", "-id"], name="plan_order_town"),
            models.Index(fields=["state", "due_on"], name="plan_order_state"),
        ]


class LookBack(Subject):
    """回头看: a second look some time after closing; what did not hold is reopened."""

    subject_kind: ClassVar[str] = "plan_look_back"
    scoping: ClassVar[Scoping] = OF_DEPARTMENT

    town_id = models.BigIntegerField()
    department_id = models.BigIntegerField()
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.CASCADE, related_name="look_backs")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="look_backs")
    planned_on = models.DateField()
    state = models.CharField(max_length=8, default="planned")
    looked_on = models.DateField(null=True, blank=True)
    looked_by = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        app_label = "plans"
        constraints = [
            models.CheckConstraint(
                condition=Q(order__isnull=False) | Q(task__isnull=False), name="plan_look_back_of_something"
            ),
        ]
        indexes = [models.Index(fields=["town_id", "state", "planned_on"], name="plan_look_back_town")]
