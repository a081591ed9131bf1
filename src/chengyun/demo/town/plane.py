"""A local plane in metres and its way back to WGS 84; random numbers that are the same on every machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians
from typing import TypeVar

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

T = TypeVar("T")
EARTH_RADIUS = 6_371_008.8  # metres, IUGG mean
METRES_PER_DEGREE = EARTH_RADIUS * pi / 180
DIGITS = 7  # of a degree: about a centimetre


@dataclass(frozen=True)
class Plane:
    """Equirectangular about (lon, lat): affine, so straight lines and shared borders stay exactly so."""

    lon: float
    lat: float

    def to_wgs84(self, geometry: BaseGeometry) -> BaseGeometry:
        """The geometry in degrees, rounded to about a centimetre; metres come in."""
        return shapely.transform(geometry, self._degrees)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """(longitude, latitude) of a point given in metres."""
        lon, lat = self._degrees(np.array([[x, y]]))[0]
        return float(lon), float(lat)

    def _degrees(self, xy: np.ndarray) -> np.ndarray:
        scale = METRES_PER_DEGREE * np.array([cos(radians(self.lat)), 1.0])
        degrees: np.ndarray = np.round(xy / scale + np.array([self.lon, self.lat]), DIGITS)
        return degrees


def generator(seed: int, *purpose: str) -> np.random.Generator:
    """A stream of its own for each purpose: a change in one part of the town leaves the others as they were."""
    words = [byte for text in purpose for byte in text.encode()]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


def pick(rng: np.random.Generator, options: Sequence[T], weights: Sequence[float] | None = None) -> T:
    """One of the options, by weight if weights are given."""
    if weights is None:
        return options[int(rng.integers(len(options)))]
    bounds = np.cumsum(weights)
    return options[int(np.searchsorted(bounds, rng.random() * bounds[-1], side="right"))]
