"""What the town is built of: buildings, streets, water, green, and the names people use."""

from typing import ClassVar

from django.db import models

from chengyun.kernel.access import Scoping
from chengyun.kernel.models import Located, Subject
from chengyun.places.models.areas import Town
from chengyun.places.models.imports import Imported
from chengyun.places.models.things import PLACED


class Building(Subject, Located, Imported):
    """A building: footprint, floors, households, and the parts of its address as digits in text."""

    subject_kind = "building"
    scoping: ClassVar[Scoping] = PLACED

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="buildings")
    name = models.CharField(max_length=120, default="")
    use = models.CharField(max_length=14, default="")
    floors = models.PositiveSmallIntegerField(null=True)
    height = models.FloatField(null=True)
    households = models.PositiveIntegerField(null=True)
    built = models.PositiveSmallIntegerField(null=True)
    has_lift = models.BooleanField(null=True)
    square_metres = models.FloatField(default=0)
    road = models.CharField(max_length=60, default="")
    lane = models.CharField(max_length=12, default="")
    number = models.CharField(max_length=20, default="")
    building = models.CharField(max_length=12, default="")
    grid_id = models.BigIntegerField(null=True)
    cell_id = models.BigIntegerField(null=True)
    community_id = models.BigIntegerField(null=True)
    compound_id = models.BigIntegerField(null=True)

    class Meta:
        app_label = "places"
        constraints = [models.UniqueConstraint(fields=["town", "source", "external_id"], name="building_imported_once")]
        indexes = [
            models.Index(fields=["town", "minx", "miny"], name="building_box"),
            models.Index(fields=["compound_id"], name="building_compound"),
            models.Index(fields=["community_id"], name="building_community"),
        ]


class Street(Located, Imported):
    """An edge of the street network. Edges that meet share a node number. Metres, km/h."""

    id = models.BigAutoField(primary_key=True)
    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="streets")
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    kind = models.CharField(max_length=14)
    name = models.CharField(max_length=120, default="")
    link = models.BooleanField(default=False)
    oneway = models.SmallIntegerField(default=0)
    speed = models.FloatField(default=30)
    foot = models.BooleanField(default=True)
    car = models.BooleanField(default=True)
    bike = models.BooleanField(default=True)
    bridge = models.BooleanField(default=False)
    tunnel = models.BooleanField(default=False)
    layer = models.SmallIntegerField(default=0)
    lanes = models.PositiveSmallIntegerField(null=True)
    metres = models.FloatField(default=0)

    class Meta:
        app_label = "places"
        constraints = [models.UniqueConstraint(fields=["town", "source", "external_id"], name="street_imported_once")]
        indexes = [models.Index(fields=["town", "name"], name="street_name")]


class Ground(Located, Imported):
    """Water, green, rail and land use."""

    id = models.BigAutoField(primary_key=True)
    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="grounds")
    kind = models.CharField(max_length=10)
    sub = models.CharField(max_length=20)
    name = models.CharField(max_length=120, default="")
    public = models.BooleanField(default=True)
    square_metres = models.FloatField(default=0)

    class Meta:
        app_label = "places"
        constraints = [models.UniqueConstraint(fields=["town", "source", "external_id"], name="ground_imported_once")]
        indexes = [models.Index(fields=["town", "kind"], name="ground_kind")]


class Name(Imported):
    """A name of the gazetteer beyond those that areas, buildings and facilities carry: aliases, roads, crossings."""

    id = models.BigAutoField(primary_key=True)
    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    lng = models.FloatField()
    lat = models.FloatField()
    road = models.CharField(max_length=120, default="")
    number = models.CharField(max_length=60, default="")
    spread = models.FloatField(default=0)
    refers_layer = models.CharField(max_length=12, default="")
    refers_id = models.BigIntegerField(null=True)

    class Meta:
        app_label = "places"
        constraints = [models.UniqueConstraint(fields=["town", "source", "external_id"], name="name_imported_once")]
        indexes = [models.Index(fields=["town", "kind"], name="name_kind")]
