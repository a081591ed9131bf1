"""Numbers with units: the quantity grammar of plans. Names that hold numerals (一网统管) never match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chengyun.plans.compiler.numerals import value as chinese_value
from chengyun.plans.compiler.unit_table import UNITS, named, pattern

_SCALES = {
    "十万": 1e5,
    "百万": 1e6,
    "千万": 1e7,
    "百亿": 1e10,
    "千亿": 1e11,
    "万亿": 1e12,
    "万": 1e4,
    "亿": 1e8,
    "千": 1e3,
    "百": 1e2,
}
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CN = "[一二两三四五六七八九十百千〇零]"
_VAGUE = "余|多|来|几"
_TURN = r"\s?(?:[-—~]{1,2}|至|到)\s?"
_UNIT = "|".join(pattern(name) for name in sorted(UNITS, key=len, reverse=True))
_PER = (
    r"(?:/|每)(?:平方公里|平方千米|平方米|立方米|公顷|亩|人|户|年|月|日|天|[百千万]人|百户|万元|次|吨|公里|小时|季度|周)"
    r"(?:[·•./](?:年|月|日|人|天))?"
)
_QUANTITY = re.compile(
    rf"(?<![A-Za-z0-9.])(?<![A-Za-z0-9][-—+/_])(?P<a>{_ARABIC})\s?(?P<va>{_VAGUE})?(?P<sa>{_SCALE})?(?P<vb>{_VAGUE})?\s?"
    rf"(?:(?P<ua>{_UNIT})?{_TURN}(?P<b>{_ARABIC})\s?(?P<sb>{_SCALE})?(?P<vc>{_VAGUE})?\s?)?"
    rf"(?P<u>(?:{_UNIT})(?:{_PER})?)(?![A-Za-z])"
)
_CHINESE = re.compile(
    rf"(?<![第统同唯逐进之首初专单万亿一二三四五六七八九十百千\d])(?P<a>(?:[一二两三四五六七八九]|十){_CN}{{0,6}})(?P<sa>万|亿)?(?P<va>余|多)?"
    rf"(?:{_TURN}(?P<b>(?:[一二两三四五六七八九]|十){_CN}{{0,6}})(?P<sb>万|亿)?)?(?P<u>(?:{_UNIT})(?:{_PER})?)"
)
_COURSES = re.compile(r"(?:举办|开展|组织|培训|开办|开设)[^，。；]{0,12}$")  # 培训六期 counts, 管网二期 is a name
_TENTHS = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[的占近约长降增高低少]))(?:达到?|超过?)?(?P<a>[一二两三四五六七八九])成(?P<h>半)?(?=以上|以下|左右|[，。；、的])"
)
_HUNDREDTHS = re.compile(rf"(?P<of>[百千万])分之(?P<a>{_CN}{{1,5}}|\d+(?:\.\d+)?)")
_FRACTION = re.compile(rf"(?P<d>[二三四五六七八九十])分之(?P<n>{_CN})")
_PLOT = re.compile(r"容积率(?:约|为|不超过|不低于|控制在|达到?)*\s?(?P<a>\d{1,2}(?:\.\d{1,2})?)(?![\d%])")
# Years and months count only where the words before say so (平均受教育年限提高到11.5年); elsewhere they are dates.
_LASTING = re.compile(
    r"(?:年限|寿命|学制|工期|周期|轮候期|候时间|时限|期限)(?:[^，。；：\d]{0,10})(?P<a>\d{1,3}(?:\.\d+)?)(?P<u>年|个月)(?![底末初度前内份])"
)
# A ratio of two series, without unit: 城乡居民收入比缩小到1.7以内, 产值之比提高到2.6：1.
_RATIO = re.compile(
    r"(?:收入|产值|师生|床医|医护|投入产出|供需|债务)(?:之)?比(?:例|值)?(?:[^，。；：\d]{0,8})(?P<a>\d{1,2}(?:\.\d{1,2})?)(?=(?:：1)?(?:以[内下上]|左右|[，。；]|$))"
)
_PER_LAKH = re.compile(r"死亡率[^，。；：\d]{0,10}(?P<a>\d{1,3}(?:\.\d+)?)(?P<u>/10万)(?!\d)")
_OPEN = re.compile(
    r"(?<![A-Za-z0-9+“])(?P<x>[XＸx×]{1,3}|_{2,}|○{1,3}|〇〇|△{1,3})\s?(?P<s>万|亿)?(?P<u>点位|"
    + _UNIT
    + ")(?![A-Za-z])"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at `start:end` of a text. Value and unit as written; `norm` is in the base unit.

    `value` is None for a place left open (X个). `kind` is that of the unit (count, area, ratio, money, time …).
    """

    start: int
    end: int
    value: float | None
    value_max: float | None
    unit: str
    norm: float | None
    norm_max: float | None
    norm_unit: str
    kind: str
    vague: str = ""
    chinese: bool = False
    placeholder: str = ""


def quantities(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Every quantity of `text` (in one width), left to right, outside the ranges that are `taken` (dates)."""
    used = bytearray(len(text) + 1)
    for start, end in taken:
        used[start:end] = b"\x01" * (end - start)
    out: list[Quantity] = []
    for form, make in _MAKERS:
        for match in form.finditer(text):
            if any(used[match.start() : match.end()]):
                continue
            made = make(match)
            if made is not None:
                used[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                out.append(made)
    return sorted(out, key=lambda quantity: quantity.start)


def _arabic(match: re.Match[str]) -> Quantity | None:
    first, second = _number(match["a"]), _number(match["b"])
    scale = match["sb"] or match["sa"] or ""
    if match["b"] and match["sa"] and match["sb"] and match["sa"] != match["sb"]:
        return None
    if second is not None and first is not None and second <= first:
        return None
    return _made(match, first, second, scale, match["va"] or match["vb"] or match["vc"] or "")


def _number(text: str | None) -> float | None:
    return float(text.replace(",", "")) if text else None


def _chinese(match: re.Match[str]) -> Quantity | None:
    first = chinese_value(match["a"])
    second = chinese_value(match["b"]) if match["b"] else None
    series = match["u"] == "期" and _COURSES.search(match.string, 0, match.start()) is None
    if first is None or first == 0 or series:
        return None
    return _made(
        match,
        float(first),
        float(second) if second else None,
        match["sa"] or match["sb"] or "",
        match["va"] or "",
        True,
    )


def _made(
    match: re.Match[str], first: float | None, second: float | None, scale: str, vague: str, chinese: bool = False
) -> Quantity | None:
    unit = match["u"].replace("每", "/", 1) if "每" in match["u"] else match["u"]
    known = named(unit)
    if known is None or first is None:
        return None
    factor = known.factor * _SCALES.get(scale, 1.0)
    return Quantity(
        match.start(),
        match.end(),
        first,
        second,
        scale + unit,
        round(first * factor, 6),
        round(second * factor, 6) if second is not None else None,
        known.base,
        known.kind,
        vague,
        chinese,
    )


def _share(match: re.Match[str], percent: float) -> Quantity:
    percent = round(percent, 6)
    return Quantity(match.start(), match.end(), percent, None, "%", percent, None, "%", "ratio", "", True)


def _tenths(match: re.Match[str]) -> Quantity | None:
    return _share(match, 10.0 * (chinese_value(match["a"]) or 0) + (5.0 if match["h"] else 0.0))


def _hundredths(match: re.Match[str]) -> Quantity | None:
    text = match["a"]
    number = float(text) if text[0].isdigit() else float(chinese_value(text) or 0)
    return _share(match, number / {"百": 1, "千": 10, "万": 100}[match["of"]])


def _fraction(match: re.Match[str]) -> Quantity | None:
    whole, part = chinese_value(match["d"]) or 0, chinese_value(match["n"]) or 0
    return _share(match, 100.0 * part / whole) if 0 < part < whole else None


def _placeholder(match: re.Match[str]) -> Quantity | None:
    unit = (match["s"] or "") + match["u"]
    return Quantity(match.start(), match.end(), None, None, unit, None, None, unit, "count", "", False, match["x"])


def _plot_ratio(match: re.Match[str]) -> Quantity | None:
    """容积率 has a number and no unit."""
    number = float(match["a"])
    return Quantity(match.start("a"), match.end("a"), number, None, "", number, None, "", "plot")


def _lasting(match: re.Match[str]) -> Quantity:
    """A span of years or months, a ratio without unit, deaths per 100,000: a number that its subject makes one."""
    number, unit = float(match["a"]), match.groupdict().get("u") or ""
    end = match.end("u") if unit else match.end("a")
    return Quantity(match.start("a"), end, number, None, unit, number, None, unit, "ratio" if not unit else "rate")


def _span(match: re.Match[str]) -> Quantity:
    number, unit = float(match["a"]), match["u"]
    months = number * (12 if unit == "年" else 1)
    return Quantity(match.start("a"), match.end("u"), number, None, unit, months, None, "个月", "span")


_MAKERS = (
    (_PLOT, _plot_ratio),
    (_LASTING, _span),
    (_RATIO, _lasting),
    (_PER_LAKH, _lasting),
    (_QUANTITY, _arabic),
    (_HUNDREDTHS, _hundredths),
    (_FRACTION, _fraction),
    (_TENTHS, _tenths),
    (_CHINESE, _chinese),
    (_OPEN, _placeholder),
)
