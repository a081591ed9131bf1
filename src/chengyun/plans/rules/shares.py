"""Decomposition 分解: whether the shares of a whole add up to it."""

from collections.abc import Sequence
from dataclasses import dataclass

_SLACK = 1e-6


@dataclass(frozen=True)
class Part:
    """One share: of a year, an area or a department (any may be empty)."""

    value: float | None
    year: int | None = None
    area: int | None = None
    department: int | None = None


@dataclass(frozen=True)
class Sum:
    """What shares add up to, and whether that is the whole. `differs` is what is missing (or, below 0, too much)."""

    total: float
    fits: bool
    differs: float


def add_up(parts: Sequence[Part], whole: float | None, aggregation: str) -> Sum:
    """The sum of shares against the whole: counts must add up to it at least, rates must each stand for themselves.

    Years, areas and departments are alternatives: where shares are given by more than one of them, each kind is summed
    for itself and the smallest total is what counts.
    """
    known = [part for part in parts if part.value is not None]
    if whole is None or not known or aggregation != "sum":
        return Sum(sum(part.value or 0.0 for part in known), True, 0.0)
    totals: dict[tuple[bool, bool, bool], float] = {}
    for part in known:
        kind = (part.year is not None, part.area is not None, part.department is not None)
        totals[kind] = totals.get(kind, 0.0) + (part.value or 0.0)
    total = min(totals.values())
    slack = _SLACK * max(1.0, abs(whole))
    return Sum(total, total >= whole - slack, round(whole - total, 6))


def repeated(parts: Sequence[Part]) -> bool:
    """Whether one year, area and department have a share twice."""
    keys = [(part.year, part.area, part.department) for part in parts]
    return len(keys) != len(set(keys)) and any(key != (None, None, None) for key in keys)


def split(whole: float, count: int) -> list[float]:
    """A whole in `count` parts that add up to it; whole numbers stay whole, the first parts being the larger ones."""
    if count < 1:
        return []
    if whole != int(whole):
        return [whole / count] * count
    each, left = divmod(int(whole), count)
    return [float(each + (1 if n < left else 0)) for n in range(count)]
