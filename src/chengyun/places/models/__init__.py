"""Tables of places."""

from chengyun.places.models.areas import Area, AreaGap, AreaLevel, Compound, ControlPoint, Revision, Scheme, Town
from chengyun.places.models.ground import Building, Ground, Name, Street
from chengyun.places.models.imports import BaseMap, Imported, ImportRun
from chengyun.places.models.things import Facility, FacilityCategory, ListCheck, Population

__all__ = [
    "Area",
    "AreaGap",
    "AreaLevel",
    "BaseMap",
    "Building",
    "Compound",
    "ControlPoint",
    "Facility",
    "FacilityCategory",
    "Ground",
    "ImportRun",
    "Imported",
    "ListCheck",
    "Name",
    "Population",
    "Revision",
    "Scheme",
    "Street",
    "Town",
]
