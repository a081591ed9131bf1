"""What would be if: facilities, gates and streets otherwise, all changes at once, and the circle and indicators after.

A request carries its whole list of changes: any process can answer it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from chengyun.indicators.circle.state import GAP, MET, Circle
from chengyun.indicators.circle.summing import rows_of, stamp
from chengyun.indicators.circle.ways import Ways
from chengyun.indicators.formula.tree import Metric
from chengyun.indicators.formula.world import Ground, Streets
from chengyun.indicators.ground import TownGround
from chengyun.indicators.queries.trying import Asked, Change, before_and_after, tried_world
from chengyun.indicators.streets import TownStreets
from chengyun.indicators.worlds import Kept
from chengyun.kernel.measures import Ints
from chengyun.kernel.refusal import Invalid
from chengyun.places.models import Area, Street, Town
from chengyun.places.reach.walls import PASSAGE

NEAR = 40.0
"""Metres between where somebody points and the gate or street that is meant."""
GATE, STREET = "gate", "street"


@dataclass(frozen=True)
class WayChange:
    """A gate or a street opened or closed: the one nearest to a point (degrees)."""

    kind: str
    point: tuple[float, float]
    opened: bool


@dataclass(frozen=True)
class Tried:
    """Everything that is tried."""

    changes: Sequence[Change] = ()
    ways: Sequence[WayChange] = ()


class TriedGround:
    """A town's ground with other ways on foot."""

    def __init__(self, ground: TownGround, ways: Ways) -> None:
        self._ground = ground
        self._ways = ways

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ground, name)

    def streets(self, metric: Metric) -> Streets | None:
        """Reach for a way of moving; on foot over the ways that are tried."""
        found = self._ground.streets(metric)
        return found.otherwise(self._ways) if metric == "foot" and isinstance(found, TownStreets) else found


def attempt(town: Town, kept: Kept, circle: Circle, tried: Tried, age: str) -> dict[str, Any]:
    """The circle's categories that the changes touch, the buildings that differ, and the indicators before and after.

    Raises Invalid for facilities, gates or streets that are not there.
    """
    ways = tried.ways
    walking, named = _walking(circle, ways)
    ground: Ground | None = TriedGround(kept.ground, walking) if ways and walking else None
    world, touched = tried_world(kept.world, town, tried.changes, circle.today, ground)
    after = circle.otherwise(world, walking, touched or frozenset())
    wanted = [n for n, one in enumerate(circle.demands) if ways or one.category in (touched or ())]
    before_states, after_states = circle.states(age), after.states(age)
    differ = (before_states != after_states).any(axis=0) if len(circle.demands) else np.zeros(0, dtype=bool)
    gained = ((before_states == GAP) & (after_states == MET)).any(axis=0)
    return {
        "stamp": stamp(circle),
        "categories": rows_of(after, age, wanted),
        "changed": int(differ.sum()),
        "gained": round(float(circle.homes.people["all"][gained].sum())),
        "ways": named,
        "indicators": before_and_after(town, kept, world, Asked(touched, bool(ways))),
    }


def _walking(circle: Circle, changes: Sequence[WayChange]) -> tuple[Ways | None, list[dict[str, Any]]]:
    """The ways after the changes, and what each point was taken for."""
    walking, named = circle.ways, []
    for number, change in enumerate(changes):
        if walking is None:
            raise Invalid("indicators.no_way_here", f"ways.{number}: there are no streets", field="ways")
        edges, said = _meant(walking, change, number)
        walking = walking.changed(edges, change.opened)
        named.append(said)
    return walking, named


def _meant(ways: Ways, change: WayChange, number: int) -> tuple[Ints, dict[str, Any]]:
    """The edges that a point means, and how they are called. Raises Invalid."""
    at = ways.plane.xy(np.array([change.point]))
    if change.kind == GATE:
        edge, away, said = _gate(ways, at)
    else:
        edge, away, said = _street(ways, at)
    if away > NEAR:
        raise Invalid("indicators.no_way_here", f"ways.{number}: nothing within {NEAR:.0f} m", field="ways")
    net = ways.town.network
    middle = np.c_[net.x[net.edges[edge]].mean(axis=1), net.y[net.edges[edge]].mean(axis=1)]
    nearest = int(np.argmin(np.hypot(*(middle - at[0]).T)))
    point = ways.plane.lnglat(middle[nearest : nearest + 1])[0]
    return edge, {"kind": change.kind, "name": said, "point": (float(point[0]), float(point[1]))}


def _gate(ways: Ways, at: Any) -> tuple[Ints, float, str]:
    """The way through a wall nearest to a point: through a gate, or where one could be broken."""
    town = ways.town
    if not len(town.crossing_edge):
        return np.zeros(0, dtype=np.int64), np.inf, ""
    ends = town.network.edges[town.crossing_edge]
    middle = np.c_[town.network.x[ends].mean(axis=1), town.network.y[ends].mean(axis=1)]
    away = np.hypot(*(middle - at[0]).T)
    found = int(np.argmin(away))
    area = int(town.wall_ids[town.crossing_wall[found]])
    name = Area.objects.as_system("whose gate is tried").filter(pk=area).values_list("name", flat=True).first()
    return town.crossing_edge[found : found + 1].astype(np.int64), float(away[found]), name or ""


def _street(ways: Ways, at: Any) -> tuple[Ints, float, str]:
    """All edges of the street nearest to a point."""
    found = ways.town.network.snap(at, None, ways.town.zone != PASSAGE)
    if found.edge[0] < 0:
        return np.zeros(0, dtype=np.int64), np.inf, ""
    street = int(ways.town.street[found.edge[0]])
    name = Street.objects.filter(pk=street).values_list("name", flat=True).first()
    edges = np.flatnonzero(ways.town.street == street)
    return edges, float(found.offset[0]), name or ""
