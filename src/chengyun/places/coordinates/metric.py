"""Metres around a place: a plane on which lengths and areas of a town are true to a few parts in 100,000."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from chengyun.places.coordinates.offset import Coords


@dataclass(frozen=True)
class Metric:
    """An equal-area plane (Lambert, WGS 84) about a point in degrees. Errors stay below 1e-4 within 100 km."""

    lng: float
    lat: float

    @classmethod
    def around(cls, geometry: Any) -> "Metric":
        """The plane about the middle of a geometry's bounds (WGS 84)."""
        west, south, east, north = shapely.total_bounds(geometry)
        return cls(round(float((west + east) / 2), 6), round(float((south + north) / 2), 6))

    @cached_property
    def _transformer(self) -> Transformer:
        return Transformer.from_crs(
            "EPSG:4326", f"+proj=laea +lon_0={self.lng} +lat_0={self.lat} +datum=WGS84 +units=m", always_xy=True
        )

    def xy(self, coords: Coords) -> Coords:
        """Longitude and latitude (n, 2) as metres."""
        return np.column_stack(self._transformer.transform(coords[:, 0], coords[:, 1]))

    def lnglat(self, coords: Coords) -> Coords:
        """Metres (n, 2) as longitude and latitude."""
        return np.column_stack(self._transformer.transform(coords[:, 0], coords[:, 1], direction="INVERSE"))

    def flat(self, geometry: Any) -> Any:
        """A geometry, or an array of them, in metres."""
        return shapely.transform(geometry, self.xy)

    def round(self, geometry: Any) -> Any:
        """A geometry of this plane back in WGS 84."""
        return shapely.transform(geometry, self.lnglat)
