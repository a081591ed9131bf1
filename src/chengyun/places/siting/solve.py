"""One door to the four goals."""

import numpy as np
from numpy.typing import ArrayLike

from chengyun.places.siting import capacity, centre, coverage, covering, median
from chengyun.places.siting.problem import Answer, Costs, NoPlan, Problem, Watch

GOALS = ("cover", "median", "centre", "cheapest")


def first(goal: str, problem: Problem) -> Answer:
    """An answer within milliseconds, with whatever bound comes for free. Raises NoPlan."""
    _check(goal, problem)
    watch = Watch()
    if problem.capacity is not None:
        return capacity.first(problem, watch, goal)
    return {
        "cover": coverage.first,
        "median": median.first,
        "centre": centre.first,
        "cheapest": covering.first,
    }[goal](problem, watch)


def solve(goal: str, problem: Problem, watch: Watch | None = None) -> Answer:
    """The best answer found in the watch's time and its proven gap; tells earlier ones. Raises NoPlan."""
    _check(goal, problem)
    watch = watch or Watch()
    if goal == "median":
        return median.best(problem, watch)
    if goal == "centre":
        return centre.best(problem, watch)
    if problem.capacity is None and goal == "cheapest":
        return covering.best(problem, watch)
    bounded = problem.capacity is not None
    start = capacity.first(problem, watch, goal) if bounded else coverage.first(problem, watch)
    watch.told(start)
    if start.proven and problem.floors is None:
        return start
    return capacity.exact(problem, watch, start) if bounded else coverage.exact(problem, watch, start)


def value_of(goal: str, problem: Problem, sites: ArrayLike) -> float:
    """What a choice of one's own achieves, in the goal's unit: to compare with an answer."""
    own = np.asarray(sites, np.intp)
    if goal == "cover" and problem.capacity is not None:
        return capacity.value_of(problem, own)
    if goal == "cover":
        return coverage.value_of(problem, own)
    if goal == "median":
        return median.Median(problem).cost(np.concatenate([problem.standing, own]).astype(np.int64))
    if goal == "centre":
        return centre.Centre(problem).worst(own.astype(np.int64))
    return covering.value_of(problem, own)


def warm() -> None:
    """Compiles every kernel on a question of four points, so that nobody waits for it later."""
    costs = Costs.dense(np.array([[0.0, 1, 2, 3], [1, 0, 1, 2], [2, 1, 0, 1]]), 2)
    weights = np.ones(4)
    for goal in GOALS:
        first(goal, Problem(costs, weights, sites=1))
    first("cover", Problem(costs, weights, sites=1, areas=np.array([0, 0, 1, 1]), floors=np.array([0.5, 0.5])))
    first("cover", Problem(costs, weights, sites=1, capacity=np.ones(3)))
    search = median.Median(Problem(costs, weights, sites=1))
    median.raised(search, Watch(60), search.greedy())


def _check(goal: str, problem: Problem) -> None:
    if goal not in GOALS:
        raise NoPlan("goal")
    if problem.capacity is not None and goal in ("median", "centre"):
        raise NoPlan("capacity_goal")
    if problem.floors is not None and goal != "cover":
        raise NoPlan("floors_goal")
    if goal in ("median", "centre") and problem.budget is not None:
        raise NoPlan("budget_goal")
