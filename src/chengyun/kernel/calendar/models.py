"""Tables of working time: what a notice says of a year, and the hours of offices. Rows are never overwritten."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.models.bases import Subject


class CalendarYear(Subject):
    """The days of a year that are not what their weekday says, as one notice has them.

    Without a town it is the State Council's notice; with one it holds the town's own days over and above. A correction
    is a new row with the next `revision`; only the latest is `current`, the others stay to be looked up.
    """

    subject_kind: ClassVar[str] = "calendar"
    scoping: ClassVar[Scoping] = Scoping(open=True)

    town_id = models.BigIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField(default=1)
    current = models.BooleanField(default=True)
    notice = models.CharField(max_length=120, blank=True)
    issued = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(current=True, town_id=None), name="calendar_current_of_all"
            ),
            models.UniqueConstraint(
                fields=["town_id", "year"],
                condition=Q(current=True, town_id__isnull=False),
                name="calendar_current_of_town",
            ),
        ]

    def state_now(self) -> dict[str, Any]:
        return super().state_now() | {"year": self.year, "revision": self.revision}


class CalendarDay(models.Model):
    """One rest day or make-up workday of a notice."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday"
        WORKDAY = "workday"

    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=7, choices=Kind.choices)
    name = models.CharField(max_length=40)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["calendar", "day"], name="calendarday_once"),
            models.CheckConstraint(condition=Q(kind__in=["holiday", "workday"]), name="calendarday_kind"),
        ]


class OfficeHours(Subject):
    """A timetable under a code ("office", "always"); a town's own comes before the one of all towns."""

    subject_kind: ClassVar[str] = "office_hours"
    scoping: ClassVar[Scoping] = Scoping(open=True)

    town_id = models.BigIntegerField(null=True, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    revision = models.PositiveIntegerField(default=1)
    current = models.BooleanField(default=True)
    hours = models.JSONField(default=dict)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(current=True, town_id=None), name="hours_of_all"),
            models.UniqueConstraint(
                fields=["town_id", "code"],
                condition=Q(current=True, town_id__isnull=False),
                name="hours_of_town",
            ),
        ]
