"""Changes to places."""

from chengyun.places.actions.imports import begin_import, cancel_import, finish_import, open_import, show_import
from chengyun.places.actions.towns import TownPlan, found_town

__all__ = [
    "TownPlan",
    "begin_import",
    "cancel_import",
    "finish_import",
    "found_town",
    "open_import",
    "show_import",
]
