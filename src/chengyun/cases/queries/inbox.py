"""Approvals as the inbox shows them: the case, the reason given, who asked."""

from collections.abc import Sequence
from typing import Any

from chengyun.accounts.models import Person
from chengyun.cases.models import Approval
from chengyun.cases.queries.details import approval_out
from chengyun.cases.queries.shown import shown
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import private_texts


def inbox(actor: Actor, approvals: Sequence[Approval]) -> list[dict[str, Any]]:
    """The rows of the inbox: at most five queries for any number."""
    cases = shown(actor, [a.case for a in approvals])
    texts = private_texts(said["id"] for a in approvals for said in a.texts.values())
    askers = {a.asked_by for a in approvals if a.asked_kind == "person"}
    rows = Person.objects.as_system("the names of who asked for approval").filter(uuid__in=askers)
    people = {str(uuid): {"id": uuid, "name": name} for uuid, name in rows.values_list("uuid", "name")}
    return [
        approval_out(approval)
        | {
            "case": case,
            "texts": {purpose: texts.get(said["id"]) for purpose, said in approval.texts.items()},
            "asker": people.get(approval.asked_by),
            "mine": approval.asked_by == actor.actor_id,
        }
        for approval, case in zip(approvals, cases, strict=True)
    ]
