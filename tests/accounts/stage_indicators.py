"""Indicators and gaps for the permission matrix."""

from datetime import timedelta
from typing import Any

from accounts.stage import Corner, makes
from chengyun.indicators.actions import save_indicator
from chengyun.indicators.definitions import Definition
from chengyun.indicators.models import Gap, Indicator
from chengyun.kernel.actor import System
from chengyun.kernel.clock import now


@makes("indicator")
def indicator(at: Corner) -> Any:
    """One for each corner; corners that share their area share it."""
    given = Definition(f"n-{at.department.pk}-{at.area.pk}", "设施数", "facilities", "count of facilities", "个")
    rows = Indicator.objects.as_system("test").filter(town_id=at.world.town.pk, code=given.code)
    return rows.first() or save_indicator(at.world.town, actor=System("test"), given=given)


@makes("gap")
def gap(at: Corner) -> Any:
    """A gap whose closing is proposed."""
    kept = Gap.objects.as_system("test").filter(indicator=at.things["indicator"], area_id=at.area.pk).first()
    return kept or Gap.objects.create(
        town_id=at.world.town.pk, indicator=at.things["indicator"], number=1, role="cell", area_id=at.area.pk,
        grid_id=at.grid.pk, community_id=at.community.pk, department_id=at.department.pk, mode="tasks",
        state="proposed", deadline=(now() + timedelta(days=30)).date(), target=1, comparator=">=", raised_at=now(),
    )  # fmt: skip
