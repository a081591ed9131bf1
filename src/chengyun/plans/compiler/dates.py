"""Dates as plans write them: bare months, 年底前, 3年内, “十四五”期间, ranges, recurrences, dates tied to an event."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from chengyun.plans.compiler.numerals import value

_N = r"(?:\d{1,3}|[一二三四五六七八九十两半]{1,3})"
_TURN = r"\s?(?:[-—~]{1,2}|至|到)\s?"
_EDGE = r"(?:底|末|份|初|上旬|中旬|下旬|中|内)?(?:之?前|以前|起|开始|止|内)?"
_QUARTER = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_EVERY = {
    "年": "year",
    "年度": "year",
    "月": "month",
    "季度": "quarter",
    "季": "quarter",
    "周": "week",
    "日": "day",
    "天": "day",
    "半年": "half-year",
    "学期": "term",
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a document says about its own time: the year of bare months, its period, the day of its issue."""

    year: int | None = None
    start: str | None = None
    end: str | None = None
    issued: str | None = None
    goals: frozenset[int] = frozenset()  # years that the document sets as its goal (到2025年)


@dataclass(frozen=True, slots=True)
class When:
    """A date at `at:end` of a text. `first` and `last` are YYYY, YYYY-MM or YYYY-MM-DD; `kind` says how it was given:
    day, month, year, range, period, relative, recurring, open (no end), event (tied to something that happens)."""

    at: int
    end: int
    kind: str
    first: str | None = None
    last: str | None = None
    every: str | None = None
    words: str = ""
    months: int | None = None
    ends: bool = False  # 底前, 以前: the words name an end, not a span
    base: bool = False  # 较2025年: only what is compared with


_Maker = Callable[[re.Match[str], Calendar], "tuple[str, str | None, str | None] | None"]


def _month(year: int | None, month: int, day: int | None = None) -> str | None:
    if year is None or not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")


def _months(m: re.Match[str], c: Calendar) -> tuple[str, str | None, str | None] | None:
    first_year = int(m[1]) if m[1] else c.year
    last_year = int(m[3]) if m[3] else first_year
    return "range", _month(first_year, int(m[2])), _month(last_year, int(m[4]))


def _years(m: re.Match[str], _c: Calendar) -> tuple[str, str | None, str | None] | None:
    return ("range", m[1], m[2]) if int(m[1]) <= int(m[2]) <= int(m[1]) + 30 else None


def _full(m: re.Match[str], _c: Calendar) -> tuple[str, str | None, str | None] | None:
    day = int(m[3]) if m[3] else None
    found = _month(int(m[1]), int(m[2]), day)
    return ("day" if day else "month", found, found) if found else None


def _part_of_year(year: int | None, words: str) -> tuple[str, str | None, str | None]:
    """年底, 上半年, 三季度 … of `year`: the months from first to last."""
    shown = str(year) if year else None
    if "上半年" in words or words.endswith("年中"):
        return "month", _month(year, 1), _month(year, 6)
    if "前三季度" in words:
        return "month", _month(year, 1), _month(year, 9)
    if quarter := re.search(r"([一二三四1-4])季度", words):
        last = _QUARTER[quarter[1]]
        return "month", _month(year, last - 2), _month(year, last)
    if "下半年" in words or re.search("底|末", words):
        return "month", _month(year, 7 if "下半年" in words else 12), _month(year, 12)
    if "初" in words:
        return "month", _month(year, 1), _month(year, 3)
    return "year", shown, shown


def _year(m: re.Match[str], _c: Calendar) -> tuple[str, str | None, str | None] | None:
    return _part_of_year(int(m[1]), m[2] or "")


def _this_year(m: re.Match[str], c: Calendar) -> tuple[str, str | None, str | None] | None:
    year = c.year + 1 if c.year and m[0].startswith("明年") else c.year
    return _part_of_year(year, m[0])


def _bare_month(m: re.Match[str], c: Calendar) -> tuple[str, str | None, str | None] | None:
    day = int(m[2]) if m[2] else None
    found = _month(c.year or 2000, int(m[1]), day)
    if found is None:
        return None
    shown = found if c.year else None
    return "day" if day else "month", shown, shown


def _five_years(m: re.Match[str], _c: Calendar) -> tuple[str, str | None, str | None] | None:
    count = 10 + (value(m[1]) or 0)
    start = 1966 + 5 * (count - 3)
    return "period", str(start), str(start + 4)


def _within(m: re.Match[str], c: Calendar) -> tuple[str, str | None, str | None] | None:
    count = int(m[1]) if m[1].isdecimal() else value(m[1]) or 0
    if m[2] != "年":
        return "relative", None, None
    start = int(c.start[:4]) if c.start else c.year
    if start is None:
        return "relative", None, None
    if c.start and c.end and int(c.end[:4]) - int(c.start[:4]) + 1 == count:
        return "relative", c.start, c.end[:4]
    base = int(c.issued[:4]) if c.issued else start
    ends = int(c.end[:4]) if c.end else max(c.goals, default=0)
    named = base + count - 1 == ends and base + count not in c.goals
    return "relative", str(base), str(base + count - named)


def _of_month(m: re.Match[str], c: Calendar) -> tuple[str, str | None, str | None] | None:
    """5日前, 月底前: days of the month that a monthly plan is for; nothing in a plan of years."""
    if c.start is None or len(c.start) < 7:
        return None
    day = f"-{int(m[1]):02d}" if m[1] and 1 <= int(m[1]) <= 31 else ""
    found = c.start[:7] + day
    return ("day" if day else "month"), found, found


def _of_quarter(_m: re.Match[str], c: Calendar) -> tuple[str, str | None, str | None] | None:
    """季度末 of a monthly plan: the last month of its quarter."""
    if c.start is None or len(c.start) < 7:
        return None
    found = _month(int(c.start[:4]), (int(c.start[5:7]) + 2) // 3 * 3)
    return "month", found, found


def _none(kind: str) -> _Maker:
    return lambda _m, _c: (kind, None, None)


def _from_issue(_m: re.Match[str], c: Calendar) -> tuple[str, str | None, str | None] | None:
    return "open", c.issued, None


_FORMS: tuple[tuple[re.Pattern[str], _Maker], ...] = (
    (
        re.compile(
            rf"(?:(?<=[于计为自在从即])|(?<![\u4e00-\u9fff]))([\u4e00-\u9fff]{{2,8}}?)(?:之日)?(?:起|后|之后)({_N})(?:个)?(月|年|天|日|工作日)(?:以?内)?"
        ),
        _none("event"),
    ),
    (
        re.compile(
            rf"(?:(20\d\d)年)?(\d{{1,2}})月?(?:\d{{1,2}}日|份|底|初|[上中下]旬)?{_TURN}(?:(20\d\d)年)?(\d{{1,2}})月{_EDGE}"
        ),
        _months,
    ),
    (re.compile(rf"(20\d\d)年?度?{_TURN}(20\d\d)年?度?(?!\d)"), _years),
    (re.compile(rf"(20\d\d)[年.](\d{{1,2}})(?:月|\.(?=\d))(?:(\d{{1,2}})日?)?{_EDGE}"), _full),
    (re.compile(r"(?<![\d.])(20\d\d)[./-](\d{1,2})(?:[./-](\d{1,2}))?(?![\d.])"), _full),
    (
        re.compile(
            r"(20\d\d)年度?([第前]?[一二三四1-4]季度|上半年|下半年|年?底|年?末|年?初(?![步中级期])|年?中(?![心央国期医小长学高西东部型标考级]))?"
            r"(?:之?前|以前|起|内|止)?"
        ),
        _year,
    ),
    (
        re.compile(
            r"(?:今年|明年|本年度?|当年|本年)(?:第?[一二三四1-4]季度|上半年|下半年|年?底|年?末|内|初)?(?:之?前|以前)?|"
            r"(?:(?<![\u4e00-\u9fff])|(?<=[争保取划于在到至]))(?:[第前]?[一二三四1-4]季度|上半年|下半年)(?:末|底)?(?:之?前|以前)?|(?<![\d一二三四五六七八九十两每])年[底末内](?:之?前|以前)?|(?<!占)全年(?!比例)"
        ),
        _this_year,
    ),
    (re.compile(rf"(?<![\d.])(\d{{1,2}})月(?:(\d{{1,2}})日)?(?!\d){_EDGE}"), _bare_month),
    (
        re.compile(
            r"(?<![\d月])(\d{1,2})日(?:之?前|以前)|(?:本月|当月|(?<![\d个每逐]))(?:月[底末]|[上中下]旬)(?:之?前|以前)?|本月内?|全月|当月内?|月内"
        ),
        _of_month,
    ),
    (re.compile(r"(?<![\d一二三四每逐])(?:本|当)?季度?[底末](?:之?前|以前)?"), _of_quarter),
    (re.compile(r"[“\"]?十([一二三四五六七八])五[”\"]?(?:规划)?(?:期间|时期|期末|末|以来)?"), _five_years),
    (re.compile(rf"(?:未来|今后|力争|用)?({_N})个?(年|月|天|日|工作日)(?:左右)?(?:的?时间)?(?:之|以)?内"), _within),
    (re.compile(rf"用({_N})个?(年|月)(?:左右)?的?时间"), _within),
    (re.compile(r"(?:每|逐|按)(半年|年度?|季度|季|月|周|日|天|学期)"), _none("recurring")),
    (re.compile(r"即日起"), _from_issue),
    (
        re.compile(r"长期(?:坚持|推进|实施)?|持续(?:推进|实施|进行)|常态化?(?:推进|开展)?|动态(?:推进|调整)"),
        _none("open"),
    ),
)
_ENDS = re.compile(r"前$|底|末|止$|内$")
_NAMED = re.compile(
    r"的?(?:开局|收官|起步|首年|承上启下|第[一二三四五]年)|是[^，。；]{0,12}之年|编制|纲要|前期|谋划|中期评估|契机|思路研究|"
    r"(?:建成|竣工|交付|投用)(?:使用)?的(?:老旧|住宅|居住)?(?:小区|住房|房屋|建筑)"
)
_BASE = re.compile(r"(?:较|(?<!占)(?<!同)[相对]?比|相较于?|对比|同)$")


def dates(text: str, calendar: Calendar) -> list[When]:
    """Every date of `text` (in one width), left to right, without overlaps."""
    out: list[When] = []
    taken = bytearray(len(text))
    for pattern, make in _FORMS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            made = make(match, calendar)
            if made is None:
                continue
            taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
            found = _when(match, made)
            out.append(replace(found, base=_is_base(text, found)))
    return sorted(out, key=lambda when: when.at)


def _is_base(text: str, when: When) -> bool:
    """较2025年 and “十五五”开局之年 date nothing that is to be done."""
    return _BASE.search(text, 0, when.at) is not None or _NAMED.match(text, when.end) is not None


def _when(match: re.Match[str], made: tuple[str, str | None, str | None]) -> When:
    kind, first, last = made
    if match[0].endswith("起") and kind in {"day", "month", "year"}:
        kind, last = "open", None
    every = _EVERY.get(match[1]) if kind == "recurring" else None
    months = None
    if kind == "event":
        count = int(match[2]) if match[2].isdecimal() else value(match[2]) or 0
        months = count * 12 if match[3] == "年" else count if match[3] == "月" else None
    return When(
        match.start(), match.end(), kind, first, last, every, match[0], months, _ENDS.search(match[0]) is not None
    )
