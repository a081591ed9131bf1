"""Names of the gazetteer that follow from the street network: each road once, and where two roads cross."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import cos, radians
from typing import Any

import numpy as np
import shapely

from chengyun.places.shapes import NameShape, StreetShape


def road_names(streets: Sequence[StreetShape]) -> Iterator[NameShape]:
    """A name for each named road, at its middle, and for each pair of named roads that meet."""
    by_name: dict[str, list[StreetShape]] = defaultdict(list)
    at_node: dict[int, set[str]] = defaultdict(set)
    where: dict[int, tuple[float, float]] = {}
    for street in streets:
        if not street.name:
            continue
        by_name[street.name].append(street)
        ends = shapely.get_coordinates(street.line)[[0, -1]].tolist()
        for node, end in zip((street.start, street.end), ends, strict=True):
            at_node[node].add(street.name)
            where[node] = (end[0], end[1])
    for name, edges in by_name.items():
        point, reach = _middle([edge.line for edge in edges])
        yield NameShape(name, "road", point, road=name, key=f"road:{name}"[:120], number=str(round(reach)))
    yield from _crossings(at_node, where)


def _middle(lines: list[Any]) -> tuple[Any, float]:
    """A point on the road nearest to its middle, and how far (m) it reaches from there."""
    points = shapely.line_interpolate_point(np.array(lines, dtype=object), 0.5, normalized=True)
    coords = shapely.get_coordinates(points)
    centre = coords.mean(axis=0)
    best = int(((coords - centre) ** 2).sum(axis=1).argmin())
    west, south, east, north = shapely.total_bounds(np.array(lines, dtype=object))
    wide = (east - west) * cos(radians(float(coords[best, 1])))
    return points[best], float(np.hypot(wide, north - south)) * 111_195 / 2


def _crossings(at_node: dict[int, set[str]], where: dict[int, tuple[float, float]]) -> Iterator[NameShape]:
    seen: set[tuple[str, str]] = set()
    for node, names in at_node.items():
        for one, other in combinations(sorted(names), 2):
            if (one, other) not in seen:
                seen.add((one, other))
                key = f"cross:{one}/{other}"
                if len(key) <= 120 and len(other) <= 60:
                    yield NameShape(
                        f"{one}/{other}", "crossing", shapely.Point(where[node]), road=one, number=other, key=key
                    )
