"""Tasks 任务: what a document, a meeting or a gap asks somebody to do, who answers for it, and how it went."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.models import Located, Placed, Subject
from chengyun.plans.models.bases import Told
from chengyun.plans.models.documents import Clause, Document


class Task(Placed, Located, Told):
    """One task. `department_id` is the lead; every department of it is in `parties`.

    `told` is set once departments were asked: until then only those who read all plans of the town see it. The due
    date stays empty while it hangs on an event that nobody recorded (`due_event`, `due_months`). `before_issue`: the
    document gives a date before its own; the task is grey, not urged and not scored until `due_confirmed`. `light`
    and `light_why` are written by the rules of lights, and grey until then.
    """

    subject_kind: ClassVar[str] = "plan_task"
    scoping: ClassVar[Scoping] = Scoping(
        areas=("grid_id", "community_id", "parties__area_id"), departments=("department_id", "parties__department_id")
    )

    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="tasks")
    clause = models.ForeignKey(Clause, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks")
    label = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    path = models.JSONField(default=list, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    notes = models.JSONField(default=dict, blank=True)

    lead_words = models.CharField(max_length=120, blank=True)
    lead_post_id = models.BigIntegerField(null=True, blank=True)

    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_rule = models.CharField(max_length=12, default="none")
    due_words = models.CharField(max_length=200, blank=True)
    due_dates = models.JSONField(default=list, blank=True)
    due_event = models.CharField(max_length=200, blank=True)
    due_months = models.IntegerField(null=True, blank=True)
    event_on = models.DateField(null=True, blank=True)
    recurrence = models.CharField(max_length=12, blank=True)
    before_issue = models.BooleanField(default=False)
    due_confirmed = models.BooleanField(default=False)

    address = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, default="proposed")
    told = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    split_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="pieces")
    gap = models.JSONField(default=dict, blank=True)

    progress = models.PositiveSmallIntegerField(default=0)
    consent_due_at = models.DateTimeField(null=True, blank=True)
    live_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=60, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reopenings = models.PositiveSmallIntegerField(default=0)

    light = models.CharField(max_length=6, default="grey")
    light_why = models.JSONField(default=dict, blank=True)
    light_on = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="plan_task_progress"),
            models.CheckConstraint(condition=Q(light__in=["grey", "green", "yellow", "red"]), name="plan_task_light"),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False), name="plan_task_merged"
            ),
        ]
        indexes = [
            models.Index(fields=["town_id", "due_on", "id"], name="plan_task_town_due"),
            models.Index(fields=["department_id", "due_on", "id"], name="plan_task_department_due"),
            models.Index(fields=["document", "position", "id"], name="plan_task_document"),
            models.Index(fields=["state", "due_on"], name="plan_task_state"),
            models.Index(fields=["minx", "miny"], name="plan_task_point"),
        ]

    def where(self) -> Where:
        """Its town, its areas and every department that has a part in it."""
        parties = self.parties.all()
        areas = {self.grid_id, self.community_id, *(p.area_id for p in parties)}
        departments = {self.department_id, *(p.department_id for p in parties)}
        return Where(
            town=self.town_id,
            areas=frozenset(a for a in areas if a is not None),
            departments=frozenset(d for d in departments if d is not None),
        )

    def state_now(self) -> dict[str, Any]:
        return super().state_now() | {"title": self.title}


class Party(models.Model):
    """A unit that leads a task, answers for it too, or supports it, as written, with the department meant, if known.

    `words` is what the document says; a generic one (各居村) is replaced by named parties when it is expanded.
    `area_id` is the department's own area, where it is a neighbourhood or village. `consent` is what the department
    answered when it was asked; `lapsed`: it did not answer in time.
    """

    class Role(models.TextChoices):
        LEAD = "lead"  # 牵头
        JOINT = "joint"  # 共同责任
        SUPPORTING = "supporting"  # 配合

    class Consent(models.TextChoices):
        NONE = "none"
        ASKED = "asked"
        CONSENTED = "consented"
        OBJECTED = "objected"
        LAPSED = "lapsed"

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="parties")
    department_id = models.BigIntegerField(null=True, blank=True)
    area_id = models.BigIntegerField(null=True, blank=True)
    words = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=Role.choices)
    inferred = models.BooleanField(default=False)
    generic = models.BooleanField(default=False)
    question = models.CharField(max_length=200, blank=True)
    spans = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    consent = models.CharField(max_length=10, choices=Consent.choices, default=Consent.NONE)
    reason = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [
            models.UniqueConstraint(
                fields=["task", "department_id"], condition=Q(department_id__isnull=False), name="plan_party_once"
            ),
            models.UniqueConstraint(fields=["task"], condition=Q(role="lead"), name="plan_party_one_lead"),
        ]
        indexes = [models.Index(fields=["department_id", "task"], name="plan_party_department")]


class Adjustment(Subject):
    """中期调整: a change of a live task that goes the way of the decomposition again; old values are kept.

    `changes` holds by field [before, after] as plain values; `answers` by the key of a department what it said:
    answer (asked, consented, objected, lapsed), reason, at.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        OBJECTED = "objected"
        CONSENTED = "consented"
        APPROVED = "approved"
        REFUSED = "refused"

    subject_kind: ClassVar[str] = "plan_adjustment"
    scoping: ClassVar[Scoping] = Scoping(
        areas=("grid_id", "community_id", "parties__area_id"),
        departments=("department_id", "parties__department_id"),
        through="task__",
    )

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="adjustments")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    changes = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    answers = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(state__in=["asked", "objected", "consented"]),
                name="plan_adjustment_one_open",
            ),
        ]

    def said(self, department: int | str) -> str:
        """What a department answered; "" where it was not asked."""
        return str(self.answers.get(str(department), {}).get("answer", ""))

    def where(self) -> Where:
        return self.task.where()
