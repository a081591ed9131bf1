"""What the room asks for."""

from chengyun.kernel.access import Permission, declare

declare(
    Permission("cases.read", "查看案件", "See cases"),
    Permission("cases.report", "上报案件、补充说明", "Report cases and add remarks"),
    Permission("cases.receive", "受理案件", "Receive or reject reports"),
    Permission("cases.check", "立案前核实", "Check a report on the spot before filing"),
    Permission("cases.file", "立案", "File cases, set class and place"),
    Permission("cases.dispatch", "派遣案件", "Dispatch cases to departments"),
    Permission("cases.sign", "签收、分派到人", "Sign for a department and assign to a person"),
    Permission("cases.handle", "处置案件", "Handle cases"),
    Permission("cases.answer", "反馈处置结果", "Answer with evidence"),
    Permission("cases.contact", "联系诉求人", "Log a contact with the reporter"),
    Permission("cases.verify", "核查案件", "Verify before closing"),
    Permission("cases.close", "送核查、结案、回访", "Send to verification, close, call back"),
    Permission("cases.return", "申请退单", "Ask to return a case"),
    Permission("cases.reassign", "改派案件", "Reassign cases"),
    Permission("cases.extend", "申请延期", "Ask for an extension"),
    Permission("cases.suspend", "申请挂账、恢复计时", "Ask for suspension, resume"),
    Permission("cases.merge", "并案、拆案、关联工单", "Merge, unmerge and join"),
    Permission("cases.cancel", "作废案件", "Cancel cases"),
    Permission("cases.urge", "催办", "Urge"),
    Permission("cases.supervise", "督办、销号", "Order supervision and clear it"),
    Permission("cases.reopen", "重新办理", "Reopen closed cases"),
    Permission("cases.approve_first", "审批（值班长）", "Approve as duty officer"),
    Permission("cases.approve_second", "审批（城运中心主任）", "Approve as head of the centre"),
    Permission("cases.approve_leader", "审批（分管领导）", "Approve as leader"),
    Permission("cases.personal", "查看诉求人信息", "See who reported"),
    Permission("cases.upper", "办理上级工单", "Work the orders of an upper platform"),
    Permission("cases.settle", "简易程序现场处置", "Settle on the spot by the simple procedure"),
    Permission("cases.standards", "维护立案标准", "Edit classes and limits"),
)
