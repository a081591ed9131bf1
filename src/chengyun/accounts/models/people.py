"""People: someone with a login, who acts as the `Actor` of kind "person"."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from chengyun.kernel.access import Scoping
from chengyun.kernel.models import Subject


class Person(Subject, AbstractBaseUser):
    """Someone with a login. What a person may do comes from grants, never from this row.

    `town_id` is empty for people of the district above. Name, phone and e-mail are personal data: shown in full to
    whoever manages people or shares the department, masked to others.
    """

    subject_kind: ClassVar[str] = "person"
    scoping: ClassVar[Scoping] = Scoping(departments=("department_id",), people=("uuid",))

    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=60, blank=True)
    town = models.ForeignKey("places.Town", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        app_label = "accounts"

    @property
    def actor_id(self) -> str:
        return str(self.uuid)

    @property
    def actor_kind(self) -> str:
        return "person"
