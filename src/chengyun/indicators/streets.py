"""Reach along a town's streets, for formulas: on foot in metres or minutes, by car in minutes."""

from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from scipy.sparse import csr_matrix

from chengyun.indicators.formula.spans import Floats
from chengyun.indicators.formula.tree import Metric
from chengyun.indicators.formula.world import Streets
from chengyun.kernel.measures import Ints
from chengyun.places.coordinates import Metric as Plane
from chengyun.places.models import Town
from chengyun.places.networks import networks_of
from chengyun.places.reach import Network, Positions
from chengyun.places.reach.build import TownNetwork

_SECONDS = 60.0
ADULT = "adult"


@dataclass(frozen=True)
class Attached:
    """Points on the networks of one way of moving, by the unit of its costs."""

    metres: Positions
    minutes: Positions

    def __len__(self) -> int:
        return len(self.minutes)

    def __getitem__(self, rows: object) -> "Attached":
        return Attached(self.metres[rows], self.minutes[rows])


@dataclass(frozen=True)
class TownStreets:
    """The networks of one way of moving. `metres` and `minutes` may be the same where only times are known."""

    metres: TownNetwork
    minutes: TownNetwork
    mine: Plane
    theirs: Plane

    def attach(self, points: Floats, compound: Ints) -> Attached:
        """Where points meet the streets; those without a place stand at the origin and are never asked."""
        known = np.flatnonzero(~np.isnan(points[:, 0]))
        there = np.zeros((len(points), 2))
        if len(known):
            there[known] = self.theirs.xy(self.mine.lnglat(points[known]))
        by_time = self.minutes.attach(there, compound)
        return Attached(by_time if self.metres is self.minutes else self.metres.attach(there, compound), by_time)

    def nearest(self, origins: Attached, targets: Attached, limit: float, timed: bool) -> Floats:
        """Minutes or metres from each origin to the nearest target; inf beyond the limit."""
        costs = self._costs(origins, targets, limit, timed)
        found = np.full(len(origins), np.inf)
        some = np.flatnonzero(np.diff(costs.indptr))
        if len(some):
            found[some] = np.minimum.reduceat(costs.data, costs.indptr[:-1][some])
        return found / _SECONDS if timed else found

    def counts(self, origins: Attached, targets: Attached, limit: float, timed: bool) -> Ints:
        """How many targets lie within the limit of each origin."""
        return np.asarray(np.diff(self._costs(origins, targets, limit, timed).indptr), dtype=np.int64)

    def otherwise(self, ways: "Walking") -> "TownStreets":
        """The same streets with some of them, or some gates, opened or closed."""
        metres, minutes = replace(self.metres, network=ways.metres), replace(self.minutes, network=ways.seconds(ADULT))
        return replace(self, metres=metres, minutes=minutes)

    def _costs(self, origins: Attached, targets: Attached, limit: float, timed: bool) -> csr_matrix:
        if timed:
            return self.minutes.network.costs(origins.minutes, targets.minutes, limit * _SECONDS)
        return self.metres.network.costs(origins.metres, targets.metres, limit)


class Walking(Protocol):
    """The walking networks of a town with gates and streets opened or closed."""

    @property
    def metres(self) -> Network: ...

    def seconds(self, age: str) -> Network:
        """Ways in seconds at the pace of an age."""


def streets_of(town: Town, metric: Metric, plane: Plane) -> Streets | None:
    """Reach on foot or by car from points in a plane; None where the town has no streets."""
    networks = networks_of(town)
    if networks is None:
        return None
    modes: dict[str, Any] = networks.modes
    if metric == "car":
        return TownStreets(modes["drive"], modes["drive"], plane, networks.plane)
    return TownStreets(modes["walk"], modes["walk_time"], plane, networks.plane)
