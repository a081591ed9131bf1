"""The table of verbs: of a case 案件, of an order 上级工单 of an upper platform, of a department's part 协办.

States: reported 上报, checking 核实中, received 受理, filed 立案, dispatched 派遣, signed 签收, handling 处置,
answered 反馈, verifying 核查中, verified 核查通过, closed 结案, rated 评价, suspended 挂账,
arbitration 裁定中, merged 并案, rejected 不予受理, not_filed 不予立案, cancelled 作废;
of orders also: ordered 来单, replied 已回复待结, returned 已退回上级.
"""

from typing import Any

from chengyun.kernel.flow import Flow, Verb, pause, register_flow, restart, resume, start, stop, verb

DESK_STATES = ("reported", "received", "filed", "arbitration", "answered", "verified", "ordered")
AT_DEPARTMENT = ("signed", "handling")
HANDLING_STATES = ("dispatched", "signed", "handling", "suspended")
OPEN_STATES = (
    "reported", "checking", "received", "filed", "arbitration", "dispatched", "signed", "handling", "suspended",
    "answered", "verifying", "verified", "ordered", "replied",
)  # fmt: skip
DONE_STATES = ("closed", "rated")
DROPPED_STATES = ("rejected", "not_filed", "cancelled", "merged", "returned")

ALL = "*"  # as the stage of an effect: every clock that still runs

_CASE_OPEN = tuple(s for s in OPEN_STATES if s not in {"ordered", "replied"})
_ORDER_OPEN = (
    "ordered", "filed", "arbitration", "dispatched", "signed", "handling", "answered", "verifying", "verified",
    "replied",
)  # fmt: skip


def _from(*states: str, to: str) -> str:
    return f"{'|'.join(states)} → {to}"


def _department_verbs() -> list[Verb]:
    """What the handling department and the desk do between dispatch and answer: the same for cases and orders."""
    sent = ("dispatched", "signed", "handling")
    new_work = (start("sign"), start("handle"))
    taken_back = (stop("sign"), stop("handle"))
    return [
        verb("dispatch", "filed → dispatched", may="cases.dispatch", needs=("department",),
             optional=("supporting", "reason", "text"), clock=(stop("dispatch"), *new_work)),
        verb("sign", "dispatched → signed", may="cases.sign", optional=("text",),
             clock=(stop("sign"), start("handle"))),
        verb("assign", _from(*AT_DEPARTMENT, to="handling"), may="cases.sign", needs=("person",), optional=("text",)),
        verb("start", "signed → handling", may="cases.handle", optional=("text",)),
        verb("return", _from(*sent, to="filed"), may="cases.return", needs=("reason",), approval="duty_officer",
             clock=(*taken_back, start("dispatch"))),
        verb("escalate", "filed → arbitration", may="cases.return", outside=True),
        verb("arbitrate", "arbitration → dispatched", may="cases.approve_first", needs=("department", "reason"),
             clock=(stop("dispatch"), *new_work)),
        verb("reassign", _from(*sent, to="dispatched"), may="cases.reassign", needs=("department", "reason"),
             clock=(*taken_back, *new_work)),
        verb("answer", _from(*AT_DEPARTMENT, to="answered"), may="cases.answer", needs=("text",),
             optional=("photo:before", "photo:after", "level"), clock=(stop("handle"), start("review"))),
        verb("send_back", "answered → handling", may="cases.close", needs=("reason",),
             clock=(stop("review"), restart("handle"))),
        verb("send_verify", "answered → verifying", may="cases.close", optional=("person", "text"),
             clock=(stop("review"), start("verify"))),
        verb("verify_pass", "verifying → verified", may="cases.verify", optional=("photo:after", "text"), offline=True,
             clock=(stop("verify"), start("close"))),
        verb("verify_fail", "verifying → handling", may="cases.verify", needs=("reason",), optional=("photo:after",),
             offline=True, clock=(stop("verify"), restart("handle"))),
        verb("extend", _from(*AT_DEPARTMENT, to="="), may="cases.extend", needs=("reason", "days"),
             approval="duty_officer", clock=()),
    ]  # fmt: skip


def _beside_verbs(states: tuple[str, ...], done: tuple[str, ...]) -> list[Verb]:
    """What goes on beside the way of a case, in any of `states`; nothing here changes the state."""
    sent = ("dispatched", "signed", "handling")
    still: dict[str, Any] = {"needs": ("reason",)}
    return [
        verb("join_in", _from(*sent, to="="), may="cases.dispatch", needs=("supporting",), optional=("reason", "text")),
        verb("part_sign", _from(*sent, to="="), may="cases.sign", needs=("part",)),
        verb("part_assign", _from(*sent, to="="), may="cases.sign", needs=("part", "person")),
        verb("part_answer", _from(*sent, to="="), may="cases.answer", needs=("part", "text"),
             optional=("photo:after",)),
        verb("part_return", _from(*sent, to="="), may="cases.return", needs=("part", "reason")),
        verb("urge", _from(*states, to="="), may="cases.urge", optional=("text",)),
        verb("supervise", _from(*states, to="="), may="cases.supervise", needs=("reason", "date")),
        verb("clear_supervision", _from(*states, *done, to="="), may="cases.supervise", needs=("text",)),
        verb("confide", _from(*states, to="="), may="cases.receive", needs=("confidential", "reason")),
        verb("contact", _from(*states, to="="), may="cases.contact", needs=("text",)),
        verb("remark", _from(*states, *done, to="="), may="cases.report", needs=("text",),
             optional=("photo:evidence",)),
        verb("reclassify", "filed|dispatched|signed|handling → =", may="cases.file", needs=("class", "reason"),
             optional=("priority",)),
        verb("relocate", _from(*states, to="="), may="cases.file", optional=("point", "address", "grid", "community"),
             **still),
        verb("overdue", _from(*states, to="="), may="cases.urge", outside=True),
    ]  # fmt: skip


FLOW = register_flow(Flow(
    "case", "reported",
    verb("receive", "reported → received", may="cases.receive", optional=("text", "class", "priority"),
         clock=(stop("receive"), start("file"))),
    verb("reject", "reported → rejected", may="cases.receive", needs=("reason",), clock=stop("receive")),
    verb("ask_check", "received → checking", may="cases.receive", optional=("person", "text"),
         clock=(pause("file"), start("check"))),
    verb("check", "checking → received", may="cases.check", needs=("found",),
         optional=("photo:before", "text", "point"), offline=True, clock=(stop("check"), resume("file"))),
    verb("file", "received → filed", may="cases.file", needs=("class",), optional=("priority", "reason", "text"),
         clock=(stop("file"), start("dispatch"))),
    verb("not_file", "received → not_filed", may="cases.file", needs=("reason",), clock=stop("file")),
    *_department_verbs(),
    verb("close", "verified → closed", may="cases.close", optional=("text", "level"), clock=stop("close")),
    verb("rate", "closed → rated", may="cases.report", needs=("solved", "satisfied"), optional=("text",)),
    verb("call_back", "closed → rated", may="cases.close", needs=("solved", "satisfied"), optional=("text",)),
    verb("reopen", "closed|rated → received", may="cases.reopen", needs=("reason",), clock=start("file")),
    verb("suspend", _from(*AT_DEPARTMENT, to="suspended"), may="cases.suspend", needs=("reason", "date"),
         approval="leader", clock=pause("handle")),
    verb("resume", "suspended → handling", may="cases.suspend", optional=("text",), clock=resume("handle")),
    verb("merge", _from("reported", "received", "filed", "dispatched", "signed", "handling", to="merged"),
         may="cases.merge", needs=("into",), optional=("reason",), clock=stop(ALL)),
    verb("unmerge", "merged → received", may="cases.merge", needs=("reason",), approval="duty_officer",
         clock=start("file")),
    verb("cancel", _from("reported", "checking", "received", "filed", "arbitration", to="cancelled"),
         may="cases.cancel", needs=("reason",), approval="duty_officer", clock=stop(ALL)),
    verb("settle", "reported|received|checking → closed", may="cases.settle", needs=("photo:before", "photo:after"),
         optional=("class", "text"), offline=True, clock=stop(ALL)),
    verb("sample_pass", "closed|rated → =", may="cases.verify", optional=("photo:after", "text")),
    verb("sample_fail", "closed|rated → received", may="cases.verify", needs=("reason",), optional=("photo:after",),
         clock=start("file")),
    *_beside_verbs(_CASE_OPEN, DONE_STATES),
    final=("closed", "rated", "rejected", "not_filed", "cancelled"),
))  # fmt: skip

ORDER_FLOW = register_flow(Flow(
    "order", "ordered",
    verb("accept", "ordered → filed", may="cases.upper", optional=("class", "priority", "text"),
         clock=(stop("upper_sign"), start("first_contact"), start("dispatch"))),
    verb("first_contact", _from("filed", "dispatched", "signed", "handling", "answered", to="="), may="cases.contact",
         needs=("text",), clock=stop("first_contact")),
    *_department_verbs(),
    verb("reply", "answered|verified → replied", may="cases.upper", needs=("text",), optional=("photo:after",),
         clock=stop(ALL)),
    verb("apply_return", _from("ordered", "filed", "dispatched", "signed", "handling", to="="), may="cases.upper",
         needs=("reason",), approval="duty_officer"),
    verb("apply_extension", _from("filed", "dispatched", "signed", "handling", to="="), may="cases.upper",
         needs=("reason", "days"), approval="duty_officer"),
    verb("join", _from("filed", "dispatched", "signed", "handling", to="="), may="cases.merge", needs=("into",),
         optional=("reason",)),
    verb("upper_returned", _from(*_ORDER_OPEN, to="returned"), may="cases.upper", outside=True, clock=stop(ALL)),
    verb("upper_refused", _from(*_ORDER_OPEN, to="="), may="cases.upper", outside=True),
    verb("upper_extended", _from(*_ORDER_OPEN, to="="), may="cases.upper", needs=("due_at",), outside=True),
    verb("upper_called_back", "replied|closed → =", may="cases.upper", needs=("solved", "satisfied"),
         optional=("text",), outside=True),
    verb("upper_closed", "replied → closed", may="cases.upper", outside=True),
    verb("upper_reopened", "replied|closed → filed", may="cases.upper", optional=("due_at", "text"), outside=True,
         clock=(start("upper"), start("dispatch"))),
    *_beside_verbs(_ORDER_OPEN, ("closed",)),
    final=("closed", "returned"),
))  # fmt: skip

PART_FLOW = register_flow(Flow(
    "part", "dispatched",
    verb("part_sign", "dispatched → signed", may="cases.sign", needs=("part",)),
    verb("part_assign", "signed|handling → handling", may="cases.sign", needs=("part", "person")),
    verb("part_answer", "signed|handling → answered", may="cases.answer", needs=("part", "text"),
         optional=("photo:after",), clock=stop("part")),
    verb("part_return", "dispatched|signed → returned", may="cases.return", needs=("part", "reason"),
         clock=stop("part")),
    final=("answered", "returned"),
))  # fmt: skip


def flow_of(is_order: bool) -> Flow:
    """The table that a case follows: the town's own, or that of an upper platform's orders."""
    return ORDER_FLOW if is_order else FLOW
