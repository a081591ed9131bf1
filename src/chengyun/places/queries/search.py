"""What the shell's search box finds among places: facilities by name or plate, addresses and names of the gazetteer."""

from collections.abc import Sequence

from chengyun.kernel.access import may
from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import NotFound
from chengyun.kernel.search import Hit
from chengyun.places.models import Facility, Town
from chengyun.places.queries.addresses import suggest_addresses
from chengyun.places.queries.facilities import FacilityFilter, facilities
from chengyun.places.queries.towns import town_for

_LEAST = 0.7  # how well a name must fit what was typed


def find_facilities(actor: Actor, query: str, limit: int) -> Sequence[Hit]:
    """Facilities by plate, or by a part of their name."""
    town = _town(actor)
    if town is None:
        return []
    rows = facilities(actor, town.id, FacilityFilter(words=query)).order_by("name", "id")[:limit]
    return [_facility(row) for row in rows]


def find_addresses(actor: Actor, query: str, limit: int) -> Sequence[Hit]:
    """Streets, lanes, buildings, compounds and areas; from memory."""
    town = _town(actor)
    if town is None:
        return []
    found = [one for one in suggest_addresses(town.id, query, limit * 3) if one.fit >= _LEAST]
    places = [one.row for one in found if one.row.kind not in {"facility", "shop"}]
    return [
        Hit("address", f"{row.lng:.6f},{row.lat:.6f}", row.text, "", f"/map?at={row.lng:.6f},{row.lat:.6f}")
        for row in places[:limit]
    ]


def _town(actor: Actor) -> Town | None:
    if not may(actor, "places.read"):
        return None
    try:
        return town_for(actor)
    except NotFound:
        return None


def _facility(row: Facility) -> Hit:
    link = f"/map?facilities={row.category.code}&chosen={row.uuid}&at={row.minx},{row.miny}"
    return Hit("facility", str(row.uuid), row.name or row.category.name, f"{row.plate} {row.address}".strip(), link)
