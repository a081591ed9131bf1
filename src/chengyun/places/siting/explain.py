"""Who gains how much, which site brings what, and how a planner's own picks compare."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chengyun.places.siting.problem import Answer, Floats, Problem
from chengyun.places.siting.solve import value_of


@dataclass(frozen=True)
class SiteShare:
    """One new site: the weight nearest to it, what it puts in reach that no other site does, and its mean cost."""

    site: int
    served: float
    alone: float
    mean: float


@dataclass(frozen=True)
class AreaGain:
    """An area's weight, and how much of it was and will be in reach."""

    area: int
    weight: float
    before: float
    after: float


@dataclass(frozen=True)
class Comparison:
    """A planner's own picks in the goal's unit, and how far they are from the answer (share of it; less is better)."""

    value: float
    behind: float
    same: tuple[int, ...]


@dataclass(frozen=True)
class Explanation:
    """`before`, `after` (points,): each point's cost to the nearest site, inf where none is in reach."""

    sites: tuple[SiteShare, ...]
    areas: tuple[AreaGain, ...]
    before: Floats
    after: Floats
    compared: Comparison | None


def explain(problem: Problem, answer: Answer, own: ArrayLike | None = None) -> Explanation:
    """Explains an answer; `own` (candidates) are the planner's picks to compare it with."""
    costs, weights = problem.costs, problem.weights
    new = np.array(answer.sites, np.intp)
    before, _ = costs.nearest(problem.standing)
    after, who = costs.nearest(np.concatenate([problem.standing, new]))
    shares = tuple(_share(problem, int(i), after, who, new) for i in new)
    was, will = (np.bincount(problem.area, weights * np.isfinite(x), len(problem.totals)) for x in (before, after))
    rows = enumerate(zip(problem.totals, was, will, strict=True))
    areas = tuple(AreaGain(a, float(t), float(b), float(c)) for a, (t, b, c) in rows)
    return Explanation(shares, areas, before, after, None if own is None else _compare(problem, answer, own))


def _share(problem: Problem, site: int, after: Floats, who: NDArray[np.int64], new: NDArray[np.intp]) -> SiteShare:
    mine = who == site
    served = float(problem.weights[mine].sum())
    others = problem.costs.reached(np.concatenate([problem.standing, new[new != site]]))
    alone = float(problem.weights[problem.costs.reached(np.array([site])) & ~others].sum())
    mean = float((problem.weights * np.where(mine, after, 0)).sum() / served) if served else 0.0
    return SiteShare(site, served, alone, mean)


def _compare(problem: Problem, answer: Answer, own: ArrayLike) -> Comparison:
    picks = np.asarray(own, np.intp)
    value = value_of(answer.goal, problem, picks)
    worse = answer.value - value if answer.goal == "cover" else value - answer.value
    behind = worse / abs(answer.value) if answer.value else 0.0
    return Comparison(value, behind, tuple(sorted(set(picks.tolist()) & set(answer.sites))))
