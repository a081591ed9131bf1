"""Questions about places."""

from chengyun.places.queries.addresses import locate_address, suggest_addresses
from chengyun.places.queries.points import Spot, resolve_many, resolve_point, town_at
from chengyun.places.queries.towns import area_tree, only_town, town_of, towns

__all__ = [
    "Spot",
    "area_tree",
    "locate_address",
    "only_town",
    "resolve_many",
    "resolve_point",
    "suggest_addresses",
    "town_at",
    "town_of",
    "towns",
]
