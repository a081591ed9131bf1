"""The least weighted cost: lazy greedy and interchange at once, then restarts and a Lagrangian bound, or HiGHS."""

import numpy as np

from chengyun.places.siting import kernels
from chengyun.places.siting.highs import Model, minimise
from chengyun.places.siting.lagrange import Prices
from chengyun.places.siting.problem import Answer, Floats, Longs, NoPlan, Problem, Watch

GREEDY, RESTARTS, LAGRANGE, EXACT = "greedy with interchange", "restarts", "Lagrangian bound", "HiGHS"
SMALL, LARGEST = 30_000, 200_000_000
AT_ONCE = 0.035
TIGHT, POLISH, WORN = 1e-6, 50, 3
"""A gap taken for none; steps between two tries to improve what the prices choose; restarts of the prices in vain."""


class Median:
    """One question's arrays: everything the searches share."""

    def __init__(self, problem: Problem) -> None:
        if problem.costs.candidates * problem.costs.size > LARGEST:
            raise NoPlan("too_large")
        self.problem = problem
        self.table = kernels.table_of(problem.costs, problem.largest)
        self.weights = np.ascontiguousarray(problem.weights, np.float64)
        self.standing = problem.standing.astype(np.int64)
        self.free = np.setdiff1d(np.arange(problem.costs.candidates), self.standing)

    def greedy(self) -> Longs:
        """The sites kept, then those that save most, each asked again only when its old saving could win."""
        near = np.full(len(self.weights), float(self.problem.largest) if len(self.table) else 0.0)
        for i in self.standing:
            near = np.minimum(near, self.table[i])
        sites = self.standing.tolist()
        hope = np.full(len(self.table), -1.0)
        hope[self.free] = kernels.savings(self.table, self.weights, near)[self.free]
        while len(sites) < len(self.standing) + self.problem.most:
            i = int(np.argmax(hope))
            hope[i] = kernels.savings(self.table[i : i + 1], self.weights, near)[0]
            if hope[i] >= hope.max():
                sites.append(i)
                near, hope[i] = np.minimum(near, self.table[i]), -1.0
        return np.array(sites, np.int64)

    def improve(self, sites: Longs, watch: Watch, seed: int = 0) -> Longs:
        """Interchange until nothing helps, candidates in random order."""
        rng = np.random.default_rng(seed)
        while watch.left and kernels.interchange(
            self.table, self.weights, sites, len(self.standing), rng.permutation(self.free)
        ):
            pass
        return sites

    def cost(self, sites: Longs) -> float:
        """The weighted cost of everyone going to the nearest of `sites`."""
        return float(kernels.assigned(self.table, self.weights, sites))

    def answer(self, sites: Longs, bound: float, method: str, watch: Watch) -> Answer:
        """The sites as an answer."""
        value, new = self.cost(sites), sites[len(self.standing) :]
        return Answer("median", tuple(new.tolist()), value, min(bound, value), method, watch.spent)


def first(problem: Problem, watch: Watch) -> Answer:
    """Greedy, then interchange for a few hundredths of a second."""
    return _first(Median(problem), watch)[0]


def _first(median: Median, watch: Watch) -> tuple[Answer, Longs]:
    if not median.problem.most and not len(median.standing):
        raise NoPlan("sites")
    if median.problem.beyond is None and not len(median.problem.costs.values) and median.problem.weights.any():
        raise NoPlan("reach")
    sites = median.greedy()
    sites = median.improve(sites, Watch(min(watch.left, max(0.0, AT_ONCE - watch.spent)), stop=watch.stop))
    return median.answer(sites, 0.0, GREEDY, watch), sites


def best(problem: Problem, watch: Watch) -> Answer:
    """Tells the first answer and every better one; ends proven, where nothing is gained any more, or out of time."""
    median = Median(problem)
    answer, sites = _first(median, watch)
    watch.told(answer)
    if median.table.size <= SMALL:
        return _exact(median, watch, answer)
    return _search(median, watch, median.improve(sites, watch))


def _search(median: Median, watch: Watch, sites: Longs) -> Answer:
    """Restarts for a fifth of the time, then prices whose choices start interchange from time to time."""
    rng, restarts = np.random.default_rng(7), Watch(watch.left / 5, stop=watch.stop)
    value, count = median.cost(sites), 0
    while restarts.left and count < 30:
        count += 1
        trial = np.concatenate([median.standing, rng.choice(median.free, median.problem.most, replace=False)])
        trial = median.improve(trial, restarts, count)
        if (cost := median.cost(trial)) < value:
            sites, value = trial, cost
            watch.told(median.answer(sites, 0.0, RESTARTS, watch))
    return raised(median, watch, sites)


def raised(median: Median, watch: Watch, sites: Longs) -> Answer:
    """Raises a lower bound step by step, and now and then improves what its prices choose."""
    prices = Prices(
        median.table, median.weights, _start_prices(median), median.standing, median.free, median.problem.most
    )
    value, steps, before, vain = median.cost(sites), 0, -np.inf, 0
    while watch.left and value - prices.bound > TIGHT * value and vain < WORN:
        picked = prices.step(value)
        steps += 1
        if steps % POLISH == 0:
            sites, value = _polish(median, watch, picked, sites, value, prices.bound)
        if prices.worn:
            vain = vain + 1 if prices.bound <= before + TIGHT * value else 0
            before = prices.bound
            prices.rest()
    return median.answer(sites, prices.bound, LAGRANGE, watch)


def _start_prices(median: Median) -> Floats:
    """The cost of each point's nearest among the greedy choice, halfway to its second nearest."""
    sites = median.greedy()
    near, second = np.empty(len(median.weights)), np.empty(len(median.weights))
    kernels.two_nearest(median.table, sites, near, second, np.empty(len(median.weights), np.int64))
    second = np.where(np.isfinite(second), second, near)
    return np.asarray(median.weights * (near + second) / 2, np.float64)


def _polish(
    median: Median, watch: Watch, picked: Longs, sites: Longs, value: float, bound: float
) -> tuple[Longs, float]:
    trial = median.improve(picked.copy(), watch)
    if (cost := median.cost(trial)) < value:
        watch.told(median.answer(trial, bound, LAGRANGE, watch))
        return trial, cost
    return sites, value


def _exact(median: Median, watch: Watch, start: Answer) -> Answer:
    """HiGHS on the whole table, for small questions: whether a site is open, and where each point goes."""
    m, n = median.table.shape
    costs = (median.weights * median.table.astype(np.float64)).ravel()
    low = np.zeros(m + m * n)
    low[median.standing] = 1
    model = Model(np.concatenate([np.zeros(m), costs]), np.ones(m + m * n), m, low)
    pairs = m + np.arange(m * n).reshape(m, n)
    model.rows(np.full(n, m), pairs.T.ravel(), np.ones(m * n), np.ones(n), np.ones(n))
    columns = np.stack([pairs.ravel(), np.repeat(np.arange(m), n)], axis=1).ravel()
    model.rows(np.full(m * n, 2), columns, np.tile([1.0, -1.0], m * n), np.full(m * n, -np.inf), np.zeros(m * n))
    model.row(np.arange(m), np.ones(m), greatest=len(median.standing) + median.problem.most)
    solved = minimise(model, watch)
    if solved.x is None:
        return start
    new = np.setdiff1d(np.flatnonzero(solved.x[:m] > 0.5), median.standing)
    found = median.answer(np.concatenate([median.standing, new]), solved.bound, EXACT, watch)
    return (
        found
        if found.value <= start.value
        else median.answer(
            np.concatenate([median.standing, np.array(start.sites, np.int64)]), solved.bound, EXACT, watch
        )
    )
