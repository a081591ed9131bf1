"""Who answers for areas, facilities and classes of case, and who is on duty when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chengyun.accounts.actions.changes import forbid_own_post, set_fields
from chengyun.accounts.events import (
    HoldingEnded,
    HoldingGiven,
    OwnershipSet,
    ResponsibilityAdded,
    ResponsibilityChanged,
    ResponsibilityRemoved,
    ShiftRemoved,
    ShiftSet,
)
from chengyun.accounts.models import Department, Holding, Ownership, Person, Post, Responsibility, Shift
from chengyun.accounts.rules.responsibility import condition_problem
from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.places.models import Area, Facility

DUTIES = "accounts.duties"
ROSTER = "accounts.roster"


@action
def give_holding(post: Post, *, actor: Actor, area: Area, duty: str = Holding.Duty.HOLDER) -> Holding:
    """The post answers for the area (holder: one for each area), or patrols it (worker)."""
    post = lock(post, None)
    require(actor, DUTIES, at=Where(town=area.town_id, areas=frozenset({area.id})))
    forbid_own_post(actor, post)
    if post.town_id != area.town_id:
        raise Invalid("accounts.other_town", "area: it lies in another town", field="area")
    rows = Holding.objects.as_system("who holds the area").filter(area=area, duty=duty)
    taken = rows if duty == Holding.Duty.HOLDER else rows.filter(post=post)
    if taken.exists():
        raise Conflict("accounts.area_held", "area: a post has this duty already; end that first", field="area")
    holding = Holding(town_id=area.town_id, area=area, post=post, duty=duty)
    holding.save()
    record(HoldingGiven(area.id, post.uuid, duty), holding, actor)
    return holding


@action
def end_holding(holding: Holding, *, actor: Actor, expected: int) -> None:
    """The post no longer answers for the area."""
    holding = lock(holding, expected)
    require(actor, DUTIES, at=holding)
    said = HoldingEnded(holding.area_id, holding.post.uuid, holding.duty)
    Holding.objects.as_system("it ends").filter(pk=holding.pk).delete()
    record(said, holding, actor)


@action
def set_owner(facility: Facility, *, actor: Actor, department: Department) -> Ownership:
    """The facility belongs to the department from now on."""
    facility = lock(facility, None)
    require(actor, DUTIES, at=facility)
    if department.town_id != facility.town_id:
        raise Invalid("accounts.other_town", "department: it belongs to another town", field="department")
    rows = Ownership.objects.as_system("whose it is")
    ownership = rows.filter(facility=facility).first() or Ownership(town_id=facility.town_id, facility=facility)
    ownership.department = department
    save(ownership)
    record(OwnershipSet(facility.id, department.uuid), ownership, actor)
    return ownership


@action
def add_responsibility(
    department: Department, *, actor: Actor, subject_code: str, area: Area | None = None,
    conditions: Mapping[str, Any] | None = None, more: Mapping[str, Any] | None = None,
) -> Responsibility:  # fmt: skip
    """The department answers for a subject (exact code, or "0101*"). `more`: priority, basis_zh, basis_en."""
    department = lock(department, None)
    town = department.town_id
    require(actor, DUTIES, at=Where(town=town))
    if town is None:
        raise Invalid("accounts.other_town", "department: must be one of a town", field="department")
    row = Responsibility(
        town_id=town, subject_code=subject_code.strip(), area=area, conditions=dict(conditions or {}),
        department=department, **(more or {}),
    )  # fmt: skip
    _check(row)
    row.save()
    record(ResponsibilityAdded(row.subject_code, row.area_id, department.uuid), row, actor)
    return row


@action
def change_responsibility(
    row: Responsibility, *, actor: Actor, expected: int, values: Mapping[str, Any]
) -> Responsibility:
    """Change code, area, conditions, department, priority or basis of a rule."""
    row = lock(row, expected)
    require(actor, DUTIES, at=Where(town=row.town_id))
    changed = set_fields(row, values)
    _check(row)
    if changed:
        save(row)
        changed = {name: v for name, v in changed.items() if not name.startswith("basis_")}
        record(ResponsibilityChanged(row.subject_code, changed), row, actor)
    return row


@action
def remove_responsibility(row: Responsibility, *, actor: Actor, expected: int) -> None:
    """The rule holds no longer. What was decided by it keeps its reason."""
    row = lock(row, expected)
    require(actor, DUTIES, at=Where(town=row.town_id))
    Responsibility.objects.as_system("it goes").filter(pk=row.pk).delete()
    record(ResponsibilityRemoved(row.subject_code, row.department.uuid), row, actor)


def _check(row: Responsibility) -> None:
    if not row.subject_code or "*" in row.subject_code[:-1]:
        raise Invalid("accounts.code_wrong", 'subject_code: a code, or a beginning with "*"', field="subject_code")
    if row.department.town_id != row.town_id or (row.area and row.area.town_id != row.town_id):
        raise Invalid("accounts.other_town", "department and area must be of the same town", field="department")
    words = condition_problem(row.conditions)
    if words:
        raise Invalid("accounts.conditions_wrong", f"conditions: {words}", field="conditions")


@action
def set_shift(
    town: int, *, actor: Actor, duty: str, who: Person | Post, starts_at: datetime, ends_at: datetime
) -> Shift:
    """Put a person or a post on the duty roster."""
    require(actor, ROSTER, at=Where(town=town))
    if ends_at <= starts_at:
        raise Invalid("accounts.term_order", "ends_at: a shift ends after it starts", field="ends_at")
    if who.town_id not in (town, None):
        raise Invalid("accounts.other_town", "who: of another town", field="who")
    person, post = (who, None) if isinstance(who, Person) else (None, who)
    shift = Shift(town_id=town, duty=duty, person=person, post=post, starts_at=starts_at, ends_at=ends_at)
    shift.save()
    uuids = (person.uuid if person else None, post.uuid if post else None)
    record(ShiftSet(duty, *uuids, starts_at, ends_at), shift, actor)
    return shift


@action
def remove_shift(shift: Shift, *, actor: Actor, expected: int) -> None:
    """Take a turn off the roster."""
    shift = lock(shift, expected)
    require(actor, ROSTER, at=shift)
    Shift.objects.as_system("it goes").filter(pk=shift.pk).delete()
    record(ShiftRemoved(shift.duty, shift.starts_at), shift, actor)
