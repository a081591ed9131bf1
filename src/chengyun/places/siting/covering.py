"""Everything in reach with the fewest or cheapest sites: greedy at once, then HiGHS on the rows that matter."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from chengyun.places.siting import kernels
from chengyun.places.siting.coverage import greedy, laid_out
from chengyun.places.siting.groups import Groups, essential, merge
from chengyun.places.siting.highs import Model, minimise
from chengyun.places.siting.problem import Answer, Bools, Costs, Floats, Longs, Problem, Watch

GREEDY, EXACT = "greedy without the needless", "HiGHS"


class Cover:
    """A set cover: groups of points, those that imply the others, and what each candidate covers of them."""

    def __init__(self, costs: Costs, asked: Bools, usable: Bools) -> None:
        ones = np.ones(costs.size)
        self.groups: Groups = merge(costs, asked, ones, np.zeros(costs.size, np.int64), usable)
        keep = essential(self.groups, costs.candidates)
        self.member: Bools = np.zeros((len(keep), costs.candidates), bool)
        for k, g in enumerate(keep):
            self.member[k, self.groups.candidates[self.groups.starts[g] : self.groups.starts[g + 1]]] = True

    def greedy(self, price: Floats) -> list[int]:
        """Most newly covered per price; then, dearest first, drops whoever is not needed."""
        left, chosen = np.ones(len(self.member), bool), []
        while left.any():
            rate = self.member[left].sum(axis=0) / np.maximum(price, 1e-9)
            chosen.append(int(np.argmax(rate)))
            left &= ~self.member[:, chosen[-1]]
        for i in sorted(chosen, key=lambda i: -price[i]):
            others = [c for c in chosen if c != i]
            if len(self.member) and self.member[:, others].any(axis=1).all():
                chosen = others
        return chosen

    def useful(self, price: Floats) -> Longs:
        """Candidates without those that cover no more than another one does at no higher price."""
        table = self.member.astype(np.float32)
        shared, size = table.T @ table, table.sum(axis=0)
        inside = shared == size[:, None]
        cheaper = price[None, :] <= price[:, None]
        stronger = (size[None, :] > size[:, None]) | (price[None, :] < price[:, None])
        earlier = np.arange(len(price))[None, :] < np.arange(len(price))[:, None]
        return np.flatnonzero(~(inside & cheaper & (stronger | earlier)).any(axis=1) & (size > 0))

    def model(self, price: Floats, columns: Longs) -> Model:
        """Minimise the price of the `columns` chosen so that every row has one of them."""
        table = self.member[:, columns]
        model = Model(price[columns], np.ones(len(columns)), len(columns))
        model.rows(
            table.sum(axis=1),
            np.nonzero(table)[1],
            np.ones(int(table.sum())),
            np.ones(len(table)),
            np.full(len(table), np.inf),
        )
        return model


def prepared(problem: Problem) -> Cover:
    """The set cover of a question: points with weight that somebody can reach and nobody kept reaches."""
    asked = (problem.weights > 0) & ~problem.costs.reached(problem.standing)
    usable = np.ones(problem.costs.candidates, bool)
    usable[problem.standing] = False
    return Cover(problem.costs, asked, usable)


def first(problem: Problem, watch: Watch) -> Answer:
    """Greedy; points that no candidate reaches are left out (`Costs.reached` names them)."""
    plain = replace(
        problem, weights=(problem.weights > 0).astype(float), areas=None, floors=None, sites=None, budget=None
    )
    cover = laid_out(plain)
    chosen = greedy(cover, plain, per_price=True)
    for i in sorted(chosen, key=lambda i: -problem.price[i]):
        row = problem.costs.points[problem.costs.starts[i] : problem.costs.starts[i + 1]]
        if (cover.counts[row] > 1)[plain.weights[row] > 0].all():
            kernels.toggle(cover, i, -1)
            chosen.remove(i)
    return _answer(problem, chosen, 0.0, GREEDY, watch)


def best(problem: Problem, watch: Watch) -> Answer:
    """Tells the greedy answer, then HiGHS's; Toregas and others 1971."""
    start = first(problem, watch)
    watch.told(start)
    if not start.sites:
        return Answer("cheapest", (), 0.0, 0.0, EXACT, watch.spent)
    cover = prepared(problem)
    columns = cover.useful(problem.price)
    x0 = np.isin(columns, start.sites).astype(float)
    full = bool(cover.member[:, columns[x0 > 0]].any(axis=1).all())

    def tell(x: Floats, _: float, bound: float) -> None:
        watch.told(_answer(problem, columns[x > 0.5].tolist(), bound, EXACT, watch))

    solved = minimise(cover.model(problem.price, columns), watch, x0 if full else None, tell)
    if solved.x is None or solved.value > start.value:
        return Answer("cheapest", start.sites, start.value, min(solved.bound, start.value), GREEDY, watch.spent)
    return _answer(problem, columns[solved.x > 0.5].tolist(), solved.bound, EXACT, watch)


def value_of(problem: Problem, sites: NDArray[np.intp]) -> float:
    """What `sites` cost."""
    return float(problem.price[sites].sum())


def _answer(problem: Problem, sites: list[int], bound: float, method: str, watch: Watch) -> Answer:
    value = float(problem.price[sites].sum())
    return Answer("cheapest", tuple(sites), value, min(max(bound, 0.0), value), method, watch.spent)
