"""What people do about a case: ask for approval, attach evidence, report it too, rate it; and take lists out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.cases.models.case import Case
from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.models import Exported, Subject


class Approval(Subject):
    """A verb that waits for a post to agree. `given` holds no free text; `texts` are references to private ones."""

    class State(models.TextChoices):
        PENDING = "pending"
        APPROVED = "approved"
        REFUSED = "refused"
        LAPSED = "lapsed"

    subject_kind: ClassVar[str] = "approval"
    scoping: ClassVar[Scoping] = Scoping(
        areas=("grid_id", "community_id"), departments=("department_id",), through="case__"
    )

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="approvals")
    verb = models.CharField(max_length=20)
    post = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    given = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    asked_kind = models.CharField(max_length=10)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "cases"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="pending"), name="approval_one_pending"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "lapsed"]) | ~Q(decided_by=models.F("asked_by")),
                name="approval_by_another",
            ),
        ]
        indexes = [models.Index(fields=["post", "asked_at"], name="approval_inbox", condition=Q(state="pending"))]

    def where(self) -> Where:
        return self.case.where()


class Attachment(models.Model):
    """A file of a case and what it shows. `captured_at` is when the picture says it was taken: evidence."""

    class Role(models.TextChoices):
        BEFORE = "before"
        AFTER = "after"
        EVIDENCE = "evidence"
        REPORT = "report"

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attachments")
    file = models.UUIDField()
    mime = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=8, choices=Role.choices)
    verb = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField(default=1)
    captured_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    actor_id = models.CharField(max_length=60)

    class Meta:
        app_label = "cases"
        constraints = [models.UniqueConstraint(fields=["case", "file", "role"], name="attachment_once")]
        indexes = [models.Index(fields=["file"], name="attachment_file")]


class Reporter(models.Model):
    """Who reported a case. Name and phone lie in the kernel's Private under `private_id`.

    `ref` is who it is as an actor; `code` the salted hash of the code on the receipt.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reporter_rows")
    ref = models.UUIDField()
    kind = models.CharField(max_length=10)
    private_id = models.UUIDField(null=True, blank=True)
    code = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=12)
    reported_at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        constraints = [models.UniqueConstraint(fields=["case", "ref"], name="reporter_once")]


class Rating(models.Model):
    """What was said of the result: solved or not, and how satisfied, which are two things."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    asked = models.CharField(max_length=10)  # reporter | desk | upper
    solved = models.BooleanField()
    satisfied = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        constraints = [models.CheckConstraint(condition=Q(satisfied__range=(1, 5)), name="rating_range")]


class Supervision(models.Model):
    """An order of supervision 督办单, until it is cleared 销号."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="supervisions")
    due_on = models.DateField()
    ordered_by = models.CharField(max_length=60)
    ordered_at = models.DateTimeField()
    cleared_by = models.CharField(max_length=60, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "cases"
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(cleared_at=None), name="supervision_one")]


class Export(Exported):
    """A list of cases that somebody took out as a file."""

    subject_kind: ClassVar[str] = "export"

    class Meta:
        app_label = "cases"
