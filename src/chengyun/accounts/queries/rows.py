"""The room's own lists: every read starts at `within`."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from chengyun.accounts.models import (
    ApiToken,
    Department,
    Grant,
    Holding,
    Look,
    Ownership,
    Person,
    Post,
    Responsibility,
    Role,
    Shift,
    Tenure,
)
from chengyun.accounts.policy import running
from chengyun.kernel.access import found
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.models import Subject
from chengyun.places.models import Area, Facility
from chengyun.places.queries import town_of

# What each list asks for, and the rows that its items show beside their own.
READ: dict[type[Subject], tuple[str, tuple[str, ...]]] = {
    Person: ("accounts.read", ("department",)),
    Department: ("accounts.read", ("parent", "supervisor", "area")),
    Post: ("accounts.read", ("department", "area")),
    Tenure: ("accounts.read", ("post", "person")),
    Role: ("accounts.read", ()),
    Grant: ("accounts.read", ("role", "person", "post", "department", "area", "town")),
    Holding: ("accounts.read", ("area", "post")),
    Ownership: ("accounts.read", ("facility", "department")),
    Responsibility: ("accounts.read", ("area", "department")),
    Shift: ("accounts.read", ("person", "post")),
    ApiToken: ("accounts.tokens", ("person", "department", "area", "town")),
    Look: ("accounts.looks", ()),
}


def rows(model: type[Any], actor: Actor) -> QuerySet[Any]:
    """The rows of a table that the actor may see, with what they show."""
    permission, shown = READ[model]
    return model.objects.within(actor, permission).select_related(*shown)  # type: ignore[no-any-return]


def one(model: type[Any], actor: Actor, uuid: UUID) -> Any:
    """A row by id. Raises NotFound also for what the actor may not see."""
    return found(rows(model, actor).filter(uuid=uuid).first(), model.subject_kind)


def optional(model: type[Any], actor: Actor, uuid: UUID | None) -> Any:
    """The row, or None if no id was given."""
    return None if uuid is None else one(model, actor, uuid)


def area(actor: Actor, uuid: UUID | None) -> Area | None:
    """An area that the actor may see on the map."""
    if uuid is None:
        return None
    row: Area | None = Area.objects.within(actor, "places.read").filter(uuid=uuid).first()
    return found(row, "area")


def facility(actor: Actor, uuid: UUID) -> Facility:
    """A facility that the actor may see on the map."""
    row: Facility | None = Facility.objects.within(actor, "places.read").filter(uuid=uuid).first()
    return found(row, "facility")


def town_id(code: str | None) -> int | None:
    """The id of a town's code; None for none. What may be done there is asked by the action."""
    return town_of(code).pk if code else None


def people(actor: Actor, *, q: str = "", department: UUID | None = None, active: bool | None = None) -> QuerySet[Any]:
    """People whose login, name or title begins with or holds `q`."""
    kept = rows(Person, actor)
    if q:
        kept = kept.filter(Q(login__istartswith=q) | Q(name__icontains=q) | Q(title__icontains=q))
    if department:
        kept = kept.filter(department__uuid=department)
    return kept if active is None else kept.filter(is_active=active)


def grants(
    actor: Actor, *, person: UUID | None = None, post: UUID | None = None, role: str = "", all_times: bool = False
) -> QuerySet[Any]:
    """Grants that hold now, or of all times."""
    kept = rows(Grant, actor)
    if not all_times:
        kept = kept.filter(Q(ends_at=None) | Q(ends_at__gt=now()))
    for name, value in {"person__uuid": person, "post__uuid": post, "role__code": role}.items():
        kept = kept.filter(**{name: value}) if value else kept
    return kept


def tenures(
    actor: Actor, *, post: UUID | None = None, person: UUID | None = None, present: bool = False
) -> QuerySet[Any]:
    """Terms, of a post or a person; only those that run now if `present`."""
    kept = rows(Tenure, actor)
    for name, value in {"post__uuid": post, "person__uuid": person}.items():
        kept = kept.filter(**{name: value}) if value else kept
    return kept.filter(running(now())) if present else kept
