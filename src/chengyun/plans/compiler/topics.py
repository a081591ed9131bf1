"""What a bare step of work is about: 加装电梯力争开工40台、竣工35台 counts lifts both times."""

from __future__ import annotations

import re

_STEP = (
    r"(?:意愿征询|征询|签约|开工|竣工|完工|投用|交付|启动|验收|投产|通车|启用|建成|达产|入库|落地|认定|挂牌|申报|"
    r"动工|交房)"
)
_FILL = r"(?:[两三四五]年(?=累计)|完成|实现|力争|确保|计划|全年|新增|新|全部|累计|共计?|合计|分别|其中)*+"
_ONLY_STEP = re.compile(rf"{_FILL}{_STEP}(?:项目|建设|工作)?|[两三四五]年累计(?:完成|实现)")
_BEFORE_STEP = re.compile(
    rf"(?:推进|推动|加快|实施|开展|做好|继续|抓好|加大)*+{_FILL}(?:\d[\d.,]*[万亿]?[台个家套户项处座条幢栋件块宗])?(?P<topic>[^，。；：、\d]{{2,24}}?)"
    rf"(?:工作|任务|项目建设|建设|力度)?(?:力争|计划|确保|完成|实现|分别|新|全年|已)*(?:{_STEP}|$|\d|[，：])"
)
_MARK = re.compile(r"[，。；：]")


def topic(norm: str, clause: int, thing: str) -> tuple[int, int] | None:
    """The range of what the step `thing` is done to, from its own clause (which starts at `clause`) or the one before.

    None when `thing` is more than a step, or nothing before it says more. Without a `thing` (完成8个) only the clauses
    before say what is counted.
    """
    if thing and _ONLY_STEP.fullmatch(thing) is None:
        return None
    start: int | None = clause if thing else _before(norm, clause)
    while start is not None:
        found = _BEFORE_STEP.match(norm, start)
        if found is not None and _ONLY_STEP.fullmatch(found["topic"]) is None and found["topic"] not in thing:
            return found.span("topic")
        start = _before(norm, start)
    return None


def _before(norm: str, clause: int) -> int | None:
    """Where the clause before begins; None when a sentence begins here."""
    if clause <= 0 or norm[clause - 1] not in "，；：":
        return None
    marks = [match.end() for match in _MARK.finditer(norm, 0, clause - 1)]
    return marks[-1] if marks else 0
