"""Where a sentence of a plan looks back: what has been done stands beside what is to be done."""

from __future__ import annotations

import re

_DONE = (
    r"建成|完成|实现|达到?|有|开工|启动|拥有|排查|整改|签约|改造|修缮|新建|新增|竣工|更换|投用|引进|培训|创建|开展|办理|化解|整治|拆除|"
    r"打通|培育|加装|发放|解决|覆盖|建立|设立|获|成为|超过|突破|走访|检查|巡查|受理|惠及|摸排|铺设|种植|接入"
)
_PAST = re.compile(
    rf"已(?:经|累计|全部|陆续|先后|基本|共|于|在|有序)*(?:{_DONE})|截至(?:目前|20|\d|今|上)|(?:荣获|获评|曾)|"
    r"目前[^，。；]{0,8}(?:已|共|达|有)|近(?:[一二三四五两]|几)?年来|近[一二三四五两几]年(?=，|累计|共|已|先后|全)|[一三五几]年来|“十[一二三]五”(?:期间|时期|末|以来)|"
    r"(?:自|从)?[^，。；：]{1,14}以来|(?<![较比])(?:去年|上年|上一年度?|上一?轮|前一?轮)(?:度|期)?[^，。；：\d的]{0,16}(?:完成|建成|新增|竣工|引进|达到?)"
)
_FUTURE = re.compile(
    r"到20[2-9]\d年|力争|确保|目标|计划|预计|将|争取|要|今后|未来|本轮|本(?:方案|计划|行动)?期|新一轮|下一步|接下来|再(?=[\u4e00-\u9fff]{2})|年内|"
    r"今年(?:新|再|力争|拟|继续|完成|实现|达到|突破|建设|启动)"
)
_WISH = re.compile(r"到20[2-9]\d年|力争|确保|目标|计划|预计|将|争取|要")
_GROUND = re.compile(r"基础(?:之)?上")
_CLAUSE_END = re.compile(r"[，；。！？]")
_NAMING = re.compile(
    r"(?:启动|建成|引进|新建|新增|开工|实施|完成|创建|确定|列入|签约|立项|结转|遗留|获评|认定|命名|排查出?)的$"
)
_OWN_PAST = re.compile(r"已|以来|去年|上年|上一年|上一?轮|前期|前一?轮|20\d\d年")
_COMPLETES = re.compile(
    r"(?:全部|全面|年内|年底|按期|基本|如期|上半年|月底|\d月).{0,8}(?:竣工|开工|完成|投用|建成|完工|交付|投产|开放|启用|通车)|"
    r"通过(?:复评|复审|验收)"
)
_DONE_AFTER = re.compile(r"[^，。；：]{0,6}已(?:经|于|在)?[^，。；：]{0,10}(?:完成|建成|竣工|开工|投用|交付|启用)")


def looks_back(norm: str, end: int) -> int | None:
    """Where the words end that tell of the number before `end` as done; None when it is not told as done.

    在已完成…的基础上 looks back up to 基础上; a plan word (力争, 今后, 再) after the words of the past turns forward.
    """
    start = max(norm.rfind("；", 0, end) + 1, *(match.end() for match in _GROUND.finditer(norm, 0, end)), 0)
    found = [match for match in _PAST.finditer(norm, start, end) if not _is_attribute(norm, match)]
    return found[-1].end() if found and not _FUTURE.search(norm, found[-1].end(), end) else None


def is_done(norm: str, end: int) -> bool:
    """True when the clause after a number says that it is done: 其中3家已于2024年完成."""
    return _DONE_AFTER.match(norm, end) is not None


def turns(norm: str, start: int, end: int) -> bool:
    """True when words of a plan (本方案期, 今后, 力争) stand between a past date and a number."""
    return _FUTURE.search(norm, start, end) is not None


def named_by_past(norm: str, start: int) -> bool:
    """True when words of the past name what the number at `start` counts: 2024年启动的5个项目, 以来新建的14座公园."""
    clause = max(norm.rfind(mark, 0, start) for mark in "，；：。") + 1
    named = _NAMING.search(norm, clause, start)
    return named is not None and _OWN_PAST.search(norm, clause, named.end()) is not None


def is_completed(norm: str, end: int) -> bool:
    """True when the clause after a number says that what it counts is now to be finished: 全部竣工, 年内完成."""
    stop = _CLAUSE_END.search(norm, end)
    return _COMPLETES.search(norm, end, stop.start() if stop else len(norm)) is not None


def wishes(norm: str) -> bool:
    """True for a sentence with words of a plan."""
    return _WISH.search(norm) is not None


def _is_attribute(norm: str, match: re.Match[str]) -> bool:
    """上一轮以来新建的14座公园…，新增10座: words of the past before 的 and a number tell of that number alone."""
    stop = _CLAUSE_END.search(norm, match.end())
    clause = norm[match.end() : stop.start() if stop else len(norm)]
    if norm.startswith(("，", "："), match.end()):
        return False
    return re.search(r"的(?:\d|[一二三四五六七八九十两])", clause) is not None
