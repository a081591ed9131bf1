"""What this room knows about places: who holds a grid, whose a facility is. `places` asks through its registries."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q

from chengyun.accounts.models import Department, Holding, Ownership
from chengyun.accounts.queries.duties import people_in
from chengyun.kernel.actor import Actor
from chengyun.places.models import Area
from chengyun.places.registry import AreaProblem
from chengyun.places.right import right
from chengyun.places.shapes import GRID

DEPARTMENT = right("department", "code or name of a department of this town")


def every_grid_has_a_holder(town: int) -> Iterator[AreaProblem]:
    """Grids that no post answers for, and grids whose post nobody holds now. Three queries."""
    grids = Area.objects.as_system("has every grid a holder").filter(
        town_id=town, level__role=GRID, retired_at=None
    )  # fmt: skip
    rows = Holding.objects.as_system("who holds the grids").filter(duty=Holding.Duty.HOLDER, area__in=grids)
    posts = {holding.area_id: holding.post for holding in rows.select_related("post")}
    held = people_in([post.pk for post in posts.values()])
    for pk, code, name in grids.order_by("code").values_list("id", "code", "name"):
        post = posts.get(pk)
        if post is None:
            yield AreaProblem(pk, "accounts.grid_without_holder", {"code": code, "name": name})
        elif post.pk not in held:
            yield AreaProblem(pk, "accounts.holder_vacant", {"code": code, "name": name, "post": post.title})


def _departments(town: int, values: Sequence[str]) -> dict[str, int]:
    """Departments of a town by the code or the name that a file gives."""
    wanted = {value.strip() for value in values}
    rows = Department.objects.as_system("whose the facilities of a file are").filter(
        Q(code__in=wanted) | Q(name__in=wanted), town_id=town, is_open=True
    )
    known: dict[str, int] = {}
    for pk, code, name in rows.values_list("pk", "code", "name"):
        known[code] = known[name] = pk
    return known


def wrong_owners(town: int, values: Sequence[str]) -> Mapping[str, str]:
    """For each value that is no department of the town, what would be right."""
    known = _departments(town, values)
    return {v: DEPARTMENT for v in values if v.strip() and v.strip() not in known}


def keep_owners(town: int, pairs: Sequence[tuple[int, str]], _: Actor) -> None:
    """Store whose each facility is; the import itself is what the journal keeps."""
    known = _departments(town, [value for _, value in pairs])
    rows = [
        Ownership(town_id=town, facility_id=facility, department_id=known[value.strip()])
        for facility, value in pairs
        if value.strip() in known
    ]
    Ownership.objects.as_system("owners from a file").bulk_create(
        rows, update_conflicts=True, unique_fields=["facility"], update_fields=["department"], batch_size=500
    )
