"""What the room asks for."""

from chengyun.kernel.access import Permission, declare

declare(
    Permission("plans.read", "查看规划文件、任务和指标", "See plan documents, tasks and targets"),
    Permission("plans.write", "导入、审阅、分解规划文件", "Import, review and decompose plan documents"),
    Permission("plans.consent", "对分解任务表示同意或提出异议", "Consent to a task or object to it"),
    Permission("plans.approve", "审批任务分解和调整", "Approve decompositions and adjustments"),
    Permission("plans.report", "填报任务进展、完成情况", "Report progress and completion"),
    Permission("plans.check", "核查任务完成情况", "Check what was reported as done"),
    Permission("plans.supervise", "催办、督办、回头看", "Urge, order supervision, look back"),
    Permission("plans.assess", "考核", "Assess departments and posts"),
    Permission("plans.publish", "公开规划及其进展", "Publish plans and their progress"),
    Permission("plans.funds", "登记资金安排和支付", "Keep budgets and payments"),
)
