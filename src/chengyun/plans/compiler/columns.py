"""The columns of task, project and indicator tables by the many names that documents give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from chengyun.plans.compiler.width import fold

# Role → names, as regular expressions over the folded heading of a column. The first role that matches wins.
_NAMES: tuple[tuple[str, str], ...] = (
    ("serial", r"序号?|编号|项次|no\.?"),
    (
        "result",
        (
            r"(?:(?:上|本)(?:月|季度|年)|目前|当前|年度|最新|截至.{0,8})?(?:工作)?(?:完成|进展|推进|落实|实施)情况|工作进展|"
            r"工作成效|推进进度|实际完成.{0,4}"
        ),
    ),
    (
        "lead",
        (
            r"(?:牵头|责任|分管|包联|包保|包抓|包干|挂钩|挂点|挂联|联系|负责|主管|区|县|市|镇|乡|州|街道)(?:镇|乡|街道|区|县|市)?(?:级)?(?:班子)?领导(?:干部)?|"
            r"(?:牵头|责任|分管|主要|总|项目)?(?:负责人|责任人|牵头人|联系人)|领导"
        ),
    ),
    ("support", r"(?:配合|协办|协同|协助|参与|参加|支持|协作)(?:责任)?(?:部门|单位|科室|主体)?(?:和单位|及单位)?"),
    (
        "department",
        (
            r"(?:主要|第一|具体|牵头)?(?:责任|牵头|主办|承办|负责|主责|实施|落实|主管|主体责任)(?:责任)?"
            r"(?:部门|单位|科室|主体|办公室)?(?:[(（].{1,8}[)）])?(?:和单位|及单位|、单位|、部门)?|部门|职能部门|建设单位|申报单位"
        ),
    ),
    ("start", r"(?:计划|实际)?(?:启动|开始|开工)(?:时间|日期)|起始时间"),
    (
        "due",
        (
            r"(?:计划)?(?:完成|办结|竣工|截止|整改|推进|结项|实施)?(?:时间|时限|期限|节点|日期|进度)(?:节点|要求|安排|计划|表)?|"
            r"完成时间节点|(?:计划)?(?:竣工|完工)(?:时间|日期)|(?:建设|实施|计划|项目)?(?:起止|建设)(?:时间|年限|日期|期限|年份|周期)|建设起止年限|(?:建设)?工期|时间进度安排|工作进度安排|计划完成时间"
        ),
    ),
    (
        "growth",
        (
            r"(?:“?十[三四五六]五”?)?(?:期间)?(?:年均|五年|累计)(?:[/或、及和]?(?:累计|年均))?"
            r"(?:增长|增速|增幅|下降|降低|变化|提高)?(?:率|速度)?(?:[(（〔\[].{1,6}[)）〕\]])?"
        ),
    ),
    ("attribute", r"(?:指标)?属性|指标性质|指标类型"),
    (
        "baseline",
        r"(?:20\d\d年?)?(?:基期值?|现状值?|基数|实际值?|完成值|基准值|预计完成|(?:实际)?完成数|实绩|实际数)(?:[(（]?20\d\d年?[)）]?)?",
    ),
    (
        "value",
        (
            r"(?:规划|年度|预期)?目标值?|(?:20\d\d年?)(?:规划)?(?:目标值?|指标值?|预期目标)|指标值|目标数值|"
            r"(?:“?十[三四五]五”?末)(?:目标值?)?"
        ),
    ),
    ("unit", r"(?:计量)?单位"),
    ("indicator", r"(?:核心|主要|评价|考核|目标|三级|具体)?指标(?:名称|内容)?"),
    ("project", r"(?:重点|建设)?(?:项目|工程)(?:名称)?"),
    ("place", r"(?:实施|建设|项目)?(?:地点|位置|所在地|范围|选址)|所在区域|涉及区域|属地"),
    ("size", r"(?:建设|项目)?规模|(?:总)?(?:建筑|用地|占地)面积.{0,6}"),
    ("invest", r"(?:计划|项目)?(?:总)?投资(?:额|估算)?.{0,6}|资金(?:来源|安排|预算)?.{0,6}|预算.{0,6}"),
    (
        "path",
        (
            r"[一二]级(?:指标|任务|目标|项目|内容|分类)|(?:项目|任务|工作|指标|所属)?(?:类别|类型|分类|大类|板块|领域|模块|条线|专项|方面)|"
            r"(?:重点|工作)(?:领域|板块|方向)|专项行动|行动(?:名称)?|战略任务|任务模块|总体任务"
        ),
    ),
    (
        "content",
        (
            r".{0,6}(?:工作|任务|目标|举措|措施|内容|事项|要求|要点|清单|安排|计划|节点目标)(?:内容|名称|分解|措施|要求|目标|安排|清单|描述)?(?:[及和与、].{1,6})?"
            r"(?:[(（].{1,8}[)）])?"
        ),
    ),
    ("remark", r"备注|说明|联系方式|联系电话|依据|来源|附注"),
)
_ROLES = tuple((role, re.compile(f"(?:{pattern})")) for role, pattern in _NAMES)
_YEAR = re.compile(r"20\d\d年?")
# Names that a flattened table is known by: a run of them is its header.
HEADER_WORD = re.compile(
    "|".join(f"(?:{pattern})" for role, pattern in _NAMES if role not in {"unit", "remark"})
    + "|备注|三级(?:指标|任务|目标|项目|内容)"
)
OWNERS = frozenset({"lead", "department", "support", "due"})


@lru_cache(maxsize=8192)
def role(heading: str) -> str | None:
    """What a column of this heading holds, or None."""
    name = fold(heading).replace("：", "").replace(":", "")
    if not name or len(name) > 16:
        return None
    if re.fullmatch(r"三级(?:指标|任务|目标|项目|内容)", name):
        return "content"
    for known, pattern in _ROLES:
        if pattern.fullmatch(name):
            return known
    return None


def roles(headings: Sequence[str]) -> list[str | None]:
    """The role of every column of a header, settled where one name could mean two things.

    A bare year is a target value (the last) or a baseline (earlier); of several third-level columns without a content
    column the last is the content.
    """
    found = [role(heading) for heading in headings]
    years = [i for i, heading in enumerate(headings) if found[i] is None and _YEAR.fullmatch(fold(heading))]
    if "indicator" in found and years and "value" not in found:
        found[years[-1]] = "value"
        for i in years[:-1]:
            found[i] = "baseline"
    if "content" not in found and OWNERS & set(found):
        _promote(found)
    return found


def _promote(found: list[str | None]) -> None:
    """A task table without a content column keeps its tasks in its project, indicator or last path column."""
    for known in ("project", "indicator", "value", "path"):
        places = [i for i, role in enumerate(found) if role == known]
        if places:
            found[places[-1]] = "content"
            return
