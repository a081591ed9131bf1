"""What this process keeps of a town's life circle, and how it is judged: met, gap, unknown."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from chengyun.indicators.circle.demands import Demand, demands
from chengyun.indicators.circle.homes import BUILDINGS, Homes, Services, doors_of, homes_of, services_of
from chengyun.indicators.circle.ways import Ways, nearest
from chengyun.indicators.evaluating import today_in
from chengyun.indicators.formula.spans import Flags, Floats
from chengyun.indicators.formula.world import World
from chengyun.indicators.models import Threshold
from chengyun.indicators.worlds import Kept, world_of
from chengyun.places.models import Town
from chengyun.places.networks import TownNetworks, networks_of
from chengyun.places.reach.costing import PACE

GAP, MET, UNKNOWN = 0, 1, 2
FARTHEST = 25.0
"""Minutes beyond which nobody walks: no way is followed farther."""
Bytes = NDArray[np.uint8]


@dataclass
class Circle:
    """A town's homes, what they ask for, and what serves them, as things are or as they would be."""

    world: World
    today: date
    demands: tuple[Demand, ...]
    ways: Ways | None
    homes: Homes
    _minutes: dict[tuple[str, int], Floats] = field(default_factory=dict)
    _metres: dict[int, Floats] = field(default_factory=dict)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories asked for, in the order of the demands."""
        return tuple(one.category for one in self.demands)

    @cached_property
    def services(self) -> Services | None:
        """What serves; None in a town without streets."""
        return services_of(self.world, self.ways, self.categories, self.today) if self.ways else None

    def minutes(self, age: str) -> Floats:
        """Minutes on foot to the nearest facility: (demands, homes), inf beyond FARTHEST."""
        wanted = [n for n in range(len(self.demands)) if (age, n) not in self._minutes]
        if wanted:
            found = self._searched(wanted, age, FARTHEST * 60) / 60
            for number in wanted:
                self._minutes[age, number] = found[number]
        return self._stacked([self._minutes[age, n] for n in range(len(self.demands))])

    def metres(self) -> Floats:
        """Metres along streets to the nearest facility, for demands in metres: (demands, homes), inf beyond limits."""
        wanted = [n for n, one in enumerate(self.demands) if one.metric == "street" and n not in self._metres]
        if wanted:
            found = self._searched(wanted, "", max(one.limit for one in self.demands))
            for number in wanted:
                self._metres[number] = found[number]
        nothing = np.full(len(self.homes), np.inf)
        return self._stacked([self._metres.get(n, nothing) for n in range(len(self.demands))])

    def _stacked(self, rows: list[Floats]) -> Floats:
        return np.stack(rows) if rows else np.zeros((0, len(self.homes)))

    def _searched(self, wanted: list[int], age: str, limit: float) -> Floats:
        if self.ways is None or self.services is None or self.homes.places is None:
            return np.full((len(self.demands), len(self.homes)), np.inf)
        network = self.ways.seconds(age) if age else self.ways.metres
        asked = np.isin(np.arange(len(self.demands)), wanted)
        return nearest(network, self.services.sources.of(asked), self.homes.places, len(self.demands), limit)

    def _straight(self, services: Services, number: int) -> Floats:
        """Metres in a straight line from each home to the nearest facility of a demand."""
        rows = np.unique(services.sources.row[services.sources.category == number])
        lng, lat, _ = doors_of(services.held, rows)
        points = self.world.ground.project(lng, lat)
        found = np.full(len(self.homes), np.inf)
        if len(points):
            tree = shapely.STRtree(shapely.points(points))
            here = shapely.points(self.homes.held.points[self.homes.row])
            pairs, away = tree.query_nearest(here, return_distance=True, all_matches=False)
            found[pairs[0]] = away
        return found

    def states(self, age: str) -> Bytes:
        """GAP, MET or UNKNOWN of every home for every demand: (demands, homes)."""
        minutes, metres = self.minutes(age), self.metres()
        found = np.empty(minutes.shape, dtype=np.uint8)
        for number, one in enumerate(self.demands):
            if self.services is None:
                found[number] = UNKNOWN
                continue
            cost = {"time": minutes[number], "street": metres[number]}.get(one.metric)
            cost = self._straight(self.services, number) if cost is None else cost
            near = one.limit * 60 * PACE[age] if one.metric == "time" else one.limit
            unsure = (self.homes.edge < near) | (not self.services.recorded[number])
            found[number] = np.where(cost <= one.limit + 1e-6, MET, np.where(unsure, UNKNOWN, GAP))
        return found

    def otherwise(self, world: World, ways: Ways | None, touched: frozenset[str]) -> "Circle":
        """The same town where facilities of some categories, or ways, are other."""
        kept_ways = ways is self.ways
        same = {n for n, one in enumerate(self.demands) if kept_ways and one.category not in touched}
        return replace(
            self,
            world=world,
            ways=ways,
            _minutes={key: row for key, row in self._minutes.items() if key[1] in same},
            _metres={number: row for number, row in self._metres.items() if number in same},
        )


@dataclass
class _Kept:
    circle: Circle
    networks: TownNetworks | None
    ways: Ways | None


_circles: dict[int, _Kept] = {}


@contextmanager
def circle_of(town: Town) -> Iterator[tuple[Kept, Circle]]:
    """The life circle of a town as it is now, for one thread at a time, with the world that it stands in."""
    with world_of(town) as kept:
        today, asked = today_in(town), _asked(town)
        known, networks = _circles.get(town.pk), networks_of(town)
        if known is None or known.circle.world is not kept.world or known.networks is not networks:
            known = _circles[town.pk] = _made(kept, networks, asked, today)
        circle = known.circle
        if circle.homes.held is not kept.world.held(BUILDINGS, today, today) or circle.today != today:
            known = _circles[town.pk] = _made(kept, networks, asked, today, known.ways)
        elif circle.demands != asked or _is_stale(circle):
            known.circle = Circle(kept.world, today, asked, known.ways, circle.homes)
        yield kept, known.circle


def _asked(town: Town) -> tuple[Demand, ...]:
    rows = Threshold.objects.as_system("what a life circle asks for").filter(town_id=town.pk).exclude(category="")
    return demands(rows, str(town.settings.get("district_class", "")))


def _made(
    kept: Kept, networks: TownNetworks | None, asked: tuple[Demand, ...], today: date, ways: Ways | None = None
) -> _Kept:
    walking = ways or (Ways.of(networks) if networks else None)
    circle = Circle(kept.world, today, asked, walking, homes_of(kept.world, walking, today))
    return _Kept(circle, networks, walking)


def _is_stale(circle: Circle) -> bool:
    """Whether facilities changed since they were read."""
    services = circle.__dict__.get("services")
    return services is not None and services.held is not circle.world.held(
        services.held.measure.name, circle.today, circle.today
    )


def shares(circle: Circle, states: Bytes, band: str = "all") -> Mapping[int, Floats]:
    """For GAP, MET and UNKNOWN how many people of a band live so: (demands, areas of the world's axis) each."""
    people = circle.homes.people[band]
    rows = circle.homes.row

    def people_in(mask: Flags) -> Floats:
        return circle.world.sums(circle.homes.held, rows[mask], _on_table(circle, people))

    return {
        state: np.stack([people_in(row == state) for row in states])
        if len(states)
        else np.zeros((0, circle.world.size))
        for state in (GAP, MET, UNKNOWN)
    }


def _on_table(circle: Circle, values: Floats) -> Floats:
    """Values of homes on the rows of the table of buildings."""
    found = np.zeros(len(circle.homes.held))
    found[circle.homes.row] = values
    return found
