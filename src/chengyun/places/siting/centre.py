"""The least worst cost: a search over radii, each step a set cover of the few points that decide.

Points that somebody can reach and that have weight are asked for; the rows of each cover are a growing sample of them
(Contardo, Iori and Kramer 2019), so that the proof needs a few hundred points of thousands.
"""

import numpy as np
from numpy.typing import NDArray

from chengyun.places.siting import kernels
from chengyun.places.siting.covering import Cover
from chengyun.places.siting.few import cover_all
from chengyun.places.siting.highs import minimise
from chengyun.places.siting.problem import Answer, Bools, Costs, Floats, Longs, NoPlan, Problem, Watch

GREEDY, EXACT = "greedy radii with swaps", "search over radii"
AT_ONCE, TRIES = 0.03, 40
GUESS, FRACTIONS, WHOLE = "guess", "fractions", "whole"


class Centre:
    """One question's arrays."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.table = kernels.table_of(problem.costs, np.inf)
        self.asked: Bools = (problem.weights > 0) & np.isfinite(self.table.min(axis=0, initial=np.inf))
        self.standing = problem.standing.astype(np.int64)
        self.free = np.setdiff1d(np.arange(problem.costs.candidates), self.standing)

    def worst(self, sites: Longs) -> float:
        """The largest cost of a point asked for, from the nearest of `sites` and those kept."""
        return float(kernels.worst(self.table, np.concatenate([self.standing, sites]), self.asked))

    def near(self, sites: Longs) -> NDArray[np.float32]:
        """Each point's cost from the nearest (0 where not asked for)."""
        all_sites = np.concatenate([self.standing, sites])
        near = self.table[all_sites].min(axis=0) if len(all_sites) else np.full(len(self.asked), np.inf, np.float32)
        return np.where(self.asked, near, 0).astype(np.float32)

    def guess(self, sample: Longs) -> Longs:
        """The least radius at which greedy and swaps reach the sample, by bisection; then whatever is left over."""
        seen = self.table[:, sample]
        low, high = 0.0, float(seen[np.isfinite(seen)].max(initial=0))
        best = self.tried(self.near_sample(sample, high), 0)[0]
        for _ in range(9):
            middle = (low + high) / 2
            sites, full = self.tried(self.near_sample(sample, middle), 0)
            low, high, best = (low, middle, sites) if full else (middle, high, best)
        return best

    def near_sample(self, sample: Longs, radius: float) -> Bools:
        """Which candidates (rows, none of those kept) reach which points of the sample that nobody kept reaches."""
        near = self.table[:, sample] <= radius
        near = near[:, ~near[self.standing].any(axis=0)]
        near[self.standing] = False
        return near

    def tried(self, near: Bools, tries: int) -> tuple[Longs, bool]:
        """Sites that reach as many points of a sample as swaps can, and whether that is all."""
        if not near.shape[1]:
            return np.zeros(0, np.int64), True
        sites, full = cover_all(np.ascontiguousarray(near.T), self.problem.most, tries)
        return np.asarray(sites), bool(full)

    def swaps(self, sites: Longs, watch: Watch) -> Longs:
        """Moves a site to where the worst served point is better off, while the worst cost falls."""
        value = self.worst(sites)
        moved = bool(self.asked.any())
        while moved and watch.left:
            moved = False
            point = int(np.argmax(self.near(sites)))
            helpful = self.free[self.table[self.free, point] < value]
            for k in range(len(sites)):
                others = self.near(np.delete(sites, k))
                rest = np.flatnonzero(others >= value)
                worsts = self.table[helpful][:, rest].max(axis=1, initial=0)
                if len(helpful) and worsts.min() < value:
                    sites[k] = helpful[int(np.argmin(worsts))]
                    value, moved = self.worst(sites), True
                    break
        return sites


def first(problem: Problem, watch: Watch) -> Answer:
    """The least radius at which greedy works, then swaps for hundredths of a second; no bound before the search."""
    return _first(Centre(problem), watch)[0]


def _first(centre: Centre, watch: Watch) -> tuple[Answer, Longs]:
    if not centre.problem.most and not len(centre.standing):
        raise NoPlan("sites")
    quick = Watch(min(watch.left, max(0.0, AT_ONCE - watch.spent)), stop=watch.stop)
    sites = centre.swaps(centre.guess(_spread(centre, 150)), quick)
    value = centre.worst(sites)
    return Answer("centre", tuple(sites.tolist()), value, 0.0, GREEDY, watch.spent), sites


def best(problem: Problem, watch: Watch) -> Answer:
    """Tells the first answer and every better one; raises NoPlan("sites") where so few sites cannot reach everyone."""
    centre = Centre(problem)
    answer, sites = _first(centre, watch)
    watch.told(answer)
    search = Search(centre, watch, sites)
    search.guess()
    search.fractions()
    search.prove()
    if not np.isfinite(centre.worst(search.sites)):
        raise NoPlan("sites")
    return search.answer()


class Search:
    """Where the search stands: radii[high] is kept by `sites`, nothing below radii[floor] is possible."""

    def __init__(self, centre: Centre, watch: Watch, sites: Longs) -> None:
        self.centre, self.watch, self.sites = centre, watch, sites
        radii = np.unique(centre.table[:, centre.asked])
        self.radii = radii[np.isfinite(radii)]
        self.sample = _spread(centre, 2 * centre.problem.most + 20)
        self.floor, self.high = 0, self.place(sites)

    def place(self, sites: Longs) -> int:
        """Which radius a choice keeps."""
        value = self.centre.worst(sites)
        return int(np.searchsorted(self.radii, value)) if np.isfinite(value) else len(self.radii)

    def guess(self) -> None:
        """Bisection by swaps alone: good sites soon, no proof."""
        low = 0
        while low < self.high and self.watch.left:
            middle = (low + self.high) // 2
            if not self.better(middle, GUESS):
                low = middle + 1

    def fractions(self) -> None:
        """Bisection with fractions of sites: a floor within two per cent of what it can say."""
        top = self.high
        while self.watch.left and self.floor < top:
            if self.radii[top - 1] - self.radii[self.floor] <= 0.02 * self.radii[top - 1]:
                return
            middle = (self.floor + top) // 2
            x = self.decided(middle, FRACTIONS)
            if x is not None:
                top = middle
            elif self.watch.left:
                self.floor = middle + 1

    def prove(self) -> None:
        """Asks for a radius just below the best one until there is none: if swaps found the best, one question."""
        while self.floor < self.high and self.watch.left:
            if not self.better(self.high - 1, WHOLE) and self.watch.left:
                self.floor = self.high

    def better(self, place: int, step: str) -> bool:
        """Whether a choice for this radius was found; keeps and tells it."""
        x = self.decided(place, step)
        if x is None:
            return False
        self.sites = np.setdiff1d(np.flatnonzero(x), self.centre.standing)
        self.high = min(place, self.place(self.sites))
        self.watch.told(self.answer())
        return True

    def answer(self) -> Answer:
        """The best so far."""
        value = self.centre.worst(self.sites)
        bound = float(self.radii[min(self.floor, len(self.radii) - 1)]) if len(self.radii) else 0.0
        return Answer("centre", tuple(self.sites.tolist()), value, min(bound, value), EXACT, self.watch.spent)

    def decided(self, place: int, step: str) -> Floats | None:
        """How much of each candidate is open so that everyone keeps the radius; the sample grows by who was left."""
        radius, asked, table = float(self.radii[place]), self.centre.asked, self.centre.table
        while self.watch.left:
            x = _reach_all(self.centre, self.sample, radius, self.watch, step)
            if x is None:
                return None
            used = np.flatnonzero(x)
            share = np.where(asked, x[used] @ (table[used] <= radius), 1.0)
            if share.min() > 1 - 1e-6:
                return x
            self.sample = np.union1d(self.sample, _left_out(self.centre, share))
        return None


def _spread(centre: Centre, size: int) -> Longs:
    """A first sample: some of the points asked for."""
    asked = np.flatnonzero(centre.asked)
    rng = np.random.default_rng(3)
    return np.sort(rng.choice(asked, min(len(asked), size), replace=False))


def _left_out(centre: Centre, share: Floats) -> Longs:
    """Points that are not reached enough: the worst one of each neighbourhood (nearest candidate), at most 20."""
    points = np.flatnonzero(share < 1 - 1e-6)
    points = points[np.argsort(share[points], kind="stable")][:500]
    _, one = np.unique(np.argmin(centre.table[:, points], axis=0), return_index=True)
    return points[np.sort(one)][:20]


def _reach_all(centre: Centre, sample: Longs, radius: float, watch: Watch, step: str) -> Floats | None:
    """How much of each candidate is open so that the sample is reached by at most so many; None: it cannot be."""
    x = np.zeros(len(centre.table))
    x[centre.standing] = 1
    near, most = centre.near_sample(sample, radius), centre.problem.most
    if not near.any(axis=0).all():
        return None
    if step is not FRACTIONS:
        sites, full = centre.tried(near, TRIES)
        x[sites] = 1
        if full or step is GUESS:
            return x if full else None
        x[sites] = 0
    price = np.ones(len(x))
    cover = Cover(Costs.dense(np.where(near, 0.0, np.inf)), np.ones(near.shape[1], bool), np.asarray(near.any(axis=1)))
    columns = cover.useful(price)
    model = cover.model(price, columns)
    model.row(np.arange(len(columns)), np.ones(len(columns)), greatest=most)
    model.whole = model.whole if step is WHOLE else 0
    solved = minimise(model, watch, target=most + 1e-6)
    if solved.x is None:
        return None
    x[columns] = np.round(solved.x) if step is WHOLE else solved.x
    return x
