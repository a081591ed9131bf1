"""Towns, and the trees of areas that lie side by side in them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.models import GeometryField, Located, Subject
from chengyun.places.models.imports import Imported

OPEN = Scoping(open=True)  # the map of the towns is for everyone who may read places at all


class Town(Subject):
    """A town or subdistrict 镇/街道: the tenant. Rows elsewhere carry its id as `town_id`."""

    subject_kind = "town"
    scoping: ClassVar[Scoping] = Scoping(town="id", open=True)

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    english = models.CharField(max_length=60, default="")
    region = models.CharField(max_length=12, default="")
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    settings = models.JSONField(default=dict)  # local grid, base map, area tolerance

    class Meta:
        app_label = "places"

    def __str__(self) -> str:
        return self.name


class Scheme(Subject):
    """A tree of areas beside others. Without a town it is the administrative one: district › town."""

    subject_kind = "scheme"
    scoping: ClassVar[Scoping] = OPEN

    town = models.ForeignKey(Town, null=True, on_delete=models.CASCADE, related_name="schemes")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=60)
    english = models.CharField(max_length=60, default="")
    covers = models.BooleanField(default=False)

    class Meta:
        app_label = "places"
        constraints = [
            models.UniqueConstraint(fields=["town", "code"], name="scheme_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(town=None), name="scheme_above_once"),
        ]


class AreaLevel(models.Model):
    """A level of a scheme: data of the town. `role` is what the platform knows it by (sector, grid, cell, …)."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="levels")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=60)
    english = models.CharField(max_length=60, default="")
    role = models.CharField(max_length=20, default="")
    rank = models.PositiveSmallIntegerField()  # 0 is outermost

    class Meta:
        app_label = "places"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="level_once"),
            models.UniqueConstraint(fields=["scheme", "rank"], name="level_rank_once"),
        ]


class Area(Subject, Located, Imported):
    """An area of a scheme, with its polygon. `path` holds the ids from the top of the tree to itself: "/3/17/"."""

    subject_kind = "area"
    scoping: ClassVar[Scoping] = OPEN

    town = models.ForeignKey(Town, null=True, on_delete=models.CASCADE, related_name="areas")
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="areas")
    level = models.ForeignKey(AreaLevel, on_delete=models.PROTECT, related_name="areas")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=120, default="")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    english = models.CharField(max_length=80, default="")
    square_metres = models.FloatField(default=0)

    class Meta:
        app_label = "places"
        constraints = [
            models.UniqueConstraint(fields=["town", "source", "external_id"], name="area_imported_once"),
            models.UniqueConstraint(fields=["scheme", "level", "code"], condition=Q(retired_at=None), name="area_code"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="area_not_its_parent"),
        ]
        indexes = [
            models.Index(fields=["town", "level"], name="area_level"),
            models.Index(fields=["path"], name="area_path"),
        ]

    def where(self) -> Where:
        above = frozenset(int(step) for step in self.path.split("/") if step)
        return Where(town=self.town_id, areas=above | {self.id})


class Compound(models.Model):
    """What is known of a compound 小区 or village 村宅 beyond its area."""

    area = models.OneToOneField(Area, primary_key=True, on_delete=models.CASCADE, related_name="compound")
    kind = models.CharField(max_length=10, default="estate")  # estate | village | mixed
    built = models.PositiveSmallIntegerField(null=True)
    households = models.PositiveIntegerField(null=True)
    manager = models.CharField(max_length=80, default="")
    gates = GeometryField(null=True, blank=True)

    class Meta:
        app_label = "places"


class AreaGap(Subject, Located):
    """Land that a scheme leaves out on purpose, and who manages it."""

    subject_kind = "area_gap"
    scoping: ClassVar[Scoping] = OPEN

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="gaps")
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="gaps")
    name = models.CharField(max_length=80)
    managed_by = models.CharField(max_length=80)
    square_metres = models.FloatField(default=0)

    class Meta:
        app_label = "places"
        constraints = [models.UniqueConstraint(fields=["scheme", "name"], name="gap_once")]


class ControlPoint(models.Model):
    """A point known in the town's own grid and in WGS 84: what the grid is fitted from."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="control_points")
    name = models.CharField(max_length=40)
    x = models.FloatField()  # easting in the town's grid, metres
    y = models.FloatField()
    lng = models.FloatField()
    lat = models.FloatField()

    class Meta:
        app_label = "places"
        constraints = [models.UniqueConstraint(fields=["town", "name"], name="control_point_once")]


class Revision(models.Model):
    """Changes whenever what processes hold in memory of a town (areas, names) is no longer true."""

    town = models.OneToOneField(Town, primary_key=True, on_delete=models.CASCADE, related_name="revision")
    token = models.UUIDField()

    class Meta:
        app_label = "places"
