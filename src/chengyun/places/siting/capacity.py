"""Sites that can take only so much: who is served is decided together with where."""

import numpy as np
from numpy.typing import NDArray

from chengyun.places.siting import kernels
from chengyun.places.siting.highs import Model, minimise
from chengyun.places.siting.problem import Answer, Floats, Ints, NoPlan, Problem, Watch

GREEDY, EXACT = "greedy filling", "HiGHS"
PAIRS = 400_000


def first(problem: Problem, watch: Watch, goal: str) -> Answer:
    """Greedy: the candidate that takes most of what is left (per price), filled nearest first, until done."""
    rows, room = _by_distance(problem), _room(problem)
    rest = np.ascontiguousarray(problem.weights, np.float64).copy()
    for i in problem.standing:
        kernels.fill(rows[i], rest, float(room[i]))
    shut, left = problem.price > problem.purse, problem.purse
    shut[problem.standing] = True
    chosen: list[int] = []
    total = float(problem.weights[problem.costs.reached()].sum())
    everything = problem.sites is None and goal == "cheapest"
    while len(chosen) < (len(room) if everything else problem.most):
        takes = np.minimum(room, kernels.left_over(problem.costs.starts, problem.costs.points, rest))
        takes[shut | (problem.price > left)] = -1
        i = int(np.argmax(takes / np.maximum(problem.price, 1e-9) if everything or problem.budget else takes))
        if takes[i] <= 1e-9:
            break
        kernels.fill(rows[i], rest, float(room[i]))
        chosen.append(i)
        shut[i], left = True, left - float(problem.price[i])
    value = float((problem.weights - rest).sum())
    if goal == "cheapest":
        return Answer(goal, tuple(chosen), float(problem.price[chosen].sum()), 0.0, GREEDY, watch.spent)
    return Answer(goal, tuple(chosen), value, total, GREEDY, watch.spent)


def value_of(problem: Problem, sites: NDArray[np.intp]) -> float:
    """The most weight that `sites` and those kept can serve at once (a linear programme, solved to the end)."""
    opened = np.zeros(problem.costs.candidates, bool)
    opened[sites] = opened[problem.standing] = True
    pairs = opened[problem.costs.owners]
    points, owners = problem.costs.points[pairs], problem.costs.owners[pairs]
    model = Model(-np.ones(len(points)), problem.weights[points], 0)
    _sums(model, points, problem.costs.size, problem.weights)
    _sums(model, owners, problem.costs.candidates, _room(problem))
    return -minimise(model, Watch(60)).value if len(points) else 0.0


def exact(problem: Problem, watch: Watch, start: Answer) -> Answer:
    """HiGHS: one whole column per candidate, one flow per pair in reach; raises NoPlan where nothing can satisfy."""
    costs, n, goal = problem.costs, problem.costs.candidates, start.goal
    if len(costs.points) > PAIRS:
        return start
    solved = minimise(_model(problem, goal), watch)
    if solved.impossible:
        raise NoPlan("capacity" if goal == "cheapest" else "floors")
    if solved.x is None:
        return start
    sites = np.flatnonzero((solved.x[:n] > 0.5) & (problem.price > 0))
    if goal == "cheapest":
        value = float(problem.price[sites].sum())
        return Answer(goal, tuple(sites.tolist()), value, min(solved.bound, value), EXACT, watch.spent)
    value = -solved.value
    return Answer(goal, tuple(sites.tolist()), value, min(max(-solved.bound, value), start.bound), EXACT, watch.spent)


def _model(problem: Problem, goal: str) -> Model:
    costs, n, pairs = problem.costs, problem.costs.candidates, len(problem.costs.points)
    every = goal == "cheapest"
    high = np.concatenate([np.ones(n), problem.weights[costs.points]])
    low = np.zeros(n + pairs)
    low[problem.standing] = 1
    worth = np.concatenate([problem.price if every else np.zeros(n), np.full(pairs, 0.0 if every else -1.0)])
    model = Model(worth, high, n, low)
    _sums(model, costs.points, costs.size, problem.weights, offset=n, least=costs.reached() if every else None)
    order = np.argsort(costs.owners, kind="stable")
    lengths = np.bincount(costs.owners, minlength=n) + 1
    columns = np.insert(n + order, np.cumsum(lengths - 1), np.arange(n))
    factors = np.insert(np.ones(pairs), np.cumsum(lengths - 1), -_room(problem))
    model.rows(lengths, columns, factors, np.full(n, -np.inf), np.zeros(n))
    fresh = np.flatnonzero(problem.price > 0)
    if problem.sites is not None:
        model.row(fresh, np.ones(len(fresh)), greatest=problem.most)
    if problem.budget is not None:
        model.row(np.arange(n), problem.price, greatest=problem.purse)
    for a in np.flatnonzero(problem.due > 0):
        of = np.flatnonzero(problem.area[costs.points] == a)
        model.row(n + of, np.ones(len(of)), least=float(problem.due[a]) - 1e-9)
    return model


def _sums(
    model: Model, keys: Ints, size: int, most: Floats, offset: int = 0, least: NDArray[np.bool_] | None = None
) -> None:
    """Flows of one key add up to at most `most` of it (exactly, where `least` says so)."""
    order = np.argsort(keys, kind="stable")
    lengths = np.bincount(keys, minlength=size)
    floor = np.full(size, -np.inf) if least is None else np.where(least, most, -np.inf)
    model.rows(lengths, offset + order, np.ones(len(order)), floor, np.asarray(most, np.float64))


def _room(problem: Problem) -> Floats:
    assert problem.capacity is not None  # noqa: S101 - the caller chose this module by it
    return np.asarray(problem.capacity, np.float64)


def _by_distance(problem: Problem) -> list[Ints]:
    costs = problem.costs
    cuts = [slice(a, b) for a, b in zip(costs.starts[:-1], costs.starts[1:], strict=True)]
    return [costs.points[c][np.argsort(costs.values[c], kind="stable")] for c in cuts]
