"""Cover without gap or overlap, to a stated tolerance.

A sliver narrower than the tolerance is drawing error, not land: what is left of a piece after taking half the tolerance
off each side decides. Areas are m², taken on a plane about the town. All geometries are WGS 84.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np
import shapely

from chengyun.places.coordinates import Metric

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Piece(Generic[K]):
    """Land where something is wrong. `key`: the area it belongs to, None for land that no area covers."""

    key: K | None
    polygon: Any
    area: float


@dataclass(frozen=True)
class Overlap(Generic[K]):
    """Land that two areas claim."""

    first: K
    second: K
    polygon: Any
    area: float


@dataclass(frozen=True)
class Coverage(Generic[K]):
    """The outcome of a check: each list is empty when the cover is right. `tolerance` in metres."""

    tolerance: float
    gaps: list[Piece[K]] = field(default_factory=list)
    overlaps: list[Overlap[K]] = field(default_factory=list)
    outside: list[Piece[K]] = field(default_factory=list)
    invalid: list[tuple[K, str]] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.gaps or self.overlaps or self.outside or self.invalid)


def check_cover(
    areas: Sequence[tuple[K, Any]], town: Any, tolerance: float = 1.0, known_gaps: Sequence[Any] = ()
) -> Coverage[K]:
    """Check that `areas` (key, polygon) cover `town` once, land of `known_gaps` apart.

    Invalid polygons are listed and mended for the rest of the check.
    """
    invalid = [(key, shapely.is_valid_reason(shape)) for key, shape in areas if not shapely.is_valid(shape)]
    metric = Metric.around(town)
    flat_town = _flat(metric, [town])[0]
    flat = _flat(metric, [shape for _, shape in areas])
    keys = [key for key, _ in areas]
    covered = shapely.union_all(np.concatenate((flat, _flat(metric, known_gaps))))
    gaps: list[Piece[K]] = _pieces(metric, flat_town.difference(covered), None, tolerance)
    outside = [
        piece
        for key, shape in zip(keys, flat, strict=True)
        for piece in _pieces(metric, shape.difference(flat_town), key, tolerance)
    ]
    return Coverage(tolerance, gaps, _overlaps(metric, keys, flat, tolerance), outside, invalid)


def check_nesting(
    children: Sequence[tuple[K, Any]], parent: Any, tolerance: float = 1.0, metric: Metric | None = None
) -> list[Piece[K]]:
    """Land of `children` that lies outside `parent`. Whoever checks many parents gives one plane for all of them."""
    metric = metric or Metric.around(parent)
    flat_parent = _flat(metric, [parent])[0]
    flat = _flat(metric, [shape for _, shape in children])
    return [
        piece
        for (key, _), shape in zip(children, flat, strict=True)
        for piece in _pieces(metric, shape.difference(flat_parent), key, tolerance)
    ]


def _flat(metric: Metric, shapes: Sequence[Any]) -> Any:
    flat = metric.flat(np.array(list(shapes), dtype=object)) if len(shapes) else np.empty(0, dtype=object)
    return shapely.make_valid(flat)


def _overlaps(metric: Metric, keys: list[K], flat: Any, tolerance: float) -> list[Overlap[K]]:
    found = []
    left, right = shapely.STRtree(flat).query(flat, predicate="intersects")
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if a >= b:
            continue
        shared: list[Piece[K]] = _pieces(metric, flat[a].intersection(flat[b]), None, tolerance)
        found += [Overlap(keys[a], keys[b], piece.polygon, piece.area) for piece in shared]
    return found


def _pieces(metric: Metric, land: Any, key: K | None, tolerance: float) -> list[Piece[K]]:
    """The polygons of `land` that are wider than the tolerance somewhere."""
    parts = shapely.get_parts(land)
    parts = parts[shapely.get_dimensions(parts) == 2]
    wide = ~shapely.is_empty(shapely.buffer(parts, -tolerance / 2))
    return [Piece(key, metric.round(part), float(part.area)) for part in parts[wide]]
