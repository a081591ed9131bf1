"""Questions about places."""

from chengyun.places.queries.addresses import Located, locate_address, suggest_addresses
from chengyun.places.queries.checks import AreaReport, Flaw, check_areas
from chengyun.places.queries.facilities import (
    FacilityFilter,
    facilities,
    facility_by_plate,
    facility_of,
    nearest,
)
from chengyun.places.queries.points import Spot, resolve_many, resolve_point, town_at
from chengyun.places.queries.population import People, people
from chengyun.places.queries.rows import (
    area_of,
    area_row,
    area_rows,
    areas_geojson,
    categories,
    facilities_geojson,
    facility_row,
    gap_row,
    import_of,
    import_row,
    imports,
    level_of,
    lists,
    schemes,
)
from chengyun.places.queries.towns import area_tree, base_map, only_town, town_for, town_of, towns, visible_towns

__all__ = [
    "AreaReport",
    "FacilityFilter",
    "Flaw",
    "Located",
    "People",
    "Spot",
    "area_of",
    "area_row",
    "area_rows",
    "area_tree",
    "areas_geojson",
    "base_map",
    "categories",
    "check_areas",
    "facilities",
    "facilities_geojson",
    "facility_by_plate",
    "facility_of",
    "facility_row",
    "gap_row",
    "import_of",
    "import_row",
    "imports",
    "level_of",
    "lists",
    "locate_address",
    "nearest",
    "only_town",
    "people",
    "resolve_many",
    "resolve_point",
    "schemes",
    "suggest_addresses",
    "town_at",
    "town_for",
    "town_of",
    "towns",
    "visible_towns",
]
