"""What a town is founded with, from files: its boundary, its schemes, the control points of its own grid."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import yaml

from chengyun.kernel.refusal import Invalid
from chengyun.places.actions.towns import Control
from chengyun.places.coordinates import UnknownSystemError, convert_geometry, guess_system, system_name
from chengyun.places.readers.guard import guard
from chengyun.places.readers.table import Table, UnreadableError, read_table
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
    try:
        guard(path)
        if path.suffix.lower() not in SUFFIXES:
            raise UnreadableError(f"{path.name}: a boundary is one of {', '.join(sorted(SUFFIXES))}")
        table = read_vector(path, sheet)
        shapes = [shape for shape in table.geometries if shape is not None and shape.area > 0]
        if not shapes:
            raise UnreadableError(f"{path.name}: there is no polygon in it")
        named = system_name(system) if system else _system_of(table)
        whole = shapely.union_all([shapely.make_valid(shape) for shape in shapes])
        return convert_geometry(whole, named)
    except (UnreadableError, UnknownSystemError, OSError) as error:
        raise unreadable(path, error) from error


def _system_of(table: Table) -> str:
    if table.system:
        return system_name(table.system)
    return guess_system(shapely.get_coordinates(table.geometries)[:_SAMPLE]).system


def read_schemes(path: Path) -> list[SchemeShape]:
    """The schemes of a YAML file: `schemes`, each with code, name, english, covers and levels. Raises Invalid."""
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        return [_scheme(row) for row in said["schemes"]]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise unreadable(path, "the key schemes holds a list; each has code, name and levels") from error


def _scheme(row: Mapping[str, Any]) -> SchemeShape:
    levels = tuple(LevelShape(**_texts(level, ("code", "name", "english", "role"))) for level in row["levels"])
    return SchemeShape(**_texts(row, ("code", "name", "english")), levels=levels, covers=row.get("covers") is True)


def _texts(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    return {name: str(row.get(name) or "") for name in names}


def read_control_points(path: Path) -> list[Control]:
    """The control points of a table with the headings name, x, y, lng, lat (or 点名, 东坐标 …). Raises Invalid."""
    try:
        guard(path)
        table = read_table(path)
        at = {name: _heading(table, words) for name, words in _POINT.items()}
        return [_control({name: row[place] for name, place in at.items()}) for row in table.rows]
    except (UnreadableError, WrongError, OSError) as error:
        raise unreadable(path, error) from error


def _heading(table: Table, words: tuple[str, ...]) -> int:
    for index, heading in enumerate(table.headings):
        if heading.strip().lower() in words:
            return index
    raise UnreadableError(f"there is no column {' or '.join(words)}")


def _control(cells: Mapping[str, Any]) -> Control:
    plane = {name: float(number(cells[name])) for name in ("x", "y")}
    place = {name: float(degrees(cells[name])) for name in ("lng", "lat")}
    if not np.isfinite([*plane.values(), *place.values()]).all():
        raise UnreadableError("a coordinate is no number")
    return Control(str(cells["name"]), **plane, **place)


def unreadable(path: Path, why: object) -> Invalid:
    """The refusal of a file that cannot be read; `why` says what would be right."""
    return Invalid("places.unreadable", f"{path.name}: {why}", field="file", params={"why": str(why)})
