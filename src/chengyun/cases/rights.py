"""Where a permission is asked for a case: in memory, for actions and for the verbs of a whole page alike."""

from collections.abc import Mapping, Sequence
from typing import Any

from chengyun.accounts.models import Department
from chengyun.cases.classes import Standards
from chengyun.cases.models import Case, Part
from chengyun.cases.rules import steps
from chengyun.kernel.access import Where, may, scope_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.flow import Verb

OF_DEPARTMENT = frozenset(
    {"cases.sign", "cases.handle", "cases.answer", "cases.return", "cases.extend", "cases.suspend", "cases.contact"}
)
"""What belongs to the department that has the case, not to whoever holds the area."""
_COMMUNITY = frozenset({"neighbourhood", "village"})


def where_for(case: Case, permission: str, actor: Actor, department: Department | None) -> Where:
    """Where `permission` is asked. For a department's verb: at `department`, which has the case or the part.

    An area gives no right over another department's work, except to a neighbourhood over its own.
    """
    where = case.where()
    if permission not in OF_DEPARTMENT:
        return where
    if department is None:
        return Where(town=where.town)
    bounded = any(d == department.pk and a in where.areas for d, a in scope_of(actor, permission).bounded)
    areas = where.areas if bounded or department.kind in _COMMUNITY else frozenset[int]()
    return Where(town=where.town, areas=areas, departments=frozenset([department.pk]))


def verbs_for(
    actor: Actor,
    case: Case,
    standards: Standards,
    departments: Mapping[int, Department],
    parts: Sequence[Part] = (),
) -> list[dict[str, Any]]:
    """The verbs that `actor` may take of a case now. No query: what it needs is handed in."""
    lead = departments.get(case.department_id or 0)
    open_parts = [p for p in parts if not p.lead and p.ended_at is None]

    def permitted(permission: str, verb: Verb) -> bool:
        if verb.name.startswith("part_"):
            offices = [departments.get(p.department_id) for p in open_parts]
            return any(may(actor, permission, where_for(case, permission, actor, o)) for o in offices if o)
        return may(actor, permission, where_for(case, permission, actor, lead))

    return steps.offered(case, permitted, standards, actor.actor_id)
