"""Orders of an upper platform: they come in, and what is decided above arrives."""

from collections.abc import Mapping
from typing import Any

from chengyun.cases import around
from chengyun.cases.actions import building
from chengyun.cases.actions.asking import ask_for, by, verb_of
from chengyun.cases.actions.carrying import PLAIN
from chengyun.cases.actions.drafts import Draft
from chengyun.cases.actions.reporting import open_case
from chengyun.cases.actions.taking import carry_out
from chengyun.cases.models import Case
from chengyun.cases.rules import steps
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock
from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import Invalid

DEMANDS = ("consult", "help", "complaint", "suggestion", "praise")
"""咨询, 求助, 投诉举报, 建议, 表扬."""


@action
def receive_order(draft: Draft, *, actor: Actor) -> Case:
    """Take an order of an upper platform in; the same number twice is one order. Raises Invalid naming the field."""
    place = around.place_of(draft.town, draft.point, draft.address)
    require(actor, "cases.upper", at=building.where_to_report(draft, place, actor))
    _whole(draft)
    there = building.already_there(draft)
    if there is not None:
        return there
    ask = building.asking(draft, actor)
    return open_case(building.new_case(draft, place, None, ask), draft, ask, actor)


def _whole(draft: Draft) -> None:
    if not draft.source or not draft.external_id:
        raise Invalid("cases.order_number_missing", "an order needs its platform and its number", field="external_id")
    if draft.order.get("kind") not in DEMANDS:
        raise Invalid("cases.demand_unknown", f"kind: one of {', '.join(DEMANDS)}", field="kind")


@action
def hear_above(case: Case, verb: str, *, actor: Actor, given: Mapping[str, Any]) -> Case:
    """What the platform above decided about its order: returned, refused, extended, closed, reopened, called back."""
    case = lock(case, None)
    row = verb_of(case, verb)
    require(actor, row.may, at=case)
    if not row.outside or not verb.startswith("upper_"):
        raise Invalid("cases.not_from_above", f"{verb} is not decided above: take it as a verb", field="verb")
    ask = ask_for(case, row, given, by(actor), approved=True)
    step = steps.apply(case, ask)
    return carry_out(case, step, ask, actor, PLAIN)
