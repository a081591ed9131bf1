"""Whom the events of cases concern: declared for the notices of accounts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from chengyun.accounts.notices import Audience, Level, tell
from chengyun.cases.models import Approval, Case
from chengyun.cases.rules.steps import PERMISSION_OF_POST
from chengyun.kernel.access import Where
from chengyun.kernel.events import EntryView

OFFICES = ("liaison", "posted_force", "neighbourhood", "contractor")
"""Roles that sign for a department."""


def _case(entry: EntryView) -> Case:
    rows = Case.objects.as_system("whom an event of a case concerns")
    case: Case = rows.get(uuid=UUID(entry.subject))
    return case


def _params(case: Case, **more: Any) -> dict[str, Any]:
    return {"number": case.number, "class": case.class_code, "state": case.state} | more


def _office(case: Case, department: int | None, level: Level, **more: Any) -> Audience:
    """Whoever signs for a department."""
    where = Where(town=case.town_id, departments=frozenset([department] if department is not None else []))
    return Audience("cases.sign", where, OFFICES, level=level, params=_params(case, **more))


@tell("cases.dispatched", "cases.arbitrated", "cases.reassigned", "cases.joined_in")
def tell_departments(entry: EntryView) -> Iterable[Audience]:
    """A department has something to sign for."""
    case = _case(entry)
    given = [entry.facts.get("department"), *entry.facts.get("supporting", ())]
    return [_office(case, department, "act") for department in given if department is not None]


@tell("cases.sent_back", "cases.rework_ordered", "cases.urged", "cases.supervised")
def tell_department_again(entry: EntryView) -> Iterable[Audience]:
    """The department that has a case must look at it again, and whoever handles it."""
    case = _case(entry)
    level: Level = "urgent" if entry.event in ("cases.urged", "cases.supervised") else "act"
    people = frozenset({str(case.assignee_id)} if case.assignee_id else set())
    return [
        _office(case, entry.facts.get("department"), level),
        Audience(people=people, level=level, params=_params(case)),
    ]


@tell("cases.assigned", "cases.check_asked", "cases.sent_to_verify")
def tell_person(entry: EntryView) -> Iterable[Audience]:
    """Somebody was given something to do; where nobody is named, whoever patrols there."""
    case, person = _case(entry), entry.facts.get("person")
    if person:
        return [Audience(people=frozenset({str(person)}), level="act", params=_params(case))]
    permission = "cases.check" if entry.event == "cases.check_asked" else "cases.verify"
    return [Audience(permission, case.where(), ("grid_worker",), level="act", params=_params(case))]


@tell("cases.approval_asked")
def tell_post(entry: EntryView) -> Iterable[Audience]:
    """A post must agree."""
    case, verb = _case(entry), entry.facts["verb"]
    permission = PERMISSION_OF_POST[entry.facts["post"]]
    return [Audience(permission, case.where(), level="act", params=_params(case, verb=verb))]


@tell("cases.approval_refused", "cases.approval_lapsed")
def tell_asker(entry: EntryView) -> Iterable[Audience]:
    """What one asked for was refused, or came to nothing."""
    case = _case(entry)
    approval = Approval.objects.as_system("who asked").filter(uuid=entry.facts["approval"]).first()
    asked = frozenset({approval.asked_by} if approval and approval.asked_kind == "person" else set())
    return [Audience(people=asked, level="info", params=_params(case, verb=entry.facts["verb"]))]


@tell("cases.returned", "cases.escalated")
def tell_desk(entry: EntryView) -> Iterable[Audience]:
    """A case came back: the desk gives it to another, or the duty officer decides."""
    case = _case(entry)
    if entry.event == "cases.escalated":
        return [Audience("cases.approve_first", case.where(), ("duty_officer",), level="urgent", params=_params(case))]
    return [Audience("cases.dispatch", case.where(), ("operator",), level="act", params=_params(case))]


@tell("cases.overdue")
def tell_late(entry: EntryView) -> Iterable[Audience]:
    """A clock ran out: the department whose it is, else the duty officer."""
    case, stage = _case(entry), entry.facts["stage"]
    department = entry.facts.get("department")
    if department is not None and stage in ("sign", "handle", "part"):
        return [_office(case, department, "urgent", stage=stage)]
    where = case.where()
    return [
        Audience("cases.approve_first", where, ("duty_officer",), level="urgent", params=_params(case, stage=stage))
    ]


@tell("cases.decided_above")
def tell_clerks(entry: EntryView) -> Iterable[Audience]:
    """The platform above decided something about its order."""
    case, verb = _case(entry), entry.facts["verb"]
    return [Audience("cases.upper", case.where(), ("hotline_clerk",), level="act", params=_params(case, verb=verb))]
