"""Are the areas of a town right: cover, overlap, nesting, and what other rooms check."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from chengyun.kernel.access import require
from chengyun.kernel.actor import Actor
from chengyun.places.coordinates import Metric
from chengyun.places.memory import keep
from chengyun.places.models import Area, AreaGap, Scheme, Town
from chengyun.places.partition import check_cover, check_nesting
from chengyun.places.queries.visible import shown
from chengyun.places.registry import AreaProblem, area_checks

TOLERANCE = 1.0  # metres, unless the town sets its own


@dataclass(frozen=True)
class Flaw:
    """A place where the areas of a level are not right: a polygon to draw, and whom it concerns."""

    kind: str  # gap | overlap | outside | invalid
    scheme: str
    level: str
    areas: tuple[int, ...]
    square_metres: float
    polygon: Any


@dataclass(frozen=True)
class AreaReport:
    """Everything found; `tolerance` in metres. `must` are levels that have to cover: their gaps are errors."""

    tolerance: float
    flaws: list[Flaw]
    problems: list[AreaProblem]
    must: frozenset[tuple[str, str]]
    ids: Mapping[int, UUID]  # of the areas, for outside
    gaps: list[AreaGap]  # that are named

    @property
    def errors(self) -> list[Flaw]:
        """Flaws of levels that must cover the town, and every overlap."""
        return [flaw for flaw in self.flaws if flaw.kind != "gap" or (flaw.scheme, flaw.level) in self.must]


def check_areas(actor: Actor, town: Town) -> AreaReport:
    """Check every scheme of a town level by level, and ask the registered checks. Gaps that are named are left out.

    What follows from the areas alone is kept in memory until they change; other rooms' checks are asked every time.
    """
    require(actor, "places.read", at=town)
    report = _reports.of(town.id)
    return replace(report, problems=[problem for check in area_checks().values() for problem in check(town.id)])


def _report(town_id: int) -> AreaReport:
    town = Town.objects.as_system("areas are checked for whoever asks").get(pk=town_id)
    tolerance = float(town.settings.get("area_tolerance", TOLERANCE))
    every = Area.objects.as_system("areas are checked for whoever asks").filter(town=town)
    areas = list(shown(every).exclude(geometry=None).select_related("level"))
    boundary = next((area.geometry for area in areas if area.level.role == "town"), None)
    schemes = list(Scheme.objects.as_system("schemes to check").filter(town=town).prefetch_related("levels"))
    named = AreaGap.objects.as_system("gaps that are known").filter(town=town).select_related("scheme")
    gaps = list(named.order_by("scheme__code", "name"))
    flaws = [
        flaw
        for scheme in schemes
        for flaw in _scheme(scheme, areas, _Ground(boundary, tolerance, [g for g in gaps if g.scheme_id == scheme.id]))
    ]
    must = frozenset((scheme.code, level.code) for scheme in schemes if scheme.covers for level in scheme.levels.all())
    return AreaReport(tolerance, flaws, [], must, {area.id: area.uuid for area in areas}, gaps)


@dataclass(frozen=True)
class _Ground:
    """What a scheme is checked against."""

    boundary: Any
    tolerance: float
    gaps: list[AreaGap]


def _scheme(scheme: Scheme, areas: list[Area], ground: _Ground) -> list[Flaw]:
    found: list[Flaw] = []
    for level in scheme.levels.all():
        here = [(area.id, area.geometry) for area in areas if area.level_id == level.id]
        if not here:
            continue
        # Compounds and stairwells leave land between them by nature: only what must cover, and its parents, may not.
        covering = scheme.covers or level.rank == 0
        if ground.boundary is not None:
            found += _cover(scheme.code, level.code, here, ground, covering)
        children = [area for area in areas if area.level_id == level.id]
        found += _nesting(scheme.code, level.code, children, areas, ground)
    return found


def _cover(scheme: str, level: str, here: list[tuple[int, Any]], ground: _Ground, covering: bool) -> list[Flaw]:
    cover = check_cover(here, ground.boundary, ground.tolerance, [gap.geometry for gap in ground.gaps])
    flaws = [Flaw("gap", scheme, level, (), piece.area, piece.polygon) for piece in cover.gaps if covering]
    flaws += [Flaw("overlap", scheme, level, (o.first, o.second), o.area, o.polygon) for o in cover.overlaps]
    flaws += [Flaw("outside", scheme, level, (p.key,), p.area, p.polygon) for p in cover.outside if p.key is not None]
    shapes = dict(here)
    return flaws + [Flaw("invalid", scheme, level, (key,), 0.0, shapes[key]) for key, _ in cover.invalid]


def _nesting(scheme: str, level: str, here: list[Area], areas: list[Area], ground: _Ground) -> list[Flaw]:
    """Areas that stick out of the one above them."""
    metric = Metric.around([area.geometry for area in areas])
    by_id = {area.id: area for area in areas}
    flaws = []
    for parent in {area.parent_id for area in here if area.parent_id in by_id}:
        children = [(area.id, area.geometry) for area in here if area.parent_id == parent]
        pieces = check_nesting(children, by_id[parent].geometry, ground.tolerance, metric)
        flaws += [Flaw("outside", scheme, level, (p.key or 0, parent), p.area, p.polygon) for p in pieces]
    return flaws


_reports = keep(_report)
