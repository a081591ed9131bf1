"""Whether a paragraph tells of the past, of the setting, of principles, or of what is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chengyun.plans.compiler.model import Meta
from chengyun.plans.compiler.outline import Block, Heading

PAST, CONTEXT, FRAME, PLAN = "past", "context", "frame", "plan"

_PAST = re.compile(
    r"回顾|成效|成绩|成就|(?:进展|完成|落实|开展|工作|执行)情况|工作总结|过去(?:一|五|几)?年|(?:发展|工作|前期|建设|行动|现实)基础|主要做法|已取得|取得.{0,6}(?:进展|突破)|"
    r"“?十三五”?.{0,6}(?:发展|时期|期间|以来)|20\d\d年(?:工作|主要)?(?:总结|完成)|基础回顾"
)
_CONTEXT = re.compile(
    r"(?:发展|宏观|[内外]部|面临的?|时代|国际|国内|阶段)的?环境|环境(?:与|和|及|、)?(?:形势|分析|研判|变化|条件)|^环境$|形势|机遇|挑战|存在.{0,8}(?:问题|不足|短板|因素|困难)|(?:问题|短板|不足|困难)(?:与|和|$)|"
    r"(?:有利|不利)(?:条件|因素)|背景|现状|基本镇情|区情|镇情|概况|基础条件|优势"
)
_FRAME = re.compile(
    r"指导思想|基本原则|工作原则|编制依据|编制说明|重要意义|序\s*言|前\s*言|引\s*言|名词解释|适用范围|工作思路$"
)
_PLAN = re.compile(
    r"目标|任务|举措|措施|安排|计划|打算|部署|蓝图|行动|下一步|下步|今后|展望|要求|重点工作|实施|推进|落实|工程|项目|指标"
)
# Words of success that a title of the plan may hold too (在城市更新上取得新突破): they tell of the past where nothing
# above says otherwise, the words of _REVIEW always.
_REVIEW = re.compile(r"回顾|总结|情况|过去|以来|已取得|基础")
_STRENGTHENED = re.compile(
    r"(?:提升|巩固|扩大|放大|深化|增强|转化|提高|强化|拓展|确保|彰显|夯实|筑牢|打牢|厚植|奠定|打好|固牢|加强).{0,12}(?:成效|成果|成绩|成就|基础)|"
    r"(?:取得|实现|见到|展现)[新更]|新(?:成效|突破|进展|成绩)"
)
_NEXT = re.compile(r"下一步|下步|今后|打算|工作安排|工作计划|展望|未来")
_FORWARD = re.compile(r"下一步|下步|今后|展望|打算|工作安排|工作计划|发展目标|目标任务|工作目标|未来")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_PAST_LEAD = re.compile(
    r"(?:各位代表[，！])?(?:过去(?:的)?(?:一|五|几)?年|刚刚过去|一年来|五年来|几年来|本届政府|回顾(?:过去|20)|上年度?[，我工完]|去年[，我以])"
)
_LAST_YEAR = re.compile(r"(?:去年|上年度?)[^。]*今年")  # 去年我镇建成…，今年继续…: one sentence of both
# What was found wrong stands under its heading before 整改目标：, or behind a key of its own.
_MENDING = re.compile(r"(?:整改|治理)(?:目标|措施|举措|要求|任务)：")
_FAULT = re.compile(
    r"(?:存在|主要|反馈|突出|具体)?问题(?:描述|表现|情况|清单)?：|(?:整改|工作|完成|办理)?(?:现状|进展|进展情况|完成情况)："
)
_NEXT_LEAD = re.compile(
    r"(?:各位代表[，！])?(?:今年(?!以来|上半年).{0,14}(?:工作|目标|要|将|重点)|新的一年|下一步|今后五年|未来五年|围绕上述目标|做好今年|展望)"
)
_YEAR_LEAD = re.compile(
    r"(?:各位代表[，！])?((?:19|20)\d\d)年(?:以来|来|度)?(?:，|是|我们|全镇|全街道|政府|工作|经济|的)"
)


def tenses(blocks: Sequence[Block], meta: Meta) -> Iterator[tuple[Block, str]]:
    """Each block with its tense. A lead such as 一年来 or 今年工作 holds until the next heading."""
    numbered = any(block.is_heading for block in blocks)
    start = int(meta.start[:4]) if meta.start else None
    lead: str | None = None
    under: Heading | None = None
    faults = _faults(blocks)
    for block in blocks:
        if block.heading is not under:
            lead, under = None, block.heading
        if id(block) in faults:
            yield block, CONTEXT
            continue
        base = _of_headings(block.heading, start) if block.heading is not None else _front(block, numbered)
        lead = _lead(block.body.norm, meta, start) or lead
        yield block, _settled(base, lead)


def _faults(blocks: Sequence[Block]) -> set[int]:
    """Blocks that tell what was found wrong: from the item itself down to its 整改目标, or behind a key of theirs."""
    out = {id(block) for block in blocks if _FAULT.match(block.body.norm)}
    mends = False
    for block in reversed(blocks):
        if _MENDING.match(block.body.norm):
            mends = True
        elif mends:
            out.add(id(block))
            mends = block.rank is None and not block.is_heading
    return out


def _settled(base: str, lead: str | None) -> str:
    if lead == PAST and base == PLAN:
        return PAST
    return PLAN if lead == PLAN and base != CONTEXT else base


def _front(block: Block, numbered: bool) -> str:
    """Before the first heading stands a preamble, unless the document has no headings or this is a table."""
    if block.grid is not None or block.flat is not None or block.annex or block.rank is not None:
        return PLAN
    return FRAME if numbered else PLAN


def _of_headings(heading: Heading, start: int | None) -> str:
    tense, told = PLAN, False
    for step in heading.path:
        title = step.title.norm
        own = _of_title(title, start)
        if own is None or (tense in {PAST, CONTEXT} and not _turns(title, told)):
            continue
        if own == PAST and told and not _REVIEW.search(title):
            continue
        tense = own
        told = bool(_REVIEW.search(title)) != bool(_FORWARD.search(title))
    return tense


def _turns(title: str, told: bool) -> bool:
    """True for a title that turns from the past to the plan; under a plain review only words of what comes next do."""
    return (_NEXT if told else _FORWARD).search(title) is not None


def _of_title(title: str, start: int | None) -> str | None:
    if _FORWARD.search(title) and not re.search("回顾|总结", title):
        return PLAN
    years = [int(year) for year in _YEAR.findall(title)]
    if years and start is not None and max(years) < start and not _PLAN.search(title):
        return PAST
    if _STRENGTHENED.search(title) and not re.search("回顾|总结|情况|过去|以来", title):
        return PLAN
    for tense, pattern in ((PAST, _PAST), (FRAME, _FRAME), (CONTEXT, _CONTEXT), (PLAN, _PLAN)):
        if pattern.search(title) and not (tense == CONTEXT and _PLAN_SETTING.search(title)):
            return tense
    return None


# 营商环境, 生态环境 and the like are fields of work, not the setting of the plan.
_PLAN_SETTING = re.compile(
    r"[营生人居住市城容投政法治消费旅游]{1,3}[态商居容区]?环境|环境(?:品质|保护|整治|治理|建设|卫生|污染|综合|质量|面貌|改善|优美|提升|优化|提质|营造|整洁|美化|共治)|"
    r"(?:改善|优化|提升|打造|营造|净化|创造|美化|整治).{0,12}(?:环境|优势|短板|问题)|补.{0,4}短板|优势(?:产业|转型)|解决.{0,12}(?:问题|困难)|"
    r"(?:发挥|放大|厚植|培育|转化).{0,8}优势|问题(?:整改|治理|隐患)|传统优势"
)


def _lead(norm: str, meta: Meta, start: int | None) -> str | None:
    if _PAST_LEAD.match(norm):
        return None if _LAST_YEAR.match(norm) else PAST
    if _NEXT_LEAD.match(norm):
        return PLAN
    match = _YEAR_LEAD.match(norm)
    if match is None or start is None or meta.kind not in {"government_report", "document"}:
        return None
    return PAST if int(match[1]) < start else PLAN
