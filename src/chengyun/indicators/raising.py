"""What is handed over when a gap is raised: who answers for it, by when, and which things."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chengyun.accounts.queries.duties import responsible
from chengyun.indicators.actions import Raised
from chengyun.indicators.evaluating import today_in
from chengyun.indicators.models import Indicator, IndicatorTarget, Value
from chengyun.indicators.queries.failing import Found, failing_in
from chengyun.indicators.queries.rows import present_keys, versions_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.measures import Row
from chengyun.kernel.refusal import Conflict
from chengyun.places.models import Area, Town

USUAL = timedelta(days=90)
MOST = 200
"""How many cases one gap may become at once."""


@dataclass(frozen=True)
class Wish:
    """What the planner says: tasks or cases ("": as the indicator says), the deadline, which of the things."""

    mode: str = ""
    deadline: date | None = None
    subjects: Sequence[str] = ()


def raised_of(actor: Actor, town: Town, indicator: Indicator, area: Area, wish: Wish) -> Raised:
    """A gap as it is found now. Raises Conflict where there is none."""
    value = _value(town, indicator, area)
    found = failing_in(actor, town, indicator, area, MOST)
    rows = _chosen(found, wish.subjects)
    owner = _owner(town, indicator, area, rows)
    target = _promised(indicator, area)
    by = target.by if target and target.by and target.by >= today_in(town) else None
    grid, community = _carried(area)
    return Raised(
        role=area.level.role, area=area.pk, grid=grid, community=community,
        comparator=target.comparator if target else ">=", target=value.target or 0.0,
        unit=versions_of([indicator])[indicator.pk].unit,
        deadline=wish.deadline or by or today_in(town) + USUAL, mode=wish.mode or indicator.mode,
        failing=found.failing, department=owner[0] if owner else None, routing=owner[1] if owner else {},
        before={"value": value.value, "numerator": value.numerator, "denominator": value.denominator,
                "target": value.target, "failing": float(found.failing)},
        rows=tuple(rows),
    )  # fmt: skip


def _value(town: Town, indicator: Indicator, area: Area) -> Value:
    rows = Value.objects.filter(indicator=indicator, area_id=area.pk, period__in=present_keys(town))
    value = rows.order_by("-period").first()
    if value is None or value.state != "gap":
        state = value.state if value else "unknown"
        raise Conflict("indicators.no_gap", f"there is no gap here: it is {state}", params={"state": state})
    return value


def _chosen(found: Found, subjects: Sequence[str]) -> list[Row]:
    rows = [row for row, state in found.rows if state == "fails"]
    return [row for row in rows if row.subject in set(subjects)] if subjects else rows


def _promised(indicator: Indicator, area: Area) -> IndicatorTarget | None:
    rows = IndicatorTarget.objects.as_system("what was promised").filter(indicator=indicator)
    own = rows.filter(area_id=area.pk).first() or rows.filter(area_id=None, level=area.level.role).first()
    return own or rows.filter(area_id=None, level="town").first()


def _owner(town: Town, indicator: Indicator, area: Area, rows: Sequence[Row]) -> tuple[int, dict[str, Any]] | None:
    """Who answers, by the responsibility table: for the indicator's own code, else for that of what fails."""
    codes = [code for code in (indicator.owner_code, rows[0].owner_code if rows else "") if code]
    areas = [int(step) for step in area.path.split("/") if step]
    for code in codes:
        answer = responsible(town.pk, code, areas)
        if answer is not None:
            return answer[0].pk, {"by": "responsibility", "code": code} | answer[1]
    return None


def _carried(area: Area) -> tuple[int | None, int | None]:
    """The grid and the community that a row about this area carries."""
    above = [int(step) for step in area.path.split("/") if step]
    rows = Area.objects.as_system("the areas above one").filter(pk__in=above)
    roles = dict(rows.values_list("level__role", "pk"))
    return roles.get("grid"), roles.get("community")
