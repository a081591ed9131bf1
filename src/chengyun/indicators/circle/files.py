"""A life circle as files: a workbook by area, and the homes as GeoJSON."""

import json
from typing import Any

from chengyun.indicators.circle.state import GAP, MET, Circle
from chengyun.indicators.circle.summing import BEYOND, tenths
from chengyun.indicators.queries.exporting import SHEET
from chengyun.kernel.tables import table_bytes

_HEADS = {
    "zh": ["区域代码", "区域", "层级", "设施", "生活圈（分钟）", "标准", "依据", "覆盖人口（估算）", "缺口人口（估算）",
           "未知人口（估算）", "覆盖率（%）"],
    "en": ["area code", "area", "level", "facility", "circle (minutes)", "limit", "clause", "people in reach (est.)",
           "people short (est.)", "people unknown (est.)", "share (%)"],
}  # fmt: skip


def workbook(found: dict[str, Any], language: str) -> bytes:
    """One line for each area and category."""
    tongue = language if language in _HEADS else "zh"
    lines = []
    for area in found["areas"]:
        lines += [_line(area, number, one, tongue) for number, one in enumerate(found["categories"])]
    return table_bytes(".xlsx", _HEADS[tongue], lines, SHEET)


def _line(area: dict[str, Any], number: int, one: dict[str, Any], tongue: str) -> list[Any]:
    met, gap, unknown = area["met"][number], area["gap"][number], area["unknown"][number]
    name = area["english"] or area["name"] if tongue == "en" else area["name"]
    limit = f"{one['limit']:g} {'min' if one['metric'] == 'time' else 'm'}"
    share = round(100 * met / (met + gap), 1) if met + gap else None
    return [area["code"], name, area["role"], one["en" if tongue == "en" else "zh"], one["circle"], limit,
            one["clause"], met, gap, unknown, share]  # fmt: skip


def layer(outlines: str, circle: Circle, age: str) -> bytes:
    """The homes with the minutes to each category (null: beyond) and what they lack."""
    collection = json.loads(outlines)
    minutes, states = tenths(circle.minutes(age)), circle.states(age)
    for feature in collection["features"]:
        place = feature["id"]
        feature["properties"] = {
            "name": feature["properties"]["n"], "compound": feature["properties"]["c"],
            "people_estimated": feature["properties"]["p"],
            "minutes": {
                one.category: None if minutes[n, place] == BEYOND else int(minutes[n, place]) / 10
                for n, one in enumerate(circle.demands)
            },
            "missing": [one.category for n, one in enumerate(circle.demands) if states[n, place] == GAP],
            "in_reach": [one.category for n, one in enumerate(circle.demands) if states[n, place] == MET],
        }  # fmt: skip
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
