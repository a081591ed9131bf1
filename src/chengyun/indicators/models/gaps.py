"""A gap that became work, and how it was closed."""

from typing import ClassVar

from django.db import models

from chengyun.indicators.models.definitions import Indicator
from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.models import Subject


class Gap(Subject):
    """An indicator that falls short in an area, handed over to be closed. States: see `flow_table.py`.

    `before`, `after`: value, numerator, denominator and number of failing things when it was raised and when it was
    found to be met; `cause`: added, removed, changed, denominator, target, definition or unclear.
    `subjects`: the things that failed when it was raised, as ids of the journal ("facility:<uuid>").
    """

    subject_kind: ClassVar[str] = "gap"
    scoping: ClassVar[Scoping] = Scoping(areas=("area_id", "grid_id", "community_id"), departments=("department_id",))

    town_id = models.BigIntegerField()
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="gaps")
    number = models.PositiveIntegerField()  # of the version that it was raised by
    role = models.CharField(max_length=20)
    area_id = models.BigIntegerField()
    grid_id = models.BigIntegerField(null=True, blank=True)
    community_id = models.BigIntegerField(null=True, blank=True)
    department_id = models.BigIntegerField(null=True, blank=True)
    routing = models.JSONField(default=dict, blank=True)
    mode = models.CharField(max_length=6)
    state = models.CharField(max_length=10)
    deadline = models.DateField()
    target = models.FloatField()
    comparator = models.CharField(max_length=2)
    subjects = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    cause = models.CharField(max_length=12, blank=True)
    raised_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=64, blank=True)
    returns = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "indicators"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area_id"],
                condition=models.Q(state__in=["raised", "proposed"]),
                name="gap_open_once",
            )
        ]
        indexes = [models.Index(fields=["town_id", "state", "deadline"], name="gap_town")]

    def where(self) -> Where:
        areas = (self.area_id, self.grid_id, self.community_id)
        return Where(
            town=self.town_id,
            areas=frozenset(a for a in areas if a is not None),
            departments=frozenset({self.department_id} if self.department_id is not None else ()),
        )
