"""Names of coordinate systems, and the way of coordinates and geometries from each to WGS 84.

A name is one of SYSTEMS, or "EPSG:n", or "cgcs2000/zone40" (projected, 3-degree zone by its number), or
"cgcs2000/cm120" (3-degree zone by its central meridian, easting without zone number), or "local" with a fitted grid.
CGCS2000 is taken as equal to WGS 84: they differ by centimetres (EPSG:4490, GB 22021-2008 for the zones).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from chengyun.places.coordinates import offset
from chengyun.places.coordinates.localgrid import LocalGrid
from chengyun.places.coordinates.offset import Coords

SYSTEMS = {
    "wgs84": "WGS 84",
    "cgcs2000": "CGCS2000 (longitude, latitude)",
    "gcj02": "GCJ-02 (Amap, Tencent)",
    "bd09": "BD-09 (Baidu)",
    "webmercator": "Web Mercator (EPSG:3857)",
    "local": "The town's own plane grid, from its control points",
}
_SAME = {"wgs84", "cgcs2000", "EPSG:4326", "EPSG:4490", "OGC:CRS84"}
_WORDS = {
    "wgs-84": "wgs84",
    "wgs 84": "wgs84",
    "gcj-02": "gcj02",
    "bd-09": "bd09",
    "国家2000": "cgcs2000",
    "2000国家大地坐标系": "cgcs2000",
    "高德": "gcj02",
    "腾讯": "gcj02",
    "火星坐标": "gcj02",
    "百度": "bd09",
    "epsg:3857": "webmercator",
}


class UnknownSystemError(ValueError):
    """A coordinate system that we cannot convert from; the message says what is possible."""


def system_name(text: str) -> str:
    """The canonical name for what a person or a file calls a system. Raises UnknownSystemError."""
    plain = text.strip()
    name = _WORDS.get(plain.lower(), plain.lower())
    if name in SYSTEMS:
        return name
    if zone := re.fullmatch(r"cgcs2000/(zone(1[3-9]|2\d|3\d|4[0-5])|cm(\d{2,3}))", name):
        return zone.group(0)
    if code := re.fullmatch(r"epsg:(\d{4,6})", name):
        return f"EPSG:{code.group(1)}"
    raise UnknownSystemError(
        f"{text!r} is no coordinate system: give one of {', '.join(SYSTEMS)}, "
        "EPSG:<number>, cgcs2000/zone<13–45> or cgcs2000/cm<75–135>"
    )


def epsg_of(name: str) -> int:
    """EPSG number of a projected CGCS2000 name or an "EPSG:n" name. Raises UnknownSystemError."""
    if name == "webmercator":
        return 3857
    if name.startswith("EPSG:"):
        return int(name[5:])
    kind, number = re.fullmatch(r"cgcs2000/(zone|cm)(\d+)", name).groups()  # type: ignore[union-attr]
    value = int(number)
    if kind == "zone":
        return 4491 + value - 13 if value < 25 else 4513 + value - 25
    if value % 3 or not 75 <= value <= 135:
        raise UnknownSystemError(f"{name}: central meridians are 75, 78, … 135")
    return 4534 + (value - 75) // 3


def to_wgs84(coords: Coords, system: str, grid: LocalGrid | None = None) -> Coords:
    """Coordinates (n, 2) of `system` (x/longitude/easting first) as WGS 84 longitude and latitude in degrees.

    Raises UnknownSystemError for a name without a way, and for "local" without a grid.
    """
    return _way(system_name(system), grid)(np.asarray(coords, dtype=np.float64).reshape(-1, 2))


def convert_geometry(geometry: Any, system: str, grid: LocalGrid | None = None) -> Any:
    """A Shapely geometry (or an array of them) of `system` as WGS 84; heights are dropped."""
    way = _way(system_name(system), grid)
    return shapely.transform(shapely.force_2d(geometry), way)


def is_convertible(system: str, grid: LocalGrid | None = None) -> bool:
    """Whether there is a way from `system` to WGS 84."""
    try:
        _way(system_name(system), grid)
    except UnknownSystemError:
        return False
    return True


def _way(name: str, grid: LocalGrid | None) -> Callable[[Coords], Coords]:
    if name in _SAME:
        return lambda coords: coords
    if name == "gcj02":
        return offset.gcj02_to_wgs84
    if name == "bd09":
        return offset.bd09_to_wgs84
    if name == "local":
        if grid is None:
            raise UnknownSystemError("the town has no local grid yet: give it at least three control points first")
        return grid.to_wgs84
    transformer = _transformer(epsg_of(name))
    return lambda coords: np.column_stack(transformer.transform(coords[:, 0], coords[:, 1]))


@lru_cache(maxsize=32)
def _transformer(epsg: int) -> Transformer:
    try:
        source = CRS.from_epsg(epsg)
    except CRSError as error:
        raise UnknownSystemError(f"EPSG:{epsg} is not known here") from error
    datum = source.geodetic_crs
    if datum is not None and datum.to_epsg() in {4214, 4555, 4610}:
        raise UnknownSystemError(
            f"EPSG:{epsg} is on Beijing 1954 or Xi'an 1980, whose parameters to WGS 84 are not public: "
            "ask for CGCS2000, or fit the town's local grid from control points"
        )
    return Transformer.from_crs(source, CRS.from_epsg(4326), always_xy=True)
