"""Which indicators stand on a category of facilities, and where they fall short: what a gap on the map can become."""

from typing import Any

from chengyun.indicators.evaluating import bound_of
from chengyun.indicators.models import Gap, Value
from chengyun.indicators.queries.rows import present_keys
from chengyun.indicators.queries.trying import FACILITIES
from chengyun.indicators.queries.values import area_row
from chengyun.indicators.rules.scoring import GAP
from chengyun.indicators.worlds import world_of
from chengyun.places.models import Area, Town

MOST = 50
_OPEN = ("raised", "proposed")


def indicators_of(town: Town, category: str) -> list[dict[str, Any]]:
    """The indicators that read a category: the town's figure, and the areas that fall short, the worst first."""
    with world_of(town) as kept:
        ready = [
            one for one in bound_of(town, kept)
            if one.bound is not None
            and any(use.categories and use.meets(FACILITIES, {category}) for use in one.reads)
        ]  # fmt: skip
    ids = [one.indicator.pk for one in ready]
    rows = list(
        Value.objects.filter(indicator_id__in=ids, period__in=present_keys(town), role__in=["town", "community"])
    )
    areas = _areas({row.area_id for row in rows if row.state == GAP})
    at_work = set(
        Gap.objects.as_system("gaps that are work already").filter(indicator_id__in=ids, state__in=_OPEN)
        .values_list("indicator_id", "area_id")
    )  # fmt: skip
    found = []
    for one in ready:
        mine = [row for row in rows if row.indicator_id == one.indicator.pk]
        town_row = next((row for row in mine if row.role == "town"), None)
        short = sorted((row for row in mine if row.area_id in areas and row.state == GAP), key=_shortfall)
        found.append({
            "id": one.indicator.uuid, "code": one.indicator.code, "zh": one.indicator.zh, "en": one.indicator.en,
            "unit": one.version.unit, "decimals": one.version.decimals,
            "value": town_row.value if town_row else None, "target": town_row.target if town_row else None,
            "state": town_row.state if town_row else "",
            "gaps": [
                {"area": area_row(areas[row.area_id]), "value": row.value, "target": row.target,
                 "raised": (one.indicator.pk, row.area_id) in at_work}
                for row in short[:MOST]
            ],
            "short": len(short),
        })  # fmt: skip
    return found


def _shortfall(row: Value) -> float:
    """How far a value is from its target, the farthest first; towns before their parts."""
    distance = abs((row.target or 0.0) - (row.value or 0.0))
    return (-1e12 if row.role == "town" else 0.0) - distance


def _areas(wanted: set[int]) -> dict[int, Area]:
    rows = Area.objects.as_system("where indicators fall short").filter(pk__in=wanted).select_related("level", "scheme")
    return {row.pk: row for row in rows}
