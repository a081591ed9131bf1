"""Targets without a figure: 全覆盖, all of something, better than a reference, rising every year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chengyun.plans.compiler.comparators import less_is_better
from chengyun.plans.compiler.numerals import value

_MEASURE = (
    r"(?:率|量|值|比重|比例|占比|指数|浓度|面积|增速|增幅|数量|总数|额|时长|时间|满意度|覆盖面|密度|水平|强度|得分|收入|增长|消费|能耗|排放|"
    r"率（[^）]{1,8}）|比重（[^）]{1,8}）)"
)
_COVERED = re.compile(
    r"(?:实现|达到|做到|完成|确保|形成)(?P<object>[^，。；：“”]{2,40}(?:“[^”]{1,16}”[^，。；：“”]{0,30})?)(?P<word>全覆盖|百分之百覆盖|应收尽收|应改尽改|应治尽治)"
    r"(?=[，。；、）]|$|率|的目标)"
)
_COVERED_QUOTED = re.compile(
    r"(?:实现|达到|做到|完成|确保)(?P<object>(?:[^，。；：“”]|“[^”]{1,16}”){2,44}?)(?P<word>全覆盖)(?=[，。；）]|$|率)"
)
_COVERED_ALONE = re.compile(
    r"(?:^|(?<=[，；：]))(?P<object>(?![^，。；：]*(?:实现|达到|做到|完成|确保|形成))(?!推动|推进|探索|逐步|基本|力争|努力|强化|加强|坚持|纵向|横向)"
    r"[^，。；：“”、]{4,24}?)(?P<word>全覆盖)(?=[，。；]|$)"
)
_ALL = re.compile(
    r"(?<!没有)(?:完成|实现|建成|打通|消除|整治|改造)(?P<object>(?:[^，。；：“”]|“[^”]{1,16}”){0,14}?(?P<word>所有|全部|每个)"
    r"(?!相关|涉及|事项|竣工|完工|开工|建成|完成|投用|到位|交付|纳入|投产|落地)(?:[^，。；：“”、]|“[^”]{1,16}”){2,30})"
)
_EACH = re.compile(
    r"(?P<word>覆盖(?:到)?(?:每个|每一个|所有|全部)|全(?:镇|区|街道|街|市|乡|县)域?(?:统一)?配置)(?P<object>[^，。；：]{2,24})"
)
_AREA = re.compile(r"(?:各|全)?(?:社区|村居|居村|村|镇|街道|行政村|小区|乡镇|镇街|区域|辖区|全域|城乡)+")
_NOT_ALL = re.compile(
    r"基本|力量|责任|环节|流程|要素|党员|干部|工作(?:组织)?$|组织$|人员|领域|过程|协商|意识|宣传|时段|天候|周期|链条|方位"
)
_REFERENCE = re.compile(
    rf"(?P<subject>[\u4e00-\u9fffA-Za-z0-9.（）“”]{{1,30}}?{_MEASURE}(?:（[^）]{{1,8}}）)?)(?:继续|均|分别|总体|要|应|力争|确保|稳定|保持|等)*"
    r"(?P<sign>高于|不低于|不高于|低于|优于|达到|好于|快于|领先|超过|控制在|符合|位于|居|处于|达)(?P<reference>"
    r"(?:全市|全区|全国|全省|全县|全州|本市|市级|区级|省级|国家级?|上级|上海市|市|区|省|县|同类|周边|同期|上年|去年|上一?年度?|前[一三]年|历史|平均|核定|下达|规定|考核)"
    r"[^，。；、]{0,12}?(?:平均水平|平均|水平|标准|要求|指标|目标|任务数?|同期|增速|前列|总量|上限|以内))"
)
_PACE = re.compile(
    r"(?P<subject>[\u4e00-\u9fff（）]{2,24}?(?:增长|增速|收入|支出)(?:增长|增速)?)(?P<sign>与|和|同)(?P<reference>[^，。；]{2,16}?)(?:基本)?(?:同步|持平)"
)
_FASTER = re.compile(
    rf"(?P<subject>[\u4e00-\u9fffA-Za-z0-9.（）“”]{{1,30}}?{_MEASURE})(?:继续|均|总体|要|应|力争|确保|保持|略)*(?P<sign>高于|快于|低于|优于)"
    r"(?P<reference>(?:经济|地区生产总值|GDP|城镇|城市|农村|居民|财政|人口|全社会)[^，。；、\d]{0,10}?)(?=[，。；、]|$)"
)
_TREND = re.compile(
    rf"(?P<subject>[\u4e00-\u9fffA-Za-z“”]{{1,24}}?{_MEASURE})(?:要|应|力争|实现|均)?(?P<reference>逐年|年年|每年|逐月|逐季度?)(?:稳步|持续|有所|不断)?"
    r"(?P<sign>提高|提升|上升|增加|增长|扩大|下降|降低|减少|压降|递增|递减)"
)
_LEVEL = re.compile(
    r"(?:达到|突破|迈上|跨上|打造|建成|形成)(?:了)?(?P<object>[^，。；]{0,8}?)(?P<scale>[十百千]?亿|[十百千]?万)元?级"
)
_DOUBLED = re.compile(
    r"(?P<object>[^，。；：]{2,30}?)(?:(?:较|比|在)(?P<reference>[^，。；：]{2,14}?)(?:的)?(?:基础上)?)?"
    r"(?:力争|确保|争取|基本|再|要|将|实现|努力)*翻(?P<word>[一两二三四])?番(?P<more>以上)?"
)
_WISH_ONLY = re.compile(r"(?:力争|争取|冲刺|努力|确保|并|实现|再)+")
_SIGNS = {
    "高于": ">",
    "优于": ">",
    "好于": ">",
    "快于": ">",
    "领先": ">",
    "超过": ">",
    "不低于": ">=",
    "不高于": "<=",
    "低于": "<=",
    "控制在": "<=",
    "达到": ">=",
    "达": ">=",
    "符合": ">=",
    "位于": ">=",
    "居": ">=",
    "处于": ">=",
}
_RISES = frozenset(["提高", "提升", "上升", "增加", "增长", "扩大", "递增"])
_LEVELS = {
    "亿": 1.0,
    "十亿": 10.0,
    "百亿": 100.0,
    "千亿": 1000.0,
    "万": 1.0,
    "十万": 10.0,
    "百万": 100.0,
    "千万": 1000.0,
}


@dataclass(frozen=True, slots=True)
class Derived:
    """A target that words imply, at `start:end` of a sentence."""

    start: int
    end: int
    object: tuple[int, int]
    comparator: str
    value: float | None
    unit: str
    derived: str = ""
    reference: str = ""
    recurrence: str | None = None
    explicit: bool = False
    sure: bool = True


def derived(norm: str) -> list[Derived]:
    """Every implied target of a sentence (in one width), left to right, without overlaps."""
    found = [*_covered(norm), *_all(norm), *_references(norm), *_trends(norm), *_levels(norm), *_doubled(norm)]
    out: list[Derived] = []
    for one in sorted(found, key=lambda d: (d.start, -d.end)):
        if not out or one.start >= out[-1].end:
            out.append(one)
    return out


def _covered(norm: str) -> list[Derived]:
    return [*_full_cover(norm), *(_whole(match, sure=False) for match in _EACH.finditer(norm))]


def _full_cover(norm: str) -> Iterator[Derived]:
    for match in (*_COVERED.finditer(norm), *_COVERED_QUOTED.finditer(norm), *_COVERED_ALONE.finditer(norm)):
        yield _whole(match, sure=not _NOT_ALL.search(match["object"]) and not norm.endswith("基本", 0, match.start()))


def _whole(match: re.Match[str], *, sure: bool) -> Derived:
    return Derived(*match.span(), _covering(match), ">=", 100.0, "%", match["word"], sure=sure)


def _covering(match: re.Match[str]) -> tuple[int, int]:
    """老年食堂实现社区全覆盖: what covers stands before the verb where the words behind it are only an area."""
    start, end = match.span("object")
    clause = max(match.string.rfind(mark, 0, match.start()) for mark in "，；：。、") + 1
    whom = _AREA.fullmatch(match["object"]) is not None and match.start() - clause > 2
    return (clause, match.start()) if whom else (start, end)


def _all(norm: str) -> list[Derived]:
    return [
        _whole(match, sure=not _NOT_ALL.search(match["object"]) and "%" not in match["object"])
        for match in _ALL.finditer(norm)
    ]


def _references(norm: str) -> list[Derived]:
    return [
        *(_referred(match) for form in (_REFERENCE, _FASTER) for match in form.finditer(norm)),
        *(
            Derived(*match.span(), match.span("subject"), ">=", None, "%", reference=match["reference"])
            for match in _PACE.finditer(norm)
        ),
    ]


def _referred(match: re.Match[str]) -> Derived:
    """A comparison with a series; reaching a standard means staying below it for what should be low."""
    reaches = match["sign"] in {"达到", "达", "符合", "位于", "居", "处于"}
    below = less_is_better(match["subject"]) and (reaches or match["sign"] in {"优于", "好于"})
    unit = "%" if re.search(r"率|比重|比例|占比", match["subject"]) else ""
    sign = "<=" if below else _SIGNS[match["sign"]]
    return Derived(
        *match.span(), match.span("subject"), sign, None, unit, reference=match["reference"], explicit=not reaches
    )


def _trends(norm: str) -> list[Derived]:
    return [
        Derived(
            *match.span(),
            match.span("subject"),
            ">" if match["sign"] in _RISES else "<=",
            None,
            "%" if re.search(r"率|比重|比例|占比", match["subject"]) else "",
            reference=f"上年同期（{match['reference']}{match['sign']}）",
            recurrence="year" if "年" in match["reference"] else None,
            explicit=True,
        )
        for match in _TREND.finditer(norm)
    ]


def _doubled(norm: str) -> list[Derived]:
    """翻一番 is twice of what was there, 翻两番 four times."""
    found = list(_DOUBLED.finditer(norm))
    own = [match for match in found if not _WISH_ONLY.fullmatch(match["object"])]
    return [
        Derived(
            *match.span(),
            match.span("object") if match in own else own[0].span("object") if own else match.span(),
            ">=",
            2.0 ** (value(match["word"]) or 1 if match["word"] else 1),
            "倍",
            derived=norm[match.end("reference") if match["reference"] else match.end("object") : match.end()],
            reference=match["reference"] or "",
            explicit=match["more"] is not None,
            sure=match in own,
        )
        for match in found
    ]


def _levels(norm: str) -> list[Derived]:
    return [
        Derived(
            *match.span(),
            match.span(),
            ">=",
            _LEVELS[match["scale"]],
            match["scale"][-1] + "元",
            derived=match[0],
            explicit=True,
            sure=False,
        )
        for match in _LEVEL.finditer(norm)
    ]
