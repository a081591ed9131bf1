"""The homes of a town as a layer of the map: outlines with their number in the arrays, asked for once."""

import json
from typing import Any

import shapely

from chengyun.indicators.circle.homes import Homes
from chengyun.indicators.circle.state import Circle
from chengyun.indicators.circle.summing import stamp
from chengyun.places.models import Area, Building, Town

_DIGITS = 6  # of degrees: a tenth of a metre
_kept: dict[int, tuple[Homes, str]] = {}


def layer(town: Town, circle: Circle) -> str:
    """GeoJSON of the homes. `id`: place in the arrays; `n`: name or address; `c`: compound; `p`: people (estimated)."""
    known = _kept.get(town.pk)
    if known is None or known[0] is not circle.homes:
        known = _kept[town.pk] = (circle.homes, _written(circle, stamp(circle)))
    return known[1]


def _written(circle: Circle, mark: str) -> str:
    rows = Building.objects.as_system("homes of the life circle").filter(pk__in=circle.homes.key.tolist())
    found = {
        pk: (shape, name or address(road, lane, number), compound)
        for pk, shape, name, road, lane, number, compound in rows.values_list(
            "pk", "geometry", "name", "road", "lane", "number", "compound_id"
        )
    }
    compounds = {row[2] for row in found.values() if row[2]}
    names = dict(Area.objects.as_system("names of compounds").filter(pk__in=compounds).values_list("pk", "name"))
    people = circle.homes.people["all"]
    features = [
        _feature(place, found[int(key)], names, round(float(people[place])))
        for place, key in enumerate(circle.homes.key)
        if int(key) in found
    ]
    return json.dumps(
        {"type": "FeatureCollection", "stamp": mark, "features": features}, ensure_ascii=False, separators=(",", ":")
    )


def _feature(place: int, row: tuple[Any, str, int | None], names: dict[int, str], people: int) -> dict[str, Any]:
    shape, label, compound = row
    rounded = shapely.set_precision(shape, 10.0**-_DIGITS, mode="pointwise")
    geometry = json.loads(shapely.to_geojson(rounded if not rounded.is_empty else shape))
    said = {"n": label, "c": names.get(compound or 0, ""), "p": people}
    return {"type": "Feature", "id": place, "properties": said, "geometry": geometry}


def address(road: str, lane: str, number: str) -> str:
    """The parts of an address as one reads them."""
    return "".join(part for part in (road, lane and f"{lane}弄", number and f"{number}号") if part)
