"""The live value of a target: what the indicator it is bound to stands at in the whole town, in the target's unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from chengyun.indicators.formula.units import unit_of
from chengyun.indicators.models import Indicator, Value
from chengyun.indicators.queries.rows import versions_of
from chengyun.places.models import Area
from chengyun.plans.models import Target


@dataclass(frozen=True)
class Live:
    """An indicator in a town. `value` is None where it is not known; `reason` says why (missing, estimated, …)."""

    code: str
    zh: str
    en: str
    unit: str
    value: float | None
    period: str
    reason: str
    estimated: bool

    def in_unit(self, unit: str) -> float | None:
        """The value in another unit, None where the two do not measure the same."""
        if self.value is None:
            return None
        own, asked = unit_of(self.unit), unit_of(unit)
        return self.value * own.scale / asked.scale if own.shown_in(asked) else None


def indicator_of(town: int, code: str) -> Indicator | None:
    """The indicator of a town with this code, if it is in use."""
    rows = Indicator.objects.as_system("what a target is bound to").filter(town_id=town, code=code, retired_at=None)
    found: Indicator | None = rows.first()
    return found


def live_values(targets: Iterable[Target]) -> dict[tuple[int, str], Live]:
    """The indicators of bound targets by town and code. Four queries, none where nothing is bound."""
    wanted = {(t.town_id, t.indicator_code) for t in targets if t.binding == Target.Binding.BOUND}
    if not wanted:
        return {}
    towns = {town for town, _ in wanted}
    rows = Indicator.objects.as_system("what targets are bound to").filter(
        town_id__in=towns, code__in={code for _, code in wanted}, retired_at=None
    )
    listed = list(rows)
    versions, values = versions_of(listed), _values(towns, listed)
    return {(row.town_id, row.code): _live(row, versions[row.pk].unit, values.get(row.pk)) for row in listed}


def _values(towns: set[int], rows: Sequence[Indicator]) -> dict[int, Value]:
    """The latest value of each in the area that is the whole town."""
    areas = Area.objects.as_system("the town as an area").filter(town_id__in=towns, level__role="town", retired_at=None)
    kept = Value.objects.filter(indicator__in=[row.pk for row in rows], area_id__in=areas.values("pk"))
    return {value.indicator_id: value for value in kept.order_by("period")}


def _live(row: Indicator, unit: str, value: Value | None) -> Live:
    if value is None:
        return Live(row.code, row.zh, row.en, unit, None, "", "missing", False)
    return Live(row.code, row.zh, row.en, unit, value.value, value.period, value.reason, value.estimated)


def live_shown(target: Target, values: dict[tuple[int, str], Live]) -> dict[str, Any] | None:
    """The live value of a target as it is sent; None where nothing is bound, `value` None where it is not known."""
    if target.binding != Target.Binding.BOUND:
        return None
    live = values.get((target.town_id, target.indicator_code))
    if live is None:
        return {"code": target.indicator_code, "zh": "", "en": "", "value": None, "unit": target.unit, "period": "",
                "reason": "retired", "estimated": False}  # fmt: skip
    value = live.in_unit(target.unit)
    reason = live.reason or ("unit" if value is None and live.value is not None else "")
    return {
        "code": live.code, "zh": live.zh, "en": live.en, "value": value, "unit": target.unit, "period": live.period,
        "reason": reason, "estimated": live.estimated,
    }  # fmt: skip
