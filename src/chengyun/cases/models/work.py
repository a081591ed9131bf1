"""Who works on a case and how long it takes: parts of departments, and clocks."""

from django.db import models
from django.db.models import Q

from chengyun.cases.models.case import Case
from chengyun.kernel.ids import new_uuid


class Part(models.Model):
    """A department's share of a case: the lead's 牵头, or a supporting one 配合 of joint handling.

    A lead part ends when the case is answered, returned or reassigned; a new dispatch makes a new one, so that who
    gave back what stays to be seen.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parts")
    department_id = models.BigIntegerField()
    lead = models.BooleanField(default=True)
    state = models.CharField(max_length=12, default="dispatched")
    # The department of a supporting part alone: what scoping asks, beside the case's own lead.
    supporter_id = models.GeneratedField(
        expression=models.Case(models.When(lead=False, then=models.F("department_id")), default=None),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )
    assignee_id = models.UUIDField(null=True, blank=True)
    sent_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "cases"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "department_id"], condition=Q(ended_at=None), name="part_open_once"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None, lead=True), name="part_one_lead"),
        ]
        indexes = [
            models.Index(fields=["department_id", "state"], name="part_department"),
            models.Index(fields=["supporter_id"], name="part_supporter", condition=Q(supporter_id__isnull=False)),
        ]


class Clock(models.Model):
    """How long one stage of one round took or may take. `limit` is as it was when the clock started.

    `on_time` is fixed when the clock stops; empty where the work was taken away. `history` keeps every due time
    before the present one, with why it moved.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    part = models.ForeignKey(Part, null=True, blank=True, on_delete=models.CASCADE, related_name="clocks")
    stage = models.CharField(max_length=14)
    round = models.PositiveSmallIntegerField(default=1)
    limit = models.JSONField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    amber_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    on_time = models.BooleanField(null=True, blank=True)
    overdue_at = models.DateTimeField(null=True, blank=True)
    history = models.JSONField(default=list, blank=True)

    class Meta:
        app_label = "cases"
        indexes = [
            models.Index(fields=["case", "stage"], name="clock_case"),
            models.Index(
                fields=["due_at"], name="clock_running", condition=Q(stopped_at=None, paused_at=None, overdue_at=None)
            ),
            models.Index(fields=["id"], name="clock_provisional", condition=Q(provisional=True, stopped_at=None)),
            models.Index(fields=["stage", "due_at"], name="clock_stage"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage", "round"], condition=Q(stopped_at=None, part=None), name="clock_once"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(stopped_at__gte=models.F("started_at")), name="clock_order"
            ),
        ]
