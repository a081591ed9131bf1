"""Which boundary is the town, and which inside it are its areas."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from chengyun.kernel.refusal import Invalid
from chengyun.places.coordinates import Metric
from chengyun.places.shapes import AreaShape

_MOST = 0.9  # share of the streets that the town's boundary must hold
_COVER = 0.95  # share of the town that a level must cover to become its communities
_MARGIN = 50.0  # metres around the streets where the file has no boundary


@dataclass(frozen=True)
class Boundary:
    """An administrative boundary that closed: its OpenStreetMap level (smaller is wider) as written."""

    key: str
    name: str
    level: str
    polygon: Any

    @property
    def rank(self) -> int:
        """The level as a number; 99 for what is none."""
        return int(self.level) if self.level.isdigit() else 99


def town_boundary(boundaries: list[Boundary], streets: list[Any], given: Any = None) -> Boundary:
    """The given polygon; else the narrowest boundary that holds the streets; else the hull of the streets."""
    if given is not None:
        return Boundary("", "", "", given)
    if not streets:
        raise Invalid("places.no_streets", "the extract has no street: give the town's boundary", field="boundary")
    middles = shapely.line_interpolate_point(np.array(streets, dtype=object), 0.5, normalized=True)
    for boundary in sorted(boundaries, key=lambda one: (one.polygon.area, -one.rank)):
        shapely.prepare(boundary.polygon)
        if shapely.contains(boundary.polygon, middles).mean() >= _MOST:
            return boundary
    return Boundary("", "", "", hull_of(streets))


def hull_of(streets: list[Any]) -> Any:
    """A polygon around all streets, following them loosely, with a margin."""
    metric = Metric.around(np.array(streets, dtype=object))
    flat = metric.xy(shapely.get_coordinates(np.array(streets, dtype=object)))
    coarse = np.unique(np.round(flat / _MARGIN), axis=0) * _MARGIN
    hull = shapely.concave_hull(shapely.multipoints(coarse), ratio=0.2).buffer(2 * _MARGIN).simplify(5.0)
    return metric.round(shapely.Polygon(hull.exterior))


def areas_from(boundaries: list[Boundary], town: Boundary) -> list[AreaShape]:
    """The finest level inside the town that covers nearly all of it, as communities. Empty where there is none."""
    inside = [one for one in boundaries if one.key != town.key and _within(one.polygon, town.polygon)]
    for rank in sorted({one.rank for one in inside}, reverse=True):
        level = [one for one in inside if one.rank == rank]
        covered = shapely.union_all([one.polygon for one in level]).intersection(town.polygon)
        if len(level) > 1 and covered.area >= _COVER * town.polygon.area:
            return [AreaShape(one.key, "community", "community", one.key, one.name, one.polygon) for one in level]
    return []


def _within(polygon: Any, town: Any) -> bool:
    return bool(polygon.intersection(town).area > 0.9 * polygon.area)
