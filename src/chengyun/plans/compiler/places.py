"""Places that a document names: roads, villages, compounds, rivers, parks, parcels; resolved by the caller's lookup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from chengyun.plans.compiler.healed import Healed
from chengyun.plans.compiler.model import Place, quoted

if TYPE_CHECKING:
    from chengyun.plans.compiler.document import Document

_KINDS: tuple[tuple[str, str], ...] = (
    ("road", "大道|公路|路|街|弄"),
    ("village", "新村|自然村|村|宅"),
    ("compound", "花苑|花园|公寓|佳苑|苑|小区|家园|名邸|公馆|社区"),
    ("water", "河|浜|港|塘|泾|湖|江|湾"),
    ("park", "公园|绿地|林地"),
    ("bridge", "桥"),
    ("station", "地铁站|火车站|站"),
    ("parcel", "地块"),
    ("site", "广场|市场|菜场|学校|中学|小学|幼儿园|医院|园区|产业园|科技园|工业园"),
)
_ENDS = "|".join(words for _, words in _KINDS)
_NAME = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{1,7}}?(?P<end>{_ENDS})(?![\u4e00-\u9fff]?(?:新村|花苑|公园|路|苑))|[A-Z]\d{{1,3}}(?:-\d{{1,3}})+号?地块|\d{{1,3}}-\d{{1,3}}号?地块)"
    r"(?P<lane>\d{1,5}(?:、\d{1,5})*[弄号])?(?!(?:长制|灯|段制|线|径|网|面|况|权|政|演|边停车))"
)
_BREAK = re.compile(r"[，。；：、（）“”《》\s]|和|及|与|等|至|到|在|对|为|于|将|的|由|从|沿|以|用|把|给|向|跨|是|有|了")
_VERBS = re.compile(
    r"^(?:实施|推进|推动|完成|建设|建成|新建|改建|扩建|开展|打造|整治|修缮|启动|加快|加强|重点|围绕|聚焦|依托|结合|提升|改造|打通|拓宽|新开|利用|探索|成立|"
    r"创建|申报|落实|深化|优化|完善|集中|做好|统筹|积极|协调|协助|配合|助推|支持|位于|涉及|包括|实现|东至|西至|南至|北至|确保|形成|巩固|开放|规划|设计|编制)+"
)
_GENERIC = re.compile(
    r"^(?:各|本|全|该|每|新|老|旧|大|小|中|居|乡|农|城中|城乡|道|公|马|铁|高速|高架|市政|农村|城市|内部|断头|对接|景观|示范|精品|美丽|背|沿|主|次|支|中小|骨干|一条|"
    r"口袋|体育|文化|城市|街心|社区|居民|老旧|住宅|商品房|售后|本地|周边|相关|重点|特色|智慧|商业|集贸|农贸|综合|标准化|乡村振兴示范|示范|行政|空心|慢行|多个|全市|"
    r"两|三|四|五|六|七|八|九|十|\d)*$"
)
_COMMON = re.compile(
    r"(?:街道|道路|社区|园区|小区|学校|医院|市场|广场|公园|绿地|地块|村居|居村|乡村|农村|河道|思路|线路|网络|一路|出路|铁路|之路|上路|问路|通路|管路|电路|"
    r"车站|网站|驿站|工作站|服务站|消防站|泵站|充电站|中转站|卫生站|水站|基站|岗站|家园|校园|乐园|花园|港湾|长江|生态园)$"
)


def name_places(document: Document, lookup: Callable[[str], object | None] | None) -> None:
    """Puts the named places of every task on it; `lookup` is asked once per name."""
    asked: dict[str, object | None] = {}
    starts = [(task.text.spans[0].start, index) for index, task in enumerate(document.tasks) if task.text.spans]
    starts.sort()
    keys = [start for start, _ in starts]
    for body in document.bodies:
        for words, kind in named(body):
            place = bisect_right(keys, words.at[0]) - 1
            if place < 0:
                continue
            task = document.tasks[starts[place][1]]
            if words.at[0] >= task.text.spans[-1].end or any(words.text == known.name.value for known in task.places):
                continue
            if lookup is not None and words.text not in asked:
                asked[words.text] = lookup(words.text)
            found = asked.get(words.text)
            task.places.append(Place(quoted(words, 0.9 if found else 0.5), kind, found))


def named(body: Healed) -> list[tuple[Healed, str]]:
    """Names of places in a run of text with their kind."""
    out = []
    for match in _NAME.finditer(body.norm):
        start, end = match.span("name")
        breaks = [cut.end() for cut in _BREAK.finditer(body.norm, start, end - 1)]
        start = breaks[-1] if breaks else start
        verb = _VERBS.match(body.norm[start:end])
        start += verb.end() if verb else 0
        name = body.norm[start:end]
        stem = re.sub(rf"(?:{_ENDS})$", "", name)
        if ("地块" in name and re.match(r"[A-Z\d]", name)) or (
            len(stem) >= 2 and not _GENERIC.match(stem) and not _COMMON.search(name)
        ):
            kind = next((kind for kind, words in _KINDS if re.search(rf"(?:{words})$", name)), "site")
            out.append((body[start : match.end()], kind))
    return out
