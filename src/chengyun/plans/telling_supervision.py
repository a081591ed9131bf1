"""Whom supervision and execution concern: declared for the notices of accounts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from chengyun.accounts.notices import Audience, Level, tell
from chengyun.accounts.queries.duties import people_in
from chengyun.kernel.access import Where
from chengyun.kernel.events import EntryView
from chengyun.plans import around
from chengyun.plans.models import Finding, LookBack, Meeting, MonthlyReport, Order, Reminder
from chengyun.plans.rights import at_office
from chengyun.plans.telling import OFFICES

_BACK = {"review_fail", "extend", "raise_colour", "urge", "reopen", "cancel"}


def _of(model: Any, entry: EntryView) -> Any:
    return model.objects.as_system("whom an event of supervision concerns").get(uuid=UUID(entry.subject))


def _office(row: Any, level: Level, **params: Any) -> Audience:
    """Whoever answers for the department of a row."""
    office = around.departments(row.town_id).filter(pk=row.department_id).first()
    return Audience("plans.report", at_office(row.town_id, office), OFFICES, level=level, params=params)


def _holder(post: int | None, level: Level, **params: Any) -> list[Audience]:
    """Whoever holds a post now: duty follows the post to the successor."""
    person = people_in([post]).get(post) if post is not None else None
    return [Audience(people=frozenset({str(person.uuid)}), level=level, params=params)] if person else []


@tell("plans.order_issued")
def tell_of_order(entry: EntryView) -> Iterable[Audience]:
    """The department has an order, and whoever holds the post that answers for it."""
    order, facts = _of(Order, entry), entry.facts
    params = {"number": facts["number"], "colour": facts["colour"], "due_on": facts["due_on"]}
    return [_office(order, "urgent", **params), *_holder(order.post_id, "urgent", **params)]


@tell("plans.order_moved")
def tell_of_step(entry: EntryView) -> Iterable[Audience]:
    """What was replied is reviewed; what came back is the department's again."""
    order, verb = _of(Order, entry), entry.facts["verb"]
    params = {"number": order.number, "colour": order.colour, "verb": verb, "state": order.state}
    if verb == "reply":
        return [Audience("plans.supervise", Where(town=order.town_id), ("supervisor",), level="act", params=params)]
    return [_office(order, "act", **params)] if verb in _BACK else []


@tell("plans.reminded")
def tell_of_reminder(entry: EntryView) -> Iterable[Audience]:
    """Whoever answers for the department is reminded."""
    facts = entry.facts
    level: Level = "urgent" if (facts["days"] or 0) < 0 or facts["cause"] == "hand" else "act"
    return [_office(_of(Reminder, entry), level, cause=facts["cause"], days=facts["days"], task=facts["task"])]


@tell("plans.report_drafted", "plans.report_missed")
def tell_of_report(entry: EntryView) -> Iterable[Audience]:
    """A draft waits to be confirmed, or was not confirmed in time."""
    level: Level = "urgent" if entry.event == "plans.report_missed" else "act"
    return [_office(_of(MonthlyReport, entry), level, month=entry.facts["month"])]


@tell("plans.report_moved")
def tell_of_report_step(entry: EntryView) -> Iterable[Audience]:
    """Consolidated, it is checked; returned, it is the department's again."""
    report, verb = _of(MonthlyReport, entry), entry.facts["verb"]
    params = {"month": entry.facts["month"], "verb": verb}
    if verb == "return":
        return [_office(report, "act", **params)]
    where = Where(town=report.town_id)
    return [Audience("plans.check", where, ("planner",), level="act", params=params)] if verb == "consolidate" else []


@tell("plans.finding_made", "plans.finding_moved")
def tell_of_finding(entry: EntryView) -> Iterable[Audience]:
    """A finding is the department's; rectified, supervision looks at it."""
    finding, verb = _of(Finding, entry), entry.facts.get("verb", "find")
    params = {"severity": finding.severity, "verb": verb}
    if verb == "rectify":
        where = Where(town=finding.town_id)
        return [Audience("plans.supervise", where, ("supervisor",), level="act", params=params)]
    return [] if verb == "accept" else [_office(finding, "act", **params)]


@tell("plans.look_back_moved")
def tell_of_look_back(entry: EntryView) -> Iterable[Audience]:
    """What did not hold is told to the department."""
    look = _of(LookBack, entry)
    return [_office(look, "urgent", state=look.state)] if entry.facts["verb"] == "fail" else []


@tell("plans.meeting_called")
def tell_of_meeting(entry: EntryView) -> Iterable[Audience]:
    """Whoever holds a post of the group."""
    meeting = _of(Meeting, entry)
    people = people_in(list(meeting.group.members.values_list("post_id", flat=True)))
    told = frozenset(str(person.uuid) for person in people.values())
    return [Audience(people=told, level="info", params={"held_on": entry.facts["held_on"]})]
