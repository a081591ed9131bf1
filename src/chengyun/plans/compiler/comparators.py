"""Words of comparison around a number, and the direction that they give it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# (pattern at the end of the words before the number, comparator); the first that matches wins.
_BEFORE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(f"(?:{pattern})(?:了|约|近|的)?$"), sign)
    for pattern, sign in (
        (r"不低于|不少于|不小于|不得少于|不得低于|至少|最少|起码|≥|高于或等于", ">="),
        (
            r"不高于|不超过|不大于|不多于|不得超过|≤|最多|至多|控制在|压缩至|压缩到|缩短至|缩短到|缩短为|压减至|压减到|精简至|精简到|缩减到|缩减至|降至|降到|下降到|下降至|降低到|降低至|减少到|减少至|压降至|限制在",
            "<=",
        ),
        (r"低于|小于|少于|＜|<", "<="),
        (r"高于|大于|多于|超过|超|突破|逾|＞|>", ">"),
        (
            r"达到|达|提高到|提高至|提升到|提升至|增加到|增加至|增至|增长到|上升到|扩大到|扩大至|稳定在|保持在|维持在|升至|升到|保持|稳定达到|力争达到",
            ">=",
        ),
    )
)
_AFTER: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"(?:及)?以上", ">="),
        (r"(?:及)?(?:以内|以下|之内)|内(?=[，。；、）]|$|完成|办结|响应|到达|处置|解决)", "<="),
    )
)
_APPROX = re.compile(r"左右|上下")
_NEARLY = re.compile(r"((?<![签履合公违特节集])约|近|大约|接近|超过?|逾)$")
_FLOOR = re.compile(r"(?:保持|稳定|维持|巩固|始终|常年)(?:在|达到)?[^，。；]{0,4}$")
_RANK = re.compile(r"(?:进入|位列|位居|排名|名列|列|保持|居|跻身|争取|力争|稳居|保持在)[^，。；]{0,10}前$")
_SET = re.compile(r"(?:设置|划分|设定|调整|分|设|整合|优化|归并|划)(?:为|成)$")
_DOWN_GOOD = re.compile(
    r"降尘|PM\s?2\.?5|PM10|能耗|耗水|耗电|用水量|排放|浓度|事故|死亡|投诉|失业率|负债|发案|警情|违法|违建|隐患|时限|时间|时长|用时|信访量|重复信访|"
    r"价格涨幅|物价涨幅|恩格尔系数|基尼系数|案件数|返工|退单|空置率|损失|漏损|噪声|差错|流失|成本|赤字|不良率|缺口|覆盖半径|半径"
)
_LOW_SHARE = re.compile(
    r"(?:失业|空置|死亡|事故|漏损|负债|返工|退单|差错|流失|违法|不良|损失|投诉|发案)率(?:控制)?$|涨幅$|系数$"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`sign` is >=, <=, > or =; `explicit` when words say so; `cut` characters before and `skip` after belong to it."""

    sign: str
    explicit: bool
    cut: int = 0
    skip: int = 0
    approx: str = ""
    floor: bool = False


def compare(pre: str, post: str, *, spread: bool = False) -> Comparison:
    """How the words before and after a number compare it. A bare number is at least that much."""
    nearly = _NEARLY.search(pre)
    approx = nearly[1] if nearly and nearly[1] in {"约", "近", "大约", "接近"} else ""
    bare = pre[: nearly.start()] if approx and nearly else pre
    skip, after = _after(post)
    around = _APPROX.match(post, skip)
    approx = approx or (around[0] if around else "")
    skip = around.end() if around else skip
    floor = _FLOOR.search(bare) is not None
    if _RANK.search(bare):
        return Comparison("<=", True, 1, skip, approx)
    if _SET.search(bare) and not spread:
        return Comparison("=", False, 0, skip, approx)
    for pattern, sign in _BEFORE:
        match = pattern.search(bare)
        if match is not None:
            chosen = after if after is not None and sign in {">=", "<="} and not match[0].startswith("不") else sign
            return Comparison(chosen, True, len(pre) - match.start(), skip, approx, floor)
    if after is not None:
        return Comparison(after, True, len(pre) - len(bare), skip, approx, floor)
    return Comparison(">=", False, len(pre) - len(bare), skip, approx, floor)


def _after(post: str) -> tuple[int, str | None]:
    for pattern, sign in _AFTER:
        match = pattern.match(post)
        if match is not None:
            return match.end(), sign
    return 0, None


def less_is_better(subject: str) -> bool:
    """True for what a plan wants low: dust fall, waiting time, accidents."""
    return _DOWN_GOOD.search(subject) is not None


def low_share(subject: str) -> bool:
    """True for a share that a plan wants low: 失业率5%左右 is at most, 隐患整改率 and 能耗下降 are at least."""
    return less_is_better(subject) and _LOW_SHARE.search(subject) is not None
