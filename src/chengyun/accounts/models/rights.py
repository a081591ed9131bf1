"""Roles, and grants of a role at a place."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.models import Subject


class Role(Subject):
    """A named set of permissions. Those of `data/roles.yaml` are fixed; a town copies one to change it.

    `permissions` hold wherever the grant holds; `own` only for things that the person stands on himself.
    """

    subject_kind: ClassVar[str] = "role"
    scoping: ClassVar[Scoping] = Scoping(open=True)

    town = models.ForeignKey("places.Town", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=60, unique=True)
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=60)
    summary_zh = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=300, blank=True)
    permissions = models.JSONField(default=list)
    own = models.JSONField(default=list)
    home = models.CharField(max_length=60, blank=True)
    seeded = models.BooleanField(default=False)
    copied_from = models.CharField(max_length=60, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        app_label = "accounts"


class Grant(Subject):
    """A role given to a person, or to a post and so to whoever holds it, at a place and for a time.

    `reach`: all (the whole installation), town, area (with everything below it; a district is an area too), held (the
    areas that the post holds). With a department it reaches only what is that department's, or of those below it.
    """

    class Reach(models.TextChoices):
        ALL = "all"
        TOWN = "town"
        AREA = "area"
        HELD = "held"

    subject_kind: ClassVar[str] = "grant"
    scoping: ClassVar[Scoping] = Scoping(departments=("department_id",))

    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )
    post = models.ForeignKey("accounts.Post", on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")
    reach = models.CharField(max_length=5, choices=Reach.choices)
    town = models.ForeignKey("places.Town", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "accounts"
        constraints = [
            models.CheckConstraint(
                name="grant_to_one",
                condition=Q(person=None, post__isnull=False) | Q(person__isnull=False, post=None),
            ),
            models.CheckConstraint(
                name="grant_place",
                condition=Q(reach="all", town=None, area=None)
                | Q(reach="town", town__isnull=False, area=None)
                | Q(reach="area", area__isnull=False)
                | Q(reach="held", post__isnull=False, area=None),
            ),
            models.CheckConstraint(name="grant_order", condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at"))),
        ]
