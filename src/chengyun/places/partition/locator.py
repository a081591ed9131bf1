"""Which areas a point lies in: a tree of polygons in memory, asked for one point or for many at once."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

K = TypeVar("K")


class Locator(Generic[K]):
    """Polygons with a key each (WGS 84). Where polygons nest, the smaller comes first in an answer."""

    def __init__(self, areas: Sequence[tuple[K, Any]]) -> None:
        ordered = sorted(areas, key=lambda area: float(area[1].area))
        self.keys: list[K] = [key for key, _ in ordered]
        self.shapes: NDArray[Any] = np.empty(len(ordered), dtype=object)
        self.shapes[:] = [shape for _, shape in ordered]
        shapely.prepare(self.shapes)
        self._tree = shapely.STRtree(self.shapes)

    def at(self, lng: float, lat: float) -> list[K]:
        """Keys of the polygons that hold the point (degrees), smallest first; a point on a border is in both."""
        hits = self._tree.query(shapely.points(lng, lat), predicate="intersects")
        return [self.keys[hit] for hit in np.sort(hits).tolist()]

    def first(self, points: Any) -> NDArray[np.int64]:
        """For each point geometry the index into `keys` of the smallest polygon that holds it, -1 for none."""
        found = np.full(len(points), len(self.keys), dtype=np.int64)
        rows, hits = self._tree.query(points, predicate="intersects")
        np.minimum.at(found, rows, hits)
        found[found == len(self.keys)] = -1
        return found

    def near(self, lng: float, lat: float, degrees: float) -> K | None:
        """The key of the nearest polygon within `degrees`, for points a hair outside every polygon."""
        hits = self._tree.query_nearest(shapely.points(lng, lat), max_distance=degrees)
        return self.keys[int(hits.min())] if len(hits) else None
