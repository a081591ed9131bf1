"""How many people live somewhere, on a stated basis; estimated, and said to be, where nobody counted them there."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from chengyun.places.models import Area, Building, Population
from chengyun.places.queries.visible import hidden_runs

_COLUMNS = {"grid": "grid_id", "cell": "cell_id", "community": "community_id", "compound": "compound_id"}


@dataclass(frozen=True)
class People:
    """A count with what it stands on. `estimated`: from another basis, or from the parts of an area; never scored."""

    count: int
    basis: str
    on: date | None
    source: str
    estimated: bool = False


def people(area: Area, basis: str = "resident", ages: tuple[int, int] = (0, Population.OPEN)) -> People | None:
    """People of an age band in an area: the latest count there on that basis; else an estimate from 实有.

    The estimate is, in this order: 实有 of the area, of the areas below it, of its buildings, of the compounds whose
    households lie in it. None where nothing is known.
    """
    rows = _counts(area, ages)
    return (
        _own(rows, area, basis)
        or _estimated(_own(rows, area, "actual"), basis)
        or _estimated(_below(rows, area), basis)
        or _estimated(_in_buildings(rows, area), basis)
        or _estimated(_in_compounds(rows, area), "")
    )


def _counts(area: Area, ages: tuple[int, int]) -> QuerySet[Population]:
    rows = Population.objects.filter(town=area.town, age_from=ages[0], age_to=ages[1])
    hidden = hidden_runs()
    return rows.exclude(run_id__in=hidden) if hidden else rows


def _own(rows: QuerySet[Population], area: Area, basis: str) -> People | None:
    row = rows.filter(place_kind="area", place_id=area.id, basis=basis).order_by("-on", "-id").first()
    return People(row.count, basis, row.on, row.source) if row else None


def _estimated(found: People | None, basis: str) -> People | None:
    """The same figure, marked unless it is what was asked for."""
    return found and People(found.count, found.basis, found.on, found.source, estimated=found.basis != basis)


def _below(rows: QuerySet[Population], area: Area) -> People | None:
    """The sum over the first level below that was counted."""
    below = Area.objects.as_system("areas below one").filter(path__startswith=area.path).exclude(id=area.id)
    counted = rows.filter(place_kind="area", basis="actual", place_id__in=below.values("id"))
    ranks = dict(below.values_list("level__code", "level__rank"))
    levels = sorted(set(counted.values_list("level", flat=True)), key=lambda code: ranks.get(code, 99))
    return _latest(counted.filter(level=levels[0])) if levels else None


def _in_buildings(rows: QuerySet[Population], area: Area) -> People | None:
    column = _COLUMNS.get(area.level.role)
    buildings = Building.objects.as_system("people live in buildings").filter(town=area.town)
    if column is None and area.level.role != "town":
        return None
    here = buildings.filter(**{column: area.id}) if column else buildings
    return _latest(rows.filter(place_kind="building", basis="actual", place_id__in=here.values("id")))


def _in_compounds(rows: QuerySet[Population], area: Area) -> People | None:
    """Each compound's people by the share of its households that lie in the area."""
    column = _COLUMNS.get(area.level.role)
    counted = rows.filter(place_kind="area", level="compound", basis="actual")
    latest = counted.order_by("-on").values_list("on", "source").first()
    if column is None or latest is None:
        return None
    counts = dict(counted.filter(on=latest[0], source=latest[1]).values_list("place_id", "count"))
    buildings = Building.objects.as_system("households of compounds").filter(compound_id__in=counts)
    shares = buildings.values("compound_id").annotate(
        every=Sum("households"), here=Sum("households", filter=Q(**{column: area.id}))
    )
    total = sum(counts[s["compound_id"]] * (s["here"] or 0) / s["every"] for s in shares if s["every"])
    return People(round(total), "actual", latest[0], latest[1], estimated=True)


def _latest(rows: QuerySet[Population]) -> People | None:
    """The sum of the newest count."""
    newest = rows.order_by("-on").values_list("on", "source").first()
    if newest is None:
        return None
    total = rows.filter(on=newest[0], source=newest[1]).aggregate(total=Sum("count"))["total"]
    return People(total, "actual", newest[0], newest[1])
