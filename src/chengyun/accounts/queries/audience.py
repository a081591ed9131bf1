"""The policy read backwards: who may do something at a place."""

from collections.abc import Collection

from django.db.models import Q

from chengyun.accounts.models import Grant, Person, Role
from chengyun.accounts.policy import givens_of, row_of, running
from chengyun.accounts.queries.duties import people_in
from chengyun.accounts.rules.scopes import scope_of_grants
from chengyun.kernel.access import Where
from chengyun.kernel.clock import now


def people_with(permission: str, where: Where, roles: Collection[str] = ()) -> list[Person]:
    """Everyone who may do this there now, by own grants or by a post held; with one of `roles`, if any are given.

    At most seven queries, however many people there are.
    """
    allowed = [
        role.pk
        for role in Role.objects.as_system("which roles allow it").filter(is_open=True)
        if permission in role.permissions and (not roles or {role.code, role.copied_from} & set(roles))
    ]
    grants = list(
        Grant.objects.as_system("who has such a role")
        .filter(running(now()), Q(town=where.town) | Q(town=None), role__in=allowed)
        .select_related("role", "post", "person")
        .order_by("id")
    )
    reaching = [
        grant
        for grant, given in zip(grants, givens_of([row_of(g) for g in grants]), strict=True)
        if scope_of_grants(permission, [given], None).holds(where)
    ]
    holders = people_in({g.post_id for g in reaching if g.post is not None and g.post.is_open})
    people = [g.person or holders.get(g.post_id or 0) for g in reaching]
    return list(dict.fromkeys(p for p in people if p is not None and p.is_active))
