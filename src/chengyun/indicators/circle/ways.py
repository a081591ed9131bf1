"""Walking in a town: its networks at the pace of each age, houses and facilities on them, gates and streets changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chengyun.indicators.formula.spans import Floats
from chengyun.kernel.measures import NOWHERE, Ints
from chengyun.places.coordinates import Metric as Plane
from chengyun.places.networks import TownNetworks
from chengyun.places.reach import Network, Positions
from chengyun.places.reach.build import WALK, WALK_TIME, TownNetwork
from chengyun.places.reach.costing import PACE
from chengyun.places.reach.units import SCALE, UNREACHED


@dataclass(frozen=True)
class Sources:
    """Where facilities are entered: their places on the streets, the category of each, and the facility's row."""

    places: Positions
    category: NDArray[np.int32]
    row: Ints

    def of(self, categories: NDArray[np.bool_]) -> "Sources":
        """Only those of some categories (a mask over categories)."""
        kept = np.flatnonzero(categories[self.category])
        return Sources(self.places[kept], self.category[kept], self.row[kept])


@dataclass(frozen=True)
class Ways:
    """The walking networks of a town: `metres`, and seconds by age. Edges are the same in all of them."""

    plane: Plane
    town: TownNetwork
    timed: Network
    shut: Mapping[int, float] = field(default_factory=dict)
    """Edges at another length: infinity closes one, metres open one."""

    @classmethod
    def of(cls, networks: TownNetworks) -> "Ways":
        """Of a town as it is."""
        return cls(networks.plane, networks.modes[WALK], networks.modes[WALK_TIME].network)

    @cached_property
    def lengths(self) -> Floats:
        """Metres of every edge."""
        net = self.town.network
        tail, head = net.edges[:, 0], net.edges[:, 1]
        return np.asarray(np.hypot(net.x[tail] - net.x[head], net.y[tail] - net.y[head]))

    @cached_property
    def metres(self) -> Network:
        """Ways in metres."""
        return self._with_shut(self.town.network, np.ones(len(self.lengths)), np.zeros(len(self.lengths)))

    @cached_property
    def _paces(self) -> dict[str, Network]:
        return {}

    def seconds(self, age: str) -> Network:
        """Ways in seconds at the pace of an age, with the waiting at crossings, which is the same for all."""
        if age not in self._paces:
            pace = PACE[age]
            waits = self._waits
            made = self.timed
            if pace != PACE["adult"]:
                edges = np.arange(len(self.lengths))
                made = made.changed(edges, np.where(np.isinf(waits), np.inf, self.lengths / pace + waits))
                made = replace(made, core=replace(made.core, access=1 / pace))
            self._paces[age] = self._with_shut(made, np.full(len(self.lengths), 1 / pace), waits)
        return self._paces[age]

    @cached_property
    def _waits(self) -> Floats:
        """Seconds of waiting on every edge; infinity where it is closed."""
        streets = self.timed.core.streets
        ticks = streets.ahead[streets.of_edge]
        waits = np.maximum(ticks / SCALE - self.lengths / PACE["adult"], 0.0)
        return np.where(ticks >= UNREACHED, np.inf, waits)

    def _with_shut(self, network: Network, per_metre: Floats, waits: Floats) -> Network:
        if not self.shut:
            return network
        edges = np.fromiter(self.shut, dtype=np.int64, count=len(self.shut))
        metres = np.fromiter(self.shut.values(), dtype=np.float64, count=len(self.shut))
        again = np.where(np.isinf(waits[edges]), 0.0, waits[edges])
        return network.changed(edges, metres * per_metre[edges] + again)

    def changed(self, edges: Ints, opened: bool) -> "Ways":
        """The same town with edges opened or closed."""
        metres = self.lengths[edges] if opened else np.full(len(edges), np.inf)
        more = dict(zip(edges.tolist(), metres.tolist(), strict=True))
        return Ways(self.plane, self.town, self.timed, {**self.shut, **more})

    def attach(self, lng: Floats, lat: Floats, compound: Ints) -> Positions:
        """Where things meet the streets; nowhere for those without a point."""
        known = np.flatnonzero(~(np.isnan(lng) | np.isnan(lat)))
        edge = np.full(len(lng), -1, dtype=np.int32)
        fraction, offset = np.zeros(len(lng)), np.full(len(lng), np.inf)
        if len(known):
            xy = self.plane.xy(np.column_stack([lng[known], lat[known]]))
            found = self.town.attach(xy, compound[known])
            edge[known], fraction[known], offset[known] = found.edge, found.fraction, found.offset
        return Positions(edge, fraction, offset)


def nearest(network: Network, sources: Sources, homes: Positions, categories: int, limit: float) -> Floats:
    """What the way from each home to the nearest source of each category costs: (categories, homes), inf beyond."""
    found = np.full((categories, len(homes)), np.inf)
    if not len(sources.category) or not len(homes):
        return found
    asked, category = np.unique(sources.category, return_inverse=True)
    near = network.nearest(sources.places, category.astype(np.int32), limit, categories=len(asked))
    found[asked] = network.at(homes, near)
    _along_one_edge(network, sources, homes, found)
    return np.where(found <= limit + 1e-6, found, np.inf)


def _along_one_edge(network: Network, sources: Sources, homes: Positions, found: Floats) -> None:
    """Where a home and a source lie on one edge, the way does not lead over its ends: in whole tenths, as elsewhere."""
    order = np.argsort(homes.edge, kind="stable")
    first = np.searchsorted(homes.edge[order], sources.places.edge, side="left")
    last = np.searchsorted(homes.edge[order], sources.places.edge, side="right")
    for number in np.flatnonzero((last > first) & (sources.places.edge != NOWHERE)):
        mine = order[first[number] : last[number]]
        edge = sources.places.edge[number]
        ticks = network.core.streets.ahead[network.core.streets.of_edge[edge]]
        there, here = np.rint(sources.places.fraction[number] * ticks), np.rint(homes.fraction[mine] * ticks)
        tenths = network.core.access * SCALE
        off = np.rint(homes.offset[mine] * tenths) + np.rint(sources.places.offset[number] * tenths)
        along = np.abs(here - there) + off
        row = found[sources.category[number]]
        row[mine] = np.minimum(row[mine], along / SCALE) if ticks < UNREACHED else row[mine]
