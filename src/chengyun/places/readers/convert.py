"""Rows of a table as shapes of a layer: read cell by cell, with everything that is wrong said at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely

from chengyun.places.address import parse_address
from chengyun.places.coordinates import LocalGrid, convert_geometry, is_convertible
from chengyun.places.readers.mapping import FieldSpec, Reading
from chengyun.places.readers.table import Table, plain
from chengyun.places.readers.values import WrongError, read_value
from chengyun.places.right import right
from chengyun.places.shapes import (
    AreaShape,
    BuildingShape,
    FacilityShape,
    GapShape,
    GroundShape,
    NameShape,
    PopulationShape,
)
from chengyun.places.staging.checks import Wrong

_ADDRESS = right("address", "an address that the town's gazetteer knows, or coordinates")
Locate = Callable[[str], tuple[float, float] | None]
_OWN_GRID = right(
    "own_grid",
    "a system with a public way to WGS 84, unlike Beijing 1954 and Xi'an 1980; the town's own after its control points",
)


@dataclass(frozen=True)
class Surroundings:
    """What rows may lean on: words of categories → code, the town's grid, and a way from an address to a point."""

    categories: Mapping[str, str]
    specs: Mapping[str, FieldSpec]
    grid: LocalGrid | None = None
    locate: Locate | None = None
    others: frozenset[str] = field(default=frozenset())  # fields that other rooms keep


@dataclass(frozen=True)
class Converted:
    """A row as shapes, or what is wrong with it. `others` are values of other rooms' fields."""

    place: str
    shapes: list[Any]
    wrong: list[Wrong]
    others: dict[str, str] = field(default_factory=dict)


def convert(table: Table, reading: Reading, around: Surroundings) -> Iterator[Converted]:
    """Every row of a table, in order."""
    where = {name: table.headings.index(heading) for name, heading in reading.columns.items()}
    extra = [(heading, table.headings.index(heading)) for heading in reading.extra]
    lost = not is_convertible(reading.system, around.grid)
    geometries = None if lost else _geometries(table, reading, around)
    for index, row in enumerate(table.rows):
        values, wrong = _values(row, where, reading, around)
        facts = {heading: plain(row[at]) for heading, at in extra if row[at] != ""}
        shape = geometries[index] if geometries is not None else None
        if lost:
            wrong.append(("crs", reading.system, _OWN_GRID))
        elif shape is None and not wrong:
            shape, wrong = _shape(values, reading, around)
        others = {name: str(values.pop(name)) for name in around.others & values.keys()}
        said = values.keys() | {name for name, _, _ in wrong}
        wrong += [(name, "", words) for name, words in _NEEDED.get(reading.layer, ()) if name not in said]
        made = [] if wrong else _MAKERS[reading.layer](values, shape, facts)
        yield Converted(table.place(index), made, wrong, others)


def _geometries(table: Table, reading: Reading, around: Surroundings) -> Any:
    if table.geometries is None:
        return None
    shapes = table.geometries
    if reading.swapped:
        shapes = shapely.transform(shapes, lambda coords: coords[:, ::-1])
    return convert_geometry(shapes, reading.system, around.grid)


def _values(
    row: list[Any], where: Mapping[str, int], reading: Reading, around: Surroundings
) -> tuple[dict[str, Any], list[Wrong]]:
    values: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for name, cell in [*reading.fixed.items(), *((name, row[at]) for name, at in where.items())]:
        if cell == "" or cell is None:
            continue
        try:
            values[name] = read_value(around.specs[name].kind, cell, around.categories)
        except WrongError as error:
            wrong.append((name, cell, error.right))
    return values, wrong


def _shape(values: dict[str, Any], reading: Reading, around: Surroundings) -> tuple[Any, list[Wrong]]:
    """The point that a row names by coordinates, or by its address where the town's gazetteer knows it."""
    if "lng" in values and "lat" in values:
        pair = (values.pop("lng"), values.pop("lat"))
        raw = shapely.Point(pair[::-1] if reading.swapped else pair)
    elif "point" in values:
        raw = values.pop("point")
    else:
        return _located(values, reading, around)
    return convert_geometry(raw, reading.system, around.grid), []


def _located(values: dict[str, Any], reading: Reading, around: Surroundings) -> tuple[Any, list[Wrong]]:
    if reading.layer not in {"facilities", "names"}:
        return None, []
    address = values.get("address", "")
    found = around.locate(address) if around.locate and address else None
    if found:
        return shapely.Point(found), []
    if address:
        return None, [
            ("address", address, right("address", "an address that the town's gazetteer knows, or coordinates"))
        ]
    return None, [("lng", "", right("somewhere", "coordinates, or an address"))]


def _facility(values: dict[str, Any], shape: Any, facts: dict[str, Any]) -> list[FacilityShape]:
    area = shape is not None and shape.geom_type in {"Polygon", "MultiPolygon"}
    point = shape.representative_point() if area else _single(shape)
    name, address = values.pop("name", ""), values.pop("address", "")
    category = values.pop("category", "")
    key = values.pop("key", "") or _own_key(category, name, point)
    outline = shape if area else None
    return [FacilityShape(key, category, name, point, address, outline=outline, facts=facts, **values)]


def _single(shape: Any) -> Any:
    """A multipoint of one as a point."""
    if shape is not None and shape.geom_type == "MultiPoint" and len(shape.geoms) == 1:
        return shape.geoms[0]
    return shape


def _own_key(*parts: Any) -> str:
    """An id for a row without one: the same row gives the same id at the next import."""
    texts = [f"{p.x:.5f},{p.y:.5f}" if hasattr(p, "x") else str(p) for p in parts if p is not None]
    return "/".join(texts)[:120]


def _building(values: dict[str, Any], shape: Any, facts: dict[str, Any]) -> list[BuildingShape]:  # noqa: ARG001 (makers share a form)
    address = parse_address(values.pop("address", ""))
    parts = {name: values.get(name) or getattr(address, name) for name in ("road", "lane", "number", "building")}
    middle = shape.representative_point() if shape is not None else None
    key = values.pop("key", "") or _own_key(*parts.values(), middle)
    return [BuildingShape(key, shape, **(values | parts))]


def _area(values: dict[str, Any], shape: Any, facts: dict[str, Any]) -> list[AreaShape]:  # noqa: ARG001 (makers share a form)
    code = values.pop("code", "") or values.get("key", "") or values.get("name", "")
    key = values.pop("key", "") or code
    name = values.pop("name", "") or code
    return [
        AreaShape(key, values.get("scheme", ""), values.get("level", ""), code, name, shape, values.get("parent", ""),
                  values.get("english", ""))
    ]  # fmt: skip


def _gap(values: dict[str, Any], shape: Any, facts: dict[str, Any]) -> list[GapShape]:  # noqa: ARG001 (makers share a form)
    return [GapShape(values.get("scheme", ""), values.get("name", ""), shape, values.get("managed_by", ""))]


def _ground(values: dict[str, Any], shape: Any, facts: dict[str, Any]) -> list[GroundShape]:  # noqa: ARG001 (makers share a form)
    key = values.pop("key", "") or _own_key(values.get("name", ""), shape.representative_point() if shape else None)
    return [GroundShape(key, values.pop("kind", ""), values.pop("sub", ""), shape, **values)]


def _name(values: dict[str, Any], shape: Any, facts: dict[str, Any]) -> list[NameShape]:  # noqa: ARG001 (makers share a form)
    values.pop("address", "")
    return [NameShape(values.pop("text", ""), values.pop("kind", "alias"), shape, **values)]


def _people(values: dict[str, Any], shape: Any, facts: dict[str, Any]) -> list[PopulationShape]:  # noqa: ARG001 (makers share a form)
    """One count for each row; a table with a column for each age band was lengthened before (`wide`)."""
    low, high = values.get("ages", (0, None))
    kind, source = values.get("place_kind", "area"), values.get("source", "import")
    return [PopulationShape(kind, values["place"], values["basis"], values["count"], values["on"], source, low, high)]


# What no row can do without, and how to give it where the file has no such column.
_NEEDED: dict[str, tuple[tuple[str, str], ...]] = {
    "populations": (
        ("place", right("column_areas", "a column with the names or codes of areas")),
        ("basis", right("column_basis", "a column, or --map basis:=常住 (or 实有, 户籍)")),
        ("count", right("column_people", "a column with numbers of people")),
        ("on", right("column_day", "a column, or --map on:=2024-12-31")),
    ),
    "facilities": (("category", right("column_category", "a column, or --map category:=hydrant")),),
}

_MAKERS: dict[str, Callable[[dict[str, Any], Any, dict[str, Any]], list[Any]]] = {
    "facilities": _facility,
    "buildings": _building,
    "areas": _area,
    "gaps": _gap,
    "grounds": _ground,
    "names": _name,
    "populations": _people,
}
