"""The two doors of permission: `require` in actions, `within` in queries. `accounts` installs who answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet

from chengyun.kernel.actor import Actor, System
from chengyun.kernel.refusal import Forbidden, NotFound

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Permission:
    """Something that a role may allow. `name` is "<room>.<verb>"; the words are for the settings screen."""

    name: str
    zh: str
    en: str


_permissions: dict[str, Permission] = {}


def declare(*permissions: Permission) -> None:
    """Make permissions known; every room does so in its permissions.py."""
    for permission in permissions:
        _permissions[permission.name] = permission


def permissions() -> dict[str, Permission]:
    """All declared permissions by name, sorted."""
    return dict(sorted(_permissions.items()))


@dataclass(frozen=True)
class Where:
    """Where something is, as opaque ids: the town, every area it lies in, its departments, its people."""

    town: int | None = None
    areas: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()
    people: frozenset[str] = frozenset()


class HasWhere(Protocol):
    def where(self) -> Where: ...


@dataclass(frozen=True)
class Scope:
    """A person's reach for one permission, compiled once to sets. A row is inside if any of the sets has it.

    `areas` are ids of the levels that rows carry (grids, communities), already expanded from sectors and the like.
    `bounded` pairs say "this department, and only in these areas".
    """

    everything: bool = False
    towns: frozenset[int] = frozenset()
    areas: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()
    bounded: frozenset[tuple[int, int]] = frozenset()
    person: str | None = None

    def holds(self, where: Where) -> bool:
        """Whether something at `where` is inside."""
        return (
            self.everything
            or where.town in self.towns
            or bool(self.areas & where.areas)
            or bool(self.departments & where.departments)
            or any(d in where.departments and a in where.areas for d, a in self.bounded)
            or (self.person is not None and self.person in where.people)
        )

    @property
    def empty(self) -> bool:
        return not (self.everything or self.towns or self.areas or self.departments or self.bounded or self.person)


EVERYTHING = Scope(everything=True)
NOTHING = Scope()


class Policy(Protocol):
    """Who may do what where; `accounts` has the one implementation."""

    def scope(self, actor: Actor, permission: str) -> Scope: ...


_installed: list[Policy] = []


def install(policy: Policy) -> None:
    """Set the policy that both doors ask. `accounts` does so when it is ready."""
    _installed[:] = [policy]


def scope_of(actor: Actor, permission: str) -> Scope:
    """The reach of `actor` for `permission`. The system itself reaches everything."""
    if permission not in _permissions:
        raise LookupError(f"permission {permission!r} is not declared")
    if isinstance(actor, System):
        return EVERYTHING
    return _installed[0].scope(actor, permission) if _installed else NOTHING


class Scopes:
    """The scopes of one actor, each looked up once: for pages that ask the same permission for many things."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._known: dict[str, Scope] = {}

    def scope(self, permission: str) -> Scope:
        """The reach of the actor for a permission; LookupError if it is not declared."""
        if permission not in self._known:
            self._known[permission] = scope_of(self.actor, permission)
        return self._known[permission]


def may(actor: Actor, permission: str, at: HasWhere | Where | None = None) -> bool:
    """Whether `actor` may do this; `at` None asks whether anywhere at all."""
    scope = scope_of(actor, permission)
    if at is None:
        return not scope.empty
    return scope.holds(at if isinstance(at, Where) else at.where())


def require(actor: Actor, permission: str, at: HasWhere | Where | None = None) -> None:
    """Pass, or raise Forbidden: the first step of an action after its lock."""
    if not may(actor, permission, at):
        raise Forbidden(
            "kernel.not_permitted",
            f"this needs the permission {permission} at this place",
            params={"permission": permission},
        )


@dataclass(frozen=True)
class Scoping:
    """Which columns of a table say where a row is; None where the table has no such column.

    `through` prefixes every column, for rows that are scoped by the thing they belong to ("case__").
    """

    town: str | None = "town_id"
    areas: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    through: str = ""
    open: bool = field(default=False)


PLACED = Scoping(areas=("grid_id", "community_id"), departments=("department_id",))


def _branches(scoping: Scoping, scope: Scope) -> Iterator[Q]:
    """One condition for each column that a set of the scope may match, so that each can use an index."""
    pre = scoping.through
    towns = (scoping.town,) if scoping.town else ()
    sets = ((towns, scope.towns), (scoping.areas, scope.areas), (scoping.departments, scope.departments))
    for columns, wanted in sets:
        if wanted:
            yield from (_one_of(f"{pre}{column}", wanted) for column in columns)
    if scope.person is not None:
        yield from (Q(**{f"{pre}{column}": scope.person}) for column in scoping.people)
    by_department: dict[int, set[int]] = {}
    for department, area in scope.bounded:
        by_department.setdefault(department, set()).add(area)
    for (department, areas), place, owner in product(sorted(by_department.items()), scoping.areas, scoping.departments):
        yield Q(**{f"{pre}{owner}": department, f"{pre}{place}__in": areas})


def _one_of(column: str, wanted: frozenset[int]) -> Q:
    """A set of one is an equality: only then does an index on the column also give the order of its next one."""
    return Q(**{column: next(iter(wanted))}) if len(wanted) == 1 else Q(**{f"{column}__in": wanted})


def branches_of(rows: QuerySet[M], scoping: Scoping, scope: Scope) -> list[QuerySet[M]]:
    """The rows inside `scope` in parts that may overlap, each of which an index can find; none for an empty scope."""
    if scope.everything or (scoping.open and not scope.empty):
        return [rows]
    return [rows.filter(branch) for branch in _branches(scoping, scope)]


def filter_scope(rows: QuerySet[M], scoping: Scoping, scope: Scope) -> QuerySet[M]:
    """The rows inside `scope`. Several branches become a UNION of indexed look-ups by key.

    What `rows` was narrowed to before is asked in each branch, so that narrowing first and scoping last is fastest.
    """
    branches = branches_of(rows, scoping, scope)
    if not branches:
        return rows.none()
    if len(branches) == 1:
        return branches[0]
    keys = [branch.order_by().values("pk") for branch in branches]
    return rows.filter(pk__in=keys[0].union(*keys[1:]))


def found(row: M | None, what: str) -> M:
    """The row, or NotFound: what one may not see does not exist."""
    if row is None:
        raise NotFound("kernel.not_found", f"no such {what}, or not one that you may see", params={"what": what})
    return row


def doors_of(model: type[Any]) -> Scoping:
    """The scoping that a model declares. Raises LookupError if it has none."""
    scoping = getattr(model, "scoping", None)
    if not isinstance(scoping, Scoping):
        raise LookupError(f"{model.__name__} declares no scoping")
    return scoping
