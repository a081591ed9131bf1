"""Roles are copied and changed; grants are given and revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chengyun.accounts.actions.changes import forbid_own, forbid_own_post
from chengyun.accounts.events import GrantGiven, GrantRevoked, RoleChanged, RoleCopied
from chengyun.accounts.models import Department, Grant, Person, Post, Role
from chengyun.accounts.policy import rights_of
from chengyun.kernel.access import Where, permissions, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Forbidden, Invalid
from chengyun.places.models import Area

MANAGE = "accounts.manage"


@dataclass(frozen=True)
class Place:
    """Where a grant or a token holds: `reach` as in Grant, with what it needs; `department` narrows it."""

    reach: str
    town: int | None = None
    area: Area | None = None
    department: Department | None = None

    def where(self) -> Where:
        town = self.area.town_id if self.area is not None else self.town
        return Where(
            town=town,
            areas=frozenset({self.area.id} if self.area else ()),
            departments=frozenset({self.department.id} if self.department and town is None else ()),
        )


@action
def copy_role(role: Role, *, actor: Actor, town: int, code: str, zh: str, en: str) -> Role:
    """A copy of a role that the town may change."""
    role = lock(role, None)
    require(actor, MANAGE, at=Where(town=town))
    if Role.objects.as_system("is the code free").filter(code=code).exists():
        raise Conflict("accounts.code_taken", f"code: {code!r} is taken", field="code")
    copy = Role(
        town_id=town, code=code, zh=zh, en=en, summary_zh=role.summary_zh, summary_en=role.summary_en,
        permissions=list(role.permissions), own=list(role.own), home=role.home, copied_from=role.code,
    )  # fmt: skip
    copy.save()
    record(RoleCopied(copy.code, role.code), copy, actor)
    return copy


@action
def change_role(role: Role, *, actor: Actor, expected: int, allowed: Sequence[str], own: Sequence[str] = ()) -> Role:
    """Say anew what a town's own role allows; it holds for everyone who has it from the next request on."""
    role = lock(role, expected)
    require(actor, MANAGE, at=Where(town=role.town_id))
    if role.seeded:
        raise Conflict("accounts.role_fixed", "this role belongs to the platform: copy it and change the copy")
    if isinstance(actor, Person) and role.code in rights_of(actor).roles:
        raise Forbidden("accounts.own_rights", "nobody changes his own rights: somebody else must do it")
    unknown = sorted({*allowed, *own} - set(permissions()))
    if unknown:
        raise Invalid("accounts.no_such_permission", f"permissions: {', '.join(unknown)} is not known", field="allowed")
    before, after = {*role.permissions, *role.own}, {*allowed, *own}
    role.permissions, role.own = sorted(set(allowed)), sorted(set(own))
    save(role)
    record(RoleChanged(role.code, tuple(sorted(after - before)), tuple(sorted(before - after))), role, actor)
    return role


@action
def give(
    to: Person | Post, *, actor: Actor, role: Role, place: Place, starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Grant:  # fmt: skip
    """Give a role to a person, or to a post and so to whoever holds it, at a place and for a time."""
    to = lock(to, None)
    person, post = (to, None) if isinstance(to, Person) else (None, to)
    require(actor, MANAGE, at=post if post is not None and place.reach == Grant.Reach.HELD else place)
    _check(role, place, post)
    forbid_own(actor, person)
    forbid_own_post(actor, post)
    grant = Grant(
        person=person, post=post, role=role, reach=place.reach, town_id=place.where().town or to.town_id,
        area=place.area, department=place.department, starts_at=starts_at or now(), ends_at=ends_at,
    )  # fmt: skip
    if grant.reach == Grant.Reach.ALL:
        grant.town_id = None
    grant.save()
    record(_given(grant), grant, actor)
    return grant


def _check(role: Role, place: Place, post: Post | None) -> None:
    needs = {"town": place.town, "area": place.area, "held": post, "all": True}
    if not needs.get(place.reach):
        raise Invalid("accounts.place_missing", f"{place.reach}: say which one", field=place.reach)
    if role.town_id is not None and role.town_id != (place.where().town or (post.town_id if post else None)):
        raise Invalid("accounts.other_town", "role: it belongs to another town", field="role")
    if place.department and place.town is not None and place.department.town_id != place.town:
        raise Invalid("accounts.other_town", "department: it belongs to another town", field="department")


@action
def revoke(grant: Grant, *, actor: Actor, expected: int) -> Grant:
    """The grant ends now."""
    grant = lock(grant, expected)
    require(actor, MANAGE, at=Where(town=grant.town_id))
    moment = now()
    if grant.ends_at is not None and grant.ends_at <= moment:
        raise Conflict("accounts.grant_over", "this grant is over", current=grant.state_now())
    grant.ends_at = max(moment, grant.starts_at)
    save(grant)
    uuids = (grant.person.uuid if grant.person else None, grant.post.uuid if grant.post else None)
    record(GrantRevoked(grant.role.code, *uuids), grant, actor)
    return grant


def _given(grant: Grant) -> GrantGiven:
    return GrantGiven(
        role=grant.role.code,
        person=grant.person.uuid if grant.person else None,
        post=grant.post.uuid if grant.post else None,
        reach=grant.reach,
        town=grant.town_id,
        area=grant.area_id,
        department=grant.department.uuid if grant.department else None,
        starts_at=grant.starts_at,
        ends_at=grant.ends_at,
    )
