"""Bases of every table that actions write: an id for outside, a version against lost changes, a place."""

from typing import Any, ClassVar

import h3
from django.db import models
from django.utils import timezone

from chengyun.kernel.access import PLACED, Scoping, Where
from chengyun.kernel.actor import Actor
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.models.geometry import GeometryField
from chengyun.kernel.models.scoped import ScopedManager

H3_RESOLUTION = 9  # cells of about 0.1 km²: a neighbourhood's corner


class Subject(models.Model):
    """Something that actions change and the journal remembers."""

    subject_kind: ClassVar[str]
    scoping: ClassVar[Scoping]

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[ScopedManager[Any]] = ScopedManager()

    class Meta:
        abstract = True

    def where(self) -> Where:
        """Where the row is, read from the columns that `scoping` names."""
        return where_of(self, type(self).scoping)

    def state_now(self) -> dict[str, Any]:
        """How the row stands, for the answer to a stale write."""
        state = {"id": str(self.uuid), "version": self.version}
        return state | ({"state": self.state} if hasattr(self, "state") else {})


class Placed(Subject):
    """A subject at a place, which carries its areas and department as at the time of the event."""

    scoping: ClassVar[Scoping] = PLACED

    town_id = models.BigIntegerField()
    grid_id = models.BigIntegerField(null=True, blank=True)
    community_id = models.BigIntegerField(null=True, blank=True)
    department_id = models.BigIntegerField(null=True, blank=True)
    local_day = models.DateField()

    class Meta:
        abstract = True


class Exported(Subject):
    """Something that somebody took out as a file or on paper: who, how much, by which filters. Never changed."""

    scoping: ClassVar[Scoping] = Scoping(people=("who",))

    town_id = models.BigIntegerField(null=True)
    who_kind = models.CharField(max_length=10)
    who = models.CharField(max_length=60)
    rows = models.PositiveIntegerField()
    format = models.CharField(max_length=8)
    filters = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def by(self, actor: Actor) -> None:
        """Who took it, from which town."""
        self.town_id, self.who_kind, self.who = getattr(actor, "town_id", None), actor.actor_kind, actor.actor_id


class Located(models.Model):
    """A geometry with the columns that find it: bounding box, and the H3 cell of its representative point."""

    geometry = GeometryField(null=True, blank=True)
    minx = models.FloatField(null=True, blank=True)
    miny = models.FloatField(null=True, blank=True)
    maxx = models.FloatField(null=True, blank=True)
    maxy = models.FloatField(null=True, blank=True)
    h3 = models.BigIntegerField(null=True, blank=True)

    class Meta:
        abstract = True

    def locate(self, geometry: Any) -> None:
        """Set the geometry (Shapely, WGS 84, or None) and the columns that follow from it."""
        self.geometry = geometry
        if geometry is None or geometry.is_empty:
            self.minx = self.miny = self.maxx = self.maxy = self.h3 = None
            return
        self.minx, self.miny, self.maxx, self.maxy = geometry.bounds
        point = geometry.representative_point()
        self.h3 = h3.str_to_int(h3.latlng_to_cell(point.y, point.x, H3_RESOLUTION))

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.geometry is not None and self.minx is None:
            self.locate(self.geometry)
        super().save(*args, **kwargs)


def where_of(row: Any, scoping: Scoping) -> Where:
    """The Where of a row under a scoping; follows `through` ("case__") by attribute."""
    target = row
    for step in scoping.through.split("__")[:-1]:
        target = getattr(target, step)
    return Where(
        town=getattr(target, scoping.town) if scoping.town else None,
        areas=_values(target, scoping.areas),
        departments=_values(target, scoping.departments),
        people=frozenset(str(v) for v in _values(target, scoping.people)),
    )


def _values(row: Any, names: tuple[str, ...]) -> frozenset[Any]:
    return frozenset(v for name in names if (v := getattr(row, name)) is not None)
