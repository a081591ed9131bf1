"""What ties a post or a department to something: areas, facilities, classes of case, shifts."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.models import Subject


class Holding(Subject):
    """A post answers for an area. `duty` holder is the one who answers (one for each area), worker patrols it."""

    class Duty(models.TextChoices):
        HOLDER = "holder"
        WORKER = "worker"

    subject_kind: ClassVar[str] = "holding"
    scoping: ClassVar[Scoping] = Scoping(areas=("area_id",))

    town = models.ForeignKey("places.Town", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("accounts.Post", on_delete=models.PROTECT, related_name="holdings")
    duty = models.CharField(max_length=10, choices=Duty.choices, default=Duty.HOLDER)

    class Meta:
        app_label = "accounts"
        constraints = [
            models.UniqueConstraint(fields=["area", "post", "duty"], name="holding_once"),
            models.UniqueConstraint(fields=["area"], condition=Q(duty="holder"), name="holding_one_holder"),
        ]


class Ownership(Subject):
    """A facility belongs to a department."""

    subject_kind: ClassVar[str] = "ownership"
    scoping: ClassVar[Scoping] = Scoping(departments=("department_id",))

    town = models.ForeignKey("places.Town", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    facility = models.OneToOneField("places.Facility", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="ownerships")

    class Meta:
        app_label = "accounts"


class Responsibility(Subject):
    """Which department answers for a subject (an opaque code), in an area or anywhere in the town, on conditions.

    `subject_code` is exact, or ends with "*" for everything that begins so. `conditions` are facts that must hold:
    {"owner": "街道", "road": ["市政", "公路"], "width": {"min": 3}}. `basis_zh`, `basis_en` say why, for the reason
    that is stored with what follows from it.
    """

    subject_kind: ClassVar[str] = "responsibility"
    scoping: ClassVar[Scoping] = Scoping(areas=("area_id",), departments=("department_id",))

    town = models.ForeignKey("places.Town", on_delete=models.PROTECT, related_name="+")
    subject_code = models.CharField(max_length=60)
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    conditions = models.JSONField(default=dict, blank=True)
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="responsibilities")
    priority = models.SmallIntegerField(default=0)
    basis_zh = models.CharField(max_length=300, blank=True)
    basis_en = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "accounts"
        indexes = [models.Index(fields=["town", "subject_code"], name="responsibility_subject")]


class Shift(Subject):
    """A turn of the duty roster: a post or a person is on duty from one moment until another (exclusive)."""

    subject_kind: ClassVar[str] = "shift"
    scoping: ClassVar[Scoping] = Scoping()

    town = models.ForeignKey("places.Town", on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=40)
    post = models.ForeignKey("accounts.Post", on_delete=models.PROTECT, null=True, blank=True, related_name="shifts")
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="shifts"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        app_label = "accounts"
        constraints = [
            models.CheckConstraint(name="shift_order", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="shift_of_one",
                condition=Q(person=None, post__isnull=False) | Q(person__isnull=False, post=None),
            ),
        ]
        indexes = [models.Index(fields=["town", "starts_at"], name="shift_town")]

    def where(self) -> Where:
        return Where(town=self.town_id)
