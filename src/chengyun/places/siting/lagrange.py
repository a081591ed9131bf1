"""What nothing can beat: prices of points that make "everyone goes somewhere" worth its while, raised step by step.

Each set of prices is a true lower bound of the least weighted cost (Cornuéjols, Fisher and Nemhauser 1977). They move
by the volume algorithm (Barahona and Anbil 2000): along the mean of past choices, always from the best prices so far.
"""

import math

import numpy as np
from numpy.typing import NDArray

from chengyun.places.siting.kernels import Table, compiled
from chengyun.places.siting.problem import Bools, Floats, Ints, Longs

SHARE, PATIENCE, FIRST, LAST, LONGEST = 0.1, 20, 0.1, 1e-4, 2.0
"""How much a new choice weighs in the mean; steps without a gain before they shrink; the first, least, longest step."""
BLOCK = 256


@compiled
def earnings(who: Ints, cost: Table, weights: Floats, price: Floats, found: Floats) -> None:
    """What each candidate earns at the points' prices: the sum of what it serves below them (never positive)."""
    found[:] = 0.0
    for j in range(len(price)):
        for k in range(who.shape[1]):
            value = weights[j] * cost[j, k] - price[j]
            if value >= 0.0:
                break
            found[who[j, k]] += value


@compiled
def slope(who: Ints, cost: Table, weights: Floats, price: Floats, opened: Bools) -> Floats:
    """1 minus how many of the candidates opened would serve each point at its price: the subgradient."""
    found = np.ones(len(price))
    for j in range(len(price)):
        for k in range(who.shape[1]):
            if weights[j] * cost[j, k] >= price[j]:
                break
            if opened[who[j, k]]:
                found[j] -= 1.0
    return found


def nearby(table: Table, count: int) -> tuple[Ints, Table]:
    """For each point the `count` nearest candidates, nearest first, and their costs: (points, count) each."""
    candidates, points = table.shape
    who = np.empty((points, count), np.int32)
    for start in range(0, points, BLOCK):
        rows = np.ascontiguousarray(table[:, start : start + BLOCK].T)
        some: NDArray[np.intp] = np.argpartition(rows, min(count, candidates - 1), axis=1)[:, :count]
        order = np.argsort(np.take_along_axis(rows, some, axis=1), axis=1)
        who[start : start + BLOCK] = np.take_along_axis(some, order, axis=1)
    return who, np.ascontiguousarray(np.take_along_axis(table.T, who, axis=1))


class Prices:
    """Prices of points on their way up. `bound`: the best lower bound so far; `worn`: the last steps gained nothing.

    `first` are the prices to begin with, `kept` and `free` the candidates that stand and that may be opened, `most` of
    those at once. A point's price never passes the cost of the last candidate that is looked at for it, so that the
    others need not be: any prices bound from below.
    """

    def __init__(self, table: Table, weights: Floats, first: Floats, kept: Longs, free: Longs, most: int) -> None:
        candidates = len(table)
        count = min(candidates, 4 * math.ceil(candidates / max(most + len(kept), 1)) + 50)
        self.who, self.cost = nearby(table, count)
        self.weights, self.kept, self.free, self.most = weights, kept, free, most
        self.top = weights * self.cost[:, -1]
        self.earned = np.empty(candidates)
        self.bound, self.best = -np.inf, np.minimum(first, self.top)
        self.price = self.best
        self.rest()

    def rest(self) -> None:
        """Begin again with long steps from the best prices."""
        self.pace, self.idle, self.mean, self.price = FIRST, 0, np.zeros(0), self.best

    @property
    def worn(self) -> bool:
        """Whether even the shortest steps gain nothing."""
        return self.pace <= LAST and self.idle >= PATIENCE - 1

    def step(self, value: float) -> Longs:
        """One step towards `value`, which some choice costs; the choice that these prices would make."""
        earnings(self.who, self.cost, self.weights, self.price, self.earned)
        picked = self._cheapest()
        now = float(self.price.sum() + self.earned[picked].sum())
        opened = np.zeros(len(self.earned), bool)
        opened[picked] = True
        lack = slope(self.who, self.cost, self.weights, self.price, opened)
        self.mean = SHARE * lack + (1 - SHARE) * self.mean if len(self.mean) else lack
        self._judge(now, bool(lack @ self.mean >= 0))
        norm = max(float(self.mean @ self.mean), 1e-9)
        ahead = self.best + self.pace * (value - self.bound) / norm * self.mean
        self.price = np.clip(ahead, 0.0, self.top)
        return picked

    def _judge(self, now: float, onwards: bool) -> None:
        """Longer steps where they lead upwards, shorter ones where they do not."""
        if now > self.bound:
            self.bound, self.best, self.idle = now, self.price, 0
            self.pace = min(self.pace * 1.1, LONGEST) if onwards else self.pace
            return
        self.idle += 1
        if self.idle >= PATIENCE and self.pace > LAST:
            self.pace, self.idle = max(self.pace / 1.5, LAST), 0

    def _cheapest(self) -> Longs:
        if self.most >= len(self.free):
            return np.concatenate([self.kept, self.free])
        order = np.argpartition(self.earned[self.free], self.most)[: self.most]
        return np.concatenate([self.kept, self.free[order]])
