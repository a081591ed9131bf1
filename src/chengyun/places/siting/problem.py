"""What is asked, and what is answered."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]


class NoPlan(ValueError):
    """No choice of sites satisfies what was asked; `code` says which condition cannot be met."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Costs:
    """What serving a point from a candidate costs (metres, seconds): sparse, one row per candidate.

    `starts` (candidates + 1), `points` and `values` (one per stored pair) as in a CSR matrix; what is not stored is
    out of reach. `size` is the number of points.
    """

    starts: Longs
    points: Ints
    values: Floats
    size: int

    @classmethod
    def sparse(cls, starts: ArrayLike, points: ArrayLike, values: ArrayLike, size: int) -> "Costs":
        """From the three arrays of a CSR matrix of shape (candidates, size), each pair once. Raises ValueError."""
        found = cls(
            np.ascontiguousarray(starts, np.int64),
            np.ascontiguousarray(points, np.int32),
            np.ascontiguousarray(values, np.float64),
            size,
        )
        _check_pairs(found)
        return found

    @classmethod
    def dense(cls, values: ArrayLike, limit: float = np.inf) -> "Costs":
        """From a table (candidates, points); costs above `limit`, and infinite ones, are out of reach.

        Raises ValueError."""
        table = np.asarray(values, np.float64)
        if table.ndim != 2 or np.isnan(table).any():
            raise ValueError("values must be a table (candidates, points) without NaN")
        near = (table <= limit) & np.isfinite(table)
        starts = np.concatenate([[0], np.cumsum(near.sum(axis=1))])
        return cls.sparse(starts, np.nonzero(near)[1], table[near], table.shape[1])

    @property
    def candidates(self) -> int:
        """How many candidates there are."""
        return len(self.starts) - 1

    @cached_property
    def owners(self) -> Ints:
        """The candidate of each stored pair."""
        return np.repeat(np.arange(self.candidates, dtype=np.int32), np.diff(self.starts))

    def within(self, limit: float) -> "Costs":
        """The same without pairs that cost more than `limit` (which itself is still in reach)."""
        near = self.values <= limit
        starts = np.concatenate([[0], np.cumsum(near)])[self.starts]
        return Costs(starts.astype(np.int64), self.points[near], self.values[near], self.size)

    def reached(self, candidates: NDArray[np.intp] | None = None) -> Bools:
        """Which points at least one of the candidates (default: any) can serve."""
        seen = np.zeros(self.size, bool)
        if candidates is None:
            seen[self.points] = True
        else:
            for i in candidates:
                seen[self.points[self.starts[i] : self.starts[i + 1]]] = True
        return seen

    def nearest(self, candidates: NDArray[np.intp]) -> tuple[Floats, NDArray[np.int64]]:
        """For each point the least cost from one of `candidates` (inf: none) and which one (-1: none)."""
        best, who = np.full(self.size, np.inf), np.full(self.size, -1, np.int64)
        for i in candidates:
            row = slice(self.starts[i], self.starts[i + 1])
            points, values = self.points[row], self.values[row]
            nearer = values < best[points]
            best[points[nearer]], who[points[nearer]] = values[nearer], i
        return best, who


def _check_pairs(costs: Costs) -> None:
    pairs, starts, points, values = len(costs.values), costs.starts, costs.points, costs.values
    if not len(starts) or starts[0] != 0 or starts[-1] != pairs or (np.diff(starts) < 0).any():
        raise ValueError(f"starts must grow from 0 to the number of pairs, {pairs}")
    if points.shape != (pairs,) or (pairs and (points.min() < 0 or points.max() >= costs.size)):
        raise ValueError(f"points must name one of {costs.size} points for each of {pairs} pairs")
    if pairs and not (values.min() >= 0 and np.isfinite(values.max())):
        raise ValueError("values must be finite and not negative")
    table = csr_matrix((values, points, starts), shape=(costs.candidates, costs.size))
    if not table.has_sorted_indices:
        table = table.sorted_indices()
    if not table.has_canonical_format:
        raise ValueError("points must not name one twice for a candidate")


_ARRAYS = (
    ("weights", "points", np.float64), ("prices", "candidates", np.float64), ("kept", "candidates", np.bool_),
    ("capacity", "candidates", np.float64), ("areas", "points", np.int64), ("floors", "areas", np.float64),
)  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """A question of siting. Arrays over candidates: `prices`, `kept`, `capacity`; over points: `weights`, `areas`.

    `weights`: how much a point counts (residents, toddlers); multiply it by an area's weight to favour areas.
    `sites`: at most so many new ones; `budget`: their `prices` (default 1 each) must not add up to more.
    `kept`: stands already, is never moved and costs nothing. `capacity`: at most so much weight at a site (goals
    `cover` and `cheapest`). `floors`: the least share (0 to 1) of each area's weight that must be covered (`cover`).
    `beyond`: what a point out of reach costs (`median`; default the largest cost stored). Lists become arrays; raises
    ValueError that names the argument where a length or a number is wrong.
    """

    costs: Costs
    weights: Floats
    sites: int | None = None
    budget: float | None = None
    prices: Floats | None = None
    kept: Bools | None = None
    capacity: Floats | None = None
    areas: NDArray[np.int64] | None = None
    floors: Floats | None = None
    beyond: float | None = None

    def __post_init__(self) -> None:
        candidates, points = self.costs.candidates, self.costs.size
        for name, size, kind in _ARRAYS:
            given = getattr(self, name)
            if given is None:
                continue
            found: NDArray[Any] = np.ascontiguousarray(given, kind)
            wanted = {"candidates": candidates, "points": points}.get(size, found.size)
            if found.shape != (wanted,):
                raise ValueError(f"{name} must hold a value for each of {wanted} {size}, not {found.shape}")
            if not (found >= 0).all():
                raise ValueError(f"{name} must not be negative or NaN")
            object.__setattr__(self, name, found)
        if not np.isfinite(self.weights).all():
            raise ValueError("weights must be finite")
        for name in ("sites", "budget", "beyond"):
            number = getattr(self, name)
            if number is not None and not number >= 0:
                raise ValueError(f"{name} must be at least 0")

    @cached_property
    def standing(self) -> NDArray[np.intp]:
        """The candidates that stand already."""
        return np.flatnonzero(self.kept) if self.kept is not None else np.zeros(0, np.intp)

    @cached_property
    def price(self) -> Floats:
        """What each candidate costs: 1 unless said, nothing where one stands."""
        price = np.ones(self.costs.candidates) if self.prices is None else np.asarray(self.prices, np.float64).copy()
        price[self.standing] = 0
        return price

    @cached_property
    def most(self) -> int:
        """How many new sites at most."""
        free = self.costs.candidates - len(self.standing)
        return free if self.sites is None else min(int(self.sites), free)

    @cached_property
    def purse(self) -> float:
        """How much new sites may cost together."""
        return np.inf if self.budget is None else float(self.budget)

    @cached_property
    def area(self) -> NDArray[np.int64]:
        """The area of each point; one area where none were given."""
        return np.zeros(self.costs.size, np.int64) if self.areas is None else np.asarray(self.areas, np.int64)

    @cached_property
    def totals(self) -> Floats:
        """The weight of each area."""
        least = 0 if self.floors is None else len(self.floors)
        return np.bincount(self.area, self.weights, minlength=max(least, 1)).astype(np.float64)

    @cached_property
    def due(self) -> Floats:
        """The weight that must be covered in each area."""
        if self.floors is None:
            return np.zeros_like(self.totals)
        return np.asarray(self.floors, np.float64) * self.totals[: len(self.floors)]

    @property
    def largest(self) -> float:
        """What a point out of reach costs."""
        stored = float(self.costs.values.max()) if len(self.costs.values) else 0.0
        return stored if self.beyond is None else self.beyond


@dataclass(frozen=True)
class Answer:
    """New sites (candidates in order of choice), what they achieve together with those kept, and what nothing can beat.

    `value` and `bound` are in the goal's own unit: weight covered, weight × cost, cost, price.
    """

    goal: str
    sites: tuple[int, ...]
    value: float
    bound: float
    method: str
    seconds: float

    @property
    def gap(self) -> float:
        """The proven distance from the best, as a share of the value: 0 means that nothing is better."""
        distance = abs(self.bound - self.value)
        return 0.0 if distance <= 1e-9 * max(1.0, abs(self.value)) else distance / max(abs(self.value), 1e-12)

    @property
    def proven(self) -> bool:
        """Whether nothing can be better."""
        return self.gap <= 1e-6


def _silent(_: Answer) -> None:
    return


def _never() -> bool:
    return False


@dataclass
class Watch:
    """How long to go on, whom to tell of each better answer, and whether to stop; one per run, from any thread."""

    seconds: float = 10.0
    told: Callable[[Answer], None] = _silent
    stop: Callable[[], bool] = _never
    started: float = field(default_factory=time.perf_counter)

    @property
    def spent(self) -> float:
        """Seconds since it was made."""
        return time.perf_counter() - self.started

    @property
    def left(self) -> float:
        """Seconds that remain, never negative; nothing once stopped."""
        return 0.0 if self.stop() else max(0.0, self.seconds - self.spent)
