"""The tables of verbs of what is executed and supervised: reports, orders, findings, look-backs, meetings, titles …

Monthly report: drafted 已起草, confirmed 已确认, consolidated 已汇总, checked 已核查, returned 退回.
Order 督办单: issued 已下发, signed 已签收, handling 办理中, replied 已回复, reviewed 复核通过, cleared 已销号,
cancelled 撤销.
Finding: open 待整改, rectified 已整改, closed 已复核. Look-back: planned 待回头看, passed 未反弹, failed 有反弹.
Meeting: planned 待召开, held 已召开, issued 已印发纪要, cancelled 取消. Group: active 运行, ended 撤销.
Scheme: draft 草案, published 施行, retired 停用. Assessment: simulated 模拟, published 已通报.
Title: planned 拟创建, applied 已申报, inspected 已迎检, named 已命名, reviewing 复审中, kept 保持, lost 未获或被撤.
Budget: planned 拟安排, approved 已批复, closed 决算. Evaluation: draft 起草, frozen 定稿.
Publication: published 已公开, withdrawn 撤下.
"""

from chengyun.kernel.flow import Flow, register_flow, verb

REPORT_FLOW = register_flow(Flow(
    "plan_report", "drafted",
    verb("correct", "drafted|returned → =", may="plans.report", needs=("line",),
         optional=("progress", "text", "problem", "file:evidence")),
    verb("confirm", "drafted|returned → confirmed", may="plans.report", optional=("text",)),
    verb("consolidate", "confirmed → consolidated", may="plans.report", optional=("text", "reason")),
    verb("check", "consolidated → checked", may="plans.check", optional=("text",)),
    verb("return", "confirmed|consolidated → returned", may="plans.check", needs=("reason",)),
    verb("remind", "drafted|returned → =", may="plans.supervise", optional=("text",)),
    final=("checked",),
))  # fmt: skip

ORDER_FLOW = register_flow(Flow(
    "plan_order", "issued",
    verb("sign", "issued → signed", may="plans.report", optional=("text",)),
    verb("handle", "signed → handling", may="plans.report", optional=("text",)),
    verb("reply", "signed|handling → replied", may="plans.report", needs=("text",), optional=("file:evidence",)),
    verb("review_pass", "replied → reviewed", may="plans.supervise", optional=("text",)),
    verb("review_fail", "replied → handling", may="plans.supervise", needs=("reason",)),
    verb("clear", "reviewed → cleared", may="plans.supervise", optional=("text", "look_back_on")),
    verb("extend", "issued|signed|handling → =", may="plans.supervise", needs=("date", "reason")),
    verb("raise_colour", "issued|signed|handling|replied → =", may="plans.supervise", needs=("colour", "reason")),
    verb("urge", "issued|signed|handling → =", may="plans.supervise", optional=("text",)),
    verb("reopen", "cleared → handling", may="plans.supervise", needs=("reason",)),
    verb("cancel", "issued|signed|handling → cancelled", may="plans.supervise", needs=("reason",)),
    final=("cleared", "cancelled"),
))  # fmt: skip

FINDING_FLOW = register_flow(Flow(
    "plan_finding", "open",
    verb("rectify", "open → rectified", may="plans.report", needs=("text",), optional=("file:evidence",)),
    verb("accept", "rectified → closed", may="plans.supervise", optional=("text",)),
    verb("refuse", "rectified → open", may="plans.supervise", needs=("reason",)),
    final=("closed",),
))  # fmt: skip

LOOK_BACK_FLOW = register_flow(Flow(
    "plan_look_back", "planned",
    verb("pass", "planned → passed", may="plans.supervise", needs=("text",), optional=("file:evidence",)),
    verb("fail", "planned → failed", may="plans.supervise", needs=("text",), optional=("file:evidence",)),
    verb("postpone", "planned → =", may="plans.supervise", needs=("date", "reason")),
    final=("passed", "failed"),
))  # fmt: skip

GROUP_FLOW = register_flow(Flow(
    "plan_group", "active",
    verb("end", "active → ended", may="plans.write", needs=("reason",), optional=("date",)),
    verb("revive", "ended → active", may="plans.write", needs=("reason",)),
    final=("ended",),
))  # fmt: skip

MEETING_FLOW = register_flow(Flow(
    "plan_meeting", "planned",
    verb("hold", "planned → held", may="plans.write", optional=("present", "date")),
    verb("issue", "held → issued", may="plans.write", optional=("text",)),
    verb("cancel", "planned → cancelled", may="plans.write", needs=("reason",)),
    final=("issued", "cancelled"),
))  # fmt: skip

SCHEME_FLOW = register_flow(Flow(
    "plan_scheme", "draft",
    verb("publish", "draft → published", may="plans.assess"),
    verb("retire", "published → retired", may="plans.assess", needs=("reason",)),
    final=("retired",),
))  # fmt: skip

ASSESSMENT_FLOW = register_flow(Flow(
    "plan_assessment", "simulated",
    verb("run_again", "simulated → =", may="plans.assess"),
    verb("publish", "simulated → published", may="plans.assess", optional=("text",)),
    verb("discard", "simulated → discarded", may="plans.assess"),
    final=("published", "discarded"),
))  # fmt: skip

TITLE_FLOW = register_flow(Flow(
    "plan_title", "planned",
    verb("apply", "planned|lost → applied", may="plans.report", optional=("text", "date")),
    verb("inspect", "applied → inspected", may="plans.report", optional=("text", "date")),
    verb("name", "inspected → named", may="plans.check", optional=("text", "date", "review_on")),
    verb("review", "named|kept → reviewing", may="plans.report", optional=("text", "date")),
    verb("keep", "reviewing → kept", may="plans.check", optional=("text", "date", "review_on")),
    verb("lose", "applied|inspected|reviewing → lost", may="plans.check", needs=("reason",), optional=("date",)),
    final=("kept", "named", "lost"),
))  # fmt: skip

BUDGET_FLOW = register_flow(Flow(
    "plan_budget", "planned",
    verb("approve", "planned → approved", may="plans.approve", optional=("text",)),
    verb("change", "planned|approved → planned", may="plans.funds", needs=("amount", "reason")),
    verb("close", "approved → closed", may="plans.funds", optional=("text",)),
    final=("closed",),
))  # fmt: skip

EVALUATION_FLOW = register_flow(Flow(
    "plan_evaluation", "draft",
    verb("reckon_again", "draft → =", may="plans.write"),
    verb("edit", "draft → =", may="plans.write", needs=("block", "text")),
    verb("freeze", "draft → frozen", may="plans.approve"),
    final=("frozen",),
))  # fmt: skip

PUBLICATION_FLOW = register_flow(Flow(
    "plan_publication", "published",
    verb("withdraw", "published → withdrawn", may="plans.publish", needs=("reason",)),
    final=("withdrawn",),
))  # fmt: skip

FLOWS = {
    flow.kind: flow
    for flow in (
        REPORT_FLOW, ORDER_FLOW, FINDING_FLOW, LOOK_BACK_FLOW, GROUP_FLOW, MEETING_FLOW, SCHEME_FLOW, ASSESSMENT_FLOW,
        TITLE_FLOW, BUDGET_FLOW, EVALUATION_FLOW, PUBLICATION_FLOW,
    )
}  # fmt: skip
