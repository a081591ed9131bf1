"""Facilities, buildings, ground, boundaries and names from tagged objects."""

import re
from collections.abc import Mapping
from typing import Any

import shapely

from chengyun.places.address import parse_address
from chengyun.places.readers.osm.rules import OsmRules
from chengyun.places.shapes import BuildingShape, FacilityShape, GroundShape, NameShape

_STATES = {"disused": "out_of_service", "abandoned": "out_of_service", "construction": "planned", "proposed": "planned"}
_PLACES = {"suburb", "neighbourhood", "quarter", "village", "hamlet", "square", "locality", "city_block", "town"}
_FACTS = ("operator", "opening_hours", "wheelchair", "brand", "cuisine", "level", "ref", "colour", "material")
_STOREY = 3.0  # metres


def facility_of(key: str, tags: Mapping[str, str], shape: Any, rules: OsmRules) -> FacilityShape | None:
    """The facility that an object is, if any rule of the categories says so."""
    category = rules.facilities.match(tags)
    if category is None:
        return None
    area = shape.geom_type in {"Polygon", "MultiPolygon"}
    point = shape if shape.geom_type == "Point" else shape.representative_point()
    return FacilityShape(
        key=key,
        category=category,
        name=tags.get("name", "")[:120],
        point=point,
        address=address_text(tags),
        capacity=number_of(tags.get("capacity") or tags.get("beds")),
        state=next((state for word, state in _STATES.items() if tags.get(word) == "yes"), "in_service"),
        outline=shape if area else None,
        facts={fact: tags[fact][:200] for fact in _FACTS if fact in tags},
    )


def building_of(key: str, tags: Mapping[str, str], shape: Any, rules: OsmRules) -> BuildingShape | None:
    """The building that an area is, with its height from levels where no height is given."""
    kind = tags.get("building")
    if not kind or kind in rules.not_buildings or tags.get("location") == "underground":
        return None
    floors = number_of(tags.get("building:levels"))
    height = number_of(tags.get("height") or tags.get("building:height"))
    address = parse_address(tags.get("addr:street", "") + " " + tags.get("addr:housenumber", ""))
    return BuildingShape(
        key=key,
        footprint=shape,
        use=rules.use.get(kind, _use_of(tags)),
        floors=max(1, round(floors)) if floors else None,
        height=height or (floors * _STOREY if floors else None),
        built=_year(tags.get("start_date")),
        name=tags.get("name", "")[:120],
        road=(tags.get("addr:street", "") or address.road)[:60],
        lane=address.lane[:12],
        number=address.number[:20],
        building=address.building[:12],
    )


def _use_of(tags: Mapping[str, str]) -> str:
    if tags.get("amenity") in {"school", "kindergarten", "university", "college"}:
        return "school"
    if tags.get("amenity") in {"hospital", "clinic"}:
        return "hospital"
    return "commercial" if "shop" in tags else ""


def ground_of(key: str, tags: Mapping[str, str], shape: Any, rules: OsmRules) -> GroundShape | None:
    """Water, green, rail or land use; water and rail may be lines, the rest must be areas."""
    found = rules.ground.match(tags)
    if found is None:
        return None
    kind, sub = found
    line = shape.geom_type == "LineString"
    if (line and kind not in {"water", "rail"}) or (kind == "rail" and not line):
        return None
    public = tags.get("access") not in rules.private
    return GroundShape(key, kind, sub, shape, name=tags.get("name", "")[:120], public=public)


def name_of(key: str, tags: Mapping[str, str], shape: Any) -> NameShape | None:
    """A place name, or an address that no building carries."""
    point = shape if shape.geom_type == "Point" else shape.representative_point()
    if tags.get("place") in _PLACES and tags.get("name"):
        return NameShape(tags["name"][:120], "landmark", point, key=key)
    if tags.get("addr:housenumber") and (tags.get("addr:street") or tags.get("addr:place")):
        road = tags.get("addr:street") or tags["addr:place"]
        number = tags["addr:housenumber"][:60]
        return NameShape(address_text(tags), "address", point, road=road[:120], number=number, key=key)
    return None


def address_text(tags: Mapping[str, str]) -> str:
    """The address in the order in which it is written there: Chinese without spaces, others with one."""
    road, number = tags.get("addr:street") or tags.get("addr:place", ""), tags.get("addr:housenumber", "")
    chinese = re.search(r"[一-鿿]", road) is not None
    return (road + ("" if chinese else " ") + number).strip()[:200]


def number_of(text: str | None) -> float | None:
    """The first number in a value such as "12 m" or "3;4"; None without one."""
    found = re.match(r"\s*(\d{1,6}(?:\.\d+)?)", text or "")
    return float(found.group(1)) if found else None


def _year(text: str | None) -> int | None:
    found = re.match(r"(1[5-9]\d\d|20\d\d)", text or "")
    return int(found.group()) if found else None


def polygon_of(wkb: str) -> Any:
    """A polygon from hex WKB, mended; the plain polygon where a multipolygon has one part. None if nothing is left."""
    shape = shapely.make_valid(shapely.from_wkb(wkb))
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in {"Polygon", "MultiPolygon"}]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)
