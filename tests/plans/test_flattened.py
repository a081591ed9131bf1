"""Task tables whose cells a PDF laid out line after line: headers, bands, broken names, several columns of owners."""

from chengyun.plans.compiler import read
from chengyun.plans.compiler.model import Task
from chengyun.plans.compiler.readers.pdf_table import closed

DUTIES = """云岸镇安全生产责任清单（2026年）
序
号
责任事
项
工作内容
牵头
部门
配合部门 工作要求 时限要求
1
编制年
度计划
编制并印发年度监督检查计划，计划检查企业380家，其中重点企业60家。
应急
管理
办公
室
经济发展办
公室
报区应急
局备案
2026年1
月31日前
2
燃气安
全治理
督促餐饮用户加装可燃气体报警装置，安装率达到100%，更换软管3400根。
城市
管理
科
市场监管
所、各社区
逐户上
门
2026年9
月底前
3
宣传教
育
开展“安全生产月”宣传活动，发放资料2万份，培训网格员160人。
应急
管理
办公
室
宣传办、网
格中心
营造浓
厚氛围
6月30日
前
"""

DIVISION = """2026年镇政府工作报告重点任务分解表
序
号 工作任务
镇
领
导
牵头单位 责任单位 完成时限
一、主要预期目标
1 规模以上工业增加值增长7%，工业投资增长10%
岑
望
舒
经济发展办
统计站、各
村（社区）
2026年12月
2 社会消费品零售总额增长6%，新增限上企业8家
邵
明
漪
商务办
文旅站、市
场监管所
2026年12月
二、产业发展
3 开展“百日攻坚”招商行动，签约项目15个，协议总投资不低于60亿元
岑
望
舒
投促办 各村（社区） 2026年11月底
"""


def owners(task: Task) -> tuple[list[str], list[str], str | None]:
    return (
        [party.name.value for party in task.departments],
        [party.name.value for party in task.supporting],
        task.deadline.chief,
    )


def test_names_and_dates_that_a_narrow_column_broke_are_whole_again() -> None:
    document = read(DUTIES.encode())
    assert [owners(task) for task in document.tasks] == [
        (["应急管理办公室"], ["经济发展办公室"], "2026-01"),
        (["城市管理科"], ["市场监管所", "各社区"], "2026-09"),
        (["应急管理办公室"], ["宣传办", "网格中心"], "2026-06"),
    ]
    assert [task.path for task in document.tasks] == [["编制年度计划"], ["燃气安全治理"], ["宣传教育"]]
    assert document.unverified() == []


def test_a_band_is_no_column_and_heads_the_rows_below_it() -> None:
    document = read(DIVISION.encode())
    assert [(task.path, task.lead.value if task.lead else None) for task in document.tasks] == [
        (["主要预期目标"], "岑望舒"), (["主要预期目标"], "邵明漪"), (["产业发展"], "岑望舒"),
    ]  # fmt: skip


def test_two_columns_of_owners_are_read_one_after_the_other() -> None:
    document = read(DIVISION.encode())
    assert [owners(task)[0] for task in document.tasks] == [
        ["经济发展办", "统计站", "各村（社区）"], ["商务办", "文旅站", "市场监管所"], ["投促办", "各村（社区）"],
    ]  # fmt: skip
    assert [owners(task)[2] for task in document.tasks] == ["2026-12", "2026-12", "2026-11"]


def test_a_rule_that_a_page_break_left_out_is_drawn_where_the_upright_rules_end() -> None:
    def rule(x0: float, top: float, x1: float, bottom: float) -> dict[str, object]:
        level = top == bottom
        return {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "orientation": "h" if level else "v"}

    open_above = [rule(x, 40, x, 100) for x in (0, 50, 120)] + [rule(0, 70, 120, 70), rule(0, 100, 120, 100)]
    added = closed(open_above)[len(open_above) :]
    assert [(edge["x0"], edge["top"], edge["x1"]) for edge in added] == [(0, 40, 120)]
    assert closed([*open_above, *added]) == [*open_above, *added]
