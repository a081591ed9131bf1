"""Coordinates of Chinese data and their way to WGS 84: CGCS2000, its projected zones, GCJ-02, BD-09, local grids."""

from chengyun.places.coordinates.guess import Guess, guess_system
from chengyun.places.coordinates.localgrid import LocalGrid, fit_grid
from chengyun.places.coordinates.metric import Metric
from chengyun.places.coordinates.systems import (
    SYSTEMS,
    UnknownSystemError,
    convert_geometry,
    is_convertible,
    system_name,
    to_wgs84,
)

__all__ = [
    "SYSTEMS",
    "Guess",
    "LocalGrid",
    "Metric",
    "UnknownSystemError",
    "convert_geometry",
    "fit_grid",
    "guess_system",
    "is_convertible",
    "system_name",
    "to_wgs84",
]
