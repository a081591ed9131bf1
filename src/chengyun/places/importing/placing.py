"""Putting facilities and buildings into their areas again, after areas were drawn anew."""

from collections.abc import Callable
from typing import Any

import shapely
from django.db import transaction

from chengyun.places.importing.batches import Pace, timed
from chengyun.places.importing.write import place_rows
from chengyun.places.models import Building, Facility
from chengyun.places.queries.points import AreaIndex

Progress = Callable[[int, int, str], None]
COLUMNS = ("grid_id", "cell_id", "community_id", "compound_id")


def place_again(town: int, besides: int | None = None, progress: Progress | None = None) -> int:
    """Bring the area columns of a town's facilities and buildings up to its areas. Returns how many rows moved.

    Rows of the run `besides` are left: they were placed when they came.
    """
    index = AreaIndex(town)
    return sum(_place(model, index, besides, progress) for model in (Facility, Building))


def _place(model: Any, index: AreaIndex, besides: int | None, progress: Progress | None) -> int:
    rows = model.objects.as_system("places things again").filter(town_id=index.town, retired_at=None)
    rows = rows.exclude(geometry=None)
    if besides is not None:
        rows = rows.exclude(run_id=besides)
    total, after, moved = rows.count(), 0, 0
    pace = Pace()
    done = 0
    while part := list(rows.filter(id__gt=after).order_by("id").values_list("id", "geometry", *COLUMNS)[: pace.rows]):
        after = part[-1][0]
        spots = index.spots(shapely.point_on_surface([row[1] for row in part]))
        found = [(spot.grid, spot.cell, spot.community, spot.compound) for spot in spots]
        changed = [(row[0], new) for row, new in zip(part, found, strict=True) if row[2:] != new]
        with timed(pace), transaction.atomic():
            place_rows(model, COLUMNS, changed)
        moved += len(changed)
        done += len(part)
        if progress:
            progress(done, total, model._meta.verbose_name_plural)
    return moved
