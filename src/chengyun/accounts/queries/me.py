"""What a person's own client needs to know: who I am, and what I may do."""

from dataclasses import dataclass
from typing import Any

from chengyun.accounts import second_factor
from chengyun.accounts.models import Grant, Person, Post
from chengyun.accounts.policy import posts_held, rights_of
from chengyun.kernel.clock import now
from chengyun.places.models import Town


@dataclass(frozen=True)
class Me:
    """A person with everything that the shell asks for. `home`: the word for the first page of the first role."""

    person: Person
    roles: list[str]
    permissions: list[str]
    grants: list[dict[str, Any]]
    posts: list[Post]
    home: str | None
    town: Town | None
    second_factor: bool


def me(person: Person) -> Me:
    """The person's own account: at most eight queries."""
    rights = rights_of(person)
    rows = Grant.objects.as_system("my own grants").filter(pk__in=rights.grants)
    grants = list(rows.select_related("role", "department", "area").order_by("id"))
    return Me(
        person=person,
        roles=rights.roles,
        permissions=rights.permissions,
        grants=[_grant(grant) for grant in grants],
        posts=list(
            Post.objects.as_system("the posts that I hold")
            .filter(pk__in=posts_held(person, now()))
            .select_related("department", "area")
            .order_by("id")
        ),
        home=next((g.role.home for g in grants if g.role.home), None),
        town=Town.objects.as_system("my town").filter(pk=person.town_id).first() if person.town_id else None,
        second_factor=second_factor.enabled(person),
    )


def _grant(grant: Grant) -> dict[str, Any]:
    return {
        "id": grant.uuid,
        "role": {"code": grant.role.code, "zh": grant.role.zh, "en": grant.role.en},
        "reach": grant.reach,
        "town": grant.town_id,
        "area": {"id": grant.area.uuid, "name": grant.area.name} if grant.area else None,
        "department": {"id": grant.department.uuid, "name": grant.department.name} if grant.department else None,
        "ends_at": grant.ends_at,
    }
