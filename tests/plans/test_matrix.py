"""Who may take what in execution and supervision: one row for each verb and role, through the real door."""

from typing import Any

import pytest

from chengyun.accounts.models import Person
from chengyun.kernel.access import Where, may
from chengyun.plans.supervision_table import FLOWS
from plans.room import Room

HOLDERS = {
    "plans.report": {"liaison", "neighbourhood", "posted_force"},
    "plans.check": {"planner", "supervisor"},
    "plans.supervise": {"supervisor", "leader"},
    "plans.assess": {"supervisor"},
    "plans.write": {"planner"},
    "plans.approve": {"leader"},
    "plans.funds": {"planner"},
    "plans.publish": {"planner"},
}
ROLES = ("liaison", "neighbourhood", "posted_force", "planner", "supervisor", "leader", "operator", "grid_worker",
         "handler", "administrator")  # fmt: skip
OFFICE = {"liaison": "greening", "neighbourhood": "M1", "posted_force": "police"}


def test_each_verb_is_of_those_roles_and_of_no_other(room: Room) -> None:
    wrong = []
    for flow in FLOWS.values():
        for verb in flow.verbs.values():
            for role in ROLES:
                allowed = may(room.world.people[role], verb.may, _where(room, role))
                if allowed != (role in HOLDERS[verb.may]):
                    wrong.append(f"{flow.kind}.{verb.name} ({verb.may}): {role} {'may' if allowed else 'may not'}")
    assert not wrong, "\n".join(wrong)


def _where(room: Room, role: str) -> Where:
    """At the role's own department, or in the town."""
    office = room.world.departments.get(OFFICE.get(role, ""))
    if office is None:
        return Where(town=room.world.town.pk)
    areas = frozenset({office.area_id} if office.area_id else ())
    return Where(town=room.world.town.pk, areas=areas, departments=frozenset([office.pk]))


@pytest.mark.parametrize("role", ["liaison", "neighbourhood", "posted_force"])
def test_a_department_reports_for_itself_and_for_no_other(room: Room, role: str) -> None:
    person: Person = room.world.people[role]
    other = room.world.departments["water"]
    elsewhere = Where(town=room.world.town.pk, departments=frozenset([other.pk]))
    assert not may(person, "plans.report", elsewhere)


@pytest.mark.parametrize(
    ("path", "body"),
    [("orders", {"colour": "red", "department": "greening", "title": "一", "demand": "二", "due_on": "2099-01-01"}),
     ("findings", {"department": "greening", "text": "一"}),
     ("groups", {"kind": "task_force", "name": "一", "starts_on": "2026-01-01"}),
     ("titles", {"name": "一", "level": "city", "department": "greening"}),
     ("schemes", {"name": "一", "text": "考核语言 1\n单项 “甲” 10 分：每 1 扣 1"})],
)  # fmt: skip
def test_whoever_has_no_business_with_it_is_refused(room: Room, path: str, body: dict[str, Any]) -> None:
    for role in ("handler", "operator"):
        assert room.api(role).post(f"plans/{path}", body).status_code == 403, role
    assert room.api("administrator").post(f"plans/{path}", body).status_code == 403
