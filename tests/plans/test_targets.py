"""What counts as a target, and what only looks like one."""

import pytest

from chengyun.plans.compiler import Document, read
from chengyun.plans.compiler.model import Target


def plan(text: str) -> Document:
    return read(f"云岸镇2024—2026年行动计划\n\n一、主要任务\n\n（一）推进建设\n\n{text}\n".encode())


def of_kind(document: Document, kind: str = "target") -> list[Target]:
    return [target for target in document.targets if target.kind == kind]


def told(text: str) -> list[tuple[str, float | None, str]]:
    return [(target.comparator, target.value, target.unit) for target in of_kind(plan(text))]


@pytest.mark.parametrize(("text", "expected"), [
    ("完成35个居委绿色社区创建，其中4家创建区级示范。", [(">=", 35, "个"), (">=", 4, "家")]),
    ("推荐申报1个示范小区、9个特色小区。", [(">=", 1, "个"), (">=", 9, "个")]),
    ("将全域设置为2个片区、10个网格。", [("=", 2, "个"), ("=", 10, "个")]),
    ("将进入快速路时间缩短至10分钟以内。", [("<=", 10, "分钟")]),
    ("完成3个小区16幢1310套改造工作。", [(">=", 3, "个"), (">=", 16, "幢"), (">=", 1310, "套")]),
    ("先行联系率、按时办结率均达到98%以上。", [(">=", 98, "%"), (">=", 98, "%")]),
    ("绿化覆盖率由31%提高到33.5%。", [(">=", 33.5, "%")]),
    ("配合完成两条对接道路建设。", [(">=", 2, "条")]),
    ("一般事项办理时限压缩至3个工作日以内。", [("<=", 3, "个工作日")]),
    ("区域降尘量低于3.7吨/平方公里·月。", [("<=", 3.7, "吨/平方公里·月")]),
    ("生活垃圾回收利用率高于全市平均水平。", [(">", None, "%")]),
    ("月平均降尘量达到全区考核标准。", [("<=", None, "")]),
    ("实现居村养老服务站全覆盖。", [(">=", 100, "%")]),
    ("启动X个点位的攻坚项目。", [(">=", None, "个")]),
])  # fmt: skip
def test_a_measurable_result_is_a_target(text: str, expected: list[tuple[str, float | None, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", [
    "推进“五个一批”示范创建，建设“15分钟社区生活圈”。", "依托3个片区和11个责任块，整合执法力量。",
    "服务60岁以上老年人。", "构建24小时自助服务模式。", "完善三级微型消防站建设。",
    "聚焦五个方面重点任务，坚持三个统一。",
    "建设5G网络，支持360集团发展。",
    "推进12-01地块和N14-1地块开发。", "对望湖路256、258弄开展整治。", "打造一批示范点。", "持续提高群众满意度。",
    "加强与12345热线的对接。", "编制三年行动计划。", "第72次会议研究通过。", "推动基本实现全覆盖。",
])  # fmt: skip
def test_a_name_a_code_or_what_already_stands_is_none(text: str) -> None:
    assert told(text) == []


def test_sizes_of_a_project_are_parameters() -> None:
    document = plan("建设云栖文化中心，总建筑面积2.3万平方米，总投资1.8亿元。")
    assert [(t.value, t.unit) for t in of_kind(document, "parameter")] == [(2.3, "万平方米"), (1.8, "亿元")]
    assert of_kind(document) == []


def test_what_was_done_is_an_achievement_wherever_it_stands() -> None:
    document = plan("截至目前已建成口袋公园12个。2022年完成改造8万平方米。到2026年新建口袋公园20个。")
    assert [t.value for t in of_kind(document, "achievement")] == [12, 8]
    assert [(t.value, t.by) for t in of_kind(document)] == [(20, "2026")]


def test_dates_follow_the_words_and_else_the_plan() -> None:
    document = plan("2024年底前完成改造3万平方米，2025—2026年完成改造5万平方米。新建绿道6公里。")
    found = [(t.value, t.by, t.by_inherited) for t in of_kind(document)]
    assert found == [(3, "2024-12", False), (5, "2026", False), (6, "2026", True)]


def test_what_a_target_says_beside_its_value_is_kept() -> None:
    (floor,) = of_kind(plan("居住区达标率保持在95%以上。"))
    assert floor.floor
    (yearly,) = of_kind(plan("每年新建口袋公园不少于2个。"))
    assert yearly.recurrence == "year"
    (ranged,) = of_kind(plan("完成税收85-90亿元。"))
    assert (ranged.value, ranged.value_max, ranged.norm_value) == (85, 90, 8_500_000_000)
    (risen,) = of_kind(plan("绿化覆盖率由31%提高到33.5%。"))
    assert (risen.baseline, risen.baseline_unit) == (31, "%")
    (nearly,) = of_kind(plan("完成约28万平方米外墙整修。"))
    assert nearly.approx == "约"
    (beds,) = of_kind(plan("每千人（常住人口）拥有托位数不低于4.5个。"))
    assert beds.unit == "个/千人"


def test_an_open_number_is_a_question() -> None:
    document = plan("启动X个点位的攻坚项目。")
    assert [question.code for question in document.questions if question.code.startswith("target")] == ["target.open"]


def test_a_target_stated_twice_is_marked() -> None:
    document = plan("完成旧住房成套改造3.5万平方米。推进美丽家园建设，完成旧住房成套改造总面积3.5万平方米。")
    first, second = of_kind(document)
    assert second.same_as == document.targets.index(first)


def test_stages_tied_to_an_event_stay_open() -> None:
    text = "专栏1 重点项目\n\n（1）数字中心：用地面积2公顷，计划于交地后6个月开工，预计交地后24个月竣工。"
    (project,) = plan(text).projects
    assert project.name.value == "数字中心"
    assert [(s.name.value, s.event, s.months, s.due) for s in project.stages] == [
        ("开工", "交地", 6, None), ("竣工", "交地", 24, None),
    ]  # fmt: skip


def test_places_are_asked_of_the_lookup() -> None:
    asked: list[str] = []

    def lookup(name: str) -> object:
        asked.append(name)
        return name == "云栖路"

    document = read("1.完成云栖路、望湖新村沿线整治。（责任部门：城建中心）".encode(), lookup)
    assert asked == ["云栖路", "望湖新村"]
    assert [(place.name.value, place.kind, bool(place.found)) for place in document.tasks[0].places] == [
        ("云栖路", "road", True), ("望湖新村", "village", False),
    ]  # fmt: skip
