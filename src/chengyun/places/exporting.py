"""Layers of a town as files: GeoJSON, GeoPackage, Shapefile, Excel, CSV, with headings that an import reads again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from django.db.models import Model, QuerySet

from chengyun.kernel.access import require
from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import Invalid
from chengyun.kernel.tables import ENDINGS, as_text, write_table
from chengyun.places.models import Area, Building, Facility, Ground, Population, Street, Town
from chengyun.places.queries.visible import shown

DRIVERS = {".geojson": "GeoJSON", ".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".fgb": "FlatGeobuf"}
_CHUNK = 2000


@dataclass(frozen=True)
class _Spec:
    """Columns of a layer: heading → path of the value. A geometry stands in the column of this name, if any."""

    model: type[Model]
    columns: dict[str, str]
    geometry: bool = True


_SPECS = {
    "facilities": _Spec(
        Facility,
        {"key": "external_id", "id": "uuid", "plate": "plate", "category": "category__code", "name": "name",
         "address": "address", "capacity": "capacity", "floor_area": "floor_area", "state": "state", "facts": "facts"},
    ),
    "buildings": _Spec(
        Building,
        {"key": "external_id", "id": "uuid", "name": "name", "use": "use", "floors": "floors", "height": "height",
         "households": "households", "built": "built", "has_lift": "has_lift", "road": "road", "lane": "lane",
         "number": "number", "building_no": "building"},
    ),
    "areas": _Spec(
        Area,
        {"key": "external_id", "id": "uuid", "scheme": "scheme__code", "level": "level__code", "code": "code",
         "name": "name", "english": "english", "parent": "parent__code", "square_metres": "square_metres"},
    ),
    "streets": _Spec(
        Street,
        {"key": "external_id", "name": "name", "kind": "kind", "link": "link", "oneway": "oneway", "speed": "speed",
         "foot": "foot", "car": "car", "bike": "bike", "bridge": "bridge", "tunnel": "tunnel", "metres": "metres"},
    ),
    "grounds": _Spec(
        Ground,
        {"key": "external_id", "name": "name", "kind": "kind", "sub": "sub", "public": "public",
         "square_metres": "square_metres"},
    ),
    "populations": _Spec(
        Population,
        {"place_kind": "place_kind", "place": "place_id", "level": "level", "basis": "basis", "age_from": "age_from",
         "age_to": "age_to", "count": "count", "on": "on", "source": "source"},
        geometry=False,
    ),
}  # fmt: skip
LAYERS = tuple(_SPECS)


def export_layer(town: Town, layer: str, path: Path, *, actor: Actor, source: str = "") -> int:
    """Write what the actor may see of a layer to `path`; its ending says the format. Returns the number of rows.

    Tables get longitude and latitude of a point on each thing. `source` names the import whose rows are wanted: those
    go back by the same name. Raises Invalid for another layer or ending.
    """
    if layer not in _SPECS:
        raise Invalid("places.layer", f"layer: one of {', '.join(LAYERS)}", field="layer")
    spec, suffix = _SPECS[layer], path.suffix.lower()
    if suffix not in {*DRIVERS, *ENDINGS} or (suffix in DRIVERS and not spec.geometry):
        allowed = (*DRIVERS, *ENDINGS) if spec.geometry else ENDINGS
        raise Invalid("places.format", f"file: its name ends in one of {', '.join(allowed)}", field="file")
    rows = _rows(town, spec, actor)
    rows = rows.filter(source=source) if source else rows
    path.parent.mkdir(parents=True, exist_ok=True)
    if suffix in DRIVERS:
        return _write_vector(rows, spec, path, layer)
    return _write_table(rows, spec, path, layer)


def _rows(town: Town, spec: _Spec, actor: Actor) -> QuerySet[Any, Any]:
    require(actor, "places.read", at=town)
    model: Any = spec.model
    scoped = hasattr(model.objects, "within")
    rows = (model.objects.within(actor, "places.read") if scoped else model.objects).filter(town=town)
    return shown(rows) if hasattr(model, "retired_at") else rows


def _write_vector(rows: QuerySet[Any, Any], spec: _Spec, path: Path, layer: str) -> int:
    found = list(rows.exclude(geometry=None).order_by("pk").values_list("geometry", *spec.columns.values()))
    shapes = np.array([shapely.to_wkb(row[0]) for row in found], dtype=object)
    fields = [_column([row[index] for row in found]) for index in range(1, len(spec.columns) + 1)]
    path.unlink(missing_ok=True)
    pyogrio.raw.write(
        str(path), shapes, fields, list(spec.columns), layer=layer, driver=DRIVERS[path.suffix.lower()],
        geometry_type="Unknown" if path.suffix.lower() != ".shp" else _one_kind(found), crs="EPSG:4326",
        encoding="UTF-8",
    )  # fmt: skip
    return len(found)


def _one_kind(found: Sequence[Any]) -> str:
    """A shapefile holds one kind of geometry: the one of its first row."""
    return str(found[0][0].geom_type) if found else "Point"


def _column(values: list[Any]) -> Any:
    """Values as an array that GDAL takes: numbers where all are, else texts."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known):
        return np.array(
            [None if v is None else int(v) for v in values], dtype=object if len(known) < len(values) else np.int32
        )
    if known and all(isinstance(value, int | float) for value in known):
        return np.array([np.nan if value is None else float(value) for value in values], dtype=np.float64)
    return np.array([None if value is None else as_text(value) for value in values], dtype=object)


def _write_table(rows: QuerySet[Any, Any], spec: _Spec, path: Path, layer: str) -> int:
    headings = [*spec.columns, *(("lng", "lat") if spec.geometry else ())]
    return write_table(path, headings, _lines(rows, spec), layer)


def _lines(rows: QuerySet[Any, Any], spec: _Spec) -> Iterator[list[Any]]:
    names = (*(("geometry",) if spec.geometry else ()), *spec.columns.values())
    for row in rows.order_by("pk").values_list(*names).iterator(_CHUNK):
        shape, values = (row[0], row[1:]) if spec.geometry else (None, row)
        line = list(values)
        if spec.geometry:
            point = shape.representative_point() if shape is not None else None
            line += [round(point.x, 7), round(point.y, 7)] if point is not None else ["", ""]
        yield line
