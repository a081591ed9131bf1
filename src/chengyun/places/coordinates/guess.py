"""Which coordinate system a column pair is in, judged by its numbers, its headings, and where the town is."""

from dataclasses import dataclass

import numpy as np

from chengyun.places.coordinates.offset import Coords
from chengyun.places.coordinates.systems import to_wgs84
from chengyun.places.right import right

_NEAR = 0.5  # degrees: data within this distance of the town's centre belongs to it
_FAR_DEGREES, _FAR_METRES = 2.0, 200_000.0  # no town reaches so far from its middle
_HEADINGS = (
    ("bd09", ("bd09", "bd_", "baidu", "百度")),
    ("gcj02", ("gcj", "amap", "gaode", "高德", "腾讯", "tencent", "火星")),
    ("cgcs2000", ("2000", "cgcs", "国家2000")),
    ("wgs84", ("wgs", "gps")),
)


@dataclass(frozen=True)
class Guess:
    """A system's name, how sure we are (0..1), why in words, and whether x and y stand the other way round.

    Chinese survey tables write x for the northing: `swapped` says that the first column is the northing.
    """

    system: str
    confidence: float
    reason: str
    swapped: bool = False


def guess_system(coords: Coords, headings: str = "", near: tuple[float, float] | None = None) -> Guess:
    """Guess from values (n, 2), the two headings joined, and the town's centre (longitude, latitude) if known."""
    coords = _bulk(coords[np.isfinite(coords).all(axis=1)])
    if not len(coords):
        return Guess("wgs84", 0.0, right("note_nothing", "no coordinates to judge by"))
    low, high = coords.min(axis=0), coords.max(axis=0)
    if np.abs(coords).max() <= 180:
        return _geographic(high, headings.lower())
    swapped = bool(_northing(low[0], high[0]) and not _northing(low[1], high[1]))
    plane = coords[:, ::-1] if swapped else coords
    guesses = [name for name in _candidates(plane) if near is None or _lands(plane, name, near)]
    if not guesses:
        words = "metres of no national zone here: the town's own grid needs control points"
        return Guess("local", 0.4, right("note_own_grid", words), swapped)
    sure = 0.9 if near is not None and len(guesses) == 1 else 0.6
    ends = {"low": round(float(plane[:, 0].min())), "high": round(float(plane[:, 0].max()))}
    return Guess(guesses[0], sure, right("note_eastings", "eastings from {low} to {high} m", **ends), swapped)


def _bulk(coords: Coords) -> Coords:
    """What lies together: a slip of the pen in one row, or degrees among metres, says nothing of the others."""
    degrees = np.abs(coords).max(axis=1, initial=0.0) <= 180
    many = degrees.mean() >= 0.5 if len(coords) else True
    alike = coords[degrees == many]
    near = np.abs(alike - np.median(alike, axis=0)) <= (_FAR_DEGREES if many else _FAR_METRES) if len(alike) else alike
    kept: Coords = alike[near.all(axis=1)] if len(alike) else alike
    return kept if len(kept) else alike


def _geographic(high: Coords, headings: str) -> Guess:
    swapped = bool(high[0] <= 90 < high[1])
    for system, words in _HEADINGS:
        if any(word in headings for word in words):
            return Guess(system, 0.9, right("note_heading", "named in the heading"), swapped)
    alike = "degrees; WGS 84, GCJ-02 and BD-09 look alike: say which if it came from a map"
    return Guess("wgs84", 0.6, right("note_degrees", alike), swapped)


def _northing(low: float, high: float) -> bool:
    return bool(low >= 2_000_000 and high <= 6_000_000)


def _candidates(plane: Coords) -> list[str]:
    """Systems whose eastings fit, most usual first."""
    low, high = float(plane[:, 0].min()), float(plane[:, 0].max())
    zone = int(low // 1_000_000)
    within = low % 1_000_000 >= 150_000 and high % 1_000_000 <= 850_000
    if zone == int(high // 1_000_000) and 13 <= zone <= 45 and within:
        named = [f"cgcs2000/zone{zone}"]
        return ["webmercator", *named] if zone <= 14 else named
    if low >= 8_000_000 and high <= 15_100_000:
        return ["webmercator"]
    if low >= 150_000 and high <= 850_000:
        return [f"cgcs2000/cm{meridian}" for meridian in range(75, 136, 3)]
    return []


def _lands(plane: Coords, name: str, near: tuple[float, float]) -> bool:
    """Whether the middle of the data comes to lie near the town."""
    middle = to_wgs84(np.median(plane, axis=0)[None, :], name)[0]
    return bool(np.abs(middle - np.array(near)).max() <= _NEAR)
