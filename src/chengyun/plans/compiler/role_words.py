"""Words that say who does what by when, as data: keys of tails and verbs of free sentences."""

from __future__ import annotations

import re

# Role → keys as they stand before a colon (责任部门：…). Longer keys first inside each role.
_KEYS: tuple[tuple[str, str], ...] = (
    (
        "lead",
        r"(?:牵头|责任|分管|包联|包保|挂钩|联系|主管)(?:镇|街道|区|县|市)?领导|(?:区|县|市|镇|乡|街道|包抓|包干|挂联)领导|(?:牵头|责任|分管|主要|项目)?(?:负责人|责任人|牵头人)",
    ),
    ("support", r"(?:配合|协办|协同|协助|参与|参加|支持|协作)(?:责任)?(?:部门|单位|科室|主体)?(?:和单位|及单位)?"),
    ("start", r"(?:计划)?(?:启动|开始|开工)(?:时间|日期)"),
    (
        "due",
        (
            r"(?:计划)?(?:完成|办结|竣工|截止|整改|推进|实施)?(?:时间|时限|期限)(?:节点|要求|安排|进度)?|(?:时间|完成|进度)节点|"
            r"(?:工作|进度)进度(?:安排)?|完成日期|进度安排|进度要求"
        ),
    ),
    (
        "department",
        (
            r"(?:主要|第一|牵头|具体)?(?:责任|牵头|主办|承办|负责|主责|实施|落实|主管)(?:责任)?(?:部门|单位|科室|主体|处室)"
            r"(?:和单位|及单位|、单位)?|责任主体|牵头(?!领导|人)|主办|责任(?!人|制|书|田|感|心|区)"
        ),
    ),
    ("place", r"(?:实施|建设)?地点|实施范围|涉及区域"),
    ("note", r"备注|资金来源|资金保障|考核标准|完成标志|成果形式|验收标准|工作目标|目标要求"),
)
_ALTERNATIVES = "|".join(f"(?P<{role}>{pattern})" for role, pattern in _KEYS)
KEY = re.compile(rf"(?:{_ALTERNATIVES})\s*：")
# A tail may also start with one of these and have no colon: 责任部门 城运办.
BARE_KEY = re.compile(r"(?:责任|牵头|主办|配合|协办)(?:部门|单位)\s")

# Endings of a part of a free sentence and the role of the units before it; checked in this order.
VERBS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("department", re.compile(r"(?:共同|联合|分别|各自)?牵头(?:负责|落实|实施|办理|推进|组织实施|会同)?$")),
    (
        "support",
        re.compile(
            r"(?:共同|协助|积极|协同|按(?:照)?(?:各自)?职责(?:分工)?)?(?:配合|参与|协助|协办|协同|支持)(?:实施|落实|推进)?$"
        ),
    ),
    (
        "department",
        re.compile(
            r"(?:(?:共同|分别|具体|按(?:照)?(?:各自)?职责(?:分工)?)+)?(?:负责|落实|实施|主办|承办)(?:落实|实施|推进)?$"
        ),
    ),
    ("department", re.compile(r"按(?:照)?(?:各自)?职责分工$")),
)
_SUFFIX = (
    r"办|办公室|局|委|委员会|党委|党工委|纪工委|工委|中心|队|大队|支队|中队|所|处|科|股|室|部|武装部|院|法院|检察院|站|"
    r"会|总工会|工会|团委|妇联|科协|侨联|工商联|残联|红十字会|公司|集团|街道|街道办事处|办事处|街镇|镇|乡|区|县|市|村|"
    r"居|居委|村委|居委会|村委会|社区|居民区|片区|政府|人民政府|单位|部门|学校|企业|支部|专班|组|小组|馆|园区|管委会|指挥部|"
    r"银行|机构|协会|派出所|网格|业委会|物业|联社|合作社|总队|书院|医院|卫生院|供电所|分局"
)
UNIT_END = re.compile(rf"(?:{_SUFFIX})(?:（[^（）]{{1,16}}）)?$")
GENERIC = re.compile(r"(?:各|相关|有关|其他|全体|全镇|全街道)")
# Kinds of area that one 各 may govern together: 各区、县级市 is one member, 各居民区、各单位 are two.
AREA_KINDS = frozenset(
    [
        "区",
        "县",
        "市",
        "旗",
        "镇",
        "乡",
        "街道",
        "街镇",
        "居",
        "村",
        "县级市",
        "园区",
        "功能区",
        "开发区",
        "社区",
        "居民区",
        "管委会",
        "工业区",
        "村居",
        "居村",
        "自治县",
        "自治州",
        "州",
        "盟",
    ]
)
# What ends like a unit and is none: the first half of a name that a narrow column broke (城市 / 管理科).
BEGINNINGS = AREA_KINDS | {"城市", "城区", "乡村", "农村", "农业农村", "社会", "机关"}
AREA_TAIL = re.compile(r"(?:人民政府|政府|办事处|党工委|党委|委会|委|管委会|（[^（）]*）)$")
