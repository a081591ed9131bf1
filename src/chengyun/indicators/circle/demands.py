"""What a life circle asks for: from the standards' limits, one for each category. No database here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from chengyun.places.reach.costing import PACE

CLASSES = (5, 10, 15)
"""Minutes by which buildings are told apart."""
AGES = tuple(PACE)
METRICS = ("street", "time", "straight")
ON_FOOT = ("", "foot")


class Limit(Protocol):
    """A standard's limit, as `Threshold` keeps it."""

    code: str
    jurisdiction: str
    district_class: str
    circle: int | None
    category: str
    metric: str
    mode: str
    comparator: str
    value: float
    unit: str
    clause: str
    verified: bool


@dataclass(frozen=True)
class Demand:
    """A category that a life circle must offer: within `limit` metres (street, straight) or minutes (time)."""

    category: str
    circle: int
    metric: str
    limit: float
    code: str
    clause: str
    verified: bool

    @property
    def metres(self) -> float:
        """The limit in metres, at the pace of an adult where it is said in minutes."""
        return self.limit * 60 * PACE["adult"] if self.metric == "time" else self.limit


def demands(limits: Iterable[Limit], district_class: str = "") -> tuple[Demand, ...]:
    """One demand for each category, by circle and category.

    Of several limits for a category those of the district's class come first, then local ones before national ones,
    then the narrowest circle: what a town's own standard says holds there.
    """
    found: dict[str, tuple[tuple[int, int, int, str], Demand]] = {}
    for one in limits:
        if not _is_asked(one, district_class):
            continue
        rank = (0 if one.district_class else 1, int(one.jurisdiction == "national"), one.circle or 0, one.code)
        limit = one.value * 1000 if one.unit == "km" else one.value
        demand = Demand(one.category, one.circle or 0, one.metric, limit, one.code, one.clause, one.verified)
        if one.category not in found or rank < found[one.category][0]:
            found[one.category] = (rank, demand)
    return tuple(sorted((demand for _, demand in found.values()), key=lambda one: (one.circle, one.category)))


def _is_asked(one: Limit, district_class: str) -> bool:
    """Whether a limit is one of reach, on foot, of a circle, and holds in this class of district."""
    return (
        bool(one.category)
        and one.circle in CLASSES
        and one.metric in METRICS
        and one.mode in ON_FOOT
        and one.comparator in {"<=", "<"}
        and one.district_class in {"", district_class}
    )
