"""The base map of a town, made from what was imported: one archive, one row, found by whoever draws."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from django.db.models import Model, QuerySet

from chengyun.kernel.actor import Actor
from chengyun.places.actions.base_maps import keep_base_map
from chengyun.places.models import Area, BaseMap, Building, Facility, Ground, Street, Town
from chengyun.places.queries.visible import shown
from chengyun.places.shapes import COMMUNITY, COMPOUND
from chengyun.places.tiles import TileLayer, write_archive

DRAWN = ("areas", "streets", "grounds", "buildings", "facilities")  # layers by which the map changes
_MAIN = ("motorway", "trunk", "primary")
_MIDDLE = (*_MAIN, "secondary", "tertiary")
_CHUNK = 5000
_KEPT = 3  # archives kept per town: browsers may still draw from the one before
# Facilities worth a name on the map, by category; the rest are live layers.
_NAMED = (
    "hospital", "university", "middle_school", "primary_school", "school", "park", "metro_station", "market",
    "service_hall", "sports_centre", "library", "culture_centre",
)  # fmt: skip


def make_base_map(town: Town, *, actor: Actor, attribution: str = "") -> BaseMap | None:
    """Tile the visible data of a town and keep the archive; None where there is nothing to draw."""
    layers = [layer for layer in _layers(town.id) if len(layer.geometries)]
    if not layers:
        return None
    archive = write_archive(layers, settings.ENV.tiles_dir, town.code.lower(), attribution)
    row = keep_base_map(town, archive, bounds_of(layers), actor=actor, attribution=attribution)
    _sweep(town)
    return row


def bounds_of(layers: Sequence[TileLayer]) -> list[float]:
    """West, south, east, north of what people live in: streets if there are any, else everything."""
    streets = [layer for layer in layers if layer.name == "streets"] or layers
    boxes = np.array([shapely.total_bounds(layer.geometries) for layer in streets])
    return [*boxes[:, :2].min(axis=0).round(6).tolist(), *boxes[:, 2:].max(axis=0).round(6).tolist()]


def _sweep(town: Town) -> None:
    """Rows and files of archives that nobody draws any more."""
    rows = BaseMap.objects.as_system("archives that are out of date").filter(town=town).order_by("-made_at")
    for row in rows[_KEPT:]:
        (settings.ENV.tiles_dir / Path(row.name).name).unlink(missing_ok=True)
        row.delete()


def _layers(town: int) -> Iterator[TileLayer]:
    grounds = Ground.objects.filter(town_id=town)
    fields = ("sub", "name")
    for kind, low in (("land", 10), ("green", 9), ("water", 8), ("rail", 10)):
        rows = shown(grounds.filter(kind=kind)).exclude(sub="vegetation")  # a survey is measured, not drawn
        shapes, (subs, names) = _read(rows, fields)
        yield TileLayer(kind, low, 15, shapes, {"kind": subs, "name": _known(names)})
    yield from _streets(town)
    yield _buildings(town)
    yield _areas(town)
    yield _labels(town)


def _streets(town: int) -> Iterator[TileLayer]:
    """Few streets on a small scale, all of them near: one layer in three zoom ranges."""
    rows = shown(Street.objects.filter(town_id=town))
    shapes, columns = _read(rows, ("kind", "name", "link", "bridge", "tunnel", "oneway"))
    kinds, names, links, bridges, tunnels, ways = columns
    for low, high, wanted in ((8, 10, _MAIN), (11, 12, _MIDDLE), (13, 15, None)):
        take = np.isin(kinds, wanted) if wanted else np.ones(len(kinds), dtype=bool)
        fields = {
            "kind": kinds[take],
            "name": _known(names[take]),
            "link": links[take].astype(np.int32),
            "bridge": bridges[take].astype(np.int32),
            "tunnel": tunnels[take].astype(np.int32),
            "oneway": ways[take].astype(np.int32),
        }
        yield TileLayer("streets", low, high, shapes[take], fields)


def _buildings(town: int) -> TileLayer:
    rows = shown(Building.objects.as_system("footprints for the base map").filter(town_id=town))
    shapes, (heights, floors, uses, names) = _read(rows, ("height", "floors", "use", "name"))
    given = np.array([np.nan if h is None else h for h in heights], dtype=np.float64)
    storeys = np.array([np.nan if f is None else f * 3.0 for f in floors], dtype=np.float64)
    metres = np.where(np.isnan(given), storeys, given)  # nulls stay unknown: the style draws them at its default
    fields = {"height": metres, "use": _known(uses), "name": _known(names)}
    return TileLayer("buildings", 13, 15, shapes, fields)


def _areas(town: int) -> TileLayer:
    rows = shown(Area.objects.as_system("outlines for the base map").filter(town_id=town)).exclude(level__role=COMPOUND)
    shapes, (roles, names, codes) = _read(rows, ("level__role", "name", "code"))
    return TileLayer("areas", 8, 15, shapes, {"role": roles, "name": names, "code": codes})


def _labels(town: int) -> TileLayer:
    """Names as points, one each: a polygon's name would come again in every tile. Lower rank is drawn first."""
    areas = shown(Area.objects.as_system("names for the base map").filter(town_id=town))
    facilities = shown(Facility.objects.as_system("names for the base map").filter(town_id=town))
    sources: list[tuple[QuerySet[Any], str, str, int]] = [
        (areas.filter(level__role=COMMUNITY), "name", "area", 3),
        (areas.filter(level__role=COMPOUND), "name", "compound", 5),
        (facilities.filter(category__code__in=_NAMED).exclude(name=""), "name", "facility", 6),
        (shown(Ground.objects.filter(town_id=town, kind__in=["green", "water"])).exclude(name=""), "name", "ground", 4),
    ]
    points, names, kinds, ranks = [], [], [], []
    for rows, column, kind, rank in sources:
        shapes, (texts,) = _read(rows, (column,))
        points.append(shapely.point_on_surface(shapes))
        names.append(texts)
        kinds.append(np.full(len(texts), kind, dtype=object))
        ranks.append(np.full(len(texts), rank, dtype=np.int32))
    fields = {"name": np.concatenate(names), "kind": np.concatenate(kinds), "rank": np.concatenate(ranks)}
    return TileLayer("labels", 11, 15, np.concatenate(points), fields)


def _read(rows: QuerySet[Any, Any], columns: Sequence[str]) -> tuple[Any, list[Any]]:
    """Geometries and columns of rows as arrays, without a model instance for each row."""
    raw = list(_wkb_rows(rows.exclude(geometry=None), columns))
    shapes = np.empty(len(raw), dtype=object)
    shapes[:] = [row[0] for row in raw]
    arrays = []
    for index in range(1, len(columns) + 1):
        array = np.empty(len(raw), dtype=object)
        array[:] = [row[index] for row in raw]
        arrays.append(array)
    return shapes, arrays


def _wkb_rows(rows: QuerySet[Model, Any], columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    yield from rows.order_by("pk").values_list("geometry", *columns).iterator(_CHUNK)


def _known(texts: Any) -> Any:
    """Empty texts as None: the style asks whether there is a name."""
    return np.array([text or None for text in texts], dtype=object)
