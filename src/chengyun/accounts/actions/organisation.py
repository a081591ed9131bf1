"""Departments and posts, and who holds a post."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chengyun.accounts.actions.changes import forbid_own, forbid_own_post, set_fields
from chengyun.accounts.events import (
    DepartmentAdded,
    DepartmentChanged,
    PostAdded,
    PostChanged,
    TenureEnded,
    TenureStarted,
)
from chengyun.accounts.models import Department, Person, Post, Tenure
from chengyun.accounts.rules.terms import Term, overlap
from chengyun.accounts.rules.tree import department_problem
from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid

MANAGE = "accounts.manage"


@action
def add_department(
    town: int | None, *, actor: Actor, code: str, name: str, more: Mapping[str, Any] | None = None
) -> Department:
    """A new department of a town. `more`: kind, parent, supervisor, area, timetable."""
    require(actor, MANAGE, at=Where(town=town))
    if Department.objects.as_system("is the code free").filter(town_id=town, code=code).exists():
        raise Conflict("accounts.code_taken", f"code: {code!r} is taken", field="code")
    department = Department(town_id=town, code=code, name=name, **(more or {}))
    _check(department)
    department.save()
    record(DepartmentAdded(department.code, department.kind), department, actor)
    return department


@action
def change_department(department: Department, *, actor: Actor, expected: int, values: Mapping[str, Any]) -> Department:
    """Change name, kind, parent, supervisor, area, timetable, or whether it is open."""
    department = lock(department, expected)
    require(actor, MANAGE, at=department)
    changed = set_fields(department, values)
    _check(department)
    if changed:
        save(department)
        record(DepartmentChanged(department.code, changed), department, actor)
    return department


def _check(department: Department) -> None:
    rows = Department.objects.as_system("what stands above what").filter(town_id=department.town_id)
    above = {pk: parent for pk, parent in rows.values_list("pk", "parent_id") if parent is not None}
    for other in (department.parent, department.supervisor):
        if other is not None and other.town_id != department.town_id:
            raise Invalid("accounts.other_town", "parent and supervisor must be of the same town", field="parent")
    words = department_problem(department.pk, department.kind, department.parent_id, department.supervisor_id, above)
    if words:
        raise Invalid("accounts.department_order", words, field="parent")


@action
def add_post(
    department: Department, *, actor: Actor, code: str, title: str, more: Mapping[str, Any] | None = None
) -> Post:
    """A new post in a department. `more`: kind, area."""
    department = lock(department, None)
    require(actor, MANAGE, at=department)
    if Post.objects.as_system("is the code free").filter(town_id=department.town_id, code=code).exists():
        raise Conflict("accounts.code_taken", f"code: {code!r} is taken", field="code")
    post = Post(town_id=department.town_id, department=department, code=code, title=title, **(more or {}))
    post.save()
    record(PostAdded(post.code, department.uuid), post, actor)
    return post


@action
def change_post(post: Post, *, actor: Actor, expected: int, values: Mapping[str, Any]) -> Post:
    """Change title, kind, area, department, or whether it is open."""
    post = lock(post, expected)
    require(actor, MANAGE, at=post)
    forbid_own_post(actor, post)
    changed = set_fields(post, values)
    if changed:
        save(post)
        record(PostChanged(post.code, changed), post, actor)
    return post


@action
def start_tenure(
    post: Post, *, actor: Actor, person: Person, starts_at: datetime | None = None, ends_at: datetime | None = None
) -> Tenure:
    """The person holds the post from a moment (now) until another (until further notice)."""
    post = lock(post, None)
    require(actor, MANAGE, at=post)
    forbid_own(actor, person)
    tenure = _term(post, person, starts_at or now(), ends_at)
    tenure.save()
    record(_started(tenure), tenure, actor)
    return tenure


@action
def end_tenure(tenure: Tenure, *, actor: Actor, expected: int, ends_at: datetime | None = None) -> Tenure:
    """The holder leaves the post at a moment (now). Duties and rights stay with the post."""
    tenure = lock(tenure, expected)
    require(actor, MANAGE, at=tenure)
    _end(tenure, ends_at or now())
    save(tenure)
    record(_ended(tenure), tenure, actor)
    return tenure


@action
def hand_over(post: Post, *, actor: Actor, expected: int, to: Person, at: datetime | None = None) -> Tenure:
    """The successor takes the post, with every duty and right bound to it, at the moment that the holder leaves it."""
    post = lock(post, expected)
    require(actor, MANAGE, at=post)
    forbid_own(actor, to)
    moment = at or now()
    before = Tenure.objects.as_system("who leaves the post").filter(post=post, ends_at=None).first()
    if before is not None:
        _end(before, moment)
        save(before)
    tenure = _term(post, to, moment, None)
    tenure.save()
    save(post)
    if before is not None:
        record(_ended(before), before, actor)
    record(_started(tenure, before), tenure, actor)
    return tenure


def _end(tenure: Tenure, moment: datetime) -> None:
    if moment <= tenure.starts_at:
        raise Invalid("accounts.term_order", "ends_at: a term ends after it starts", field="ends_at")
    if tenure.ends_at is not None and tenure.ends_at <= now():
        raise Conflict("accounts.term_over", "this term is over", current=tenure.state_now())
    tenure.ends_at = moment


def _term(post: Post, person: Person, starts_at: datetime, ends_at: datetime | None) -> Tenure:
    """A term of a locked post that overlaps no other."""
    if ends_at is not None and ends_at <= starts_at:
        raise Invalid("accounts.term_order", "ends_at: a term ends after it starts", field="ends_at")
    rows = Tenure.objects.as_system("terms of the post").filter(post=post)
    other = overlap(Term(starts_at, ends_at), (Term(*row) for row in rows.values_list("starts_at", "ends_at")))
    if other is not None:
        raise Conflict(
            "accounts.term_overlaps",
            f"starts_at: the post is held from {other.starts_at:%Y-%m-%d %H:%M} on; end that term, or hand over",
            field="starts_at",
        )
    return Tenure(post=post, person=person, starts_at=starts_at, ends_at=ends_at)


def _started(tenure: Tenure, before: Tenure | None = None) -> TenureStarted:
    after = before.person.uuid if before is not None else None
    return TenureStarted(tenure.post.uuid, tenure.person.uuid, tenure.starts_at, tenure.ends_at, after)


def _ended(tenure: Tenure) -> TenureEnded:
    return TenureEnded(tenure.post.uuid, tenure.person.uuid, tenure.ends_at or now())
