"""A street network, and what can be asked of it: the door of the engine."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix
from shapely import MultiPolygon

from chengyun.places.reach import asking
from chengyun.places.reach.chains import lay_chains
from chengyun.places.reach.core import Core, Places
from chengyun.places.reach.fields import Field
from chengyun.places.reach.isochrones import Reached, outline, reached_parts
from chengyun.places.reach.packing import pack, unpack
from chengyun.places.reach.parts import connected_parts
from chengyun.places.reach.patching import patched
from chengyun.places.reach.paths import End, Way, shortest_path
from chengyun.places.reach.reading import read_at
from chengyun.places.reach.snapping import Cells, Lines, make_cells, snap_points
from chengyun.places.reach.spots import Positions, positions_of
from chengyun.places.reach.storing import read_arrays, write_arrays
from chengyun.places.reach.streets import make_streets
from chengyun.places.reach.units import Doubles, Floats, Ints, limit_ticks, to_ticks


@dataclass(frozen=True)
class Network:
    """Nodes, edges and costs, contracted and laid out for searching; nothing in it changes.

    Coordinates in metres. Costs in metres or seconds, kept as tenths: results are exact multiples of 0.1 and the same
    on every machine. All results are in the caller's numbers of nodes and edges. What is asked `limit`ed includes the
    limit itself; None is no limit.
    """

    x: Doubles
    y: Doubles
    edges: Ints
    core: Core

    @classmethod
    def from_edges(
        cls, x: ArrayLike, y: ArrayLike, edges: ArrayLike, cost: ArrayLike, directed: bool = False, *,
        access: float = 1.0,
    ) -> "Network":  # fmt: skip
        """A network from nodes at (`x`, `y`) and an (E, 2) table of node numbers with its costs, from 0 to infinity.

        An infinite cost is a closed edge (a locked gate), which `changed` may open. If `directed`, each row is one way
        only, and two rows that run against each other are the two directions of one street. `access` is the cost of one
        metre between a snapped point and its edge: 1 where costs are metres, seconds per metre where they are seconds.
        Raises ValueError that names the argument.
        """
        xs, ys = _coordinates(x, "x"), _coordinates(y, "y")
        if len(xs) != len(ys):
            raise ValueError(f"y must be as long as x ({len(xs)}), not {len(ys)}")
        if not 0 <= access < np.inf:
            raise ValueError("access must be a number of at least 0")
        streets = make_streets(len(xs), edges, cost, directed)
        table = np.ascontiguousarray(np.asarray(edges).reshape(-1, 2), dtype=np.int32)
        return cls(xs, ys, table, Core.of(streets, lay_chains(xs, ys, streets), access))

    def nearest(
        self, sources: Places, category: ArrayLike | None = None, limit: float | None = None, *,
        categories: int | None = None, reverse: bool = False,
    ) -> Floats:  # fmt: skip
        """Cost from the nearest source of each category to every node (`reverse`: from the node to the source).

        `category` holds a number from 0 for each source; there are `categories` of them, else as many as are named.
        Returns (categories, nodes) float32, infinity beyond `limit`. Raises ValueError.
        """
        spots = self.core.spots(sources, "sources", reverse)
        kinds, rows = asking.categories_of(category, len(spots.chain), categories)
        return asking.nearest(self.core, spots, kinds, rows, limit_ticks(limit), reverse)

    def counts(
        self, sources: Places, category: ArrayLike | None = None, limit: float | None = None, *,
        categories: int | None = None, reverse: bool = False,
    ) -> Ints:  # fmt: skip
        """How many sources of each category reach every node within `limit` (`reverse`: are reached from it).

        Returns (categories, nodes) int32. Raises ValueError.
        """
        spots = self.core.spots(sources, "sources", reverse)
        kinds, rows = asking.categories_of(category, len(spots.chain), categories)
        return asking.counts(self.core, spots, kinds, rows, limit_ticks(limit), reverse)

    def costs(self, origins: Places, destinations: Places, limit: float | None = None) -> csr_matrix:
        """Costs from each origin to each destination within `limit`: a sparse (origins, destinations) float32 matrix.

        A pair that costs nothing is stored as 0, one beyond the limit is not stored. Raises ValueError.
        """
        starts, ends = self.core.spots(origins, "origins"), self.core.spots(destinations, "destinations")
        return asking.costs(self.core, starts, ends, limit_ticks(limit))

    def field(self, sources: Places, limit: float | None = None, *, reverse: bool = False) -> Field:
        """The cost from the nearest of `sources` to every node, to be kept true while sources come and go."""
        return Field(self.core, sources, limit_ticks(limit), reverse)

    def follow(self, field: Field) -> Field:
        """A field of this network, or of one that it was `changed` from or into, as it is here. Raises ValueError."""
        return field.over(self.core)

    def snap(
        self, points: ArrayLike, limit: float | None = None, edges: ArrayLike | None = None,
        zones: ArrayLike | None = None,
    ) -> Positions:  # fmt: skip
        """The nearest place on an edge to each of (P, 2) points, in metres; edge -1 where none is within `limit`.

        `edges`, a mask, says which edges may be snapped to; with `zones`, a number for each point, it holds a number
        for each edge, and a point is snapped to edges with its own number only. Raises ValueError.
        """
        found = np.asarray(points, dtype=np.float64)
        found = found.reshape(0, 2) if not found.size else found
        farthest = np.inf if limit is None else float(limit)
        if not farthest >= 0:
            raise ValueError("limit must be a number of at least 0, or None")
        if found.ndim != 2 or found.shape[1] != 2 or not np.isfinite(found).all():
            raise ValueError("points must be a (P, 2) array of finite numbers")
        of_edge = np.ones(len(self.edges), dtype=np.int32) if edges is None else np.asarray(edges, dtype=np.int32)
        if of_edge.shape != (len(self.edges),):
            raise ValueError(f"edges must hold a value for each of the {len(self.edges)} edges")
        of_point = np.ones(len(found), dtype=np.int32) if zones is None else np.asarray(zones, dtype=np.int32)
        if of_point.shape != (len(found),):
            raise ValueError(f"zones must hold a number for each of the {len(found)} points")
        if not len(self.edges):
            return Positions(np.full(len(found), -1, dtype=np.int32), np.zeros(len(found)), np.full(len(found), np.inf))
        lines = Lines(self.x, self.y, self._ends[0], self._ends[1], of_edge)
        return snap_points(lines, self._cells, found, of_point, farthest)

    def at(self, positions: Positions, result: ArrayLike, *, reverse: bool = False) -> NDArray[np.generic]:
        """A result per node, (…, nodes), at positions: (…, positions) of the same type.

        Costs (floats) go on along the edge and off it, numbers of things (integers) are those of the nearer end; on no
        edge: infinity, or 0. Results stand at nodes: that a source lies on the very edge of a position is not seen
        here, but by `costs`. `reverse` as in the query. Raises ValueError.
        """
        places = positions_of(positions)
        if places is None:
            raise ValueError("positions must be what `snap` gives")
        return read_at(self.core, self.edges, places, np.asarray(result), reverse)

    def nearest_k(
        self, origins: Places, sources: Places, category: ArrayLike | None = None, *, k: int = 3,
        limit: float | None = None, categories: int | None = None,
    ) -> tuple[Floats, Ints]:  # fmt: skip
        """The k nearest sources of each category from every origin, nearest first.

        Returns costs (categories, origins, k) float32, infinity where fewer are within `limit`, and the numbers of the
        sources, -1 there. Raises ValueError.
        """
        starts, ends = self.core.spots(origins, "origins"), self.core.spots(sources, "sources")
        kinds, rows = asking.categories_of(category, len(ends.chain), categories)
        return asking.nearest_k(self.core, starts, ends, asking.Ask(kinds, rows, k, limit_ticks(limit)))

    def path(self, start: Places, end: Places, limit: float | None = None) -> Way | None:
        """The shortest way from one place to another, or None if there is none within `limit`. Raises ValueError."""
        one, two = self.core.spots(start, "start"), self.core.spots(end, "end")
        if len(one.chain) != 1 or len(two.chain) != 1:
            raise ValueError("start and end must be one place each")
        return shortest_path(self.core, End(one, _node_of(start)), End(two, _node_of(end)), limit_ticks(limit))

    def line(self, path: Way) -> Doubles:
        """The corners of a path, (nodes, 2), in metres."""
        corners: Doubles = np.c_[self.x[path.nodes], self.y[path.nodes]]
        return corners

    def reached(self, result: ArrayLike, limit: float, *, reverse: bool = False) -> Reached:
        """The parts of edges within `limit`, from one row of `nearest` or the values of a field. Raises ValueError."""
        row = np.asarray(result, dtype=np.float32)
        if row.shape != self.x.shape:
            raise ValueError(f"result must hold a value for each of the {len(self.x)} nodes")
        return reached_parts(self.core, self.edges, row, limit_ticks(limit), reverse)

    def isochrone(
        self, sources: Places, limit: float, *, reverse: bool = False, beside: float = 35.0, hole: float = 5_000.0
    ) -> MultiPolygon:
        """The ground within `limit` of any source, as a polygon: `beside` metres to either side of what is reached.

        Holes of at least `hole` m² are kept. Raises ValueError.
        """
        row = self.nearest(sources, None, limit, reverse=reverse)[0]
        parts = self.reached(row, limit, reverse=reverse)
        return outline(self.x, self.y, self.edges, parts, beside, hole)

    def components(self) -> Ints:
        """For each node the number of its part, 0 the largest: within a part every node reaches every other one."""
        return connected_parts(self.core.streets, len(self.x))

    def changed(self, edges: ArrayLike, cost: ArrayLike) -> "Network":
        """This network with other costs of some edges; infinity closes one. Raises ValueError."""
        return self.changed_with_chains(edges, cost)[0]

    def changed_with_chains(self, edges: ArrayLike, cost: ArrayLike) -> tuple["Network", Ints]:
        """The same, with the chains that the edges lie on, as `Field.over` wants them. Raises ValueError."""
        numbers = np.atleast_1d(np.asarray(edges))
        if numbers.ndim != 1 or not np.issubdtype(numbers.dtype, np.integer):
            raise ValueError("edges must be integers")
        if len(numbers) and (numbers.min() < 0 or numbers.max() >= len(self.edges)):
            raise ValueError(f"edges must be numbers from 0 to {len(self.edges) - 1}")
        costs = np.asarray(cost, dtype=np.float64)
        if costs.ndim and costs.shape != numbers.shape:
            raise ValueError(f"cost must be one number, or one for each of the {len(numbers)} edges")
        ticks = to_ticks(np.broadcast_to(costs, numbers.shape), "cost")
        found = patched(self.core, numbers.astype(np.int32), ticks)
        return Network(self.x, self.y, self.edges, found.core), found.chains

    def save(self, path: str | Path) -> None:
        """Write the network to one file, complete or not at all."""
        arrays, facts = pack(self.core)
        own: dict[str, NDArray[Any]] = {"x": self.x, "y": self.y, "edges": self.edges}
        write_arrays(Path(path), own | arrays, facts)

    @classmethod
    def load(cls, path: str | Path) -> "Network":
        """A stored network, mapped into memory: nothing is read before it is used. Raises ValueError, OSError."""
        arrays, facts = read_arrays(Path(path))
        return cls(arrays["x"], arrays["y"], arrays["edges"], unpack(arrays, facts))

    @cached_property
    def _ends(self) -> tuple[Ints, Ints]:
        return np.ascontiguousarray(self.edges[:, 0]), np.ascontiguousarray(self.edges[:, 1])

    @cached_property
    def _cells(self) -> Cells:
        return make_cells(self.x, self.y, self.edges)


def _node_of(place: Places) -> int:
    """The one node that a place is, or -1 for a position."""
    if positions_of(place) is not None:
        return -1
    return int(np.atleast_1d(np.asarray(cast("ArrayLike", place)))[0])


def _coordinates(values: ArrayLike, name: str) -> Doubles:
    found = np.ascontiguousarray(values, dtype=np.float64)
    if found.ndim != 1 or not np.isfinite(found).all():
        raise ValueError(f"{name} must be one-dimensional finite numbers")
    return found


__all__ = ["Network", "Positions"]
