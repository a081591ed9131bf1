"""Who answers and who supports: tails in all their forms, lists of units, names for units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.plans.compiler import read
from chengyun.plans.compiler.healed import Healed, heal
from chengyun.plans.compiler.parties import split
from chengyun.plans.compiler.people import is_name
from chengyun.plans.compiler.tails import find_tails, has_tail, is_tail


def words(text: str) -> Healed:
    return heal(text, [(0, len(text))])


def roles(text: str) -> dict[str, list[str]]:
    body = words(text)
    (tail,) = find_tails(body)
    return {role: [part.text for a, b in ranges for part in split(body[a:b])] for role, ranges in tail.roles.items()}


@pytest.mark.parametrize(("text", "expected"), [
    ("办好此事。（责任部门：甲办、乙中心（丙办）；时间节点：5月）",
     {"department": ["甲办", "乙中心（丙办）"], "due": ["5月"]}),
    ("办好此事。（责任部门：受理中心，时间节点：12月）", {"department": ["受理中心"], "due": ["12月"]}),
    ("办好此事。（责任部门：城运办、“群租”整治办，时间节点：11月）",
     {"department": ["城运办", "“群租”整治办"], "due": ["11月"]}),
    ("办好此事。(牵头单位:甲局;配合单位:乙局、各区、县级市)",
     {"department": ["甲局"], "support": ["乙局", "各区、县级市"]}),
    ("办好此事。【责任单位：甲科；配合单位：乙所；完成时限：6月底前】",
     {"department": ["甲科"], "support": ["乙所"], "due": ["6月底前"]}),
    ("办好此事。（甲局牵头，乙局、各街镇配合）", {"department": ["甲局"], "support": ["乙局", "各街镇"]}),
    ("办好此事。（甲局牵头负责，乙局、丙委参与，6月底前完成）",
     {"department": ["甲局"], "support": ["乙局", "丙委"], "due": ["6月底前完成"]}),
    ("办好此事。（甲局、乙局按职责分工负责）", {"department": ["甲局", "乙局"]}),
    ("办好此事。（责任单位：甲局、乙局等；各区政府）", {"department": ["甲局", "乙局", "各区政府"]}),
    ("办好此事。责任单位：甲局、乙局", {"department": ["甲局", "乙局"]}),
    ("责任领导：程远帆；责任部门：甲办", {"lead": ["程远帆"], "department": ["甲办"]}),
    ("办好此事。（责任部门：甲办）（完成时间：3月）", {"department": ["甲办"], "due": ["3月"]}),
    ("办好此事。（责任单位：甲局牵头，乙局、丙局配合；完成时限：年底）",
     {"department": ["甲局"], "support": ["乙局", "丙局"], "due": ["年底"]}),
])  # fmt: skip
def test_a_tail_is_read_in_every_form(text: str, expected: dict[str, list[str]]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize("text", [
    "完善“片区（中心）”建设。", "优化双区（街区+社区）联动的现场管理。", "由社区（居委会）负责引导居民参与。",
    "落实责任，完善机制。", "（二）工作任务：推进改造。", "明确牵头单位和工作责任，细化目标指标。",
])  # fmt: skip
def test_other_brackets_are_no_tails(text: str) -> None:
    assert find_tails(words(text)) == []


def test_a_line_that_is_only_a_tail_is_known() -> None:
    assert is_tail(words("（责任部门：城运中心，时间节点：11月）"))
    assert is_tail(words("牵头单位：区商务局"))
    assert not is_tail(words("推进建设。（责任部门：城运中心）"))
    assert has_tail(words("推进建设。（责任部门：城运中心）"))


@pytest.mark.parametrize(("text", "members"), [
    ("党政办（项目办）、各居民区", ["党政办（项目办）", "各居民区"]),
    ("各区、县级市人民政府", ["各区、县级市人民政府"]),
    ("各机关部门、事业中心", ["各机关部门", "事业中心"]),
    ("各街道、各部门", ["各街道", "各部门"]),
    ("区人力资源和社会保障局,区规划和自然资源局", ["区人力资源和社会保障局", "区规划和自然资源局"]),
    ("甲局（乙办、丙办）；丁局", ["甲局（乙办、丙办）", "丁局"]),
    ("管理办 平安办", ["管理办", "平安办"]),
    ("—", []),
    ("无", []),
])  # fmt: skip
def test_a_list_is_split_where_a_list_is_split(text: str, members: list[str]) -> None:
    body = heal(text, [(0, len(text))], spaces=True)
    assert [member.text for member in split(body)] == members


@given(st.text(alphabet="甲乙各区县办局、，；（）“” 等", max_size=40))
def test_splitting_loses_no_place(text: str) -> None:
    body = words(text)
    for member in split(body):
        start = body.at.index(member.at[0])
        assert body[start : start + len(member)].text == member.text


@pytest.mark.parametrize("name", ["沈望舒", "欧阳修文", "叶知秋", "顾 长"])
def test_a_name_is_a_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("text", ["党建办", "管理办", "各居民区", "平安办", "全年", "商务局", "一", "安全生产"])
def test_a_unit_is_no_name(text: str) -> None:
    assert not is_name(text)


LIST = """附件1

云岸镇城市更新领导小组名单

组  长：沈望舒  镇党委书记
顾长宁  镇党委副书记、镇长
副组长：叶知秋  副镇长
成  员：陆怀瑾  社区平安办（信访办）主任
何  宁  社区党建办主任
林清越  城市运行管理中心副主任

领导小组下设两个工作专班。组建项目建设专班，负责项目的推进落实，由叶知秋同志牵头负责，成员由党建办、平安办、城运中心组成。

附件2

1.推进道路建设。（责任部门：城运中心、平安办；时间节点：6月）
2.推进绿化建设。（责任部门：信访办、绿化队；时间节点：9月）
3.推进停车建设。（责任部门：党建办；时间节点：9月）
"""


def test_an_annex_list_gives_posts_and_their_units() -> None:
    document = read(LIST.encode())
    assert [(post.role, post.posts, post.unit) for post in document.posts][2:] == [
        ("副组长", ["副镇长"], ""),
        ("成员", ["社区平安办（信访办）主任"], "社区平安办（信访办）"),
        ("成员", ["社区党建办主任"], "社区党建办"),
        ("成员", ["城市运行管理中心副主任"], "城市运行管理中心"),
    ]
    (group,) = document.groups
    assert group.name.value == "项目建设专班"
    assert [party.unit for party in group.members] == ["社区党建办", "社区平安办（信访办）", "城市运行管理中心"]


def test_short_and_bracketed_names_of_units_are_found_and_others_are_questions() -> None:
    document = read(LIST.encode(), units=["绿化和市容管理所"])
    owners = {party.name.value: party for task in document.tasks for party in task.departments}
    assert owners["城运中心"].unit == "城市运行管理中心"
    assert owners["平安办"].unit == owners["信访办"].unit == "社区平安办（信访办）"
    assert owners["绿化队"].unit is None
    assert owners["绿化队"].question
    assert document.tasks[0].departments[0].lead
