"""The tables of verbs: of a task, of a target or project that was read, of an adjustment.

States of a task: proposed 待审阅, accepted 已采纳, consulting 征求意见, consented 无异议, objected 有异议,
approved 已批准待印发, live 执行中, done 已完成待核查, checked 核查通过, closed 办结; rejected 不采纳, merged 已合并,
withdrawn 撤销.
"""

from chengyun.kernel.flow import Flow, register_flow, verb

REVIEW_STATES = ("proposed", "rejected", "merged")
"""Not (or no longer) accepted by a person: seen by those who review, and counted nowhere."""
RUNNING_STATES = ("live", "done", "checked")
EXECUTED_STATES = (*RUNNING_STATES, "closed")
OPEN_STATES = ("accepted", "consulting", "consented", "objected", "approved", *RUNNING_STATES)

TASK_FLOW = register_flow(Flow(
    "plan_task", "proposed",
    verb("accept", "proposed → accepted", may="plans.write"),
    verb("reject", "proposed|accepted → rejected", may="plans.write", needs=("reason",)),
    verb("restore", "rejected → proposed", may="plans.write"),
    verb("merge", "proposed|accepted → merged", may="plans.write", needs=("into",)),
    verb("consult", "accepted|objected → consulting", may="plans.write", optional=("days",)),
    verb("consent", "consulting → =", may="plans.consent", optional=("department", "text")),
    verb("object", "consulting → =", may="plans.consent", needs=("reason",), optional=("department",)),
    verb("settle_consent", "consulting → consented", may="plans.write", outside=True),
    verb("settle_objection", "consulting → objected", may="plans.write", outside=True),
    verb("revise", "consented|objected|approved → accepted", may="plans.write", needs=("reason",)),
    verb("approve", "consented|objected → approved", may="plans.approve", optional=("text",)),
    verb("issue", "approved → live", may="plans.write", outside=True),
    verb("report", "live → =", may="plans.report", needs=("progress",), optional=("text", "file:evidence")),
    verb("record_event", "live → =", may="plans.report", needs=("date",), optional=("text",)),
    verb("confirm_due", "accepted|consulting|consented|objected|approved|live → =", may="plans.write"),
    verb("finish", "live → done", may="plans.report", needs=("text",), optional=("date", "file:evidence")),
    verb("check", "done → checked", may="plans.check", optional=("text",)),
    verb("send_back", "done|checked → live", may="plans.check", needs=("reason",)),
    verb("close", "checked → closed", may="plans.check", optional=("text",)),
    verb("reopen", "checked|closed → live", may="plans.supervise", needs=("reason",)),
    verb("adjust", "live → =", may="plans.write", needs=("changes", "reason"), optional=("days",)),
    verb("withdraw", "accepted|consented|objected|approved|live → withdrawn", may="plans.approve", needs=("reason",)),
    final=("closed", "rejected", "merged", "withdrawn"),
))  # fmt: skip

TARGET_FLOW = register_flow(Flow(
    "plan_target", "proposed",
    verb("accept", "proposed → accepted", may="plans.write"),
    verb("reject", "proposed|accepted → rejected", may="plans.write", needs=("reason",)),
    verb("restore", "rejected → proposed", may="plans.write"),
    verb("merge", "proposed|accepted → merged", may="plans.write", needs=("into",)),
    verb("approve", "accepted → approved", may="plans.approve"),
    verb("issue", "approved → live", may="plans.write", outside=True),
    verb("bind", "proposed|accepted|approved|live → =", may="plans.write", needs=("indicator",)),
    verb("unbind", "proposed|accepted|approved|live → =", may="plans.write"),
    verb("measure", "live → =", may="plans.report", needs=("value",), optional=("date",)),
    verb("adjust", "live → =", may="plans.approve", needs=("changes", "reason")),
    verb("close", "live → closed", may="plans.check", optional=("text",)),
    verb("withdraw", "accepted|approved|live → withdrawn", may="plans.approve", needs=("reason",)),
    final=("closed", "rejected", "merged", "withdrawn"),
))  # fmt: skip

PROJECT_FLOW = register_flow(Flow(
    "plan_project", "proposed",
    verb("accept", "proposed → accepted", may="plans.write"),
    verb("reject", "proposed|accepted → rejected", may="plans.write", needs=("reason",)),
    verb("restore", "rejected → proposed", may="plans.write"),
    verb("approve", "accepted → approved", may="plans.approve"),
    verb("issue", "approved → live", may="plans.write", outside=True),
    verb("report_stage", "live → =", may="plans.report", needs=("stage",), optional=("started", "finished", "text")),
    verb("pay", "live → =", may="plans.funds", needs=("month",), optional=("planned", "paid")),
    verb("adjust", "live → =", may="plans.approve", needs=("changes", "reason")),
    verb("close", "live → closed", may="plans.check", optional=("text",)),
    verb("withdraw", "accepted|approved|live → withdrawn", may="plans.approve", needs=("reason",)),
    final=("closed", "rejected", "withdrawn"),
))  # fmt: skip

ADJUSTMENT_FLOW = register_flow(Flow(
    "plan_adjustment", "asked",
    verb("consent", "asked → =", may="plans.consent", optional=("department", "text")),
    verb("object", "asked → =", may="plans.consent", needs=("reason",), optional=("department",)),
    verb("settle_consent", "asked → consented", may="plans.write", outside=True),
    verb("settle_objection", "asked → objected", may="plans.write", outside=True),
    verb("approve", "consented|objected → approved", may="plans.approve", optional=("text",)),
    verb("refuse", "asked|consented|objected → refused", may="plans.approve", needs=("reason",)),
    final=("approved", "refused"),
))  # fmt: skip

DOCUMENT_FLOW = register_flow(Flow(
    "plan_document", ("draft", "consultation", "adopted", "issued"),
    verb("consult_public", "draft → consultation", may="plans.write"),
    verb("adopt", "draft|consultation → adopted", may="plans.write", optional=("date",)),
    verb("put_in_force", "draft|consultation|adopted|adjusted → issued", may="plans.approve",
         optional=("date", "number")),
    verb("adjust", "issued → adjusted", may="plans.approve", needs=("reason",)),
    verb("repeal", "issued|adjusted → repealed", may="plans.approve", needs=("reason",)),
    final=("repealed",),
))  # fmt: skip
