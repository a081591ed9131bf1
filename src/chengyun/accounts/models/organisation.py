"""Departments, the posts in them, and who holds a post from when until when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.models import Subject


class Department(Subject):
    """Who handles and answers: a department of the town, a posted force, a contractor, a neighbourhood committee.

    `timetable` is the code of the kernel's office hours. A contractor works under its supervising department.
    """

    class Kind(models.TextChoices):
        DEPARTMENT = "department"
        POSTED_FORCE = "posted_force"
        CONTRACTOR = "contractor"
        NEIGHBOURHOOD = "neighbourhood"
        VILLAGE = "village"

    subject_kind: ClassVar[str] = "department"
    scoping: ClassVar[Scoping] = Scoping(departments=("id",))

    town = models.ForeignKey("places.Town", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.DEPARTMENT)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    supervisor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="supervised")
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    timetable = models.CharField(max_length=40, default="office")
    is_open = models.BooleanField(default=True)

    class Meta:
        app_label = "accounts"
        constraints = [
            models.UniqueConstraint(fields=["town", "code"], name="department_code"),
            models.UniqueConstraint(fields=["code"], condition=Q(town=None), name="department_code_above"),
            models.CheckConstraint(
                name="department_supervised",
                condition=Q(kind="contractor") | Q(supervisor=None),
            ),
            models.CheckConstraint(name="department_not_above_itself", condition=Q(parent=None) | ~Q(parent=F("id"))),
        ]


class Post(Subject):
    """A post in a department. Duties and rights are bound to it; whoever holds it has them."""

    class Kind(models.TextChoices):
        LEADER = "leader"
        HEAD = "head"
        DUTY = "duty"
        DESK = "desk"
        FIELD = "field"

    subject_kind: ClassVar[str] = "post"
    scoping: ClassVar[Scoping] = Scoping(areas=("area_id",), departments=("department_id",))

    town = models.ForeignKey("places.Town", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="posts")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.DESK)
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_open = models.BooleanField(default=True)

    class Meta:
        app_label = "accounts"
        constraints = [
            models.UniqueConstraint(fields=["town", "code"], name="post_code"),
            models.UniqueConstraint(fields=["code"], condition=Q(town=None), name="post_code_above"),
        ]


class Tenure(Subject):
    """Who holds a post, from a moment until another (exclusive; empty: until further notice)."""

    subject_kind: ClassVar[str] = "tenure"
    scoping: ClassVar[Scoping] = Scoping(departments=("department_id",), through="post__")

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="tenures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "accounts"
        constraints = [
            models.CheckConstraint(name="tenure_order", condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at"))),
            models.UniqueConstraint(fields=["post"], condition=Q(ends_at=None), name="tenure_one_open"),
        ]
        indexes = [
            models.Index(fields=["person", "ends_at"], name="tenure_person"),
            models.Index(fields=["post", "starts_at"], name="tenure_post"),
        ]

    def where(self) -> Where:
        return self.post.where()
