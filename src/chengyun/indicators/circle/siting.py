"""Where new facilities of a category help most: the town as a problem of siting, and a first answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from chengyun.indicators.circle.candidates import Candidate, candidates_of
from chengyun.indicators.circle.demands import AGES
from chengyun.indicators.circle.homes import BANDS, services_of
from chengyun.indicators.circle.state import Circle
from chengyun.indicators.circle.summing import stamp
from chengyun.kernel.measures import NOWHERE, Ints
from chengyun.kernel.refusal import Invalid
from chengyun.places.models import FacilityCategory, Town
from chengyun.places.reach import Positions
from chengyun.places.reach.costing import walk_limit
from chengyun.places.siting import Answer, Costs, NoPlan, Problem, Watch, first, solve

METHODS = {"coverage": "cover", "median": "median", "centre": "centre", "least_cost": "cheapest"}
"""By the planner's word the engine's goal."""
ALL_WITHIN = 4.0
"""How many times the limit a median or a centre looks, so that nearly everyone is served by somebody."""
AREAS = "community"
LONGER = 2.0
"""Seconds of looking further where the first answer leaves somebody without a way."""


@dataclass(frozen=True)
class Wish:
    """What is asked: a category, how near is near, whom it is for, where it may stand, how many or at what price.

    `minutes` or else `metres` (0: what the standard says for the category); `own`: points of the planner's own picks;
    `floor`: the least share of every community that must be in reach (coverage).
    """

    category: str
    sites: int | None = 3
    budget: float | None = None
    method: str = "coverage"
    age: str = "adult"
    band: str = "all"
    minutes: float = 0.0
    metres: float = 0.0
    sources: Sequence[str] = ("vacant", "public", "land")
    prices: dict[str, float] = field(default_factory=dict)
    capacity: float | None = None
    floor: float = 0.0
    own: Sequence[tuple[float, float]] = ()
    keep: bool = True


@dataclass(frozen=True)
class Question:
    """The problem with what its numbers mean: candidates in order (then those kept), areas, homes.

    `homes`: the place in the circle of each of the problem's points; `stamp`: which homes those are, `count` in all.
    """

    problem: Problem
    goal: str
    candidates: tuple[Candidate, ...]
    own: tuple[int, ...]
    limit: float
    timed: bool
    areas: Ints
    homes: Ints
    count: int
    stamp: str
    recorded: bool


def question(town: Town, circle: Circle, wish: Wish) -> Question:
    """The town as a problem of siting. Raises Invalid."""
    _check(wish)
    if circle.ways is None or circle.homes.places is None:
        raise Invalid("indicators.no_streets", "the town has no streets to reach along", field="town")
    limit, timed = _limit(circle, wish)
    network = circle.ways.seconds(wish.age) if timed else circle.ways.metres
    own = [Candidate("own", "", point) for point in wish.own]
    free = (*candidates_of(town, wish.sources), *own)
    if not free:
        raise Invalid("indicators.no_candidates", "sources: nothing stands free there", field="sources")
    serving = services_of(circle.world, circle.ways, (wish.category,), circle.today)
    standing = serving.sources
    places = _joined(_places(circle, free), standing.places if wish.keep else standing.places[:0])
    spread = 1.0 if wish.method in {"coverage", "least_cost"} else ALL_WITHIN
    pairs = network.costs(places, circle.homes.places, limit * spread)
    costs = Costs.sparse(pairs.indptr, pairs.indices, pairs.data, len(circle.homes))
    area = _areas(circle)
    kept = np.arange(costs.candidates) >= len(free)
    prices = np.array([wish.prices.get(one.source, 1.0) for one in free] + [0.0] * int(kept.sum()))
    problem = Problem(
        costs, circle.homes.people[wish.band], wish.sites, wish.budget, prices if wish.prices else None, kept,
        None if wish.capacity is None else np.full(costs.candidates, wish.capacity), area,
        np.full(int(area.max(initial=0)) + 1, wish.floor) if wish.floor else None,
        limit * spread * 1.5 if wish.method == "median" else None,
    )  # fmt: skip
    points = _served(problem, wish)
    mine = tuple(range(len(free) - len(own), len(free)))
    return Question(
        _only(problem, points), METHODS[wish.method], free, mine, limit, timed, _area_ids(circle),
        points, len(circle.homes), stamp(circle), bool(serving.recorded[0]),
    )  # fmt: skip


def _check(wish: Wish) -> None:
    if not FacilityCategory.objects.filter(code=wish.category).exists():
        raise Invalid("indicators.no_category", f"category: there is no {wish.category!r}", field="category")
    if wish.method not in METHODS or wish.age not in AGES or wish.band not in BANDS:
        raise Invalid("indicators.siting_method", "method, age or band: there is no such one", field="method")
    if wish.sites is None and wish.budget is None and wish.method != "least_cost":
        raise Invalid("indicators.siting_how_many", "sites: say how many, or a budget", field="sites")
    if not all(0 <= price < np.inf for price in wish.prices.values()):
        raise Invalid("indicators.no_plan_prices", "prices: none is negative", field="prices")


def _limit(circle: Circle, wish: Wish) -> tuple[float, bool]:
    """How near is near, in seconds or metres, and which of both."""
    if wish.minutes:
        return wish.minutes * 60, True
    if wish.metres:
        return wish.metres, False
    asked = next((one for one in circle.demands if one.category == wish.category), None)
    if asked is None:
        return walk_limit(10), False
    return (asked.limit * 60, True) if asked.metric == "time" else (asked.limit, False)


def _places(circle: Circle, free: Sequence[Candidate]) -> Positions:
    degrees = np.array([one.point for one in free], dtype=np.float64)
    compound = np.array([one.compound for one in free], dtype=np.int64)
    if circle.ways is None:
        raise Invalid("indicators.no_streets", "the town has no streets to reach along", field="town")
    return circle.ways.attach(degrees[:, 0], degrees[:, 1], compound)


def _joined(one: Positions, two: Positions) -> Positions:
    return Positions(
        np.concatenate([one.edge, two.edge]), np.concatenate([one.fraction, two.fraction]),
        np.concatenate([one.offset, two.offset]),
    )  # fmt: skip


def _areas(circle: Circle) -> Ints:
    """The community of each home as a number from 0; those in none share the last one."""
    places = _groups(circle)
    _, number = np.unique(places, return_inverse=True)
    return np.asarray(number, dtype=np.int64)


def _area_ids(circle: Circle) -> Ints:
    """The areas that those numbers mean; NOWHERE for none."""
    axis = np.array([area for level in circle.world.levels for area in level.areas] + [NOWHERE], dtype=np.int64)
    found: Ints = axis[np.unique(_groups(circle))]
    return found


def _groups(circle: Circle) -> Ints:
    level = next((n for n, one in enumerate(circle.world.levels) if one.role == AREAS), 0)
    groups: Ints = circle.homes.held.groups[level][circle.homes.row]
    return groups


def _served(problem: Problem, wish: Wish) -> Ints:
    """The homes that count: for the goals that serve all, only those that a candidate can reach."""
    if wish.method in {"coverage", "median"}:
        return np.arange(problem.costs.size)
    weights = np.where(problem.costs.reached(), problem.weights, 0.0)
    there = np.flatnonzero(weights > 0)
    if not len(there):
        raise Invalid("indicators.no_candidates", "sources: nobody is in reach of them", field="sources")
    return there


def _only(problem: Problem, points: Ints) -> Problem:
    """The same problem of some points only."""
    if len(points) == problem.costs.size:
        return problem
    place = np.full(problem.costs.size, NOWHERE, dtype=np.int64)
    place[points] = np.arange(len(points))
    kept = place[problem.costs.points] >= 0
    starts = np.concatenate([[0], np.cumsum(kept)])[problem.costs.starts]
    costs = Costs.sparse(starts, place[problem.costs.points[kept]], problem.costs.values[kept], len(points))
    return Problem(
        costs, problem.weights[points], problem.sites, problem.budget, problem.prices, problem.kept, problem.capacity,
        None if problem.areas is None else problem.areas[points], problem.floors, problem.beyond,
    )  # fmt: skip


def first_answer(asked: Question) -> Answer:
    """An answer at once. Raises Invalid where no plan can satisfy what was asked."""
    try:
        answer = first(asked.goal, asked.problem)
        return answer if np.isfinite(answer.value) else solve(asked.goal, asked.problem, Watch(LONGER))
    except NoPlan as error:
        raise impossible(error) from error


def impossible(error: NoPlan) -> Invalid:
    """What the engine says, as a refusal with the reason in words."""
    reasons = {
        "sites": Invalid("indicators.no_plan_sites", "sites: so few cannot reach everyone", field="sites"),
        "reach": Invalid("indicators.no_plan_reach", "sources: nobody is in reach of them", field="sources"),
        "floors": Invalid("indicators.no_plan_floors", "floor: no choice gives every area so much", field="floor"),
        "capacity": Invalid("indicators.no_plan_capacity", "capacity: all sites cannot hold all", field="capacity"),
        "capacity_goal": Invalid("indicators.no_plan_capacity_goal", "capacity: not with this goal", field="capacity"),
        "floors_goal": Invalid("indicators.no_plan_floors_goal", "floor: only with coverage", field="floor"),
        "budget_goal": Invalid("indicators.no_plan_budget_goal", "budget: not with this goal", field="budget"),
        "too_large": Invalid("indicators.no_plan_too_large", "sources: too many candidates", field="sources"),
    }
    return reasons.get(error.code) or Invalid("indicators.no_plan", f"no plan satisfies this: {error.code}")
