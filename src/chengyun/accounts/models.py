"""People, and what ties them to the town."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import BaseUserManager
from django.db import models

from chengyun.kernel.ids import new_uuid


class PersonManager(BaseUserManager["Person"]):
    """Look-ups that Django's login needs; the room's own reads go through queries."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(login=username)


class Person(AbstractBaseUser):
    """Someone with a login. Acts as `Actor` of kind "person"."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    objects = PersonManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        app_label = "accounts"

    @property
    def actor_id(self) -> str:
        return str(self.uuid)

    @property
    def actor_kind(self) -> str:
        return "person"
