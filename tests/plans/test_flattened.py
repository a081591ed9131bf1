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


TABS = (
    "云岸镇2026年9月重点工作任务表\n类别\t重点任务\t具体举措\t责任科室\t完成时限\n"
    "一、经济发展\n招商\t项目签约\t新签约亿元以上项目2个，到位资金3.5亿元。\t营商办\t9月底\n\n"
    "\t楼宇提质\t去化空置面积4500平方米。\t营商办\t全月\n二、民生服务\n就业\t招聘会\t举办招聘会2场。\t服务办\t9月18日\n备注：按月报送。\n"
)


def test_a_line_with_tabs_is_a_row_and_a_line_without_them_a_band() -> None:
    document = read(TABS.encode())
    shown = [(task.path, *owners(task)) for task in document.tasks]
    assert shown == [
        (["经济发展", "招商", "项目签约"], ["营商办"], [], "2026-09"),
        (["经济发展", "招商", "楼宇提质"], ["营商办"], [], "2026-09"),
        (["民生服务", "就业", "招聘会"], ["服务办"], [], "2026-09"),
    ]
    assert document.unverified() == []


def test_tabs_in_a_text_without_known_columns_are_blanks() -> None:
    document = read(
        "云岸镇2026年工作要点\n\n一、\t推进\t建设\n\n1.新建\t口袋公园\t4个。（责任部门：城建办）\n".encode()
    )
    assert [task.text.value for task in document.tasks] == ["新建口袋公园4个。"]


def test_cells_that_are_not_wrapped_are_each_a_line_and_two_rows_are_enough() -> None:
    cells = ["序号", "工作类别", "重点任务", "具体举措", "责任科室", "完成时限"]
    rows = [
        ["1", "党的建设", "组织覆盖", "摸排规上企业36家，新建党组织3个。", "党建办", "9月底"],
        ["2", "经济发展", "招商引资", "新签约项目2个，外出招商不少于2批次。", "营商办", "月底前全部完成"],
    ]
    text = "\n".join(["云岸镇2026年9月重点工作任务表", *cells, *(cell for row in rows for cell in row)])
    document = read(text.encode())
    assert [(task.path, *owners(task)) for task in document.tasks] == [
        (["党的建设", "组织覆盖"], ["党建办"], [], "2026-09"), (["经济发展", "招商引资"], ["营商办"], [], "2026-09"),
    ]  # fmt: skip


def test_names_of_columns_in_a_sentence_begin_no_table() -> None:
    text = "云岸镇工作方案\n\n一、工作要求\n\n责任领导 责任部门 完成时限\n请各部门于9月底前报送任务清单。\n"
    assert [task.origin for task in read(text.encode()).tasks if task.origin == "flattened"] == []


PLAN = (
    "云岸镇国民经济和社会发展第十五个五年规划（2026—2030年）\n\n一、发展目标\n\n专栏1 主要指标\n{}\n"
    "注：〔〕内为五年累计数。\n"
)
BY_LINE = """类别
序
号
指标名称 单位
2025年基
数
2030年目标
年均增
长
指标属
性
经济发
展
1 财政总收入 亿元 8.2 10.5 5% 预期性
2 固定资产投资增速 % 5.8 — 6 预期性
绿色生
态
3
单位地区生产总值能源消耗
降低
% — — 〔13〕 约束性
4 人均公园绿地面积 平方米 13.8 ≥15.5 — 预期性"""
BY_CELL = (
    "指标名称 单位 2025年 2030年 属性 财政总收入 亿元 8.2 10.5 预期性 人均公园绿地面积 平方米 13.8 15.5以上 预期性"
)


def goals(text: str) -> list[tuple[str, str, float | None, str, str | None, float | None]]:
    document = read(PLAN.format(text).encode())
    assert document.unverified() == []
    return [
        (one.indicator, one.comparator, one.value, one.unit, one.by, one.baseline)
        for one in document.targets
        if one.kind == "target"
    ]


def test_a_flattened_row_of_indicators_ends_in_its_kind() -> None:
    assert goals(BY_LINE) == [
        ("财政总收入", ">=", 10.5, "亿元", "2030", 8.2), ("财政总收入年均增长", ">=", 5, "%", "2030", None),
        ("固定资产投资增速", ">=", 6, "%", "2030", None), ("单位地区生产总值能源消耗降低", ">=", 13, "%", "2030", None),
        ("人均公园绿地面积", ">=", 15.5, "平方米", "2030", 13.8),
    ]  # fmt: skip


def test_bare_years_head_the_columns_of_a_flattened_table_too() -> None:
    assert goals(BY_CELL.replace(" ", "\n")) == [
        ("财政总收入", ">=", 10.5, "亿元", "2030", 8.2), ("人均公园绿地面积", ">=", 15.5, "平方米", "2030", 13.8),
    ]  # fmt: skip


def test_rows_that_do_not_fit_the_header_are_no_indicators() -> None:
    assert goals("指标名称 单位 2025年 2030年 属性\n这里说明预期性\n指标和约束性\n指标的区别。") == []
