"""What a town is founded with, from files: its boundary, its schemes, the control points of its own grid."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import yaml

from chengyun.kernel.refusal import Invalid
from chengyun.places.actions.towns import Control
from chengyun.places.coordinates import UnknownSystemError, convert_geometry, guess_system, system_name
from chengyun.places.readers.guard import guard
from chengyun.places.readers.table import Table, decode, read_table
from chengyun.places.readers.values import WrongError, degrees, number
from chengyun.places.readers.vector import SUFFIXES, read_vector
from chengyun.places.shapes import LevelShape, SchemeShape

_SAMPLE = 200
_POINT = {
    "name": ("name", "名称", "点名", "点号"), "x": ("x", "easting", "东坐标", "横坐标"),
    "y": ("y", "northing", "北坐标", "纵坐标"), "lng": ("lng", "longitude", "经度"),
    "lat": ("lat", "latitude", "纬度"),
}  # fmt: skip


def read_boundary(path: Path, system: str = "", sheet: str = "") -> Any:
    """The union of the polygons of a vector file, in WGS 84. Raises Invalid."""
    guard(path)
    if path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES))
        raise Invalid("places.file_kinds", f"{path.name}: one of {kinds}", field="file", params={"kinds": kinds})
    table = read_vector(path, sheet)
    shapes = [shape for shape in table.geometries if shape is not None and shape.area > 0]
    if not shapes:
        raise Invalid("places.file_no_polygon", f"{path.name}: there is no polygon in it", field="file")
    whole = shapely.union_all([shapely.make_valid(shape) for shape in shapes])
    try:
        return convert_geometry(whole, system_name(system) if system else _system_of(table))
    except UnknownSystemError as error:
        raise Invalid("places.no_system", f"{path.name}: {error}", field="crs") from error


def _system_of(table: Table) -> str:
    if table.system:
        return system_name(table.system)
    return guess_system(shapely.get_coordinates(table.geometries)[:_SAMPLE]).system


def read_schemes(path: Path) -> list[SchemeShape]:
    """The schemes of a YAML file: `schemes`, each with code, name, english, covers and levels. Raises Invalid."""
    try:
        said = yaml.safe_load(decode(path.read_bytes())[0])
        return [_scheme(row) for row in said["schemes"]]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        words = f"{path.name}: the key schemes holds a list; each has code, name and levels"
        raise Invalid("places.file_schemes", words, field="file") from error


def _scheme(row: Mapping[str, Any]) -> SchemeShape:
    levels = tuple(LevelShape(**_texts(level, ("code", "name", "english", "role"))) for level in row["levels"])
    return SchemeShape(**_texts(row, ("code", "name", "english")), levels=levels, covers=row.get("covers") is True)


def _texts(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    return {name: str(row.get(name) or "") for name in names}


def read_control_points(path: Path) -> list[Control]:
    """The control points of a table with the headings name, x, y, lng, lat (or 点名, 东坐标 …). Raises Invalid."""
    guard(path)
    table = read_table(path)
    at = {name: heading_of(table, words) for name, words in _POINT.items()}
    return [
        _control(table.place(index), {name: row[place] for name, place in at.items()})
        for index, row in enumerate(table.rows)
    ]


def heading_of(table: Table, words: Sequence[str]) -> int:
    """The place of the column that is called by one of the words. Raises Invalid."""
    for index, heading in enumerate(table.headings):
        if heading.strip().lower() in words:
            return index
    raise Invalid(
        "places.file_no_column", f"there is no column {' or '.join(words)}; there are: {', '.join(table.headings)}",
        field="file", params={"name": ", ".join(words), "names": ", ".join(table.headings)},
    )  # fmt: skip


def _control(place: str, cells: Mapping[str, Any]) -> Control:
    try:
        plane = {name: float(number(cells[name])) for name in ("x", "y")}
        globe = {name: float(degrees(cells[name])) for name in ("lng", "lat")}
    except WrongError as error:
        raise _no_control(place) from error
    if not np.isfinite([*plane.values(), *globe.values()]).all():
        raise _no_control(place)
    return Control(str(cells["name"]), **plane, **globe)


def _no_control(place: str) -> Invalid:
    row = place.rpartition(" ")[2]
    words = f"{place}: a control point has numbers for x, y, lng and lat"
    return Invalid("places.control_row", words, field="file", params={"row": row})
