"""GCJ-02 and BD-09, the offset systems of Chinese web maps, exact in both directions.

Forward: the published formulas (ellipsoid of Krasovsky, a = 6,378,245 m, e² = 0.00669342162296594323; BD-09 turns and
scales GCJ-02 once more). They have no closed inverse, so the inverse iterates until forward(result) is the input to
1e-11 degrees (a micrometre). Arrays are (n, 2) longitude, latitude in degrees. Outside the box in which the maps apply
the offset, coordinates pass unchanged.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Coords: TypeAlias = NDArray[np.float64]

_A = 6378245.0
_E2 = 0.00669342162296594323
_BAIDU = np.pi * 3000.0 / 180.0
_BOX = (72.004, 0.8293, 137.8347, 55.8271)


def wgs84_to_gcj02(coords: Coords) -> Coords:
    """Coordinates as Amap and Tencent draw them."""
    lng, lat = coords[:, 0], coords[:, 1]
    east, north = _wave(lng - 105.0, lat - 35.0)
    radians = np.radians(lat)
    magic = 1 - _E2 * np.sin(radians) ** 2
    root = np.sqrt(magic)
    dlat = north * 180.0 / ((_A * (1 - _E2)) / (magic * root) * np.pi)
    dlng = east * 180.0 / (_A / root * np.cos(radians) * np.pi)
    shifted = np.column_stack((lng + dlng, lat + dlat))
    return np.where(_inside(coords)[:, None], shifted, coords)


def gcj02_to_wgs84(coords: Coords) -> Coords:
    """The WGS 84 coordinates whose GCJ-02 is `coords`."""
    return _inverse(wgs84_to_gcj02, coords)


def gcj02_to_bd09(coords: Coords) -> Coords:
    """Coordinates as Baidu draws them, from GCJ-02."""
    x, y = coords[:, 0], coords[:, 1]
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BAIDU)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BAIDU)
    return np.column_stack((radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006))


def bd09_to_gcj02(coords: Coords) -> Coords:
    """The GCJ-02 coordinates whose BD-09 is `coords`."""
    return _inverse(gcj02_to_bd09, coords)


def wgs84_to_bd09(coords: Coords) -> Coords:
    """Coordinates as Baidu draws them."""
    return gcj02_to_bd09(wgs84_to_gcj02(coords))


def bd09_to_wgs84(coords: Coords) -> Coords:
    """The WGS 84 coordinates whose BD-09 is `coords`."""
    return gcj02_to_wgs84(bd09_to_gcj02(coords))


def _wave(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    ripple = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    root = np.sqrt(np.abs(x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    north += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    east += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    return east, north


def _inside(coords: Coords) -> NDArray[np.bool_]:
    west, south, east, north = _BOX
    lng, lat = coords[:, 0], coords[:, 1]
    return (lng >= west) & (lng <= east) & (lat >= south) & (lat <= north)


def _inverse(forward: Callable[[Coords], Coords], target: Coords) -> Coords:
    guess = target.copy()
    for _ in range(30):
        error = forward(guess) - target
        guess -= error
        if not error.size or np.abs(error).max() < 1e-11:
            break
    return guess
