"""A resident's card: from one address, what is in reach on foot, how far, which way, and how far one gets."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from chengyun.indicators.circle.demands import CLASSES
from chengyun.indicators.circle.homes import Services
from chengyun.indicators.circle.state import FARTHEST, Circle
from chengyun.indicators.circle.ways import Ways
from chengyun.indicators.formula.spans import Floats
from chengyun.indicators.worlds import Kept
from chengyun.kernel.actor import Actor
from chengyun.kernel.measures import NOWHERE, Ints
from chengyun.kernel.refusal import Invalid
from chengyun.places.models import Facility, FacilityCategory, Town
from chengyun.places.queries.points import Spot, resolve_point
from chengyun.places.reach import Network, Positions
from chengyun.places.reach.costing import PACE

FAR_OFF = 300.0
"""Metres from any street beyond which a point is not somewhere people walk from."""


@dataclass(frozen=True)
class _Start:
    network: Network
    ways: Ways
    place: Positions


def card(actor: Actor, town: Town, kept: Kept, circle: Circle, at: tuple[float, float], age: str) -> dict[str, Any]:
    """What is in reach of a point (degrees). Raises Invalid where there are no streets near."""
    spot = resolve_point(town.pk, *at)
    if circle.ways is None or circle.services is None or not spot.inside:
        raise Invalid("indicators.no_streets_here", "point: there are no streets near it", field="point")
    start = _start(circle.ways, at, spot, age)
    seconds, row, category, of = _reached(start, circle.services)
    items = _items(actor, circle, start, (seconds, row, category, of))
    return {
        "point": at, "age": age, "pace": PACE[age],
        "compound": _name(kept, spot.compound), "community": _name(kept, spot.community),
        "items": items, "rings": rings(start),
    }  # fmt: skip


def _start(ways: Ways, at: tuple[float, float], spot: Spot, age: str) -> _Start:
    compound = np.array([spot.compound or NOWHERE], dtype=np.int64)
    place = ways.attach(np.array([at[0]]), np.array([at[1]]), compound)
    if place.edge[0] < 0 or place.offset[0] > FAR_OFF:
        raise Invalid("indicators.no_streets_here", "point: there are no streets near it", field="point")
    return _Start(ways.seconds(age), ways, place)


def _reached(start: _Start, services: Services) -> tuple[Floats, Ints, Ints, Ints]:
    """Seconds to every entrance within FARTHEST: with its facility's row, its category, its number; nearest first."""
    found = start.network.costs(start.place, services.sources.places, FARTHEST * 60)
    order = np.argsort(found.data, kind="stable")
    which = found.indices[order]
    return found.data[order], services.sources.row[which], services.sources.category[which], which


def _items(actor: Actor, circle: Circle, start: _Start, found: tuple[Floats, Ints, Ints, Ints]) -> list[dict[str, Any]]:
    """For each category the nearest facility with the way to it, and how many are within 5, 10 and 15 minutes."""
    seconds, rows, categories, which = found
    named = {row.code: (row.name, row.english) for row in FacilityCategory.objects.filter(code__in=circle.categories)}
    first = {int(c): n for n, c in reversed(list(enumerate(categories.tolist())))}
    known = _facilities(actor, circle, [int(rows[n]) for n in first.values()])
    items = []
    for number, one in enumerate(circle.demands):
        zh, en = named.get(one.category, (one.category, one.category))
        mine = categories == number
        counts = [len(np.unique(rows[mine & (seconds <= minutes * 60 + 1e-6)])) for minutes in CLASSES]
        item = {"category": one.category, "zh": zh, "en": en, "circle": one.circle, "counts": counts, "nearest": None}
        if number in first:
            n = first[number]
            way = _way(start, circle, int(which[n]))
            item["nearest"] = {**known.get(int(rows[n]), _UNNAMED), "minutes": round(float(seconds[n]) / 60, 1), **way}
        items.append(item)
    return items


_UNNAMED = {"id": None, "name": "", "address": "", "point": None}


def _facilities(actor: Actor, circle: Circle, rows: list[int]) -> dict[int, dict[str, Any]]:
    """By row of the table the facilities as the card names them, of those that the actor may see."""
    services = circle.services
    if services is None:
        return {}
    keys = {int(services.held.table.key[row]): row for row in rows}
    seen = Facility.objects.within(actor, "places.read").filter(pk__in=[key for key in keys if key > 0])
    return {
        keys[one.pk]: {"id": one.uuid, "name": one.name, "address": one.address, "point": (one.minx, one.miny)}
        for one in seen
    }


def _way(start: _Start, circle: Circle, source: int) -> dict[str, Any]:
    """The line of a way and its metres."""
    services = circle.services
    way = start.network.path(start.place, services.sources.places[source], FARTHEST * 60) if services else None
    if way is None or services is None:
        return {"metres": None, "line": []}
    ends = [_point(start.ways, start.place), _point(start.ways, services.sources.places[source])]
    xy = np.concatenate([ends[0], start.network.line(way), ends[1]])
    metres = float(np.hypot(*np.diff(xy, axis=0).T).sum()) + float(start.place.offset[0])
    metres += float(services.sources.places.offset[source])
    return {"metres": round(metres), "line": np.round(start.ways.plane.lnglat(xy), 6).tolist()}


def _point(ways: Ways, place: Positions) -> Floats:
    """Where a position lies on its edge, (1, 2) in metres."""
    net = ways.town.network
    tail, head = net.edges[place.edge[0]]
    share = float(place.fraction[0])
    return np.array([[
        net.x[tail] + share * (net.x[head] - net.x[tail]), net.y[tail] + share * (net.y[head] - net.y[tail]),
    ]])  # fmt: skip


def rings(start: _Start) -> list[dict[str, Any]]:
    """The ground within 5, 10 and 15 minutes as GeoJSON geometries, the widest first."""
    found = []
    for minutes in reversed(CLASSES):
        flat = start.network.isochrone(start.place, minutes * 60)
        ground = shapely.set_precision(start.ways.plane.round(flat), 1e-6, mode="pointwise")
        shape = json.loads(shapely.to_geojson(ground))
        found.append({"minutes": minutes, "square_metres": round(flat.area), "geometry": shape})
    return found


def _name(kept: Kept, area: int | None) -> str:
    row = kept.ground.rows.get(area) if area is not None else None
    return row.name if row else ""
