"""The departments' parts of a case: the lead's follows the case, supporting ones have their own state and clock."""

from collections.abc import Sequence

from chengyun.accounts.models import Department
from chengyun.cases import around
from chengyun.cases.actions.making import maker
from chengyun.cases.flow_table import PART_FLOW
from chengyun.cases.models import Case, Clock, Part
from chengyun.cases.rules import clocks as clockwork
from chengyun.cases.rules import leads, turns
from chengyun.cases.rules.steps import Ask
from chengyun.cases.rules.turns import Works
from chengyun.kernel.flow import Effect
from chengyun.kernel.refusal import Invalid

_SUPPORT_ENDS = frozenset({"merge", "cancel", "return", "upper_returned", "upper_reopened", "reopen"})


def department_of(case: Case, ask: Ask) -> Department | None:
    """Whose office hours count for this verb: the department that has the case, or is given it."""
    key = ask.given.get("department") or case.department_id
    return around.departments(case.town_id).filter(pk=key).first() if key else None


def before(case: Case, ask: Ask) -> None:
    """Turn a supporting part by its own table, before the case tells of it. Raises Conflict or Invalid."""
    if ask.verb.name not in PART_FLOW.verbs:
        if ask.verb.name in ("dispatch", "join_in"):
            _not_twice(case, ask)
        return
    part: Part = ask.given["part"]
    step = PART_FLOW.apply(part, ask.verb.name, ask.given)
    part.state = step.state
    if ask.verb.name == "part_sign":
        part.signed_at = ask.moment
    if ask.verb.name == "part_assign":
        part.assignee_id = ask.given["person"]
    if step.clocks:
        part.ended_at = ask.moment
        _turn(case, part, ask, step.clocks)
    part.save()


def after(case: Case, ask: Ask) -> None:
    """Turn the lead's part as the verb says, and make new ones."""
    verb = ask.verb.name
    if leads.touches(verb):
        _lead(case, ask)
    if verb in _SUPPORT_ENDS:
        open_parts = case.parts.filter(lead=False, ended_at=None)
        Clock.objects.filter(part__in=open_parts, stopped_at=None).update(stopped_at=ask.moment)
        open_parts.update(ended_at=ask.moment, state="taken")
        case.open_parts = 0
    for department in ask.given.get("supporting", ()):
        part = Part.objects.create(case=case, department_id=department, lead=False, sent_at=ask.moment)
        _turn(case, part, ask, [Effect("start", "part")])
    if ask.given.get("supporting"):
        case.know_supporting()


def _lead(case: Case, ask: Ask) -> None:
    verb = ask.verb.name
    lead = case.parts.filter(lead=True, ended_at=None).first()
    if lead is not None:
        leads.turn_lead(lead, verb, ask.moment, ask.given.get("person") or ask.by.id)
        lead.save()
    if verb in leads.NEW:
        Part.objects.create(case=case, department_id=case.department_id or 0, lead=True, sent_at=ask.moment)


def _turn(case: Case, part: Part, ask: Ask, effects: Sequence[Effect]) -> None:
    """Turn the clock of one supporting part."""
    department = around.departments(case.town_id).filter(pk=part.department_id).first()
    running = list(part.clocks.filter(stopped_at=None))
    works = Works(running, around.reckon_for(case.town_id, department), maker(case, part))
    clockwork.apply(works.clocks, effects, turns.turn_of(case, ask.verb.name, ask, works))
    for clock in works.clocks:
        clock.save()


def _not_twice(case: Case, ask: Ask) -> None:
    supporting = ask.given.get("supporting", ())
    lead = ask.given.get("department", case.department_id)
    there = (
        set(case.parts.filter(ended_at=None, lead=False).values_list("department_id", flat=True))
        if supporting
        else set()
    )
    if lead in supporting or there & set(supporting):
        raise Invalid(
            "cases.department_twice", "supporting: each department has one part in a case", field="given.supporting"
        )
