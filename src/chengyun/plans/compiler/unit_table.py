"""Units as plans write them: what each measures and how much it is in the base unit of its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` of `base` make one of this unit. `kind` groups units that are read in the same way."""

    base: str
    factor: float
    kind: str


def _same(kind: str, base: str, **names: float) -> dict[str, Unit]:
    return {name: Unit(base, factor, kind) for name, factor in names.items()}


_COUNTED = [
    "个",
    "家",
    "条",
    "处",
    "座",
    "台",
    "张",
    "套",
    "户",
    "幢",
    "栋",
    "块",
    "所",
    "件",
    "名",
    "人",
    "人次",
    "场",
    "场次",
    "次",
    "项",
    "支",
    "辆",
    "艘",
    "盏",
    "根",
    "口",
    "棵",
    "株",
    "对",
    "位",
    "间",
    "只",
    "副",
    "头",
    "架",
    "樘",
    "眼",
    "段",
    "例",
    "宗",
    "起",
    "笔",
    "单",
    "车次",
    "班次",
    "标箱",
    "门",
    "部",
    "册",
    "本",
    "份",
    "篇",
    "组",
    "对口",
    "组团",
    "团",
    "班",
    "节",
    "课时",
    "学时",
    "款",
    "批次",
    "万方次",
    "点位",
    "床",
    "张床",
    "桩",
    "枪",
    "根桩",
    "户次",
    "家次",
    "处次",
    "车位",
    "泊位",
    "机位",
    "席",
    "席位",
    "座席",
    "封",
    "幅",
    "枚",
    "具",
    "路",
    "盘",
    "杆",
    "双",
    "盒",
    "袋",
    "桶",
    "车",
    "匹",
    "片",
    "集",
    "期",
    "轮",
    "批",
    "面",
    "列",
    "顶",
    "尊",
    "期次",
    "街区",
    "公园",
    "楼道",
    "居委",
    "小区",
    "证",
    "客",
    "趟",
    "尾",
    "羽",
    "村居",
    "企业",
    "类",
    "棒",
    "箱",
]
_NOT_UNITS = frozenset(
    ["街区", "公园", "楼道", "居委", "小区", "村居", "企业", "组团", "对口", "车位", "泊位", "机位", "席位"]
)
COUNT: dict[str, Unit] = {name: Unit(name, 1.0, "count") for name in _COUNTED if name not in _NOT_UNITS}
MEASURE: dict[str, Unit] = {
    **_same("area", "平方米", 平方米=1, 平米=1, 平方=1, 平方公里=1e6, 平方千米=1e6, 公顷=1e4, 亩=2000 / 3),
    "㎡": Unit("平方米", 1, "area"),
    "m²": Unit("平方米", 1, "area"),
    "m2": Unit("平方米", 1, "area"),
    "km²": Unit("平方公里", 1e6, "area"),
    **_same("length", "米", 米=1, 公里=1e3, 千米=1e3, 延米=1, 延长米=1, 厘米=0.01, 毫米=0.001, km=1e3),
    **_same("volume", "立方米", 立方米=1, 立方=1),
    **_same("mass", "吨", 吨=1, 公斤=0.001, 千克=0.001, 斤=0.0005, 吨标准煤=1, 吨标煤=1),
    **_same("density", "微克/立方米", **{"微克/立方米": 1, "毫克/立方米": 1000, "毫克/升": 1000}),
    **_same("money", "元", 元=1, 美元=1, 港元=1, 欧元=1, 元人民币=1),
    **_same("power", "千瓦", 千瓦=1, 兆瓦=1e3, 千瓦时=1, 度电=1, 吉瓦=1e6),
    **_same("power", "千伏安", 千伏安=1, 兆伏安=1e3),
    **_same("time", "分钟", 分钟=1, 小时=60, 秒=1 / 60),
    **_same("days", "天", 天=1, 个工作日=1, 工作日=1, 自然日=1),
    **_same("ratio", "%", **{"%": 1, "‰": 0.1, "个百分点": 1, "百分点": 1}),
    **_same("times", "倍", 倍=1),
    **_same("score", "分", 分=1),
    **_same("age", "岁", 岁=1, 周岁=1),
    **_same("storeys", "层", 层=1),
    **_same("noise", "分贝", 分贝=1),
}
MEASURE["美元"] = Unit("美元", 1, "money")
MEASURE["港元"] = Unit("港元", 1, "money")
MEASURE["欧元"] = Unit("欧元", 1, "money")
MEASURE["‰"] = Unit("‰", 1, "ratio")
MEASURE["个百分点"] = MEASURE["百分点"] = Unit("个百分点", 1, "ratio")
MEASURE["万方"] = Unit("平方米", 1e4, "area")
UNITS: dict[str, Unit] = {**COUNT, **MEASURE}

# What may not follow a unit, because the two together are another word: 4部门, 2.0升级, 3个月, 5处置.
_NOT_BEFORE = {
    "期": "间末限工项待",
    "具": "体备有",
    "路": "口段面网线灯长径由政人边沿侧以",
    "盘": "活点",
    "轮": "次岗值流驱候",
    "批": "准复评示次发",
    "车": "辆间站位道库棚主",
    "片": "区面刻段长",
    "箱": "子体梁式包",
    "类": "别型似地风比水标区推",
    "集": "体中团合聚装散群贸市成",
    "双": "向区创重方",
    "个": "月人性体",
    "家": "庭园门长乡具",
    "处": "置理罚于室级",
    "台": "账风阶",
    "支": "持部队撑付路",
    "场": "景所地馆均站",
    "座": "谈位席椅",
    "条": "件例线约",
    "所": "有属在需长",
    "本": "镇级地区市街村报科年",
    "对": "接口外标象",
    "门": "店牌户类诊口",
    "副": "书主组镇局中",
    "节": "点能日水目假约",
    "单": "位元独一车",
    "幅": "度员",
    "名": "为称单录胜优师校额牌义列下",
    "部": "门分署委级队位",
    "面": "积向对貌临上",
    "口": "岸径腔袋",
    "组": "织建成团长合",
    "班": "子组",
    "间": "隔距接",
    "位": "于置",
    "次": "会全年要日",
    "户": "籍外型均数口",
    "项": "目",
    "人": "民口才均大社工次",
    "分": "别类级批管散布区设析钟解流之中会支局公为",
    "件": "套",
    "天": "然",
    "方": "案",
    "层": "级",
    "元": "宵旦",
    "米": "兰",
    "根": "据",
    "块": "状",
    "例": "如外",
    "宗": "旨教",
    "团": "队员委体",
    "点位": "",
    "起": "步草",
    "笔": "记",
    "列": "入为",
    "眼": "光",
    "头": "部",
    "只": "有",
    "面积": "",
    "套": "餐",
    "款": "式",
    "期次": "",
    "度": "假",
    "间隔": "",
    "吨": "位",
    "秒": "级",
    "岁": "月",
    "证": "合照书券件明据实监通办",
    "客": "户商运流厅车人家服源栈",
    "尾": "气矿水款数随",
    "羽": "毛绒",
}


def pattern(name: str) -> str:
    """The name of a unit as part of a regular expression, with what may not follow it."""
    barred = _NOT_BEFORE.get(name, "")
    return re.escape(name) + (f"(?![{barred}])" if barred else "")


def named(unit: str) -> Unit | None:
    """The unit of this name, a rate such as 吨/平方公里·月 too (its parts stay as written), or None."""
    if unit in UNITS:
        return UNITS[unit]
    head, slash, per = unit.partition("/")
    if slash and head in UNITS:
        return Unit(f"{UNITS[head].base}/{per}", UNITS[head].factor, "rate")
    return None
