"""One pass over an extract: every tagged object once, locations and areas put together on the way by libosmium."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely

from chengyun.places.readers.osm.boundaries import Boundary, areas_from, town_boundary
from chengyun.places.readers.osm.rules import OsmRules, load_rules
from chengyun.places.readers.osm.streets import Way, split_ways
from chengyun.places.readers.osm.things import building_of, facility_of, ground_of, name_of, polygon_of
from chengyun.places.shapes import TownData

Progress = Callable[[int, str], None]
_EVERY = 20_000


@dataclass
class _Found:
    """What the pass collects before streets can be split and areas chosen."""

    data: TownData
    rules: OsmRules
    ways: list[Way] = field(default_factory=list)
    boundaries: list[Boundary] = field(default_factory=list)
    wkb: Any = field(default_factory=osmium.geom.WKBFactory)


def read_osm(path: Path, code: str, name: str = "", boundary: Any = None, progress: Progress | None = None) -> TownData:
    """An extract as a town: streets, buildings, facilities, ground, names, and areas from its boundaries.

    `boundary` (polygon, WGS 84) says which town it is; without it the extract's outermost boundary that holds the
    streets is taken, else the hull of the streets. Raises OSError or RuntimeError for a file that cannot be read.
    """
    empty = shapely.Polygon()
    found = _Found(TownData(code, name or code, "", empty, source="osm"), load_rules())
    for count, (kind, item) in enumerate(_objects(path)):
        _take(found, kind, item)
        if progress and count % _EVERY == 0:
            progress(count, "reading")
    data = found.data
    data.streets.extend(split_ways(found.ways, found.rules.streets))
    chosen = town_boundary(found.boundaries, [street.line for street in data.streets], boundary)
    data.boundary = chosen.polygon
    data.name = name or chosen.name or code
    data.english = data.name
    data.areas.extend(areas_from(found.boundaries, chosen))
    return data


def _objects(path: Path) -> Iterator[tuple[str, Any]]:
    processor = (
        osmium.FileProcessor(str(path)).with_areas().with_locations().with_filter(osmium.filter.EmptyTagFilter())
    )
    item: Any  # nodes, ways and areas; their types share no base
    for item in processor:
        if item.is_node():
            yield "node", item
        elif item.is_way():
            yield "way", item
        elif item.is_area():
            yield "area", item


def _take(found: _Found, kind: str, item: Any) -> None:
    tags = {tag.k: tag.v for tag in item.tags}
    if kind == "node":
        if item.location.valid():
            _take_thing(found, f"n{item.id}", tags, shapely.Point(item.lon, item.lat))
    elif kind == "way":
        _take_way(found, item, tags)
    else:
        _take_area(found, item, tags)


def _take_way(found: _Found, item: Any, tags: dict[str, str]) -> None:
    street = tags.get("highway", "").removesuffix("_link") in found.rules.streets
    # A closed way comes again as an area; here only its street counts.
    if not street and (item.is_closed() or not ({"waterway", "railway", "natural"} & tags.keys())):
        return
    nodes = [(node.ref, node.lon, node.lat) for node in item.nodes if node.location.valid()]
    if len(nodes) < 2:
        return
    table = np.array(nodes, dtype=np.float64)
    if street:
        refs = np.array([node[0] for node in nodes], dtype=np.int64)
        found.ways.append(Way(item.id, refs, table[:, 1:], tags))
        return
    ground = ground_of(f"w{item.id}", tags, shapely.linestrings(table[:, 1:]), found.rules)
    if ground:
        found.data.grounds.append(ground)


def _take_area(found: _Found, item: Any, tags: dict[str, str]) -> None:
    if tags.get("highway") and tags.get("area") != "yes":
        return
    try:
        shape = polygon_of(found.wkb.create_multipolygon(item))
    except RuntimeError:  # libosmium could not close the rings: cut by the edge of the extract
        return
    if shape is None:
        return
    key = f"{'w' if item.from_way() else 'r'}{item.orig_id()}"
    if tags.get("boundary") == "administrative" and "admin_level" in tags:
        if tags.get("name"):  # a ring without a name is a part of a boundary that comes as a whole elsewhere
            found.boundaries.append(Boundary(key, tags["name"], tags["admin_level"], shape))
        return
    building = building_of(key, tags, shape, found.rules)
    if building:
        found.data.buildings.append(building)
    else:
        ground = ground_of(key, tags, shape, found.rules)
        if ground:
            found.data.grounds.append(ground)
    _take_thing(found, key, tags, shape, named=building is None)


def _take_thing(found: _Found, key: str, tags: dict[str, str], shape: Any, named: bool = True) -> None:
    facility = facility_of(key, tags, shape, found.rules)
    if facility:
        found.data.facilities.append(facility)
    name = name_of(key, tags, shape) if named else None
    if name:
        found.data.names.append(name)
