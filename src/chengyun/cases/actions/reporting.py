"""How a case comes to be: a report by anyone, the same report by somebody else, a thing settled on the spot."""

from collections.abc import Sequence

from chengyun.accounts.models import Person
from chengyun.cases import around, events
from chengyun.cases.actions import building
from chengyun.cases.actions.asking import by, verb_of
from chengyun.cases.actions.carrying import PLAIN, Sent, keep_clocks, keep_photos, works_of
from chengyun.cases.actions.drafts import Draft, Reporting
from chengyun.cases.actions.taking import carry_out
from chengyun.cases.models import Case
from chengyun.cases.rules import steps, turns
from chengyun.cases.rules.steps import Ask
from chengyun.cases.search import index_case
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict


@action
def report(draft: Draft, *, actor: Actor) -> Case:
    """Take a report in. Areas are found from the point, the plate or the address, with the reason stored.

    What has come already under the same external number is returned as it is. Raises Invalid naming the field.
    """
    plate = building.plate_of(draft)
    place = around.place_of(draft.town, draft.point, draft.address, plate)
    require(actor, "cases.report", at=building.where_to_report(draft, place, actor))
    there = building.already_there(draft)
    if there is not None:
        return there
    ask = building.asking(draft, actor)
    case = building.new_case(draft, place, plate, ask)
    return open_case(case, draft, ask, actor)


@action
def report_settled(draft: Draft, *, actor: Actor, after: Sequence[str], text: str = "", sent: Sent = PLAIN) -> Case:
    """Report and settle in one act: the simple procedure, with photos before (the draft's) and after."""
    plate = building.plate_of(draft)
    place = around.place_of(draft.town, draft.point, draft.address, plate)
    require(actor, "cases.settle", at=place.spot)
    there = building.already_there(draft)
    if there is not None:
        return there
    asked = building.asking(draft, actor)
    case = building.new_case(draft, place, plate, asked)
    given = {"photo:before": list(draft.photos), "photo:after": list(after)} | ({"text": text} if text else {})
    ask = Ask(verb_of(case, "settle"), given, by(actor), asked.moment, asked.today, asked.standards)
    step = steps.apply(case, ask)
    return carry_out(open_case(case, draft, asked, actor), step, ask, actor, sent)


@action
def report_again(case: Case, *, actor: Actor, reporter: Reporting, channel: str) -> Case:
    """Somebody else reports the same thing: one more who is told how it ends."""
    case = lock(case, None)
    require(actor, "cases.report", at=case)
    if not case.is_open:
        raise Conflict("cases.not_open", "this case is not open any more: report anew", current=case.state_now())
    if str(reporter.ref) in case.reporters:
        return case
    case.also_reported = [*case.also_reported, str(reporter.ref)]
    building.keep_reporter(case, reporter, channel)
    save(case)
    record(events.ReportedAgain(str(reporter.ref), channel), case, actor)
    return case


def open_case(case: Case, draft: Draft, ask: Ask, actor: Actor) -> Case:
    """Number, save and record a new case, with its clocks, reporter and photos. The number's row is held briefly."""
    works = works_of(case)
    stages = ("upper_sign", "upper") if case.is_order else ("receive",)
    changes = turns.begin(case, ask, works, *stages)
    case.number = building.next_number(case)
    case.save(force_insert=True)
    keep_clocks(works.clocks)
    if draft.reporter:
        building.keep_reporter(case, draft.reporter, draft.channel)
    role = "before" if isinstance(actor, Person) else "report"
    keep_photos(case, {role: list(draft.photos)}, actor, ask, draft.captured_at)
    index_case(case, [draft.reporter.name] if draft.reporter else [])
    told = building.reported(case, draft, turns.facts_of(changes))
    record(told, case, actor, happened_at=case.reported_at, private={"text": draft.text})
    return case
