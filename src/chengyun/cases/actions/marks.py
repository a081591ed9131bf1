"""What the platform does by itself: marks what is overdue, reckons provisional due times anew."""

from chengyun.cases import around, events
from chengyun.cases.actions.asking import by, verb_of
from chengyun.cases.actions.carrying import CLOCK_COLUMNS, works_of
from chengyun.cases.models import Case, Clock
from chengyun.cases.rules import clocks as clockwork
from chengyun.cases.rules import steps, turns
from chengyun.cases.rules.steps import Ask
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record


@action
def mark_overdue(case: Case, *, actor: Actor) -> list[str]:
    """Mark the clocks of a case that ran out, once each. Returns their stages."""
    case = lock(case, None)
    require(actor, "cases.urge", at=case)
    moment, verb = now(), verb_of(case, "overdue")
    late = [
        c
        for c in case.clocks.filter(stopped_at=None, paused_at=None, overdue_at=None)
        if c.due_at and c.due_at < moment
    ]
    for clock in late:
        given = {"stage": clock.stage, "due_at": clock.due_at}
        ask = Ask(verb, given, by(actor), moment, around.today(moment), around.standards(), approved=True)
        step = steps.apply(case, ask)
        clock.overdue_at = moment
        clock.save()
        told = turns.perform(case, step, ask, works_of(case))
        save(case)
        record(told, case, actor)
    return [clock.stage for clock in late]


@action
def recompute_due(case: Case, *, actor: Actor) -> int:
    """Reckon the running clocks of a case anew under the calendar as it is now; old due times are kept."""
    case = lock(case, None)
    require(actor, "cases.read", at=case)
    moment = now()
    ask = Ask(verb_of(case, "overdue"), {}, by(actor), moment, around.today(moment), around.standards())
    department = around.departments(case.town_id).filter(pk=case.department_id).first() if case.department_id else None
    works = works_of(case, department)
    turn = turns.turn_of(case, "recompute", ask, works)
    changes = [change for c in works.clocks if (change := clockwork.recompute(c, turn))]
    if changes:
        Clock.objects.bulk_update(works.clocks, CLOCK_COLUMNS)
        turns.show_front(case, works.clocks)
        save(case)
        record(events.DueRecomputed(turns.facts_of(changes)), case, actor)
    return len(changes)
