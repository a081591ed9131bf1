"""What may stand above what among departments. Pure."""

from collections.abc import Mapping

CONTRACTOR = "contractor"


def department_problem(
    pk: int | None, kind: str, parent: int | None, supervisor: int | None, above: Mapping[int, int]
) -> str | None:
    """What is wrong with a department's place in the tree, in words, or None. `above`: parent of each department."""
    if supervisor is not None and kind != CONTRACTOR:
        return "supervisor: only a contractor has one"
    if pk is None:
        return None
    if supervisor == pk:
        return "supervisor: a department does not supervise itself"
    step, seen = parent, set[int]()
    while step is not None and step not in seen:
        if step == pk:
            return "parent: a department does not stand above itself"
        seen.add(step)
        step = above.get(step)
    return None
