"""Facilities and people."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.models import GeometryField, Located, Subject
from chengyun.places.models.areas import Town
from chengyun.places.models.imports import Imported

PLACED = Scoping(areas=("grid_id", "community_id"), open=True)


class FacilityCategory(models.Model):
    """A kind of facility. `unit` says what its capacity counts; empty where capacity means nothing."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    english = models.CharField(max_length=60, default="")
    group = models.CharField(max_length=20)
    unit = models.CharField(max_length=12, default="")
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "places"
        ordering = ["rank", "code"]


class ListCheck(models.Model):
    """Somebody confirmed that a town's list of a category is whole: what stands nowhere in it is not there.

    Without such a row what is not found is unknown: an imported map or table seldom has everything.
    """

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="list_checks")
    category = models.ForeignKey(FacilityCategory, on_delete=models.CASCADE, related_name="checks")
    checked_at = models.DateTimeField()
    checked_by = models.CharField(max_length=64)
    note = models.CharField(max_length=200, default="")

    class Meta:
        app_label = "places"
        constraints = [models.UniqueConstraint(fields=["town", "category"], name="list_checked_once")]


class Facility(Subject, Located, Imported):
    """Anything that stands somewhere and has a category; its plate code is what a QR shows."""

    subject_kind = "facility"
    scoping: ClassVar[Scoping] = PLACED

    STATES = ("in_service", "out_of_service", "planned", "removed")

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="facilities")
    category = models.ForeignKey(FacilityCategory, on_delete=models.PROTECT, related_name="facilities")
    plate = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=120, default="")
    address = models.CharField(max_length=200, default="")
    capacity = models.FloatField(null=True)
    floor_area = models.FloatField(null=True)
    state = models.CharField(max_length=14, default="in_service")
    outline = GeometryField(null=True, blank=True)
    entrances = GeometryField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    grid_id = models.BigIntegerField(null=True)
    cell_id = models.BigIntegerField(null=True)
    community_id = models.BigIntegerField(null=True)
    compound_id = models.BigIntegerField(null=True)

    class Meta:
        app_label = "places"
        constraints = [
            models.UniqueConstraint(fields=["town", "source", "external_id"], name="facility_imported_once"),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=0), name="facility_capacity"),
            models.CheckConstraint(
                condition=Q(state__in=["in_service", "out_of_service", "planned", "removed"]), name="facility_state"
            ),
        ]
        indexes = [
            models.Index(fields=["town", "category"], name="facility_category"),
            models.Index(fields=["town", "minx", "miny"], name="facility_box"),
            models.Index(fields=["community_id", "category"], name="facility_community"),
            models.Index(fields=["h3"], name="facility_h3"),
        ]


class Population(models.Model):
    """How many people of an age band belong to a place, on what basis, by whose count, on which day.

    `level` is the area level's code, "town" or "building". `age_to` is exclusive; 0 to OPEN is everyone. (OPEN and not
    null, because a unique constraint sees no two nulls as the same.)
    """

    OPEN = 200
    BASES = ("resident", "actual", "registered")

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="populations")
    place_kind = models.CharField(max_length=10)  # area | building
    place_id = models.BigIntegerField()
    level = models.CharField(max_length=30)
    basis = models.CharField(max_length=10)
    age_from = models.PositiveSmallIntegerField(default=0)
    age_to = models.PositiveSmallIntegerField(default=OPEN)
    count = models.PositiveIntegerField()
    on = models.DateField()
    source = models.CharField(max_length=80)
    run = models.ForeignKey("places.ImportRun", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        app_label = "places"
        constraints = [
            models.UniqueConstraint(
                fields=["town", "place_kind", "place_id", "basis", "age_from", "age_to", "on", "source"],
                name="population_once",
                nulls_distinct=None,
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["resident", "actual", "registered"]), name="population_basis"
            ),
            models.CheckConstraint(condition=Q(age_to__gt=F("age_from")), name="population_band"),
        ]
        indexes = [models.Index(fields=["town", "level", "basis", "age_from"], name="population_level")]
