"""For each layer its table, its columns, and how staged rows become their values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import h3
import numpy as np
import shapely
from django.db import models

from chengyun.kernel.clock import now
from chengyun.kernel.ids import new_uuid, take_number
from chengyun.kernel.models.bases import H3_RESOLUTION
from chengyun.places.importing.context import Context
from chengyun.places.models import Building, Facility, Ground, Name, Street
from chengyun.places.plates import plate
from chengyun.places.staging import Staged

LOCATED = ("geometry", "minx", "miny", "maxx", "maxy", "h3")
_NAMED = ("source", "external_id", "digest", "run_id", "town_id")
_PLACED = ("grid_id", "cell_id", "community_id", "compound_id")
Values = Sequence[tuple[Any, ...] | None]


@dataclass(frozen=True)
class Layer:
    """`columns` change with every import of a row; `fixed` are set once, when it is new.

    `values` gives a tuple for each row, or None for one that cannot be placed.
    """

    model: type[models.Model]
    columns: tuple[str, ...]
    values: Callable[[Context, list[Staged]], Values]
    fixed: tuple[str, ...] = ()
    new: Callable[[Context, list[Staged]], Values] | None = None


def located(geometries: Any) -> list[tuple[Any, ...]]:
    """The columns of LOCATED for an array of Shapely geometries; None gives nulls."""
    wkb = shapely.to_wkb(geometries, byte_order=1)
    bounds = shapely.bounds(geometries)
    points = shapely.get_coordinates(shapely.point_on_surface(geometries))
    cells = iter([h3.str_to_int(h3.latlng_to_cell(lat, lng, H3_RESOLUTION)) for lng, lat in points.tolist()])
    there = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    return [
        (wkb[i], *bounds[i].tolist(), next(cells)) if there[i] else (None,) * len(LOCATED)
        for i in range(len(geometries))
    ]


def geometries_of(rows: list[Staged]) -> Any:
    """The geometries of staged rows as an array."""
    return shapely.from_wkb(np.array([row.geometry for row in rows], dtype=object))


def subject_columns(rows: list[Staged]) -> list[tuple[Any, ...]]:
    """uuid, version and created_at of new subjects."""
    moment: datetime = now()
    return [(new_uuid(), 1, moment) for _ in rows]


def _named(context: Context, row: Staged) -> tuple[Any, ...]:
    return (context.run.source, row.key, row.digest, context.run.id, context.run.town_id)


def _placed(context: Context, geometries: Any) -> list[tuple[int | None, ...]]:
    spots = context.index.spots(shapely.point_on_surface(geometries))
    return [(spot.grid, spot.cell, spot.community, spot.compound) for spot in spots]


def _wkb(text: str | None) -> bytes | None:
    return bytes.fromhex(text) if text else None


def _streets(context: Context, rows: list[Staged]) -> Values:
    shapes = geometries_of(rows)
    metres = shapely.length(context.metric.flat(shapes)).round(2).tolist()
    names = (*_STREET, "lanes")
    return [
        (*place, *(row.body[name] for name in names), length, *_named(context, row))
        for row, place, length in zip(rows, located(shapes), metres, strict=True)
    ]


def _grounds(context: Context, rows: list[Staged]) -> Values:
    shapes = geometries_of(rows)
    areas = shapely.area(context.metric.flat(shapes)).round(1).tolist()
    return [
        (*place, *(row.body[name] for name in _GROUND), area, *_named(context, row))
        for row, place, area in zip(rows, located(shapes), areas, strict=True)
    ]


def _buildings(context: Context, rows: list[Staged]) -> Values:
    shapes = geometries_of(rows)
    areas = shapely.area(context.metric.flat(shapes)).round(1).tolist()
    out = []
    for row, at, area, spot in zip(rows, located(shapes), areas, _placed(context, shapes), strict=True):
        grid, cell, community, compound = spot
        named = context.areas.get(row.body["compound"]) if row.body["compound"] else None
        spot = (grid, cell, community, named.id if named else compound)
        out.append((*at, *(row.body[name] for name in _BUILDING), area, *spot, *_named(context, row)))
    return out


def _facilities(context: Context, rows: list[Staged]) -> Values:
    shapes = geometries_of(rows)
    out = []
    for row, at, spot in zip(rows, located(shapes), _placed(context, shapes), strict=True):
        body = row.body
        more = (context.categories[body["category"]], _wkb(body["outline"]), _wkb(body["entrances"]), body["facts"])
        out.append((*at, *(body[name] for name in _FACILITY), *more, *spot, *_named(context, row)))
    return out


def _new_facilities(context: Context, rows: list[Staged]) -> Values:
    """Plates are given once: a plate that hangs on a pole does not change with a new import."""
    said = {row.body["plate"] for row in rows if row.body["plate"]}
    taken = taken_plates(said)
    own = [row for row in rows if row.body["plate"] and row.body["plate"] not in taken]
    given = {row.body["plate"]: row.seq for row in reversed(own)}  # of two rows with one plate the first has it
    by_row = {seq: text for text, seq in given.items()}
    fresh = iter(fresh_plates(context.run.town.code, len(rows) - len(by_row)))
    return [
        (*subject, by_row.get(row.seq) or next(fresh)) for subject, row in zip(subject_columns(rows), rows, strict=True)
    ]


def taken_plates(plates: Iterable[str]) -> set[str]:
    """Which of these plates hang somewhere already."""
    return set(Facility._base_manager.filter(plate__in=list(plates)).values_list("plate", flat=True))


def fresh_plates(code: str, count: int) -> list[str]:
    """Plates of a town that nobody has: the next numbers, without those that somebody wrote by hand."""
    found: list[str] = []
    while len(found) < count:
        wanted = count - len(found)
        first = take_number(f"plate:{code}", wanted)
        made = [plate(code, first + step) for step in range(wanted)]
        taken = taken_plates(made)
        found += [text for text in made if text not in taken]
    return found


def _names(context: Context, rows: list[Staged]) -> Values:
    shapes = geometries_of(rows)
    coords = [(p.x, p.y) if p is not None else (None, None) for p in shapes]
    out: list[tuple[Any, ...] | None] = []
    for row, (lng, lat) in zip(rows, coords, strict=True):
        body = row.body
        layer, _, key = body["refers"].partition(":")
        target = refers_to(context, layer, key) if key else None
        if target:
            lng, lat = target[1:] if lng is None else (lng, lat)
        if lng is None:
            out.append(None)
            continue
        road = body["kind"] == "road"
        spread = float(body["number"] or 0) if road else 0.0
        texts = (body["text"], body["kind"], lng, lat, body["road"], "" if road else body["number"], spread)
        out.append((*texts, layer if target else "", target[0] if target else None, *_named(context, row)))
    return out


def refers_to(context: Context, layer: str, key: str) -> tuple[int, float, float] | None:
    """Id and middle of the thing that "<layer>:<key>" names, or None."""
    if layer == "areas":
        area = context.areas.get(key)
        return (area.id, *_middle(area)) if area is not None and area.minx is not None else None
    model: Any = {"buildings": Building, "facilities": Facility}.get(layer)
    if model is None:
        return None
    rows = model._base_manager.filter(town_id=context.run.town_id, source=context.run.source, external_id=key)
    found = rows.exclude(minx=None).only("id", "minx", "maxx", "miny", "maxy").first()
    return (found.id, *_middle(found)) if found is not None else None


def _middle(row: Any) -> tuple[float, float]:
    return (row.minx + row.maxx) / 2, (row.miny + row.maxy) / 2


_STREET = (
    "start",
    "end",
    "kind",
    "name",
    "link",
    "oneway",
    "speed",
    "foot",
    "car",
    "bike",
    "bridge",
    "tunnel",
    "layer",
)
_GROUND = ("kind", "sub", "name", "public")
_BUILDING = ("name", "use", "floors", "height", "households", "built", "has_lift", "road", "lane", "number", "building")
_FACILITY = ("name", "address", "capacity", "floor_area", "state")
_SUBJECT = ("uuid", "version", "created_at")

BULK = {
    "streets": Layer(Street, (*LOCATED, *_STREET, "lanes", "metres", *_NAMED), _streets),
    "grounds": Layer(Ground, (*LOCATED, "kind", "sub", "name", "public", "square_metres", *_NAMED), _grounds),
    "buildings": Layer(
        Building,
        (*LOCATED, *_BUILDING, "square_metres", *_PLACED, *_NAMED),
        _buildings,
        _SUBJECT,
        lambda _, rows: subject_columns(rows),
    ),
    "facilities": Layer(
        Facility,
        (*LOCATED, *_FACILITY, "category_id", "outline", "entrances", "facts", *_PLACED, *_NAMED),
        _facilities,
        (*_SUBJECT, "plate"),
        _new_facilities,
    ),
    "names": Layer(
        Name,
        ("text", "kind", "lng", "lat", "road", "number", "spread", "refers_layer", "refers_id", *_NAMED),
        _names,
    ),
}
