"""Which areas a point lies in, answered from memory."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from chengyun.kernel.access import Where
from chengyun.places.memory import keep
from chengyun.places.models import Area, Revision
from chengyun.places.partition import Locator
from chengyun.places.queries.visible import shown
from chengyun.places.shapes import CELL, COMMUNITY, COMPOUND, GRID, MICRO_GRID, SECTOR

ROLES = (SECTOR, GRID, CELL, COMMUNITY, MICRO_GRID, COMPOUND)
_NEAR = 0.0005  # degrees, about 50 m: a point a hair outside the town still belongs to it


@dataclass(frozen=True)
class Spot:
    """The areas at a point, by role; None where there is none. `inside`: the point lies in the town."""

    town: int
    inside: bool
    sector: int | None = None
    grid: int | None = None
    cell: int | None = None
    community: int | None = None
    micro_grid: int | None = None
    compound: int | None = None

    @property
    def areas(self) -> frozenset[int]:
        """Ids of all areas at the point."""
        return frozenset(a for role in ROLES if (a := getattr(self, role)) is not None)

    def where(self) -> Where:
        """For `require`: the town and every area at the point."""
        return Where(town=self.town, areas=self.areas)


class AreaIndex:
    """The areas of a town by role. An area also gives its ancestors, so that a cell tells grid and sector.

    `run` counts the areas of an import that is not shown yet as there: its own rows are placed in them.
    """

    def __init__(self, town: int, run: int | None = None) -> None:
        self.town = town
        every = Area.objects.as_system("the areas of a town, to place points in").filter(town_id=town)
        rows = list(
            shown(every, run)
            .exclude(geometry=None)
            .only("id", "path", "geometry", "level__role")
            .select_related("level")
        )
        self.role = {row.id: row.level.role for row in rows}
        self.above = {row.id: [int(step) for step in row.path.split("/") if step] for row in rows}
        self.locators = {
            role: Locator([(row.id, row.geometry) for row in rows if row.level.role == role])
            for role in (*ROLES, "town")
        }

    def spots(self, points: Any) -> list[Spot]:
        """The areas at each of an array of Shapely points."""
        inside, found = self.inside(points), self.by_role(points)
        return [
            Spot(self.town, bool(inside[i]), **{role: found[role][i] for role in ROLES}) for i in range(len(points))
        ]

    def inside(self, points: Any) -> NDArray[np.bool_]:
        town = self.locators["town"]
        return town.first(points) >= 0 if town.keys else np.ones(len(points), dtype=bool)

    def by_role(self, points: Any) -> dict[str, list[int | None]]:
        """For each role the area of each point; finer areas fill in what lies above them."""
        found: dict[str, list[int | None]] = {role: [None] * len(points) for role in ROLES}
        for role in reversed(ROLES):
            locator = self.locators[role]
            for index, hit in enumerate(locator.first(points).tolist() if locator.keys else ()):
                if hit >= 0:
                    self._fill(found, index, locator.keys[hit])
        self._mend(points, found)
        return found

    def _mend(self, points: Any, found: dict[str, list[int | None]]) -> None:
        """A point in a sliver between two cells belongs to the nearer one: any point of the town has its cell."""
        locator = self.locators[CELL]
        missing = [i for i, cell in enumerate(found[CELL]) if cell is None] if locator.keys else []
        for index in missing:
            near = locator.near(points[index].x, points[index].y, _NEAR)
            if near is not None:
                self._fill(found, index, near)

    def _fill(self, found: dict[str, list[int | None]], index: int, area: int) -> None:
        for step in self.above[area]:
            role = self.role.get(step, "")
            if role in found and found[role][index] is None:
                found[role][index] = step


_areas = keep(AreaIndex)


def resolve_point(town: int, lng: float, lat: float) -> Spot:
    """The areas at a point (WGS 84, degrees). From memory: no query but one look at the revision a second."""
    return resolve_many(town, shapely.points([[lng, lat]]))[0]


def resolve_many(town: int, points: Any) -> list[Spot]:
    """The areas at each of an array of Shapely points."""
    return _areas.of(town).spots(points)


def town_at(lng: float, lat: float) -> int | None:
    """The id of the town that a point lies in, or nearly (50 m). One query for all revisions."""
    point = shapely.points([[lng, lat]])
    ids = sorted(Revision.objects.values_list("town_id", flat=True))
    for town in ids:
        if _areas.of(town).locators["town"].keys and _areas.of(town).inside(point)[0]:
            return town
    return next((t for t in ids if _areas.of(t).locators["town"].near(lng, lat, _NEAR) is not None), None)
