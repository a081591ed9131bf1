"""Figures as tables: one line for each indicator and area."""

from collections.abc import Sequence
from typing import Any

from chengyun.indicators.models import Indicator, Value
from chengyun.indicators.queries.failing import MOST, failing_in
from chengyun.indicators.queries.rows import Wanted, by_codes, indicators, present_keys, versions_of
from chengyun.indicators.queries.values import areas_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.tables import table_bytes
from chengyun.places.models import Area, Town

Lines = list[list[Any]]
SHEET = "指标"
_HEADS = {
    "zh": ["指标代码", "指标", "区域代码", "区域", "周期", "数值", "单位", "目标", "状态", "原因", "分子", "分母",
           "可信度"],
    "en": ["code", "indicator", "area code", "area", "period", "value", "unit", "target", "state", "reason",
           "numerator", "denominator", "confidence"],
}  # fmt: skip
_STATES = {
    "zh": {"met": "达标", "gap": "缺口", "unknown": "未知", "": "", "fails": "不达标"},
    "en": {"met": "met", "gap": "gap", "unknown": "unknown", "": "", "fails": "fails"},
}
_REASONS = {
    "zh": {"missing": "缺台账", "estimated": "估算值不评价", "unsure": "数据不足以判断", "empty": "无对象", "": ""},
    "en": {
        "missing": "register missing",
        "estimated": "estimated",
        "unsure": "too little known",
        "empty": "none",
        "": "",
    },
}
_FAILING = {
    "zh": ["名称", "说明", "状态", "经度", "纬度", "编号"],
    "en": ["name", "detail", "state", "lng", "lat", "id"],
}


def figures(actor: Actor, town: Town, codes: Sequence[str], role: str, period: str, language: str) -> Lines:
    """The heading and a line for each indicator and area of a level."""
    tongue = language if language in _HEADS else "zh"
    rows = by_codes(actor, town, codes) if codes else list(indicators(actor, town, Wanted(), None))
    versions, areas = versions_of(rows), {area.pk: area for area in areas_of(town, role)}
    named = {row.pk: row for row in rows}
    kept = Value.objects.filter(
        indicator__in=list(named), role=role, period__in=[period] if period else present_keys(town)
    )
    lines: Lines = [list(_HEADS[tongue])]
    for value in kept.order_by("indicator__rank", "indicator__code", "area_id", "period"):
        row, area = named[value.indicator_id], areas.get(value.area_id)
        if area is not None:
            lines.append(_line(row, versions[row.pk].unit, area, value, tongue))
    return lines


def _line(row: Indicator, unit: str, area: Area, value: Value, tongue: str) -> list[Any]:
    name = row.zh if tongue == "zh" else row.en or row.zh
    state, reason = _STATES[tongue][value.state], _REASONS[tongue].get(value.reason, value.reason)
    numbers = [value.numerator, value.denominator, round(value.confidence, 4)]
    return [
        row.code,
        name,
        area.code,
        area.name,
        value.period,
        value.value,
        unit,
        value.target,
        state,
        reason,
        *numbers,
    ]


def failing_workbook(actor: Actor, town: Town, row: Indicator, area: Area, language: str) -> tuple[bytes, int]:
    """What fails an indicator in an area, as a workbook, and how many lines it has."""
    tongue = language if language in _HEADS else "zh"
    found = failing_in(actor, town, row, area, MOST)
    lines = [[r.label, r.detail, _STATES[tongue][s], r.lng, r.lat, r.subject] for r, s in found.rows]
    return table_bytes(".xlsx", _FAILING[tongue], lines, SHEET), len(lines)
