"""Where a permission is asked for a case: in memory, for actions and for the verbs of a whole page alike."""

from collections.abc import Mapping, Sequence
from typing import Any

from chengyun.accounts.models import Department
from chengyun.cases.classes import Standards
from chengyun.cases.models import Case, Part
from chengyun.cases.rules import steps
from chengyun.kernel.access import Scope, Scopes, Where, scope_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.flow import Verb

OF_DEPARTMENT = frozenset(
    {"cases.sign", "cases.handle", "cases.answer", "cases.return", "cases.extend", "cases.suspend", "cases.contact"}
)
"""What belongs to the department that has the case, not to whoever holds the area."""
COMMUNITY = frozenset({"neighbourhood", "village"})


def where_for(case: Case, permission: str, actor: Actor, department: Department | None) -> Where:
    """Where `permission` is asked. For a department's verb: at `department`, which has the case or the part."""
    if permission not in OF_DEPARTMENT:
        return case.where()
    return at_department(case.where(), scope_of(actor, permission), department)


def at_department(where: Where, scope: Scope, department: Department | None) -> Where:
    """An area gives no right over another department's work, except to a neighbourhood over its own."""
    if department is None:
        return Where(town=where.town)
    bounded = any(d == department.pk and a in where.areas for d, a in scope.bounded)
    areas = where.areas if bounded or department.kind in COMMUNITY else frozenset[int]()
    return Where(town=where.town, areas=areas, departments=frozenset([department.pk]))


class Reach(Scopes):
    """What one actor may do, asked for many cases."""

    def may(self, permission: str, where: Where, department: Department | None) -> bool:
        """As `where_for` and `may` say; `where` is that of the case."""
        scope = self.scope(permission)
        if permission not in OF_DEPARTMENT:
            return scope.holds(where)
        return scope.holds(at_department(where, scope, department))

    def verbs(
        self, case: Case, standards: Standards, departments: Mapping[int, Department], parts: Sequence[Part] = ()
    ) -> list[dict[str, Any]]:
        """The verbs that the actor may take of a case now. No query: what it needs is handed in."""
        case.supporting = frozenset(p.department_id for p in parts if not p.lead and p.ended_at is None)
        where, known = case.where(), dict[tuple[str, bool], bool]()
        lead = [departments.get(case.department_id or 0)]
        supporting = [departments.get(p.department_id) for p in parts if not p.lead and p.ended_at is None]

        def permitted(permission: str, verb: Verb) -> bool:
            key = (permission, verb.name.startswith("part_"))
            if key not in known:
                offices = supporting if key[1] else lead
                known[key] = any(self.may(permission, where, office) for office in offices)
            return known[key]

        return steps.offered(case, permitted, standards, self.actor.actor_id)
