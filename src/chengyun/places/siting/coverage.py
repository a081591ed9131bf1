"""The most weight within reach: greedy with swaps at once, then HiGHS on merged coverage sets."""

import numpy as np
from numpy.typing import NDArray

from chengyun.places.siting import kernels
from chengyun.places.siting.groups import Groups, merge
from chengyun.places.siting.highs import Model, minimise
from chengyun.places.siting.problem import Answer, Floats, NoPlan, Problem, Watch

GREEDY, EXACT = "greedy with swaps", "HiGHS"
RESTARTS = 24


def first(problem: Problem, watch: Watch) -> Answer:
    """Lazy greedy (also by gain per price under a budget), then rounds of swaps while they help and time is left."""
    ways = (False, True) if problem.budget is not None else (False,)
    best: tuple[float, list[int], float] | None = None
    for per_price in ways:
        cover = laid_out(problem)
        chosen = np.array(greedy(cover, problem, per_price), np.int64)
        shut = _shut(problem)
        shut[chosen] = True
        while watch.left and kernels.swap(cover, chosen, shut, problem.purse):
            pass
        worth = float(np.minimum(cover.state[:, 0], cover.state[:, 1]).sum()) * 1e6 + float(cover.state[:, 0].sum())
        if best is None or worth > best[0]:
            best = (worth, chosen.tolist(), _bound(cover, problem))
    if best is None:
        raise AssertionError
    value = value_of(problem, np.array(best[1], np.intp))
    return Answer("cover", tuple(best[1]), value, max(value, best[2]), GREEDY, watch.spent)


def value_of(problem: Problem, sites: NDArray[np.intp]) -> float:
    """The weight within reach of `sites` and those kept."""
    return float(problem.weights[problem.costs.reached(np.concatenate([problem.standing, sites]))].sum())


def exact(problem: Problem, watch: Watch, start: Answer) -> Answer:
    """HiGHS: one whole column per candidate, one continuous column per group of points with equal candidates.

    Church and ReVelle 1974. Raises NoPlan("floors") where no choice gives every area its due.
    """
    reached = problem.costs.reached(problem.standing)
    asked = ~reached & (problem.weights > 0)
    groups = merge(problem.costs, asked, problem.weights, problem.area, ~_shut(problem))
    already = np.bincount(problem.area[reached], problem.weights[reached], len(problem.totals)).astype(np.float64)
    model = _model(problem, groups, already)
    base, n = float(already.sum()), problem.costs.candidates

    def answer(x: Floats, bound: float) -> Answer:
        sites = np.flatnonzero(x[:n] > 0.5)
        top = base - bound if np.isfinite(bound) else start.bound
        value = value_of(problem, sites)
        return Answer("cover", tuple(sites.tolist()), value, max(value, min(top, start.bound)), EXACT, watch.spent)

    start = _restarted(problem, watch, start)
    x0 = _point(start, groups, n)
    solved = minimise(model, watch, x0, lambda x, _, bound: watch.told(answer(x, bound)), presolve="off")
    if solved.impossible:
        raise NoPlan("floors")
    if solved.x is None:
        return start
    found = answer(solved.x, solved.bound)
    return found if found.value >= start.value or problem.floors is not None else start


def _restarted(problem: Problem, watch: Watch, start: Answer) -> Answer:
    """The best of some random starts with swaps, where only the number of sites is limited."""
    if problem.budget is not None or problem.floors is not None or not start.sites:
        return start
    rng, free = np.random.default_rng(11), np.flatnonzero(~_shut(problem))
    for _ in range(RESTARTS):
        if not watch.left:
            break
        cover, shut = laid_out(problem), _shut(problem)
        chosen = rng.choice(free, len(start.sites), replace=False).astype(np.int64)
        shut[chosen] = True
        for i in chosen:
            kernels.toggle(cover, int(i), 1)
        while watch.left and kernels.swap(cover, chosen, shut, problem.purse):
            pass
        value = value_of(problem, chosen)
        if value > start.value:
            start = Answer("cover", tuple(chosen.tolist()), value, start.bound, GREEDY, watch.spent)
            watch.told(start)
    return start


def laid_out(problem: Problem) -> kernels.Cover:
    """The question as the kernels take it, with what is kept already open."""
    state = np.zeros((len(problem.totals), 3))
    state[: len(problem.due), 1] = problem.due
    cover = kernels.Cover(
        problem.costs.starts,
        problem.costs.points,
        np.ascontiguousarray(problem.weights, np.float64),
        problem.price,
        np.zeros(problem.costs.size, np.int32),
        problem.area,
        state,
    )
    for i in problem.standing:
        kernels.toggle(cover, int(i), 1)
    return cover


def _shut(problem: Problem) -> NDArray[np.bool_]:
    shut = problem.price > problem.purse
    shut[problem.standing] = True
    return shut


def greedy(cover: kernels.Cover, problem: Problem, per_price: bool) -> list[int]:
    """Lazy greedy, by what each adds or adds per price."""
    rate = np.maximum(problem.price, 1e-9) if per_price else np.ones_like(problem.price)
    hope = np.where(_shut(problem), -1.0, kernels.gains(cover) / rate)
    found: list[int] = kernels.pick(cover, hope, rate, problem.most, problem.purse).tolist()
    return found


def _bound(cover: kernels.Cover, problem: Problem) -> float:
    """What nothing can exceed: all that is in reach, and the present cover plus the best single gains (submodular)."""
    weights = problem.weights
    reach = float(weights[problem.costs.reached()].sum())
    cover.state[:, 1] = 0.0
    gains = np.where(_shut(problem), 0.0, kernels.gains(cover))
    most = float(np.sort(gains)[::-1][: problem.most].sum())
    return min(reach, float(cover.state[:, 0].sum()) + most)


def _model(problem: Problem, groups: Groups, already: Floats) -> Model:
    n, g = problem.costs.candidates, len(groups)
    shut = _shut(problem)
    model = Model(np.concatenate([np.zeros(n), -groups.weight]), np.concatenate([~shut, np.ones(g)]).astype(float), n)
    lengths = np.diff(groups.starts) + 1
    ends = np.cumsum(lengths) - 1
    columns, factors = np.empty(int(lengths.sum()), np.int64), np.full(int(lengths.sum()), -1.0)
    mine = np.zeros(len(columns), bool)
    mine[ends] = True
    columns[mine], columns[~mine] = n + np.arange(g), groups.candidates
    factors[mine] = 1.0
    model.rows(lengths, columns, factors, np.full(g, -np.inf), np.zeros(g))
    every = np.arange(n)
    model.row(every, np.ones(n), greatest=problem.most)
    if problem.budget is not None:
        model.row(every, problem.price, greatest=problem.purse)
    for a in np.flatnonzero(problem.due > 0):
        of = np.flatnonzero(groups.label == a)
        model.row(n + of, groups.weight[of], least=float(problem.due[a] - already[a]) - 1e-9)
    return model


def _point(start: Answer, groups: Groups, n: int) -> Floats:
    x = np.zeros(n + len(groups))
    x[list(start.sites)] = 1
    owner = np.repeat(np.arange(len(groups)), np.diff(groups.starts))
    x[n + owner[x[groups.candidates] > 0.5]] = 1
    return x
