"""Numbers that are no targets: names, codes, ages, inputs, what already stands, sizes of projects."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from chengyun.plans.compiler.numbers import Quantity

_QUOTES = re.compile(r"“[^“”]{1,24}”|‘[^‘’]{1,24}’|《[^《》]{1,90}》|〔[^〔〕]{1,20}〕")
_EXISTING = re.compile(
    r"(?:依托|现有|原有|已有|目前(?:共)?有|下辖|辖有|辖区(?:内)?(?:共)?有|整合(?:现有|已有)|(?<!实际)利用(?!率|外资|内资)|基于|针对|借助|位于|距离?|"
    r"仅|围绕|聚焦)[^，。；]{0,16}$|由$"
)
_SERIES = frozenset("期轮批片集双车类")
_HELD = re.compile(
    r"新建|新增|清理|整合|接入|归集|上线|汇聚|拓展|建成|"
    r"举办|举行|开展|组织|培训|开办|制作|命名|推出|评选|编印|推送|播出|发放|清运|种植|建设|完成"
)
_TEAM = re.compile(r"(?:专项|专题)?(?:工作)?(?:组|专班|小组|办公室)(?:[，。；、]|$)")
_TEAM_OF = re.compile(r"[\u4e00-\u9fff]{2,8}(?:组|专班|小组|办公室)(?:[，。；、]|$)")
_COUNT_OF = re.compile(r"[^，。；]{0,10}(?:底数|家底)")
_VERB = re.compile(
    r"完成|建成|新建|新增|建设|改造|改建|扩建|创建|打造|培育|引进|实施|开工|竣工|修缮|整治|打通|拓宽|铺设|敷设|更新|加装|安装|配备|设置|"
    r"设立|建立|成立|举办|开展|组织|培训|发放|提供|推出|推进|推动|启动|新开|申报|推荐|争取|达到|达|实现|提升|提高|增加|扩大|消除|拆除|清理|"
    r"治理|种植|绿化|修复|疏浚|认定|招引|落地|签约|吸纳|帮扶|救助|扶持|扶助|孵化|上市|入库|盘活|供应|筹措|筹集|归集|收储|出让|腾退|"
    r"征收|搬迁|安置|受益|惠及|覆盖|服务|检查|巡查|排查|抽检|检测|走访|整改|办理|化解|处置|创|招聘|录用|评选|表彰|征集|选取|遴选|划分|"
    r"规范|提档|升级|优化|投放|布设|布局|增设|补种|栽植|开放|入驻|转化|承接|落实|压减|削减|减少|降低|控制|关停|淘汰|命名|挂牌|"
    r"保障|解决|动态|动工|续建|确保|力争|出动|发动|招募|注册|发布|制定|编制|出台|保持|稳定|突破|超过|办好|做好|抓好|推广|试点|储备"
)
# What slogans count, in Chinese numerals; and the few that are no results in figures either.
_SLOGAN = re.compile(
    r"(?:方面|阶段|环节|维度|层面|步骤|原则|角度|要素|关键|优势产业|理念|转变|统一|意识|自信|维护|坚持|主题|特色|机制|体系|制度|格局|"
    r"重要|突出|转型|目标|工作重点|一批|周边|结合|轮驱动|支队伍|清单|专项行动|重点任务|战略|大行动|支点|抓手|能力|关系|中心任务|"
    r"主要功能|扇面|文明|建设高地|“)"
)
_ABSTRACT = re.compile(
    r"(?:方面|阶段|环节|维度|层面|步骤|角度|一批|周边|转变|结合|“?一批”?|原则)(?:[，。；、的和]|重点|主要|$)|大(?:行动|工程|任务|方面|体系|板块)"
)
_BOUND = re.compile(r"^(?:以内|之内|内|以外|外|以上|以下|及以上|及以下|左右)?的?")
_NOUN = re.compile(r"[\u4e00-\u9fff“A-Za-z]")
_COMPARED = re.compile(
    r"(?:控制|缩短|压缩|减少|降低?|降到|压减|精简|下降|提高|提升|增加|增至|延长|达到?|不低于|不少于|不超过|不高于|超过|高于|低于|小于|大于|至少|为|是|"
    r"稳定|保持|维持|突破|约|共|共计|总计|合计|长|全长|总长|里程|长度|面积|时间|时长|时限|率|量|深|宽|高|均)(?:在|到|至|了|为|约|近|至少)*$"
)
_PARAMETER = re.compile(
    r"(?:总|规划|净|计容|地上|地下|地块|项目|一期|二期|三期|其中)*(?:用地|占地|土地|建筑|建设用地|建筑用地|计容|拆迁|绿地率?|建设|规划|核定|控制)(?:总)?面积(?:总计|共计|合计|共|约|近|为|达)*$|"
    r"容积率(?:约|为)?$|限高(?:约|为)?$|建筑(?:限高|高度|密度)(?:约|为)?$|建筑规模(?:约|为)?$|建设规模(?:约|为)?$|(?:道路)?红线宽度?(?:约|为)?$|"
    r"(?:(?:总|计划|项目|工程|估算|概算|计划总|建设|年度|总体)+|^)投资(?:额|总额|估算|概算)?(?:约|近|为|达)*$|(?:土地|建设|改造|工程)?(?:成本|费用|造价|概算|预算)(?:约|近|为)*$|"
    r"注册资本(?:约|为)?$|(?:配建|配套|含|设|有|机动车)停车位(?:约|为)?$|^全长(?:约|近|为)*$|绿地率(?:约|为)?$"
)
_INPUT = re.compile(
    r"(?:总投资|安排|拨付|投入|统筹|列支|补贴|补助|奖励|给予|资助|支持|奖补|一次性|最高|每[人户家村]|标准为?|按照?|罚款|处以|"
    r"(?:专项|补助|奖补|扶持|配套|引导)(?:资金|经费))[^，。；]{0,10}$"
)
_KEYED_SUM = re.compile(r"(?:投资|资金|经费|预算|造价)[^，。；：]{0,8}：(?:约|共计?|总计)?$")  # 年度投资：4800万元
_BENEFIT = re.compile(
    r"(?:予以|给予)?(?:返还|报销|减免|贴息|计提|提取|补贴|奖励|补助|让利|收取|缴纳|支付|核定|折算|抵扣)|"
    r"(?:以内|以下|以上)?的?(?:比例|标准|额度|幅度|价格|费率)(?:，|、)?(?:予以|给予|进行|安排|享受|发放|补|奖|支付|拨|计|执行|缴|收|配套)"
)
# 按照300-500户标准, 同一街道3个以上相邻小区: what a rule sorts by; # stands for the number.
_STANDARD = re.compile(
    r"^[^，。；]{0,6}按照?[^，。；#]{0,10}#[^，。；]{0,6}的?(?:标准|规模|比例|原则)|"
    r"同一[^，。；#]{0,12}#以[上下内]"
)
_SCORED = re.compile(r"(?:满意度|得分|评分|测评|成绩|指数|评价|评估|体检|综合分|平均分)[^，。；（）]{0,10}$")
_PER_STEP = re.compile(
    r"每(?:再)?(?:降低|增加|减少|提高|提升|下降|上升|增长|高出?|低于?|少于?|多|超过?|缺|漏|延迟|逾期|迟报|新增|发现|发生|出现|完成|获得|引进|有)(?:了)?$"
)
_WEIGHT = re.compile(r"(?:考核|评价|权重|评分|绩效|总分)[^，。；]{0,8}(?:占比?|权重)(?:为|的)?$")
_RANKED = re.compile(r"(?:末位|倒数|排名后|末|后)$")
_PROBLEM = re.compile(
    r"(?:仍|还|尚|依然|依旧|目前仍?)(?:然)?(?:有|存在|缺|未)[^，。；]*$|^(?!.*(?:补|填|消除|解决))[^，。；]*缺口(?:约|达|为|近|有|还)*$"
)
_LACKING = re.compile(
    r"[^，。；]{0,14}?(?:尚未|仍未|还未|未能|没有|未(?=完成|配备|达|建成|落实|纳入|整改|覆盖|接入|实现|设))"
)
_SCOPE = re.compile(
    r"(?:全(?:镇|区|市|县|街道?|乡|域)|辖区|我[镇区市县乡]|街道|本[镇区])(?:内|共|范围内|现|总)*(?:有|辖)?$"
)
_GROUND = re.compile(r"[^，。；]{0,16}(?:的基础上|全覆盖)")
_OF_PAST = re.compile(r"已|完成|以来|建成|20\d\d|[新改扩]建")
_CAPACITY = re.compile(r"(?:能力|规模|面积|投资|容量|产能|产量|产值|税收|收入|长度|高度|库容|深度)(?:约|近|达|超|为)*$")
_INVOLVED = re.compile(r"涉及[^，。；]{0,12}$")
_COMPLETES = re.compile(
    r"完成|新增|竣工|开工|改造|修缮|实现|不低于|不少于|至少|达到|每[千万百]|人均|增长|整治|拆除|力争|超过|突破|总额|收入|归集|争取到?"
)
_STRONG_VERB = re.compile(
    r"(?:新建|新增|建成|新开|改建|创建|改造|引进|完成|建设|培育|打通|开工建设|竣工|修缮|拆除|整治|新设|增设|实施|申报|配合完成|新改建|新改扩建|"
    r"新开工|启动|推出|打造|消除|提升|更新)(?:了|各|约|近)?$"
)
_NEAR_VERB = re.compile(
    r"(?:完成|建成|新建|新增|创建|改造|建设|实施|引进|培育|打通|修缮|整治|开工|竣工)[^，。；：]{0,24}$"
)
_NAMED = re.compile(
    r"(?:建成|新建|建设|改造|开工|打通|竣工|启用)[^，。；：、]{1,16}(?:、[^，。；：、]{1,10}){0,4}[、和及][^，。；：、]{1,10}$"
)
_ONE = re.compile(r"(?:新建|新增|新开工?|增设|新设|迁建|改建|建成)$")
_COUNTED_THINGS = re.compile(r"[条块座所处幢栋台张套户亩]|平方米|公顷|公里|米$|间|场|家|辆|支|名|人|万")


@dataclass(frozen=True, slots=True)
class Place:
    """A quantity in its sentence: the words of its clause before and after it."""

    norm: str
    quantity: Quantity
    pre: str
    post: str
    project: bool
    follows_existing: bool = False  # 依托3个片区和11个责任块: the second number goes with the first
    leads: bool = False  # 年产值超10亿元企业8家: the first number says what kind of firm


def quoted_ranges(norm: str) -> list[tuple[int, int]]:
    """Ranges of names: short quotes, titles of documents, document numbers."""
    return [match.span() for match in _QUOTES.finditer(norm)]


def _ordinal(place: Place) -> bool:
    return place.pre.endswith("第") or (place.quantity.unit == "位" and "前" not in place.pre[-3:])


def _no_target_unit(place: Place) -> bool:
    if place.quantity.kind == "age":
        return "寿命" not in place.pre
    return place.quantity.kind == "noise"


def _abstract(place: Place) -> bool:
    if place.quantity.kind != "count":
        return False
    return (_SLOGAN if place.quantity.chinese else _ABSTRACT).match(place.post) is not None


def _explained(place: Place) -> bool:
    """（即1个公共服务环；4个生活圈…）explains a name."""
    opened = place.norm.rfind("（", 0, place.quantity.start)
    closed = place.norm.rfind("）", 0, place.quantity.start)
    return (
        opened > closed
        and re.match(r"（(?:即|指|包括|含|包含|分别为|如|例如|见|详见)", place.norm[opened:]) is not None
    )


def _existing(place: Place) -> bool:
    if place.follows_existing or _is_team(place) or _problem(place) or _COUNT_OF.match(place.post):
        return True
    if _GROUND.match(place.post) and not _OF_PAST.search(place.pre):
        return True
    return _EXISTING.search(place.pre) is not None and not _NEAR_VERB.search(place.pre)


def _is_team(place: Place) -> bool:
    """工作专班下设5个工程推进组: groups of those who lead are no result."""
    led = re.search(r"下设|分设|领导小组|指挥部", place.norm[: place.quantity.start]) is not None
    return _TEAM.match(place.post) is not None or (led and _TEAM_OF.match(place.post) is not None)


def _problem(place: Place) -> bool:
    """仍有5个小区未改造, 全镇18个村: what stands or lacks, not what is to be done."""
    if _PROBLEM.search(place.pre) and not place.pre.endswith("的"):
        return True
    if _LACKING.match(place.post) and not _VERB.search(place.pre):
        return True
    return place.quantity.kind == "count" and _SCOPE.fullmatch(place.pre) is not None and not _VERB.search(place.post)


def _rule(place: Place) -> bool:
    """Words of a rule, not a result: 每少一次扣0.5分, 按30%的比例给予补助, 前3名的村, 末位2名."""
    quantity = place.quantity
    if quantity.kind == "score":
        return _SCORED.search(place.pre) is None or re.match(r"[^，。；]{0,8}[扣加记计得]", place.post) is not None
    if (
        _WEIGHT.search(place.pre)
        or _PER_STEP.search(place.pre)
        or _BENEFIT.match(place.post)
        or re.match(r"[^，。；]{0,8}扣", place.post)
        or _STANDARD.search(place.pre + "#" + place.post)
    ):
        return True
    ranked = _RANKED.search(place.pre) or (place.pre.endswith("前") and place.post.startswith(("的", "村", "单位")))
    return quantity.unit in {"名", "位", "个"} and bool(ranked)


def _attribute(place: Place) -> bool:
    """15分钟生活圈, 100米内公交站点, 24小时自助: the number says what kind of thing, not how much of it."""
    quantity = place.quantity
    if _classed(place):
        return True
    if (
        place.leads
        and quantity.kind == "money"
        and re.match(r"(?:以上|以下)?的?(?:企业|项目|机构|单位|商户|楼宇|园区|村|社区|镇|乡|家庭)", place.post)
    ):
        return True
    if quantity.kind not in {"time", "length", "days", "mass", "power", "area", "money", "volume", "times", "score"}:
        return _sized(place)
    if _COMPARED.search(place.pre):
        return False
    follows = _NOUN.match(_BOUND.sub("", place.post)) is not None
    doing = _VERB.search(place.pre) or (not place.pre and _VERB.search(_chain(place.norm, quantity.start)))
    if quantity.kind in {"time", "days", "score", "times"}:
        return follows or not place.pre or not _VERB.search(place.pre)
    if (
        re.match(r"(?:以内|之内|内|半径|以上|以下|及以上|范围|级|宽|高|深|厚|口径|跨|库容)", place.post)
        and len(place.post) > 2
    ):
        return True
    return follows and not doing


def _classed(place: Place) -> bool:
    """日处理能力5万吨的污水处理厂1座, 10亿元以上5个, 7个区50%的社区: the first number says which ones are counted."""
    quantity = place.quantity
    if quantity.kind == "ratio":
        return re.match(r"人口(?:抽样|变动)", place.post) is not None
    if quantity.kind == "count":
        return re.match(r"[\u4e00-\u9fff]{1,4}\d[\d.]*%", place.norm[quantity.end :]) is not None
    if place.leads and re.fullmatch(r"(?:及)?(?:以上|以下)的?", place.post):
        return True
    return _CAPACITY.search(place.pre) is not None and re.match(r"的[\u4e00-\u9fff]", place.post) is not None


def _chain(norm: str, start: int) -> str:
    """The words of a clause before a number that follows another after 、: 改造12个小区、3.6万平方米停车区域."""
    if norm[start - 1 : start] not in {"、", "和", "及"}:
        return ""
    return norm[max(norm.rfind(mark, 0, start) for mark in "，；：。") + 1 : start]


def _sized(place: Place) -> bool:
    """30人以上企业 is a kind of firm; 200个以上泊位 is a number of berths."""
    bound = re.match(r"(?:以上|以下|及以上|及以下|以内)的?(?=[\u4e00-\u9fff])", place.post)
    return (
        bound is not None
        and place.quantity.unit in {"人", "层", "名", "户"}
        and not re.search(r"新增|培训|就业|培育|引进|招", place.pre)
    )


def _chinese(place: Place) -> bool:
    """Chinese numerals mostly stand in names and slogans: only counted things after a verb of doing are quantities."""
    quantity = place.quantity
    if not quantity.chinese or quantity.kind == "ratio":
        return False
    if quantity.value == 1 and quantity.unit[:1] not in "万亿":
        return not (_ONE.search(place.pre) and re.match(r"[所座条处家块]", quantity.unit) and len(place.post) > 1)
    if quantity.kind != "count" or (quantity.value or 0) >= 20:
        return not _VERB.search(place.pre)
    if _COUNTED_THINGS.match(quantity.unit):
        return not _NEAR_VERB.search(place.pre)
    return quantity.unit != "个" or not (_STRONG_VERB.search(place.pre) or _named_before(place.norm, quantity.start))


def _named_before(norm: str, start: int) -> bool:
    """建成云南、云北两个服务站: the names of what is counted stand between the verb and the number."""
    return _NAMED.search(norm, 0, start) is not None


def _series(place: Place) -> bool:
    """二期工程 and 3轮 are numbers of a series; 举办培训6期 counts."""
    if place.quantity.unit == "路":
        return re.search(r"探头|摄像|监控|视频|感知", place.pre) is None
    if place.quantity.unit not in _SERIES:
        return False
    return _HELD.search(place.pre) is None or re.match(r"工程|项目|建设|地块|开发|规划", place.post) is not None


def _loose(place: Place) -> bool:
    """A counted thing without verb, comparator or neighbour that counts: 3家企业 in passing; 1办5组 is a name."""
    quantity = place.quantity
    if quantity.kind == "storeys" or re.search(r"\d[办室部委局组队中心]$", place.pre):
        return True
    alone = quantity.start == 0 or place.norm[quantity.start - 1] in "，。；：、（ "
    if alone and "分别" in _chain(place.norm, quantity.start):
        return False
    return quantity.kind == "count" and alone and not place.pre and not place.post


TRAPS: tuple[tuple[str, Callable[[Place], bool]], ...] = (
    ("ordinal", _ordinal),
    ("explained", _explained),
    ("age", _no_target_unit),
    ("abstract", _abstract),
    ("rule", _rule),
    ("existing", _existing),
    ("attribute", _attribute),
    ("chinese", _chinese),
    ("series", _series),
    ("loose", _loose),
)


def is_parameter(place: Place) -> bool:
    """A size or a sum of a project: 总建筑面积, 容积率, 总投资; inside a project of a box every size."""
    quantity = place.quantity
    if quantity.kind == "storeys":
        return True
    if _INVOLVED.search(place.pre) and quantity.kind == "count":
        return True
    if place.project and not re.search(r"每年|每季度|到20\d\d年", place.norm):
        return True
    if quantity.kind == "money" and _KEYED_SUM.search(place.norm, 0, quantity.start):
        return True
    if quantity.kind == "money" and (_INPUT.search(place.pre) or _PARAMETER.search(place.pre)):
        return not re.search(
            r"(?:固定资产|社会|工业|协议|合同|签约|到位|撬动|带动|"
            r"完成(?:年度|计划|总|项目|建设|重点|有效)*|实际|有效)(?:总|资金)?投资",
            place.pre,
        )
    if _PARAMETER.search(place.pre):
        return not _COMPLETES.search(place.pre)
    return False


def trap(place: Place) -> str | None:
    """Why this quantity is no target, or None."""
    for name, holds in TRAPS:
        if holds(place):
            return name
    return None
