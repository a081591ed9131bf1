"""Addresses and points as endpoints give them."""

from collections.abc import Iterable
from typing import Any

from chengyun.places.address import Suggestion
from chengyun.places.models import Area, Town
from chengyun.places.queries.addresses import Located, locate_address, suggest_addresses
from chengyun.places.queries.points import ROLES, Spot, resolve_point

_SURE_FIT = 0.75  # a suggestion below this is more a guess than a reading: then the text is resolved as an address
# The finest areas first: what tells two shops of one name apart.
_TELLING = ("compound", "community", "grid")


def address_answers(town: Town, text: str, limit: int, whole: bool) -> list[dict[str, Any]]:
    """Suggestions for what is being typed; readings of a whole address if asked, or if nothing begins like it."""
    suggested = [] if whole else suggest_addresses(town.id, text, limit)
    if suggested and suggested[0].fit >= _SURE_FIT:
        return _suggestions(town, suggested)
    found = locate_address(town.id, text, limit)
    return _readings(town, found) if found else _suggestions(town, suggested)


def spot_answer(town: Town, lng: float, lat: float) -> dict[str, Any]:
    """The areas at a point, with names."""
    spot = resolve_point(town.id, lng, lat)
    return _spot(town, spot, _areas([spot]))


def _suggestions(town: Town, suggested: list[Suggestion]) -> list[dict[str, Any]]:
    spots = [resolve_point(town.id, one.row.lng, one.row.lat) for one in suggested]
    areas = _areas(spots)
    return [
        {
            "text": one.row.text,
            "detail": _detail(spot, areas, one.row.text),
            "kind": one.row.kind,
            "point": (one.row.lng, one.row.lat),
            "confidence": one.fit,
            "spread": one.row.spread,
        }
        for one, spot in zip(suggested, spots, strict=True)
    ]


def _readings(town: Town, found: list[Located]) -> list[dict[str, Any]]:
    areas = _areas(one.spot for one in found)
    return [
        {
            "text": one.finding.text,
            "detail": _detail(one.spot, areas, one.finding.text),
            "kind": one.finding.kind,
            "point": (one.finding.lng, one.finding.lat),
            "confidence": one.finding.confidence,
            "spread": round(one.finding.spread, 1),
            "reasons": [{"code": reason.code, "params": reason.params} for reason in one.finding.reasons],
            "spot": _spot(town, one.spot, areas),
        }
        for one in found
    ]


def _areas(spots: Iterable[Spot]) -> dict[int, dict[str, Any]]:
    wanted = {area for spot in spots for area in spot.areas}
    rows = Area.objects.as_system("names of the areas at a point").filter(id__in=wanted)
    return {row["id"]: row for row in rows.values("id", "uuid", "code", "name")} if wanted else {}


def _spot(town: Town, spot: Spot, areas: dict[int, dict[str, Any]]) -> dict[str, Any]:
    named = {role: areas.get(getattr(spot, role) or 0) for role in ROLES}
    refs = {
        role: {"id": area["uuid"], "code": area["code"], "name": area["name"]} if area else None
        for role, area in named.items()
    }
    return {"town": town.code if spot.inside else None, "inside": spot.inside, **refs}


def _detail(spot: Spot, areas: dict[int, dict[str, Any]], text: str) -> str:
    names = [areas[area]["name"] for role in _TELLING if (area := getattr(spot, role)) is not None and area in areas]
    return " · ".join(name for name in names if name != text)
