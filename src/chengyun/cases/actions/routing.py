"""Why a case went to a department: as the table says, or because a person knew better, with the reason."""

from typing import Any

from chengyun.cases import around
from chengyun.cases.models import Case
from chengyun.cases.rules import leads
from chengyun.cases.rules.steps import Ask
from chengyun.kernel.refusal import Invalid


def route(case: Case, ask: Ask) -> None:
    """Store why a department was chosen. Raises Invalid for another than the suggested one without a reason."""
    if ask.verb.name not in leads.NEW:
        return
    kind = ask.class_of(case)
    suggested = around.Suggester(case.town_id, [kind.code] if kind else []).suggest(case, kind)
    chosen = ask.given["department"]
    if suggested and suggested.department.pk == chosen:
        case.routing = case.routing | {"department": dict(suggested.reason)}
        return
    if suggested and not ask.given.get("reason"):
        raise Invalid(
            "cases.reason_for_department",
            f"reason: say why not {suggested.department.name}, which the responsibility table names",
            field="given.reason",
            params={"department": suggested.department.name},
        )
    told: dict[str, Any] = {"by": "person", "person": ask.by.id}
    if suggested:
        told["overruled"] = dict(suggested.reason) | {"department": suggested.department.code}
    case.routing = case.routing | {"department": told}
