"""How many people live somewhere, on a stated basis."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from chengyun.places.models import Area, Building, Population
from chengyun.places.queries.visible import hidden_runs


@dataclass(frozen=True)
class People:
    """A count with what it stands on. `estimated`: added up from another basis below the level where it exists."""

    count: int
    basis: str
    on: date | None
    source: str
    estimated: bool = False


def people(area: Area, basis: str = "resident", ages: tuple[int, int] = (0, Population.OPEN)) -> People | None:
    """People of an age band in an area: the latest count at that area; else 实有 of its buildings, marked as estimated.

    None where nothing is known.
    """
    rows = Population.objects.filter(town=area.town, age_from=ages[0], age_to=ages[1])
    hidden = hidden_runs()
    rows = rows.exclude(run_id__in=hidden) if hidden else rows
    own = rows.filter(place_kind="area", place_id=area.id, basis=basis).order_by("-on", "-id").first()
    if own:
        return People(own.count, basis, own.on, own.source)
    role = area.level.role
    column = {"grid": "grid_id", "cell": "cell_id", "community": "community_id", "compound": "compound_id"}.get(role)
    buildings = Building.objects.as_system("people live in buildings").filter(town_id=area.town_id)
    here = buildings.filter(**{column: area.id}) if column else buildings if role == "town" else buildings.none()
    below = rows.filter(place_kind="building", basis="actual", place_id__in=here.values("id"))
    latest = below.order_by("-on").values_list("on", "source").first()
    if latest is None:
        return None
    total = below.filter(on=latest[0], source=latest[1]).aggregate(total=Sum("count"))["total"]
    return People(total, "actual", latest[0], latest[1], estimated=basis != "actual")
