"""A few points that must all be reached by a few sites: greedy, swaps, and more weight on whoever was left out."""

from typing import NamedTuple

import numpy as np

from chengyun.places.siting.kernels import compiled
from chengyun.places.siting.problem import Bools, Ints, Longs


class Few(NamedTuple):
    """Few points: which candidates are `near` each (points, candidates), what a point weighs, how often it is covered.

    `worth` of each candidate is the weight of its points that nobody covers.
    """

    near: Bools
    weights: Longs
    counts: Ints
    worth: Longs


@compiled
def turn(few: Few, i: int, by: int) -> None:
    """Opens (`by` 1) or closes (-1) candidate `i`."""
    for p in range(len(few.near)):
        if few.near[p, i]:
            if few.counts[p] == (0 if by == 1 else 1):
                weigh(few, p, -by * few.weights[p])
            few.counts[p] += by


@compiled
def weigh(few: Few, p: int, more: int) -> None:
    """Makes the candidates near a point worth more."""
    for k in range(len(few.worth)):
        few.worth[k] += more * few.near[p, k]


@compiled
def exchange(few: Few, sites: Longs) -> bool:
    """One round: each site gives way to the best other that is worth more; says if any did."""
    moved = False
    for n in range(len(sites)):
        old = sites[n]
        turn(few, old, -1)
        best = int(np.argmax(few.worth))
        if few.worth[best] > few.worth[old]:
            sites[n], moved = best, True
        turn(few, sites[n], 1)
    return moved


@compiled
def cover_all(near: Bools, most: int, tries: int) -> tuple[Longs, bool]:
    """Sites for few points, near (points, candidates): greedy, swaps while they help; and whether all are covered.

    If not, what is left out weighs more, and swaps begin again, `tries` times.
    """
    points, candidates = near.shape
    few = Few(near, np.zeros(points, np.int64), np.zeros(points, np.int32), np.zeros(candidates, np.int64))
    sites, size = np.empty(most, np.int64), 0
    for turns in range(tries + 1):
        for p in range(points):
            if few.counts[p] == 0:
                few.weights[p] += 1
                weigh(few, p, 1)
        while turns == 0 and size < most and few.worth.max() > 0:
            sites[size] = np.argmax(few.worth)
            turn(few, sites[size], 1)
            size += 1
        while exchange(few, sites[:size]):
            pass
        if few.counts.min() > 0:
            return sites[:size], True
    return sites[:size], False
