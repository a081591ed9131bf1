"""The forms that neighbouring documents use: reports, lists, shared duties, rules of assessment, tables of goals."""

import io

import openpyxl
import pytest

from chengyun.plans.compiler import Document, ReadError, read
from chengyun.plans.compiler.model import Target
from chengyun.plans.compiler.readers.plain import decode
from chengyun.plans.compiler.topics import topic

PLAN = "云岸镇2024—2026年行动计划\n\n一、主要任务\n\n（一）推进建设\n\n{}\n"


def plan(text: str) -> Document:
    return read(PLAN.format(text).encode())


def of_kind(document: Document, kind: str = "target") -> list[Target]:
    return [target for target in document.targets if target.kind == kind]


def told(text: str, kind: str = "target") -> list[tuple[str, float | None, str, str]]:
    return [(one.comparator, one.value, one.unit, one.object.value) for one in of_kind(plan(text), kind)]


@pytest.mark.parametrize(("text", "expected"), [
    ("财政总收入比2023年翻一番。", [(">=", 2, "倍", "财政总收入")]),
    ("集体收入翻两番。", [(">=", 4, "倍", "集体收入")]),
    ("居民收入增速高于经济增速。", [(">", None, "", "居民收入增速")]),
    ("城镇调查失业率5%左右，物价涨幅2%左右。", [("<=", 5, "%", "城镇调查失业率"), ("<=", 2, "%", "物价涨幅")]),
    ("考核排名进入全区前3名。", [("<=", 3, "名", "考核排名进入全区")]),
    ("建设口袋公园6座，每座不少于500平方米。",
     [(">=", 6, "座", "建设口袋公园"), (">=", 500, "平方米", "建设口袋公园每座")]),
    ("推进加装电梯工作，完成签约8台，开工5台。", [(">=", 8, "台", "加装电梯签约"), (">=", 5, "台", "加装电梯开工")]),
    ("实施适老化改造，2024年完成180户，2025年完成200户。",
     [(">=", 180, "户", "适老化改造"), (">=", 200, "户", "适老化改造")]),
    ("建成日处理能力5万吨的污水厂1座。", [(">=", 1, "座", "日处理能力5万吨的污水厂")]),
    ("50%以上的小区成立业委会。", [(">=", 50, "%", "小区成立业委会")]),
    ("人均预期寿命达到84岁，万人失信率控制在万分之五以内。",
     [(">=", 84, "岁", "人均预期寿命"), ("<=", 0.05, "%", "万人失信率")]),
    ("带动制造业投资100亿元以上。", [(">=", 100, "亿元", "带动制造业投资")]),
])  # fmt: skip
def test_a_result_keeps_its_subject_and_direction(
    text: str, expected: list[tuple[str, float | None, str, str]]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", [
    "仍有5个小区未改造。", "停车缺口约3000个。", "全镇18个行政村、9个社区。", "在巩固18个示范村的基础上，再接再厉。",
    "每少一次扣0.5分，每降低1个百分点扣1分。", "党的建设（25分）。", "前3名的村评为先进，末位2名约谈。",
    "按不超过30%的比例给予补助。", "按上年度保费的60%返还。", "领导小组下设1办5组。", "改造涉及居民3200户。",
])  # fmt: skip
def test_a_gap_a_rule_or_what_stands_is_no_target(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("text", ["确保引进项目15个、力争18个。", "固定资产投资确保15亿元，力争18亿元。"])
def test_what_is_hoped_for_beyond_the_promise_is_for_a_person_to_say(text: str) -> None:
    assert [value for _, value, _, _ in told(text)] == [15]
    assert [value for _, value, _, _ in told(text, "candidate")] == [18]


def test_a_step_takes_its_subject_from_the_clause_before() -> None:
    sentence = "推进加装电梯工作，完成签约8台，竣工5台"
    assert topic(sentence, sentence.index("竣工"), "竣工") == (2, 6)
    assert topic("竣工5台", 0, "竣工") is None
    assert topic(sentence, 9, "店招更新") is None


@pytest.mark.parametrize(("tail", "owners", "supporters", "due"), [
    ("责任领导：程远帆 责任部门：甲办 完成时限：11月底", ["甲办"], [], "2024-11"),
    ("责任领导：闻人语　　责任科室：甲办　　完成时限：11月底", ["甲办"], [], "2024-11"),
    ("（甲局；配合单位：乙局、丙局）", ["甲局"], ["乙局", "丙局"], None),
    ("（甲局、乙局；责任领导：时未央）", ["甲局", "乙局"], [], None),
    ("（甲局会同乙局、丙局负责）", ["甲局"], ["乙局", "丙局"], None),
    ("（甲局牵头，会同乙委落实）", ["甲局"], ["乙委"], None),
    ("责任单位：甲局、乙局分别牵头", ["甲局", "乙局"], [], None),
    ("（责任单位：甲局、乙局，排第一位的为牵头单位，下同）", ["甲局", "乙局"], [], None),
    ("责任单位：甲局、乙局（除标注“分别牵头”外，列第一位为牵头单位，下同）", ["甲局", "乙局"], [], None),
    ("〔责任单位：甲局、乙局（牵头）〕", ["乙局", "甲局"], [], None),
    ("〔甲局、乙局，2025年底前〕", ["甲局", "乙局"], [], "2025-12"),
])  # fmt: skip
def test_shared_duties_are_told_apart(tail: str, owners: list[str], supporters: list[str], due: str | None) -> None:
    document = read(f"云岸镇2024年工作要点\n\n一、重点工作\n\n1.推进道路整治。{tail}\n".encode())
    (task,) = document.tasks
    assert [party.name.value for party in task.departments] == owners
    assert [party.name.value for party in task.supporting] == supporters
    assert task.deadline.chief == due
    assert document.unverified() == []


def test_fields_with_keys_make_a_task_under_the_name_of_the_project() -> None:
    document = read((
        "云岸镇民生实事项目清单（2025年）\n\n项目一：社区食堂建设\n建设内容：新建社区食堂2家。\n牵头领导：沈望舒\n"
        "责任单位：社建办\n配合单位：——\n完成时限：2025年10月底前\n\n项目二：停车设施\n建设内容：新增泊位260个。\n"
        "责任单位：城建中心\n完成时限：11月底前\n"
    ).encode())  # fmt: skip
    shown = [(task.path, task.text.value, task.deadline.chief) for task in document.tasks]
    assert shown == [
        (["社区食堂建设"], "新建社区食堂2家。", "2025-10"), (["停车设施"], "新增泊位260个。", "2025-11"),
    ]  # fmt: skip
    assert [(one.value, one.by) for one in of_kind(document)] == [(2, "2025-10"), (260, "2025-11")]


def test_a_column_of_goals_adds_only_what_the_words_do_not_say() -> None:
    document = read((
        "# 云岸镇2024年3月重点工作安排表\n\n|序号|重点任务|具体举措|目标值|责任科室|完成时限|\n|-|-|-|-|-|-|\n"
        "|1|垃圾分类|新建投放点15处，完善巡查机制和考核办法|15处|城运中心|3月底|\n"
        "|2|信访化解|排查化解矛盾纠纷，落实领导包案和回访制度|≥90%|平安办|季度末|\n"
    ).encode())  # fmt: skip
    assert [(one.value, one.object.value) for one in of_kind(document)] == [(15, "新建投放点"), (90, "信访化解")]
    assert [task.deadline.chief for task in document.tasks] == ["2024-03", "2024-03"]


def test_goals_by_the_quarter_are_stages_of_one_task() -> None:
    document = read((
        "# 云岸镇2024年重点工作推进表\n\n|序号|重点工作|年度目标|一季度|四季度|责任部门|\n|-|-|-|-|-|-|\n"
        "|1|旧住房修缮|完成修缮12万平方米|开工6万平方米|全部竣工|房办|\n"
    ).encode())  # fmt: skip
    (task,) = document.tasks
    assert (task.path, task.deadline.chief) == (["旧住房修缮"], "2024-12")
    assert task.notes == {"一季度": "开工6万平方米", "四季度": "全部竣工"}
    assert [one.value for one in of_kind(document)] == [12]


def test_a_list_of_projects_gives_projects_with_sizes_and_no_promises() -> None:
    book = openpyxl.Workbook()
    for row in (
        ["云岸镇2024年重点项目计划表"],
        ["序号", "项目名称", "建设内容及规模", "总投资（万元）", "形象进度目标", "责任单位"],
        ["1", "云栖厂房二期", "新建厂房9.6万平方米", "86000", "6月底开工", "经发办"],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    document = read(out.getvalue())
    (project,) = document.projects
    assert [(one.value, one.unit) for one in project.parameters] == [(9.6, "万平方米")]
    assert [(stage.name.value, stage.due) for stage in project.stages] == [("开工", "2024-06")]
    assert of_kind(document) == []


def test_dotted_numbers_head_sections_and_quantities_do_not() -> None:
    document = read("云岸镇整治方案\n1.1 工作目标\n完成整治\n2.1万平方米。\n1.2 重点任务\n改造水渠3公里。\n".encode())
    assert [heading.title.text for heading in document.headings] == ["工作目标", "重点任务"]
    assert [(one.value, one.unit) for one in of_kind(document)] == [(2.1, "万平方米"), (3, "公里")]


def test_marks_of_empty_cells_stay_out_of_names() -> None:
    document = read((
        "云岸镇2024年4月重点工作表\n序号 工作任务 完成时限 配合单位 责任科室 牵头领导\n"
        "1 完成街区整治方案征询并组织专家评审 4月25日前 - 城建中心 沈望舒\n"
        "2 开展防汛检查并整改低洼易涝点位隐患 4月底 各社区 城运中心 顾长宁\n"
        "3 组织残疾人家庭无障碍改造验收和回访 4月底 / 社建办 叶知秋\n"
        "4 完成社区食堂选址并开展周边居民意见征询 长期 无 社建办 叶知秋\n"
    ).encode())  # fmt: skip
    assert [[party.name.value for party in task.departments] for task in document.tasks] == [
        ["城建中心"], ["城运中心"], ["社建办"], ["社建办"],
    ]  # fmt: skip


def test_utf_16_needs_no_mark_and_markup_is_refused() -> None:
    text = "云岸镇2024年工作要点\n一、完成道路整治3条。"
    assert decode(text.encode("utf-16-le")) == decode(text.encode("utf-16-be")) == text
    for page in (b"<!DOCTYPE html><html></html>", rb"{\rtf1 text}"):
        with pytest.raises(ReadError) as refused:
            decode(page)
        assert refused.value.code == "not_a_document"


def test_a_far_cell_of_a_sheet_costs_nothing() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "云岸镇工作要点", "x"
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue()).text.strip() == "云岸镇工作要点"


def test_the_title_is_what_a_notice_issues_though_its_line_broke() -> None:
    head = "云岸镇人民政府文件\n云府〔2026〕9号\n关于印发《云岸镇2026年绿化环境\n工作要点》的通知\n一、任务\n"
    title = read(f"{head}1.整治河道6条。\n".encode()).meta.title
    assert title is not None
    assert title.value.replace("\n", "") == "云岸镇2026年绿化环境工作要点"


def test_what_five_years_add_up_to_is_named_by_its_object() -> None:
    names = [name for *_, name in told("实施旧住房修缮改造，五年累计完成50万平方米。推进加装电梯，五年累计竣工180台。")]
    assert names == ["旧住房修缮改造五年累计完成", "加装电梯五年累计竣工"]


@pytest.mark.parametrize(("text", "expected"), [
    ("新材料产业产值增长20%，突破180亿元大关。",
     [(">=", 20, "%", "新材料产业产值增长"), (">", 180, "亿元", "新材料产业产值增长")]),
    ("粮食总产量稳定在9.5亿斤以上。", [(">=", 9.5, "亿斤", "粮食总产量")]),
    ("平均受教育年限提高到11.5年，轮候期不超过6个月。",
     [(">=", 11.5, "年", "平均受教育年限"), ("<=", 6, "个月", "轮候期")]),
    ("城乡居民收入比缩小到1.7以内。", [("<=", 1.7, "", "城乡居民收入比缩小")]),
    ("孕产妇死亡率低于8/10万。", [("<=", 8, "/10万", "孕产妇死亡率")]),
    ("注册用户突破2万人，占常住人口的四成以上。", [(">", 2, "万人", "注册用户"), (">=", 40, "%", "占常住人口")]),
    ("实际利用外资800万美元。", [(">=", 800, "万美元", "实际利用外资")]),
    ("完成污水管网二期8.5公里建设。", [(">=", 8.5, "公里", "污水管网二期")]),
    ("每年创建美丽庭院300户，三年累计900户以上。",
     [(">=", 300, "户", "每年创建美丽庭院"), (">=", 900, "户", "每年创建美丽庭院三年")]),
    ("新增规上企业30家，力争1家企业上市挂牌。", [(">=", 30, "家", "新增规上企业"), (">=", 1, "家", "企业上市挂牌")]),
    ("签约项目15个，协议总投资不低于60亿元。", [(">=", 15, "个", "签约项目"), (">=", 60, "亿元", "协议总投资")]),
    ("新建停车场2处、停车位300个。", [(">=", 2, "处", "新建停车场"), (">=", 300, "个", "停车位")]),
    ("接待游客15万人次、同比增长两成以上，食用菌发展到600万棒。",
     [(">=", 15, "万人次", "接待游客"), (">=", 20, "%", "接待游客同比增长"), (">=", 600, "万棒", "食用菌发展")]),
    ("接入应用场景15类，清理楼道杂物50车。", [(">=", 15, "类", "接入应用场景"), (">=", 50, "车", "清理楼道杂物")]),
    ("集体经济收入超过30万元的村达到80%。", [(">=", 80, "%", "集体经济收入超过30万元的村")]),
    ("老年食堂实现社区全覆盖。", [(">=", 100, "%", "老年食堂")]),
])  # fmt: skip
def test_what_a_number_counts_is_found_around_it(text: str, expected: list[tuple[str, float | None, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", [
    "按照300—500户标准调整优化网格。", "对同一街道范围内3个以上相邻小区，一体化设计。", "工作专班下设5个工程推进组。",
    "摸清32栋商务楼宇底数。", "水质稳定在4类水以上。",
])  # fmt: skip
def test_what_a_rule_sorts_by_or_counts_already_is_no_target(text: str) -> None:
    assert told(text) == []


def test_this_year_turns_a_sentence_that_began_with_last_year() -> None:
    document = plan("去年我镇建成高标准农田4200亩，今年继续建设5000亩。")
    assert [(one.value, one.object.value) for one in of_kind(document)] == [(5000, "去年我镇建成高标准农田建设")]
    assert [one.value for one in of_kind(document, "achievement")] == [4200]


INDICATORS = (
    "# 云岸镇国民经济和社会发展第十五个五年规划（2026—2030年）\n\n"
    "|指标名称|单位|2025年基数|2027年目标|2030年目标|年均增长〔累计〕|属性|\n"
    "|-|-|-|-|-|-|-|\n|财政总收入|亿元|8.2|9.5|10.5|5%|预期性|\n|单位能耗降低|%|—|—|—|〔13〕|约束性|\n"
    "|新增就业|人|—|—|—|—|预期性|\n"
)


def test_a_row_of_indicators_may_have_several_goals_and_a_growth() -> None:
    document = read(INDICATORS.encode())
    shown = [(one.indicator, one.value, one.unit, one.by) for one in of_kind(document)]
    assert shown == [
        ("财政总收入", 9.5, "亿元", "2027"), ("财政总收入", 10.5, "亿元", "2030"),
        ("财政总收入年均增长〔累计〕", 5, "%", "2030"), ("单位能耗降低", 13, "%", "2030"),
    ]  # fmt: skip
    assert [one.baseline for one in of_kind(document)] == [8.2, 8.2, None, None]
    assert document.unverified() == []


def test_bare_years_of_the_plan_are_goals_and_the_years_before_it_baselines() -> None:
    table = "|指标|单位|2025年|2026年|2027年|2028年|\n|-|-|-|-|-|-|\n|绿道长度|公里|12|15|18|22|\n"
    document = read(f"# 云岸镇绿道建设三年行动计划（2026—2028年）\n\n{table}".encode())
    assert [(one.value, one.by, one.baseline) for one in of_kind(document)] == [
        (15, "2026", 12), (18, "2027", 12), (22, "2028", 12),
    ]  # fmt: skip


def test_what_was_found_wrong_is_no_target_of_its_mending() -> None:
    document = read((
        "云岸镇落实督察反馈意见整改方案（2026年）\n\n一、整改任务\n\n（一）扬尘管控不到位。抽查工地30个，其中11个未落实，占比36.7%。\n"
        "整改目标：在线监控安装率达到100%。\n责任单位：城建中心\n整改时限：2026年9月底前\n\n"
        "（二）问题描述：污水日均溢流1.2万吨。\n整改目标：新建管网4.2公里。\n责任单位：水务站\n整改时限：2026年底\n"
    ).encode())  # fmt: skip
    assert [(one.value, one.by) for one in of_kind(document)] == [(100, "2026-09"), (4.2, "2026-12")]


def test_targets_take_no_date_from_before_the_plan() -> None:
    document = read((
        "云岸镇2026年工作要点\n\n2026年要稳中求进。2025年，完成改造11个小区。主要预期目标：财政总收入突破9.8亿元。\n\n一、重点工作\n\n"
        "1.到2026年底，2000年底前建成的小区改造基本完成，人均公园绿地面积达到15平方米。\n"
        "2.卫生室产权公有占比2026年达到85%。\n"
    ).encode())  # fmt: skip
    assert [(one.value, one.by) for one in of_kind(document)] == [(9.8, "2026"), (15, "2026-12"), (85, "2026")]


def test_a_heading_of_a_later_period_dates_what_stands_under_it() -> None:
    document = read((
        "云岸镇政府工作报告\n\n2026年1月20日\n\n一、“十五五”时期的奋斗目标\n\n——建设实力云岸。产业总产值突破500亿元。\n\n"
        "二、2026年重点工作\n\n新建口袋公园4个。\n"
    ).encode())  # fmt: skip
    assert [(one.value, one.by) for one in of_kind(document)] == [(500, "2030"), (4, "2026")]


@pytest.mark.parametrize("text", ["年度投资：480万元。", "资金概算：1.2亿元。"])
def test_a_sum_behind_its_key_is_what_a_project_costs(text: str) -> None:
    assert told(text) == []


def test_areas_of_leaders_and_bands_of_a_table() -> None:
    document = read((
        "# 2026年重点任务分解表\n\n|序号|工作任务|区领导|牵头单位|完成时限|\n|-|-|-|-|-|\n|一、产业发展|||||\n"
        "|1|签约项目15个，协议总投资60亿元|岑望舒|投促局|2026年12月|\n"
    ).encode())  # fmt: skip
    (task,) = document.tasks
    assert (task.path, task.lead.value if task.lead else None) == (["产业发展"], "岑望舒")


def test_the_number_of_a_document_dates_it_and_stands_apart_from_a_wrapped_title() -> None:
    title = ["关于做好全面推进乡村振兴重点工作和城乡环境整治提升各项任务落", "实的实施意见"]
    lines = [*title, "云发〔2026〕1号", "各村（社区）党组织：", "一、重点任务"]
    step = "（{}）整治道路。完成道路整治3条，持续推进背街小巷和老旧小区改造提升工"
    items = [step.format(name) for name in "一二三四五六七"]
    text = "\n".join([*lines, *(f"{item}\n作，提高道路通行能力。（甲局牵头，6月底前完成）" for item in items)])
    document = read(text.encode())
    assert document.meta.number is not None
    assert document.meta.number.value == "云发〔2026〕1号"
    assert {task.deadline.chief for task in document.tasks} == {"2026-06"}
