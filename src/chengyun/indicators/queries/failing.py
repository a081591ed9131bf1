"""Which things fail an indicator: a list and a layer, of what the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Point

from chengyun.indicators.evaluating import ready_of, today_in
from chengyun.indicators.formula.evaluate import Failing, failing
from chengyun.indicators.measuring import Ready
from chengyun.indicators.models import Indicator, Value
from chengyun.indicators.queries.values import area_row, areas_of, period_for
from chengyun.indicators.rules.levels import RANKS, reaches
from chengyun.indicators.rules.periods import period_of
from chengyun.indicators.worlds import Kept, world_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.measures import Measure, Row
from chengyun.places.models import Area, Town
from chengyun.places.queries.geojson import collection

MOST = 2000


@dataclass(frozen=True)
class Found:
    """Things that fail in an area: rows (those that the reader may see), how many fail and of how many it is unknown.

    `kind`: "things" of a measure, or "areas" that are themselves in a gap, where no single thing can be named.
    """

    kind: str
    measure: str
    zh: str
    en: str
    rows: list[tuple[Row, str]]
    failing: int
    unknown: int
    outlines: dict[int, Any]


def failing_in(actor: Actor, town: Town, row: Indicator, area: Area, limit: int = 200) -> Found:
    """What fails an indicator in an area: first what fails, then what is not known."""
    limit = min(limit, MOST)
    with world_of(town) as kept:
        ready = ready_of(town, kept, [row])[0]
        found = _failing(ready, kept, town)
        if found is None:
            return _areas(town, row, area)
        measure, keys = kept.world.measure(found.measure), _in_area(found, kept, area, town, ready)
    return _things(actor, town, measure, keys, limit)


def _failing(ready: Ready, kept: Kept, town: Town) -> Failing | None:
    if ready.bound is None:
        return None
    period = period_of(today_in(town), ready.version.frequency).until(today_in(town))
    upwards = ready.version.ascending
    return failing(ready.bound, kept.world, period.first, period.last, ascending=upwards)


Keys = tuple[list[int], list[int]]
"""Keys of things that fail, and of those of which it is not known."""


def _in_area(found: Failing, kept: Kept, area: Area, town: Town, ready: Ready) -> Keys:
    """The keys within an area."""
    period = period_of(today_in(town), ready.version.frequency)
    held = kept.world.held(found.measure, period.first, period.last)
    inside = np.zeros(len(held), dtype=bool)
    for number, level in enumerate(kept.world.levels):
        if area.pk in level.areas:
            inside = held.groups[number] == kept.world.starts[number] + level.areas.index(area.pk)
    return found.keys[found.fails & inside].tolist(), found.keys[found.unknown & inside].tolist()


def _things(actor: Actor, town: Town, measure: Measure, keys: Keys, limit: int) -> Found:
    fails, unknown = keys
    shown = [*fails[:limit], *unknown[: max(0, limit - len(fails))]]
    rows = list(measure.rows(actor, town.pk, shown)) if measure.rows else []
    doubtful = set(unknown)
    outlines = dict(measure.shape(town.pk, [row.key for row in rows])) if measure.shape else {}
    marked = [(row, "unknown" if row.key in doubtful else "fails") for row in rows]
    return Found("things", measure.name, measure.zh, measure.en, marked, len(fails), len(unknown), outlines)


def _areas(town: Town, row: Indicator, area: Area) -> Found:
    """The areas below one that are in a gap, of the finest level at which that is known."""
    period = period_for(town, row, "")
    levels = [role for role in RANKS if role != area.level.role and reaches(role, "compound")]
    for role in reversed(levels):
        areas = {one.pk: one for one in areas_of(town, role, area)}
        kept = Value.objects.filter(indicator=row, period=period, role=role, area_id__in=areas, state="gap")
        worst = sorted(kept, key=lambda value: abs((value.value or 0.0) - (value.target or 0.0)), reverse=True)
        if worst:
            rows = [(_area(areas[value.area_id], value), "fails") for value in worst]
            outlines = {value.area_id: areas[value.area_id].geometry for value in worst}
            return Found(
                "areas", "places.areas", areas[worst[0].area_id].level.name, role, rows, len(rows), 0, outlines
            )
    return Found("areas", "places.areas", "", "", [], 0, 0, {})


def _area(area: Area, value: Value) -> Row:
    at = area.geometry.representative_point() if area.geometry else Point(0, 0)
    said = "" if value.value is None else f"{value.value:g}"
    return Row(area.pk, f"area:{area_row(area)['id']}", area.name, said, f"/map?area={area.uuid}", at.x, at.y)


def shown_rows(found: Found) -> list[dict[str, Any]]:
    """The rows of a list."""
    return [_row(row, state) for row, state in found.rows]


def _row(row: Row, state: str) -> dict[str, Any]:
    point = (row.lng, row.lat) if row.lng is not None and row.lat is not None else None
    names = ("subject", "label", "detail", "link")
    return {**{name: getattr(row, name) for name in names}, "state": state, "point": point}


def layer(found: Found) -> str:
    """The same as GeoJSON: outlines where the things are areas, else points."""
    return collection(_features(found.rows, found.outlines))


def _features(rows: Sequence[tuple[Row, str]], outlines: dict[int, Any]) -> list[tuple[Any, dict[str, Any]]]:
    features = []
    for row, state in rows:
        point = None if row.lng is None or row.lat is None else shapely.Point(row.lng, row.lat)
        said = {"id": row.subject, "label": row.label, "detail": row.detail, "link": row.link, "state": state}
        features.append((outlines.get(row.key, point), said))
    return features
