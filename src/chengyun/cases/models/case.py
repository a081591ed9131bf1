"""The case 案件: one thing to be dealt with."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.models import Located, Placed


class Channel(models.TextChoices):
    """Where a case came from."""

    HOTLINE = "hotline"  # 12345
    DISTRICT = "district"  # the district's grid platform
    PATROL = "patrol"
    RESIDENT = "resident"  # QR code or web, no account
    SENSOR = "sensor"
    CAMERA = "camera"
    LEADER = "leader"
    OPEN311 = "open311"
    DESK = "desk"  # by phone or at the counter
    IMPORT = "import"


class Case(Placed, Located):
    """One thing to be dealt with, or an order of an upper platform (`is_order`), which follows its own table.

    Areas and department are as at the time of the event; `routing` holds why they were found. `due_at`, `due_stage`,
    `amber_at` and `provisional` repeat the clock that falls due first, for lists. `handlers` are all who ever handled
    it. Who reported is in `Reporter`; `reporter_id` and `also_reported` hold only their references.
    """

    subject_kind: ClassVar[str] = "case"
    scoping: ClassVar[Scoping] = Scoping(
        areas=("grid_id", "community_id"),
        departments=("department_id", "parts__supporter_id"),
        people=("reporter_id", "assignee_id", "verifier_id", "checker_id"),
    )

    number = models.CharField(max_length=40, unique=True)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    class_code = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    cell_id = models.BigIntegerField(null=True, blank=True)
    compound_id = models.BigIntegerField(null=True, blank=True)
    facility_id = models.BigIntegerField(null=True, blank=True)
    routing = models.JSONField(default=dict, blank=True)
    priority = models.CharField(max_length=6, default="normal")
    state = models.CharField(max_length=12)
    is_open = models.BooleanField(default=True)
    confidential = models.BooleanField(default=False)

    is_order = models.BooleanField(default=False)
    source = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    upper_kind = models.CharField(max_length=12, blank=True)
    upper_due_at = models.DateTimeField(null=True, blank=True)
    upper_pending = models.CharField(max_length=12, blank=True)

    due_at = models.DateTimeField(null=True, blank=True)
    due_stage = models.CharField(max_length=14, blank=True)
    amber_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)

    round = models.PositiveSmallIntegerField(default=1)
    returns = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    reopenings = models.PositiveSmallIntegerField(default=0)
    urges = models.PositiveSmallIntegerField(default=0)
    open_parts = models.PositiveSmallIntegerField(default=0)
    bound = models.BooleanField(default=False)
    simple = models.BooleanField(default=False)
    sampled = models.BooleanField(default=False)
    supervised = models.BooleanField(default=False)
    found = models.BooleanField(null=True, blank=True)
    pending = models.CharField(max_length=20, blank=True)
    review_on = models.DateField(null=True, blank=True)
    level = models.CharField(max_length=10, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    joined_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="orders")

    reporter_id = models.UUIDField(null=True, blank=True)
    also_reported = models.JSONField(default=list, blank=True)
    assignee_id = models.UUIDField(null=True, blank=True)
    verifier_id = models.UUIDField(null=True, blank=True)
    checker_id = models.UUIDField(null=True, blank=True)
    handlers = models.JSONField(default=list, blank=True)
    thumb = models.UUIDField(null=True, blank=True)

    reported_at = models.DateTimeField()
    received_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "cases"
        constraints = [
            models.UniqueConstraint(
                fields=["town_id", "source", "external_id"], condition=~Q(external_id=""), name="case_external"
            ),
            models.CheckConstraint(condition=Q(priority__in=["low", "normal", "urgent"]), name="case_priority"),
            models.CheckConstraint(condition=Q(is_order=False) | ~Q(external_id=""), name="case_order_number"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="case_not_into_itself"
            ),
            models.CheckConstraint(
                condition=(Q(state="merged") & Q(merged_into__isnull=False))
                | (~Q(state="merged") & Q(merged_into=None)),
                name="case_merged_state",
            ),
            models.CheckConstraint(condition=Q(is_order=False) | ~Q(state="merged"), name="case_order_not_merged"),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "rated"]) | Q(closed_at__isnull=False), name="case_closed_when"
            ),
        ]
        indexes = [
            # All cases of a scope, latest first: each branch of a scope is read in order.
            models.Index(fields=["-reported_at", "-id"], name="case_latest"),
            models.Index(fields=["town_id", "-reported_at", "-id", "state", "class_code", "uuid"], name="case_town"),
            models.Index(fields=["grid_id", "-reported_at", "-id"], name="case_grid"),
            models.Index(fields=["community_id", "-reported_at", "-id"], name="case_community"),
            models.Index(fields=["department_id", "-reported_at", "-id"], name="case_department"),
            # What is open is a few of a hundred: small indexes for the working views.
            models.Index(fields=["due_at"], name="case_due", condition=Q(is_open=True)),
            models.Index(fields=["town_id", "due_at"], name="case_open", condition=Q(is_open=True)),
            models.Index(fields=["grid_id", "state"], name="case_grid_open", condition=Q(is_open=True)),
            models.Index(fields=["community_id", "due_at"], name="case_community_open", condition=Q(is_open=True)),
            models.Index(fields=["department_id", "state"], name="case_department_open", condition=Q(is_open=True)),
            models.Index(fields=["town_id", "state", "due_at"], name="case_queue"),
            models.Index(fields=["class_code", "-reported_at"], name="case_class"),
            models.Index(fields=["minx", "miny"], name="case_point"),
            models.Index(fields=["local_day", "town_id"], name="case_day"),
            models.Index(fields=["reporter_id"], name="case_reporter", condition=Q(reporter_id__isnull=False)),
            models.Index(fields=["assignee_id"], name="case_assignee", condition=Q(assignee_id__isnull=False)),
            models.Index(fields=["verifier_id"], name="case_verifier", condition=Q(verifier_id__isnull=False)),
            models.Index(fields=["checker_id"], name="case_checker", condition=Q(checker_id__isnull=False)),
            models.Index(fields=["pending"], name="case_pending", condition=~Q(pending="")),
            models.Index(fields=["facility_id"], name="case_facility", condition=Q(facility_id__isnull=False)),
        ]

    @property
    def reporters(self) -> list[str]:
        """References of all who reported it."""
        first = [str(self.reporter_id)] if self.reporter_id else []
        return [*first, *self.also_reported]

    @property
    def joined(self) -> bool:
        """Whether another case does the work of this order."""
        return self.joined_to_id is not None

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude (WGS 84), where it is placed."""
        return None if self.minx is None or self.miny is None else (self.minx, self.miny)

    supporting: frozenset[int] = frozenset()
    """Departments with an open supporting part, where somebody has looked them up (`know_supporting`)."""

    def know_supporting(self) -> None:
        """Look up who supports it, so that they are among its departments. A query only where there are any."""
        if self.open_parts:
            rows = self.parts.filter(lead=False, ended_at=None)
            self.supporting = frozenset(rows.values_list("department_id", flat=True))

    def where(self) -> Where:
        """Where the case is, with all who reported it and everyone it was given to."""
        areas = (self.grid_id, self.community_id, self.cell_id, self.compound_id)
        people = (self.assignee_id, self.verifier_id, self.checker_id)
        return Where(
            town=self.town_id,
            areas=frozenset(a for a in areas if a is not None),
            departments=self.supporting | ({self.department_id} if self.department_id is not None else set()),
            people=frozenset(self.reporters) | {str(p) for p in people if p is not None},
        )

    def state_now(self) -> dict[str, Any]:
        return super().state_now() | {"number": self.number}
