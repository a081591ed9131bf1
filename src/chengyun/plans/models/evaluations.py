"""Evaluations 年度跟踪、中期评估、末期评估 with a frozen snapshot, and what is published 信息公开."""

from typing import ClassVar

from django.db import models

from chengyun.kernel.access import Scoping
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.models import Subject
from chengyun.plans.models.documents import Document


class Evaluation(Subject):
    """One evaluation of one document. `snapshot` holds every figure as of `as_of`; frozen, it never changes again."""

    class Kind(models.TextChoices):
        YEARLY = "yearly"
        MID_TERM = "mid_term"
        FINAL = "final"

    subject_kind: ClassVar[str] = "plan_evaluation"
    scoping: ClassVar[Scoping] = Scoping()

    town_id = models.BigIntegerField()
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="evaluations")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=200)
    as_of = models.DateField()
    state = models.CharField(max_length=8, default="draft")
    snapshot = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    file = models.UUIDField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        indexes = [models.Index(fields=["town_id", "-as_of", "-id"], name="plan_evaluation_town")]


class EvaluationBlock(models.Model):
    """A passage of the report: drafted from the snapshot, edited by a person; `drafted` keeps the platform's words."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    text = models.TextField()
    drafted = models.TextField()
    edited_by = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["evaluation", "code"], name="plan_block_once")]


class Publication(Subject):
    """What the town shows of a document to everybody: frozen when published, without names and internal words."""

    subject_kind: ClassVar[str] = "plan_publication"
    scoping: ClassVar[Scoping] = Scoping()

    town_id = models.BigIntegerField()
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="publications")
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default="published")
    content = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(state="published"), name="plan_publication_one"
            ),
        ]
        indexes = [models.Index(fields=["town_id", "state"], name="plan_publication_town")]
