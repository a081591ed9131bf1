"""Changes to places."""

from chengyun.places.actions.areas import AreaGiven, add_area, name_gap, redraw_area, retire_area
from chengyun.places.actions.base_maps import keep_base_map
from chengyun.places.actions.categories import CategoryGiven, keep_categories
from chengyun.places.actions.facilities import FacilityGiven, add_facility, change_facility
from chengyun.places.actions.imports import begin_import, cancel_import, finish_import, open_import, show_import
from chengyun.places.actions.lists import check_lists
from chengyun.places.actions.towns import Control, TownPlan, fit_local_grid, found_town, local_grid_of, set_base_map

__all__ = [
    "AreaGiven",
    "CategoryGiven",
    "Control",
    "FacilityGiven",
    "TownPlan",
    "add_area",
    "add_facility",
    "begin_import",
    "cancel_import",
    "change_facility",
    "check_lists",
    "finish_import",
    "fit_local_grid",
    "found_town",
    "keep_base_map",
    "keep_categories",
    "local_grid_of",
    "name_gap",
    "open_import",
    "redraw_area",
    "retire_area",
    "set_base_map",
    "show_import",
]
