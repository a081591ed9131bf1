"""Values over areas and over time, and indicators beside each other."""

from collections.abc import Sequence
from typing import Any

from chengyun.indicators.models import Indicator, Value
from chengyun.indicators.queries.rows import present_keys, value_row, versions_of
from chengyun.kernel.refusal import Invalid
from chengyun.places.models import Area, Town
from chengyun.places.queries.geojson import collection
from chengyun.places.queries.visible import shown

_SHORT = ("value", "low", "high", "target", "state", "reason", "estimated", "confidence")


def areas_of(town: Town, role: str, within: Area | None = None) -> list[Area]:
    """The areas of a level, in tree order."""
    rows = shown(Area.objects.as_system("the axis of figures").filter(town=town, level__role=role))
    if within is not None and within.level.role != "town":
        rows = rows.filter(path__startswith=within.path)
    return list(rows.select_related("level", "scheme").order_by("path", "code"))


def period_for(town: Town, row: Indicator, asked: str) -> str:
    """The period asked for, by default the latest that was evaluated."""
    if asked:
        return asked
    latest = row.evaluations.order_by("-first").values_list("period", flat=True).first()
    return latest or present_keys(town)[0]


def values(town: Town, row: Indicator, role: str, period: str = "", within: Area | None = None) -> list[dict[str, Any]]:
    """The value of an indicator in every area of a level over a period."""
    areas, key = areas_of(town, role, within), period_for(town, row, period)
    kept = {v.area_id: v for v in Value.objects.filter(indicator=row, period=key, role=role)}
    return [
        {"area": area_row(area), **value_row(kept[area.pk]), "target": kept[area.pk].target}
        for area in areas
        if area.pk in kept
    ]


def area_row(area: Area) -> dict[str, Any]:
    """An area, as figures name it."""
    names = {"code": area.code, "name": area.name, "english": area.english}
    return {"id": area.uuid, **names, "role": area.level.role, "level": area.level.name}


def history(row: Indicator, area: Area) -> list[dict[str, Any]]:
    """The values of an area by period, the oldest first."""
    rows = Value.objects.filter(indicator=row, area_id=area.pk).order_by("period")
    return [value_row(value) | {"target": value.target} for value in rows]


def areas_geojson(town: Town, row: Indicator, role: str, period: str = "") -> str:
    """The areas of a level as polygons with their values."""
    areas, key = areas_of(town, role), period_for(town, row, period)
    kept = {v.area_id: v for v in Value.objects.filter(indicator=row, period=key, role=role)}
    unit = versions_of([row])[row.pk].unit
    return collection(
        (area.geometry, _properties(area, kept[area.pk]) | {"unit": unit, "indicator": row.code, "period": key})
        for area in areas
        if area.pk in kept
    )


def _properties(area: Area, value: Value) -> dict[str, Any]:
    said = {name: getattr(value, name) for name in _SHORT}
    return {"id": str(area.uuid), "code": area.code, "name": area.name, **said}


def compare(town: Town, rows: Sequence[Indicator], role: str, periods: Sequence[str] = ()) -> dict[str, Any]:
    """Indicators beside each other over the areas of a level: for a table, a heat map, and ranks."""
    if len(rows) > 30:
        raise Invalid("indicators.too_many", "codes: at most 30 at once", field="codes")
    areas, versions = areas_of(town, role), versions_of(rows)
    keys = list(periods) or present_keys(town)
    kept = Value.objects.filter(indicator__in=[row.pk for row in rows], period__in=keys, role=role)
    cells = {(v.indicator_id, v.area_id): v for v in kept.order_by("period")}
    return {
        "areas": [area_row(area) for area in areas],
        "indicators": [
            {
                "id": row.uuid, "code": row.code, "zh": row.zh, "en": row.en, "unit": versions[row.pk].unit,
                "decimals": versions[row.pk].decimals, "ascending": versions[row.pk].ascending,
                "values": [_cell(cells.get((row.pk, area.pk))) for area in areas],
            }
            for row in rows
        ],
    }  # fmt: skip


def _cell(value: Value | None) -> dict[str, Any] | None:
    return {name: getattr(value, name) for name in ("value", "state", "reason", "estimated")} if value else None
