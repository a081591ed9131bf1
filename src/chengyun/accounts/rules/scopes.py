"""From grants to the sets that `require` and `within` ask: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from chengyun.kernel.access import Scope


@dataclass(frozen=True)
class Given:
    """One grant, with its place already expanded.

    `everywhere`: the whole installation. `departments` empty: any department; otherwise only these (with those below
    them). `own` permissions hold for things that the person stands on, wherever they are.
    """

    role: str
    permissions: frozenset[str]
    own: frozenset[str] = frozenset()
    everywhere: bool = False
    towns: frozenset[int] = frozenset()
    areas: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()


def scope_of_grants(permission: str, givens: Iterable[Given], person: str | None) -> Scope:
    """The union of what the grants with `permission` reach.

    A department belongs to one town, so that a grant for a department in its whole town is that department alone.
    """
    everything, own = False, False
    towns: set[int] = set()
    areas: set[int] = set()
    departments: set[int] = set()
    bounded: set[tuple[int, int]] = set()
    for given in givens:
        own = own or permission in given.own
        if permission not in given.permissions:
            continue
        if not given.departments:
            everything = everything or given.everywhere
            towns |= given.towns
            areas |= given.areas
        elif given.everywhere or given.towns:
            departments |= given.departments
        else:
            bounded |= set(product(given.departments, given.areas))
    if everything:
        return Scope(everything=True)
    return Scope(
        towns=frozenset(towns),
        areas=frozenset(areas),
        departments=frozenset(departments),
        bounded=frozenset(pair for pair in bounded if pair[0] not in departments and pair[1] not in areas),
        person=person if own else None,
    )


def intersect(
    one: Scope, other: Scope, town_of_area: Mapping[int, int], town_of_department: Mapping[int, int]
) -> Scope:
    """What lies in both: for a token, which never reaches more than the person who answers for it.

    Where sets cannot express it (a grid and a community of different schemes) the smaller answer is given.
    """
    if one.everything:
        return other
    if other.everything:
        return one
    areas = one.areas & other.areas
    areas |= {a for x, y in ((one, other), (other, one)) for a in x.areas if town_of_area.get(a) in y.towns}
    departments = one.departments & other.departments
    departments |= {
        d for x, y in ((one, other), (other, one)) for d in x.departments if town_of_department.get(d) in y.towns
    }
    bounded = {pair for x, y in ((one, other), (other, one)) for pair in x.bounded if _holds(y, pair, town_of_area)}
    bounded |= set(product(one.departments, other.areas)) | set(product(other.departments, one.areas))
    return Scope(
        towns=one.towns & other.towns,
        areas=frozenset(areas),
        departments=frozenset(departments),
        bounded=frozenset(bounded),
        person=one.person if one.person == other.person else None,
    )


def _holds(scope: Scope, pair: tuple[int, int], town_of_area: Mapping[int, int]) -> bool:
    department, area = pair
    return (
        department in scope.departments
        or area in scope.areas
        or pair in scope.bounded
        or town_of_area.get(area) in scope.towns
    )


def below(roots: Iterable[int], children: Mapping[int, Sequence[int]]) -> frozenset[int]:
    """The roots and everything below them, by the children of each; a loop in the data does no harm."""
    seen: set[int] = set()
    frontier = list(roots)
    while frontier:
        node = frontier.pop()
        if node not in seen:
            seen.add(node)
            frontier.extend(children.get(node, ()))
    return frozenset(seen)
