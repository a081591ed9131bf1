"""Where rows came from: runs of imports, and the base maps made after them."""

from typing import ClassVar

from django.db import models

from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.models import Subject


class ImportRun(Subject):
    """One import: its file, how its columns were read, how far it got. Rows of a run that is not shown are ignored."""

    subject_kind = "import"
    scoping: ClassVar[Scoping] = Scoping()

    number = models.BigIntegerField(unique=True)
    town = models.ForeignKey("places.Town", on_delete=models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=10)  # osm | table | geo | bulk
    source = models.CharField(max_length=60)  # with an external id it names a thing for ever
    file_name = models.CharField(max_length=200, default="")
    file_sha256 = models.CharField(max_length=64, default="")
    reading = models.JSONField(default=dict)  # columns → fields, coordinate system, encoding, as shown and corrected
    complete = models.BooleanField(default=False)  # the file is the whole of its layers: what it lacks is retired
    state = models.CharField(max_length=10, default="staged")
    progress = models.JSONField(default=dict)  # phase, layer, last row: where to go on after a crash
    counts = models.JSONField(default=dict)  # layer → {new, changed, same, retired, bad}
    rows = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "places"
        indexes = [
            models.Index(fields=["town", "-number"], name="import_town"),
            models.Index(
                fields=["state"],
                name="import_hidden",
                condition=models.Q(state__in=["staged", "applying", "cancelled"]),
            ),
        ]

    def where(self) -> Where:
        return Where(town=self.town_id)


class Imported(models.Model):
    """Columns of whatever an import may bring: named for ever by source and external id within its town."""

    source = models.CharField(max_length=60, default="")
    external_id = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=16, default=b"")  # of what the file said: tells a change from a repetition
    run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class BaseMap(Subject):
    """A tile archive made from a town's data. The name holds the hash of its content, so it is cached for ever."""

    subject_kind = "base_map"
    scoping: ClassVar[Scoping] = Scoping(open=True)

    town = models.ForeignKey("places.Town", on_delete=models.CASCADE, related_name="base_maps")
    name = models.CharField(max_length=100, unique=True)
    size = models.BigIntegerField()
    layers = models.JSONField(default=dict)  # layer → {minzoom, maxzoom, features}
    bounds = models.JSONField(default=list)
    attribution = models.CharField(max_length=200, default="")
    made_at = models.DateTimeField()

    class Meta:
        app_label = "places"
        indexes = [models.Index(fields=["town", "-made_at"], name="base_map_town")]

    def where(self) -> Where:
        return Where(town=self.town_id)
