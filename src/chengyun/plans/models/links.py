"""How documents hang together, and what is left open in them."""

from django.db import models
from django.db.models import F, Q

from chengyun.kernel.ids import new_uuid
from chengyun.plans.models.documents import Document
from chengyun.plans.models.targets import Target
from chengyun.plans.models.tasks import Task


class Alignment(models.Model):
    """对齐: a task serves one of a document above, or a target states one again, confirmed by a person or proposed."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        REFUSED = "refused"

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    lower_task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="serves")
    upper_task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="served_by")
    lower_target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.CASCADE, related_name="serves")
    upper_target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.CASCADE, related_name="served_by")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    score = models.FloatField(default=1.0)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "plans"
        constraints = [
            models.UniqueConstraint(
                fields=["lower_task", "upper_task"],
                condition=Q(lower_task__isnull=False),
                name="plan_alignment_task_once",
            ),
            models.UniqueConstraint(
                fields=["lower_target", "upper_target"],
                condition=Q(lower_target__isnull=False),
                name="plan_alignment_target_once",
            ),
            models.CheckConstraint(
                condition=(Q(lower_task__isnull=False) & Q(upper_task__isnull=False) & Q(lower_target=None))
                | (Q(lower_target__isnull=False) & Q(upper_target__isnull=False) & Q(lower_task=None)),
                name="plan_alignment_of_two_alike",
            ),
            models.CheckConstraint(
                condition=Q(lower_task=None) | ~Q(lower_task=F("upper_task")), name="plan_alignment_not_itself"
            ),
            models.CheckConstraint(
                condition=Q(lower_target=None) | ~Q(lower_target=F("upper_target")), name="plan_alignment_target_itself"
            ),
        ]


class Question(models.Model):
    """待明确事项: what the compiler did not understand, what a document leaves open, a unit that nobody here is."""

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        DISMISSED = "dismissed"

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="questions")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="questions")
    target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.CASCADE, related_name="questions")
    reading = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    detail = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=300, blank=True)
    spans = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        indexes = [models.Index(fields=["document", "state"], name="plan_question_document")]
