"""What was done and what is to be done, told apart by section and by sentence, in invented documents."""

import pytest

from chengyun.plans.compiler import Document, read

ACTION = """云岸镇品质提升三年行动计划（2024—2026年）

云岸镇人民政府
2024年3月

为持续改善城镇品质，制定本行动计划。

一、工作基础

上一轮行动以来，全镇完成旧住房修缮62万平方米，绿化覆盖率由34%提高到36.5%，累计打通断头路5条。

二、重点任务

（一）居住环境提升

1.推进旧住房修缮。上一轮修缮已完成61万平方米，本轮力争再完成40万平方米，其中2024年开工15万平方米。

2.完成修缮工程。到2026年，完成修缮住房120幢，累计竣工33万平方米。

3.加装电梯。在已完成加装电梯80台的基础上，三年累计新增加装电梯150台，每年不少于50台。

（二）生态环境提质

4.整治河道。在2023年完成整治9条河道的基础上，2024—2026年再整治河道12条。

5.管好公园。上一轮行动以来新建的14座口袋公园全部纳入统一养护，新增口袋公园10座。

6.整治支流。2023年已整治6条，本方案期内整治14条段、21.5公里，其中2024年上半年完成7条。
"""
REPORT = """政府工作报告

——2025年1月8日在云岸镇第三届人民代表大会第六次会议上

各位代表：

一、2024年工作回顾

过去一年，我们完成税收收入18.6亿元，同比增长6.2%。

（一）着力惠民生，居住环境提升明显。完成旧住房修缮31万平方米，力争让群众放心。

（二）2024年主要目标任务完成情况。新增就业岗位3100个。

二、2025年工作安排

2025年是“十四五”规划收官之年，主要预期目标是：税收收入增长5%左右，失业率控制在4.5%以内。

（一）在城市更新上取得新突破

1.新增养老床位120张。2024年已建成的3家社区食堂提质增效。

2.去年引进的46家重点企业年内全部开工，分别建成云南、云北两个社区卫生服务站。
"""
YEAR = """云岸街道2024年工作总结和2025年工作计划

一、2024年工作情况

（一）聚焦发展，经济质效取得新突破

全年新增企业450家，计划投资的云和苑项目改造小区6个。

二、2025年工作计划

（一）在经济发展上取得新突破

引进重点企业15家。

（二）巩固文明创建成效

创建文明小区8个。

（三）优化居住环境

启动5个小区综合整治；2024年结转的4个项目确保3月底前完工。近年来，社区食堂日均服务1200人次，今年将再增设2家。
"""
FIVE = """云岸镇国民经济和社会发展第十五个五年规划纲要

第一章 发展基础与形势

第一节 “十四五”发展成就

建成养老床位860张，人均公共绿地面积由6.2平方米提高到8.1平方米。

第二节 发展环境

全镇老年人口占比达36%。

第二章 建设宜居家园

第一节 改善居住环境

“十四五”期间完成旧改1800户，“十五五”期间全面完成剩余650户旧改。研发投入强度达到4.2%，较2025年提高0.8个百分点。
"""


def values(document: Document, kind: str) -> list[float | None]:
    return [target.value for target in document.targets if target.kind == kind]


@pytest.mark.parametrize(("text", "done", "to_do"), [
    (ACTION, [62, 36.5, 5, 61, 80, 9, 14, 6], [40, 15, 120, 33, 150, 50, 12, 10, 14, 21.5, 7]),
    (REPORT, [18.6, 6.2, 31, 3100, 3], [5, 4.5, 120, 46, 2]),
    (YEAR, [450, 6, 1200], [15, 8, 5, 4, 2]),
    (FIVE, [860, 8.1, 36, 1800], [650, 4.2, 0.8]),
])  # fmt: skip
def test_what_was_done_is_told_from_what_is_to_be_done(text: str, done: list[float], to_do: list[float]) -> None:
    document = read(text.encode())
    assert sorted(filter(None, values(document, "achievement"))) == sorted(done)
    assert sorted(filter(None, values(document, "target"))) == sorted(to_do)
    assert document.unverified() == []


def test_a_report_plans_for_the_year_in_which_it_was_spoken() -> None:
    document = read(REPORT.encode())
    assert document.meta.date is not None
    assert document.meta.date.value == "2025-01-08"
    assert {target.by for target in document.targets if target.kind == "target"} == {"2025"}
    assert {target.by for target in read(YEAR.encode()).targets if target.value == 15} == {"2025"}


@pytest.mark.parametrize(("text", "expected"), [
    ("先行联系率、按时办结率分别达到99%、98%以上。", [("先行联系率", 99, "2026"), ("按时办结率", 98, "2026")]),
    ("2024年、2025年、2026年分别完成小区改造8个、10个、12个。",
     [("小区改造", 8, "2024"), ("小区改造", 10, "2025"), ("小区改造", 12, "2026")]),
    ("改造12个小区、3.6万平方米停车区域。", [("小区", 12, "2026"), ("停车区域", 3.6, "2026")]),
    ("新增停车泊位400个，其中共享泊位150个。", [("新增停车泊位", 400, "2026"), ("共享泊位", 150, "2026")]),
    ("累计签约120户。", [("签约", 120, "2026")]),
])  # fmt: skip
def test_each_number_keeps_its_own_subject_and_year(text: str, expected: list[tuple[str, float, str]]) -> None:
    document = read(f"云岸镇2024—2026年行动计划\n\n一、主要任务\n\n（一）推进建设\n\n{text}\n".encode())
    assert sorted((t.object.value, t.value, t.by) for t in document.targets if t.object and t.value) == sorted(expected)


def test_tails_are_parted_by_blanks_and_bars_and_goals_are_no_tasks() -> None:
    text = """云岸镇2025年工作要点

一、总体要求
（一）工作目标。到2025年底，物业达标率达到95%以上。
二、重点工作
（二）推进接诉即办，按时办结率达到99%。【责任单位：城运中心　完成时间：2025年11月底】
（三）开展消防隐患排查。（责任部门：应急办｜配合部门：各居民区｜时间节点：10月）
（四）完成云枫路改建。责任部门：城建办；时间：9月底前
"""
    found = [
        ([p.name.value for p in t.departments], [p.name.value for p in t.supporting], t.deadline.chief)
        for t in read(text.encode()).tasks
    ]
    assert found == [
        (["城运中心"], [], "2025-11"), (["应急办"], ["各居民区"], "2025-10"), (["城建办"], [], "2025-09"),
    ]  # fmt: skip


def test_a_monthly_table_keeps_what_was_done_apart() -> None:
    text = """云岸街道2025年3月重点工作任务分解表

序号 工作任务 责任领导 责任部门 配合部门 完成时限
1 雨污混接改造收尾，累计完成12公里管网
铺设 李某甲 城建办 水务所、各相关居委会 3月底
2 企业走访覆盖率达到90%，2月底已走访210家，再走访
不少于150家 王某乙 营商办 各居委会 3月31日前
3 开展春季绿化补种，补种行道树320株 陈某丙 绿化所 各居委会 3月20日
"""
    document = read(text.encode())
    assert [[p.name.value for p in t.departments] for t in document.tasks] == [["城建办"], ["营商办"], ["绿化所"]]
    assert values(document, "achievement") == [210]
    assert values(document, "target") == [12, 90, 150, 320]
    assert {target.by for target in document.targets if target.kind == "target"} == {"2025-03"}


def test_part_of_a_number_may_be_done() -> None:
    text = "对养老机构实施改造，其中3家已于2024年完成，其余5家于2025年底前全部完成；2024年获评的12家机构通过复评。"
    document = read(f"关于养老服务的若干意见\n\n一、主要任务\n\n（一）夯实发展基础\n\n{text}\n".encode())
    assert values(document, "achievement") == [3]
    found = [(t.value, t.by) for t in document.targets if t.kind == "target"]
    assert found == [(5, "2025-12"), (12, "2025-12")]
