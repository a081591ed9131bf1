"""Leading groups 领导小组 and task forces 专班, their members by post, and their meetings 例会."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.models import Subject
from chengyun.plans.models.documents import Document
from chengyun.plans.models.tasks import Task


class Group(Subject):
    """A leading group or task force. Members are posts: whoever holds the post is the member."""

    class Kind(models.TextChoices):
        LEADING_GROUP = "leading_group"
        TASK_FORCE = "task_force"

    subject_kind: ClassVar[str] = "plan_group"
    scoping: ClassVar[Scoping] = Scoping()

    town_id = models.BigIntegerField()
    kind = models.CharField(max_length=14, choices=Kind.choices)
    name = models.CharField(max_length=120)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="groups")
    duties = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, default="active")

    class Meta:
        app_label = "plans"
        constraints = [
            models.UniqueConstraint(fields=["town_id", "name"], name="plan_group_name"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="plan_group_period"
            ),
        ]


class Member(models.Model):
    """A post in a group."""

    class Role(models.TextChoices):
        HEAD = "head"
        DEPUTY = "deputy"
        MEMBER = "member"
        OFFICE = "office"

    id = models.BigAutoField(primary_key=True)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    post_id = models.BigIntegerField()
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["group", "post_id"], name="plan_member_once")]


class Meeting(Subject):
    """A meeting of a group: agenda before, minutes after; issued, each decision becomes a task with an owner."""

    subject_kind: ClassVar[str] = "plan_meeting"
    scoping: ClassVar[Scoping] = Scoping()

    town_id = models.BigIntegerField()
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    room = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, default="planned")
    present = models.JSONField(default=list, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="plan_meeting_number")]
        indexes = [models.Index(fields=["town_id", "-held_on", "-id"], name="plan_meeting_town")]


class AgendaItem(models.Model):
    """A point of the agenda, and what was said on it."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="agenda")
    department_id = models.BigIntegerField(null=True, blank=True)
    minutes = models.TextField(blank=True)

    class Meta:
        app_label = "plans"
        indexes = [models.Index(fields=["meeting", "position"], name="plan_agenda_order")]


class Decision(models.Model):
    """议定事项: what the meeting decided, who answers for it until when, and the task that it became."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    department_id = models.BigIntegerField()
    supporting = models.JSONField(default=list, blank=True)
    post_id = models.BigIntegerField(null=True, blank=True)
    due_on = models.DateField()
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")

    class Meta:
        app_label = "plans"
        indexes = [models.Index(fields=["meeting", "position"], name="plan_decision_order")]
