"""How someone comes in, and what is kept of it: tokens, failed attempts, looks at personal data, notices."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.models import Subject


class ApiToken(Subject):
    """A program's key, shown once and kept as a digest. Acts as the `Actor` of kind "token".

    It may do what it names, where it names it, and never more than the person who answers for it may do now.
    """

    subject_kind: ClassVar[str] = "token"
    scoping: ClassVar[Scoping] = Scoping(departments=("department_id",), people=("person_ref",))

    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="tokens")
    permissions = models.JSONField(default=list)
    town = models.ForeignKey("places.Town", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="tokens"
    )
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    person_ref = models.CharField(max_length=40)

    class Meta:
        app_label = "accounts"

    @property
    def actor_id(self) -> str:
        return str(self.uuid)

    @property
    def actor_kind(self) -> str:
        return "token"


class LoginAttempt(models.Model):
    """One try to log in. Name and address are kept as keyed digests: they serve to count, and to nothing else."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()
    failed = models.BooleanField(default=True)

    class Meta:
        app_label = "accounts"
        indexes = [
            models.Index(fields=["name", "at"], condition=Q(failed=True), name="attempt_name"),
            models.Index(fields=["address", "at"], condition=Q(failed=True), name="attempt_address"),
        ]


class Look(Subject):
    """Somebody looked at personal data unmasked: who, at whose, which fields, why. Never changed."""

    subject_kind: ClassVar[str] = "look"
    scoping: ClassVar[Scoping] = Scoping(people=("who",))

    town = models.ForeignKey("places.Town", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    who_kind = models.CharField(max_length=10)
    who = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    subject = models.UUIDField()
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=300)

    class Meta:
        app_label = "accounts"
        indexes = [models.Index(fields=["kind", "subject"], name="look_subject")]


class Notice(models.Model):
    """Something that happened which a person should know. Its words are the client's, its facts the journal's."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="notices")
    position = models.BigIntegerField()
    event = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    subject = models.UUIDField()
    level = models.CharField(max_length=10, default="info")
    params = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "accounts"
        constraints = [models.UniqueConstraint(fields=["person", "position"], name="notice_once")]
        indexes = [models.Index(fields=["person", "id"], condition=Q(read_at=None), name="notice_unread")]
