"""Where a permission is asked for a task, a target or a project: in memory, for actions and for whole pages alike."""

from collections.abc import Mapping
from typing import Any

from chengyun.accounts.models import Department
from chengyun.kernel.access import Scopes, Where
from chengyun.kernel.flow import Flow
from chengyun.plans.around import COMMUNITY
from chengyun.plans.flow_table import PROJECT_FLOW, TARGET_FLOW, TASK_FLOW
from chengyun.plans.models import Adjustment, Party, Project, Target, Task

OF_DEPARTMENT = frozenset({"plans.consent", "plans.report"})
"""What belongs to the departments of a task, not to whoever answers for the place."""
FLOWS: dict[str, Flow] = {"plan_task": TASK_FLOW, "plan_target": TARGET_FLOW, "plan_project": PROJECT_FLOW}
ANSWERING = (Party.Role.LEAD, Party.Role.JOINT)
"""Roles of departments that report on a task."""


def at_department(town: int, department: int, area: int | None) -> Where:
    """Where a department's own right is asked: at itself, and in its own area if it is a neighbourhood or village."""
    areas = frozenset({area} if area is not None else ())
    return Where(town=town, areas=areas, departments=frozenset([department]))


def own_area(department: Department) -> int | None:
    """The area of a neighbourhood or village; None for other departments."""
    return department.area_id if department.kind in COMMUNITY else None


def at_office(town: int, department: Department | None) -> Where:
    """The same of a department that was read; of none, the town alone."""
    return at_department(town, department.pk, own_area(department)) if department else Where(town=town)


def places_of(item: Task | Target | Project, permission: str) -> list[Where]:
    """Where a permission may be asked for an item; one that holds is enough."""
    if permission not in OF_DEPARTMENT:
        return [item.where()]
    if isinstance(item, Task):
        parties = [p for p in item.parties.all() if p.department_id is not None]
        if permission == "plans.report":
            parties = [p for p in parties if p.role in ANSWERING]
        return [at_department(item.town_id, p.department_id, p.area_id) for p in parties if p.department_id] or [
            Where(town=item.town_id)
        ]
    if item.department_id is None:
        return [Where(town=item.town_id)]
    return [at_department(item.town_id, item.department_id, None)]


class Reach(Scopes):
    """What one actor may do, asked for many items."""

    def may(self, permission: str, item: Task | Target | Project) -> bool:
        """Whether the permission holds at one of the item's places."""
        return any(self.scope(permission).holds(where) for where in places_of(item, permission))

    def verbs(self, item: Task | Target | Project) -> list[dict[str, Any]]:
        """The verbs that the actor may take of an item now. No query where its parties were read before."""
        known: dict[str, bool] = {}
        offered = []
        for verb in FLOWS[item.subject_kind].offered(item.state):
            if verb.may not in known:
                known[verb.may] = self.may(verb.may, item)
            if known[verb.may] and self._fits(item, verb.name):
                offered.append({"name": verb.name, "needs": list(verb.needs), "optional": list(verb.optional)})
        return offered

    def _fits(self, item: Task | Target | Project, verb: str) -> bool:
        """What the table alone cannot say of an item."""
        if isinstance(item, Target):
            return verb != "unbind" or bool(item.indicator_code)
        if not isinstance(item, Task):
            return True
        fits: Mapping[str, bool] = {
            "consent": self._asked(item), "object": self._asked(item),
            "record_event": bool(item.due_event) and item.event_on is None,
            "confirm_due": item.before_issue and not item.due_confirmed,
            "check": item.done_by != self.actor.actor_id,
        }  # fmt: skip
        return fits.get(verb, True)

    def _asked(self, task: Task) -> bool:
        """Whether a department of the actor has still to answer."""
        scope = self.scope("plans.consent")
        return any(
            scope.holds(at_department(task.town_id, p.department_id, p.area_id))
            for p in task.parties.all()
            if p.department_id is not None and p.consent == Party.Consent.ASKED
        )

    def adjustment_verbs(self, adjustment: Adjustment, flow: Flow) -> list[dict[str, Any]]:
        """The verbs of an adjustment, asked at its task."""
        return [
            {"name": verb.name, "needs": list(verb.needs), "optional": list(verb.optional)}
            for verb in flow.offered(adjustment.state)
            if (self._is_asked(adjustment) if verb.may == "plans.consent" else self.may(verb.may, adjustment.task))
        ]

    def _is_asked(self, adjustment: Adjustment) -> bool:
        """Whether a department of the actor has still to answer to a change."""
        scope, task = self.scope("plans.consent"), adjustment.task
        return any(
            scope.holds(at_department(task.town_id, p.department_id, p.area_id))
            for p in task.parties.all()
            if p.department_id is not None and adjustment.said(p.department_id) == "asked"
        )
