"""Rows of the database as columns of arrays."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from chengyun.kernel.events import EntryView
from chengyun.kernel.measures import NOWHERE, Floats, Ints
from chengyun.places.models import ImportRun

IMPORTS = ("places.import_shown", "places.import_finished", "places.import_cancelled")
SOME = 900


def numbers(values: Iterable[Any]) -> Floats:
    """Floats; None is NaN. Booleans become 0 and 1."""
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def keys(values: Iterable[int | None]) -> Ints:
    """Ids; None is NOWHERE."""
    return np.array([NOWHERE if v is None else v for v in values], dtype=np.int64)


def columns(rows: QuerySet[Any], *names: str) -> list[tuple[Any, ...]]:
    """The rows turned on their side: one tuple for each name, empty ones where there are no rows."""
    found = list(zip(*rows.values_list(*names).iterator(chunk_size=5_000), strict=True))
    return found or [()] * len(names)


def middles(low: Sequence[float | None], high: Sequence[float | None]) -> Floats:
    """The middle of boxes."""
    return np.asarray((numbers(low) + numbers(high)) / 2)


def among(rows: QuerySet[Any], wanted: frozenset[int] | None) -> QuerySet[Any]:
    """Only the rows of these keys, if any are named."""
    if wanted is None:
        return rows
    parts = [Q(pk__in=list(part)) for part in np.array_split(list(wanted), len(wanted) // SOME + 1)]
    found = Q(pk__in=[])
    for part in parts:
        found |= part
    return rows.filter(found)


def fact_key(name: str) -> Any:
    """What tells from an entry which row it is about: the fact of this name; None for entries that lack it."""

    def key(entry: EntryView) -> int | None:
        value = entry.facts.get(name)
        return int(value) if value is not None else None

    return key


def latest_import(town: int) -> date | None:
    """The day of the newest import that is shown: what places are as of."""
    rows = ImportRun._base_manager.filter(town_id=town, state="done")
    newest = rows.order_by("-number").values_list("ended_at", flat=True).first()
    return newest.date() if newest else None


def points_of(lng: Floats, lat: Floats, wanted: NDArray[Any]) -> list[tuple[float | None, float | None]]:
    """Plain points of the rows of an index; None where there is none."""
    return [(None, None) if np.isnan(lng[i]) else (float(lng[i]), float(lat[i])) for i in wanted]
