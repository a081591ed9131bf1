"""Funds: what is budgeted for a project or task, from which source, in 万元. Payments lie with the project."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.models import Subject
from chengyun.plans.models.projects import Project
from chengyun.plans.models.tasks import Task


class Budget(Subject):
    """资金安排 of one year from one source, for a project or a task."""

    class Source(models.TextChoices):
        TOWN = "town"
        DISTRICT = "district"
        CITY = "city"
        BOND = "bond"
        SOCIAL = "social"
        COLLECTIVE = "collective"

    subject_kind: ClassVar[str] = "plan_budget"
    scoping: ClassVar[Scoping] = Scoping(departments=("department_id",))

    town_id = models.BigIntegerField()
    department_id = models.BigIntegerField(null=True, blank=True)
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.CASCADE, related_name="budgets")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="budgets")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=Source.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    basis = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default="planned")

    class Meta:
        app_label = "plans"
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=False) | Q(task__isnull=False), name="plan_budget_of_something"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="plan_budget_not_negative"),
        ]
        indexes = [models.Index(fields=["town_id", "year"], name="plan_budget_town")]
