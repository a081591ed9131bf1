"""A town's geography as formulas need it: areas of every level, a plane in metres, where the data ends, streets."""

from collections.abc import Mapping

import numpy as np
import shapely

from chengyun.indicators.formula.spans import Floats
from chengyun.indicators.formula.tree import Metric
from chengyun.indicators.formula.world import TOWN, Level, Streets
from chengyun.indicators.streets import streets_of
from chengyun.kernel.measures import NOWHERE, Ints, Table
from chengyun.places.coordinates import Metric as Plane
from chengyun.places.models import Area, Town
from chengyun.places.queries.points import ROLES, AreaIndex
from chengyun.places.queries.visible import shown

_GRID, _COMMUNITY = ("sector", "grid", "cell"), ("community", "micro_grid", "compound")


class TownGround:
    """The areas of a town as they are now. Made anew when they change."""

    def __init__(self, town: Town) -> None:
        self.town = town
        rows = list(
            shown(Area.objects.as_system("the axis of all figures").filter(town=town))
            .filter(level__role__in=[TOWN, *ROLES])
            .select_related("level", "scheme")
            .order_by("level__scheme_id", "level__rank", "code", "id")
        )
        self.rows = {row.id: row for row in rows}
        self.levels = _levels(rows)
        self.index = AreaIndex(town.pk)
        self._above = {role: _ancestors(rows, role) for role in ROLES}
        outline = next((row.geometry for row in rows if row.level.role == TOWN), None)
        whole = outline if outline is not None else shapely.union_all([r.geometry for r in rows if r.geometry])
        self.plane = Plane.around(whole if not whole.is_empty else shapely.Point(0, 0))
        self._outline = self.plane.flat(whole)
        self._border = shapely.boundary(self._outline)
        shapely.prepare([self._outline, self._border])
        self._streets: dict[Metric, Streets | None] = {}

    def place(self, table: Table) -> Mapping[str, Ints]:
        """For each role the area of each row: what the row carries, what lies above it, else what is at its point."""
        found = dict(table.areas)
        for chain in (_GRID, _COMMUNITY):
            for number in range(len(chain) - 1, 0, -1):
                self._fill(found, chain[number], chain[:number])
        lacking = [role for role in ROLES if role not in found]
        if lacking and table.lng is not None and table.lat is not None:
            found |= self._at_points(table, lacking)
        return found

    def _fill(self, found: dict[str, Ints], role: str, above: tuple[str, ...]) -> None:
        if role not in found:
            return
        for other in above:
            ids, ancestors = self._above[other]
            if len(ids):
                at = np.clip(np.searchsorted(ids, found[role]), 0, len(ids) - 1)
                up = np.where(ids[at] == found[role], ancestors[at], NOWHERE)
                known = found.get(other)
                found[other] = up if known is None else np.where(known == NOWHERE, up, known)

    def _at_points(self, table: Table, roles: list[str]) -> dict[str, Ints]:
        lng, lat = np.asarray(table.lng), np.asarray(table.lat)
        known = np.flatnonzero(~np.isnan(lng))
        hits = self.index.by_role(shapely.points(lng[known], lat[known]))
        found = {}
        for role in roles:
            ids = np.full(len(table), NOWHERE, dtype=np.int64)
            ids[known] = [NOWHERE if hit is None else hit for hit in hits[role]]
            found[role] = ids
        return found

    def project(self, lng: Floats, lat: Floats) -> Floats:
        """Metres (n, 2) in the town's plane; NaN where there is no point."""
        points = np.full((len(lng), 2), np.nan)
        known = ~np.isnan(lng)
        points[known] = self.plane.xy(np.column_stack([lng[known], lat[known]]))
        return points

    def edge(self, points: Floats) -> Floats:
        """Metres to the outline of the town, where what is known of it ends; 0 outside."""
        there = shapely.points(points)
        inside = shapely.contains(self._outline, there)
        return np.where(inside, shapely.distance(self._border, there), 0.0)

    def streets(self, metric: Metric) -> Streets | None:
        """Reach on foot or by car, where the town has streets."""
        if metric not in self._streets:
            self._streets[metric] = streets_of(self.town, metric, self.plane)
        return self._streets[metric]


def _levels(rows: list[Area]) -> tuple[Level, ...]:
    found: dict[tuple[str, str, str], list[int]] = {}
    for row in rows:
        found.setdefault((row.scheme.code, row.level.code, row.level.role), []).append(row.id)
    levels = [Level(scheme, code, role, tuple(ids)) for (scheme, code, role), ids in found.items()]
    return tuple(sorted(levels, key=lambda level: level.role != TOWN))


def _ancestors(rows: list[Area], role: str) -> tuple[Ints, Ints]:
    """Ids of areas below a role, ascending, and for each the area of that role that it lies in."""
    of_role = {row.id for row in rows if row.level.role == role}
    pairs = sorted(
        (row.id, step) for row in rows for step in map(int, filter(None, row.path.split("/")))
        if step in of_role and step != row.id
    )  # fmt: skip
    ids = np.array([pair[0] for pair in pairs], dtype=np.int64)
    return ids, np.array([pair[1] for pair in pairs], dtype=np.int64)
