"""Taking a verb of a target or a project."""

from collections.abc import Callable, Mapping
from typing import Any

from chengyun.kernel.access import may, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid, NotFound
from chengyun.plans import around, events
from chengyun.plans.actions.common import day_of, number_of, reason_of, verb_of, words
from chengyun.plans.actions.correcting import set_project, set_target
from chengyun.plans.actions.issuing import issue_when_in_force
from chengyun.plans.models import Actual, Payment, Project, Target
from chengyun.plans.queries.live import indicator_of
from chengyun.plans.rights import FLOWS, places_of
from chengyun.plans.rules.dates import first_day

Given = Mapping[str, Any]
EARLIEST = 2000
"""No figure of a plan was measured before this year."""


@action
def take_item(item: Target | Project, verb: str, *, actor: Actor, expected: int, given: Given) -> Target | Project:
    """Take a verb of a target or project; `given` holds what the verb needs, by name."""
    item = lock(item, expected)
    flow = FLOWS[item.subject_kind]
    row = verb_of(flow, verb)
    places = places_of(item, row.may)
    require(actor, row.may, at=next((place for place in places if may(actor, row.may, place)), places[0]))
    step = flow.apply(item, verb, given)
    item.state = step.state
    effect: Callable[[Any, Given, Actor], Any] = _EFFECTS.get(verb, _nothing)
    happened = effect(item, given, actor)
    save(item)
    told = happened or events.ItemMoved(item.subject_kind, verb, step.before, step.state)
    record(told, item, actor, private={name: reason_of(given, name) for name in ("reason", "text")})
    if verb == "approve":
        issue_when_in_force(item)
    return item


def _nothing(_item: Any, _given: Given, _actor: Actor) -> None:
    return None


def _accept(item: Target | Project, _given: Given, actor: Actor) -> None:
    item.accepted_by, item.accepted_at = actor.actor_id, now()


def _restore(item: Target | Project, _given: Given, _actor: Actor) -> None:
    item.accepted_by, item.accepted_at = "", None


def _merge(item: Target, given: Given, _actor: Actor) -> None:
    rows = Target.objects.as_system("the other target of a merge").filter(document=item.document_id)
    into = rows.filter(uuid=given["into"]).exclude(pk=item.pk).first() if around.is_uuid(str(given["into"])) else None
    if into is None:
        raise NotFound("kernel.not_found", "no such target in this document", field="into", params={"what": "target"})
    if into.state in ("rejected", "merged"):
        raise Conflict("plans.not_in_review", "into: is not in review any more", current=into.state_now())
    item.merged_into = into


def _bind(item: Target, given: Given, _actor: Actor) -> events.TargetBound:
    code = words(given["indicator"], "given.indicator", 60, needed=True)
    if item.kind != "target":
        raise Invalid("plans.not_a_target", "only a target is measured", field="given.indicator")
    found = indicator_of(item.town_id, code)
    if found is None:
        raise Invalid("plans.no_indicator", f"indicator: there is no {code} here", field="given.indicator")
    item.binding, item.indicator_code = Target.Binding.BOUND, code
    return events.TargetBound(code)


def _unbind(item: Target, _given: Given, _actor: Actor) -> events.TargetBound:
    item.binding = Target.Binding.OPEN if item.value is None else Target.Binding.UNBOUND
    item.indicator_code = ""
    return events.TargetBound("")


def _adjust(item: Target | Project, given: Given, actor: Actor) -> events.ItemCorrected:
    """中期调整 of a target or project: a leader sets the new values, the old ones stay with who, when and what."""
    changes = given["changes"]
    if not isinstance(changes, Mapping):
        raise Invalid("plans.no_field", "changes: values by field", field="given.changes", params={"field": "changes"})
    if isinstance(item, Target):
        set_target(item, changes, actor)
    else:
        set_project(item, changes, actor)
    return events.ItemCorrected(item.subject_kind.removeprefix("plan_"), tuple(changes))


def _measure(item: Target, given: Given, actor: Actor) -> events.TargetMeasured:
    value = number_of(given["value"], "given.value")
    moment = now()
    day = day_of(given.get("date"), "given.date") or around.today(moment)
    if day.year < EARLIEST:
        raise Invalid("plans.date_wrong", f"date: before {EARLIEST}", field="given.date")
    if value is None or day > around.today(moment):
        raise Invalid("plans.date_ahead", "date: lies in the future", field="given.date")
    Actual.objects.update_or_create(
        target=item, day=day, source=Actual.Source.HAND,
        defaults={"value": value, "made_by": actor.actor_id, "made_at": moment},
    )  # fmt: skip
    return events.TargetMeasured(day, value)


def _report_stage(item: Project, given: Given, _actor: Actor) -> None:
    key = str(given["stage"])
    stage = item.stages.filter(uuid=key).first() if around.is_uuid(key) else None
    if stage is None:
        raise NotFound("kernel.not_found", "no such stage of this project", field="stage", params={"what": "stage"})
    stage.actual_start = day_of(given.get("started"), "given.started") or stage.actual_start
    stage.actual_end = day_of(given.get("finished"), "given.finished") or stage.actual_end
    if stage.actual_start and stage.actual_end and stage.actual_end < stage.actual_start:
        raise Invalid("plans.stage_backwards", "finished: before it was started", field="given.finished")
    stage.save()


def _pay(item: Project, given: Given, _actor: Actor) -> None:
    month = first_day(str(given["month"])[:7])
    if month is None:
        raise Invalid("plans.date_wrong", "month: such as 2026-03", field="given.month")
    sums = {name: number_of(given.get(name), f"given.{name}", 0, 1e9) for name in ("planned", "paid")}
    Payment.objects.update_or_create(
        project=item, month=month, defaults={name: value for name, value in sums.items() if value is not None}
    )


_EFFECTS: dict[str, Callable[[Any, Given, Actor], Any]] = {
    "accept": _accept, "restore": _restore, "merge": _merge, "bind": _bind, "unbind": _unbind, "measure": _measure,
    "adjust": _adjust,
    "report_stage": _report_stage, "pay": _pay,
}  # fmt: skip
