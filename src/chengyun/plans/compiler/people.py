"""What looks like the name of a person. Names are read for the review and go nowhere else."""

from __future__ import annotations

import re

from chengyun.plans.compiler.role_words import UNIT_END

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温"
    "芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢骆岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查"
    "屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木"
    "穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑"
    "荆谌银扬明沙薄伏岑习胥保和蔺延"
)
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|南宫|夏侯"
NAME = rf"(?:(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}]\s?[\u4e00-\u9fff]{{1,2}})"
_NAME = re.compile(NAME)
_NAMES = re.compile(rf"{NAME}(?:[、，,\s]+{NAME}){{0,3}}(?:同志)?")
_NOT_NAMES = re.compile(
    r"^(?:全年|全部|全镇|全区|全市|时间|时限|成员|成果|路灯|安全|安排|项目|方案|方法|文化|文明|文件|计划|解决|管理|"
    r"管控|高质|高品|平安|关于|关注|向上|应急|应当|和谐|和美|明确|保障|保持|保护|连续|来源|常态|游园|房屋|房办|单位|"
    r"金额|金融|华丽|水务|商务|商业|党建|党群|党政|都要|成立|成效|左右|官方|原则|时序|强化|景观|边界|封闭|官网|银行|花园|"
    r"路面|路段|路长|林长|河长|马路|田园|石材|方向|万元|万户|江边|常年|易于|武装|汤池|温馨|温暖|宁静|柏油|车辆|车位)"
)


def is_name(text: str) -> bool:
    """True when `text` could be one person's name, or several with separators."""
    bare = text.strip()
    if len(bare) < 2 or UNIT_END.search(bare) is not None or _NOT_NAMES.match(bare):
        return False
    return _NAMES.fullmatch(bare) is not None


def names(text: str) -> list[str]:
    """The names of a cell or a tail that holds nothing but names."""
    return [match[0].replace(" ", "") for match in _NAME.finditer(text)]
