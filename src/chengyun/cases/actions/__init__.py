"""Everything that changes a case."""

from chengyun.cases.actions.above import hear_above, receive_order
from chengyun.cases.actions.approvals import decide, withdraw
from chengyun.cases.actions.carrying import Sent
from chengyun.cases.actions.drafts import Draft, Reporting
from chengyun.cases.actions.exporting import Wording, export_list
from chengyun.cases.actions.marks import mark_overdue, recompute_due
from chengyun.cases.actions.personal import see_reporter
from chengyun.cases.actions.reporting import report, report_again, report_settled
from chengyun.cases.actions.taking import take

__all__ = [
    "Draft",
    "Reporting",
    "Sent",
    "Wording",
    "decide",
    "export_list",
    "hear_above",
    "mark_overdue",
    "receive_order",
    "recompute_due",
    "report",
    "report_again",
    "report_settled",
    "see_reporter",
    "take",
    "withdraw",
]
