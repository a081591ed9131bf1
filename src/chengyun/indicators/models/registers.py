"""Registers 台账: what departments keep in lists, as records with columns that are data."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.models import Located, Subject


class Register(Subject):
    """A list that a town keeps: its columns, and which of them is a record's key and its day.

    `department_id`: who keeps it, and may write in it beside those who may everywhere. `columns`: [{name, zh, en, kind,
    unit, words, required}], see `registers.shapes`. `complete`: somebody confirmed that the list is whole; what a list
    that is not lacks is unknown, not absent.
    """

    subject_kind: ClassVar[str] = "register"
    scoping: ClassVar[Scoping] = Scoping(departments=("department_id",), open=True)

    town_id = models.BigIntegerField()
    department_id = models.BigIntegerField(null=True, blank=True)
    code = models.CharField(max_length=60)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True)
    columns = models.JSONField(default=list)
    key = models.CharField(max_length=40, blank=True)
    day = models.CharField(max_length=40, blank=True)
    note_zh = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    complete = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "indicators"
        constraints = [models.UniqueConstraint(fields=["town_id", "code"], name="register_code")]

    def where(self) -> Where:
        return Where(town=self.town_id, departments=frozenset(d for d in (self.department_id,) if d is not None))


class RegisterEntry(Subject, Located):
    """A record of a register: its values, the place it is about, and the day when it counts."""

    subject_kind: ClassVar[str] = "register_entry"
    scoping: ClassVar[Scoping] = Scoping(areas=("grid_id", "community_id"), departments=("register__department_id",))

    town_id = models.BigIntegerField()
    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="entries")
    code = models.CharField(max_length=120)  # the record's own key, or a number given to it
    label = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    happened_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    grid_id = models.BigIntegerField(null=True, blank=True)
    community_id = models.BigIntegerField(null=True, blank=True)
    compound_id = models.BigIntegerField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "indicators"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "code"], condition=Q(retired_at=None), name="register_entry_once"
            )
        ]
        indexes = [models.Index(fields=["register", "happened_on"], name="register_entry_day")]

    def where(self) -> Where:
        areas = (self.grid_id, self.community_id, self.compound_id)
        departments = frozenset(d for d in (self.register.department_id,) if d is not None)
        return Where(town=self.town_id, areas=frozenset(a for a in areas if a is not None), departments=departments)
