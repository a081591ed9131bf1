"""Places that a document names: roads, villages, compounds, rivers, parks, parcels; resolved by the caller's lookup.

Without a lookup these are proposals: a name is kept only when a boundary or a verb stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from chengyun.plans.compiler.healed import Healed
from chengyun.plans.compiler.model import Place, quoted

if TYPE_CHECKING:
    from chengyun.plans.compiler.document import Document

# Kind → endings, each with what may not follow it (街区 is no street, 村民 no village).
_KINDS: tuple[tuple[str, str], ...] = (
    ("road", "大道|公路(?!服务)|路(?!灯|段|面|网|线|径|权|由|长|况|政|边)|街(?![区镇道域景坊巷长头面角心])|弄"),
    ("village", "新村|自然村|村(?![居庄民级属委宅容镇务道路口落组])"),
    ("compound", "花苑|花园|公寓|佳苑|苑(?!点)|小区|家园|名邸|公馆|社区"),
    ("water", "河(?![道湖长岸流网段畔])|浜|港(?!湾)|塘|泾|湖(?!泊)"),
    ("park", "公园|绿地|林地"),
    ("bridge", "桥(?![下梁面])"),
    ("station", "地铁站|火车站|轨交站"),
    ("site", "广场|市场|菜场|中学|小学|幼儿园|医院|产业园区?|科技园区?|工业园区?|园区"),
)
_ENDS = "|".join(words for _, words in _KINDS)
_NAME = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{1,7}}?(?P<end>{_ENDS})(?![\u4e00-\u9fff]?(?:新村|花苑|公园|路|苑))|"
    r"[A-Z]\d{1,3}(?:-\d{1,3})+号?地块|\d{1,3}-\d{1,3}号?地块)(?P<lane>\d{1,5}(?:、\d{1,5})*[弄号])?"
)
_BREAK = re.compile(
    r"[，。；：、（）“”《》\s]|和|及|与|等|至|到|在|对|为|于|将|的|由|从|沿|以|用|把|给|向|跨|越|是|有|了|让|内|年|米|个|条|处|项"
)
_DOING = re.compile(
    r"^(?:全面|全力|着力|稳步|持续|积极|大力|深入|不断|加快|有序|重点|进一步|逐步|优先|统筹|同步|提速|适时|及时|切实|分类|集中|主动|"
    r"实施|推进|推动|完成|建设|建成|新建|改建|扩建|新增|开展|打造|整治|修缮|启动|加强|围绕|聚焦|依托|结合|提升|提高|改造|打通|拓宽|新开|利用|探索|成立|"
    r"创建|申报|落实|深化|优化|完善|做好|做强|做大|协调|协助|配合|助推|支持|位于|涉及|包括|实现|东至|西至|南至|北至|确保|形成|巩固|开放|规划|设计|编制|"
    r"根据|发挥|强化|筹建|夯实|更新|涵盖|满足|鼓励|培育|制定|引导|升级|动态消除|消除|宜居|美丽|活力|书香|道路|景观)+"
)
_GENERIC = re.compile(
    r"^(?:各|本|全|该|每|新|老|旧|大|小|中|居|乡|农|城中|城乡|城市|农村|道|公|马|铁|高速|快速|高架|市政|内部|断头|对接|示范|精品|特色|背|主|次|支|中小|骨干|主干|"
    r"口袋|体育|文化|街心|居民|老旧|住宅|物业|商品房|售后|本地|周边|相关|重点|智慧|商业|集贸|农贸|综合|标准化|行政|空心|慢行|多层|高层|全市|人才|健身|实践|自管|"
    r"无违建|先进|振兴|乡村|科创|产业|高新|高新技术|现代|外来|区级|市级|国家|基层|一号|二号|两|三|四|五|六|七|八|九|十|类|\d|或)*$"
)
# Endings that stand in many phrases that are no names: kept only when the lookup knows the whole name.
_WEAK = re.compile(r"(?:社区|小区|市场|绿地|园区|公园|家园|广场|道路|公路|地|路段|自然村|中心村|出居村)$")
_SUFFIXES = re.compile(rf"(?:{_ENDS})$")


def name_places(document: Document, lookup: Callable[[str], object | None] | None) -> None:
    """Puts the named places of every task on it; `lookup` is asked once per name."""
    asked: dict[str, object | None] = {}
    for task, body in zip(document.tasks, document.bodies, strict=True):
        seen: set[str] = set()
        for words, kind in named(body):
            if words.text in seen:
                continue
            seen.add(words.text)
            if lookup is not None and words.text not in asked:
                asked[words.text] = lookup(words.text)
            found = asked.get(words.text)
            if not found and _WEAK.search(words.text):
                continue
            task.places.append(Place(quoted(words, 0.9 if found else 0.5), kind, found))


def named(body: Healed) -> list[tuple[Healed, str]]:
    """Names of places in a run of text with their kind."""
    out = []
    for match in _NAME.finditer(body.norm):
        start, end = match.span("name")
        if match["end"] is None:
            out.append((body[start : match.end()], "parcel"))
            continue
        breaks = [cut.end() for cut in _BREAK.finditer(body.norm, start, end - 1)]
        bounded = bool(breaks) or start == 0 or _BREAK.fullmatch(body.norm[start - 1]) is not None
        start = breaks[-1] if breaks else start
        doing = _DOING.match(body.norm[start:end])
        start += doing.end() if doing else 0
        stem = _SUFFIXES.sub("", body.norm[start:end])
        if (bounded or doing) and len(stem) >= 2 and not _GENERIC.match(stem):
            kind = next(kind for kind, words in _KINDS if re.search(rf"(?:{words})$", body.norm[start:end]))
            out.append((body[start : match.end()], kind))
    return out
