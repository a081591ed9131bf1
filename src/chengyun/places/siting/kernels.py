"""The inner loops, compiled. They know arrays only; who calls them says what the arrays mean."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from chengyun.places.siting.problem import Bools, Costs, Floats, Ints, Longs

F = TypeVar("F", bound=Callable[..., Any])
Table = NDArray[np.float32]


FAST = {"reassoc", "contract", "arcp", "nsz"}
"""Sums may be reckoned in another order; infinity stays what it is."""


def compiled(function: F) -> F:
    """Compiled once and cached beside the source (or in NUMBA_CACHE_DIR); lets other threads run."""
    return cast(F, numba.njit(cache=True, nogil=True, fastmath=FAST)(function))


def table_of(costs: Costs, beyond: float) -> Table:
    """All costs as (candidates, points), `beyond` where a pair is out of reach; exact for integers up to 2^24."""
    full = np.empty((costs.candidates, costs.size), np.float32)
    lay_out(costs.starts, costs.points, costs.values, np.float32(beyond), full)
    return full


@compiled
def lay_out(starts: Longs, points: Ints, values: Floats, beyond: np.float32, table: Table) -> None:
    """Writes stored costs into a table, row by row."""
    for i in range(len(table)):
        table[i] = beyond
        for k in range(starts[i], starts[i + 1]):
            table[i, points[k]] = values[k]


class Cover(NamedTuple):
    """Candidates' points (CSR), the points' weights, and how often each is covered; areas with what is due in them.

    `state` (areas, 3): covered, due, scratch. Below an area's due weight every unit is worth a million times more.
    """

    starts: Longs
    points: Ints
    weights: Floats
    prices: Floats
    counts: Ints
    area: Longs
    state: Floats


@compiled
def gain(c: Cover, i: int) -> float:
    """What covering the points of candidate `i` that nobody covers is worth."""
    row = c.points[c.starts[i] : c.starts[i + 1]]
    plain, heavy = 0.0, 0.0
    for p in row:
        if c.counts[p] == 0:
            plain += c.weights[p]
            c.state[c.area[p], 2] += c.weights[p]
    for p in row:
        a = c.area[p]
        if c.state[a, 2] != 0.0:
            heavy += min(c.state[a, 0] + c.state[a, 2], c.state[a, 1]) - min(c.state[a, 0], c.state[a, 1])
            c.state[a, 2] = 0.0
    return plain + 1e6 * heavy


@compiled
def gain_plain(c: Cover, i: int) -> float:
    """The same where no area has a due weight."""
    plain = 0.0
    for p in c.points[c.starts[i] : c.starts[i + 1]]:
        if c.counts[p] == 0:
            plain += c.weights[p]
    return plain


@compiled
def toggle(c: Cover, i: int, by: int) -> None:
    """Opens (`by` 1) or closes (-1) candidate `i`."""
    for p in c.points[c.starts[i] : c.starts[i + 1]]:
        if c.counts[p] == 0 and by == 1:
            c.state[c.area[p], 0] += c.weights[p]
        c.counts[p] += by
        if c.counts[p] == 0 and by == -1:
            c.state[c.area[p], 0] -= c.weights[p]


@compiled
def gains(c: Cover) -> Floats:
    """What each candidate would add now."""
    found = np.zeros(len(c.starts) - 1)
    equal = c.state[:, 1].max() > 0
    for i in range(len(found)):
        found[i] = gain(c, i) if equal else gain_plain(c, i)
    return found


@compiled
def pick(c: Cover, hope: Floats, rate: Floats, most: int, purse: float) -> Longs:
    """Opens what adds most per `rate`, again and again; what one added before (`hope`) bounds what it adds now."""
    chosen, count, left = np.empty(most, np.int64), 0, purse
    equal = c.state[:, 1].max() > 0
    while count < most:
        i = int(np.argmax(hope))
        if hope[i] <= 0:
            break
        if c.prices[i] > left:
            hope[i] = -1.0
            continue
        hope[i] = (gain(c, i) if equal else gain_plain(c, i)) / rate[i]
        if hope[i] < hope.max():
            continue
        toggle(c, i, 1)
        chosen[count] = i
        count += 1
        hope[i] = -1.0
        left -= c.prices[i]
    return chosen[:count]


@compiled
def swap(c: Cover, chosen: Longs, shut: Bools, purse: float) -> bool:
    """One round: replaces each chosen site by the best other that is worth more and can be paid; says if any was."""
    better = False
    spent = c.prices[chosen].sum()
    for k in range(len(chosen)):
        old = chosen[k]
        toggle(c, old, -1)
        worth = gains(c)
        best, top = old, worth[old] * (1 + 1e-12) + 1e-9
        for i in range(len(worth)):
            if not shut[i] and worth[i] > top and spent - c.prices[old] + c.prices[i] <= purse:
                best, top = i, worth[i]
        shut[old], shut[best] = False, True
        spent += c.prices[best] - c.prices[old]
        chosen[k] = best
        toggle(c, best, 1)
        better = better or best != old
    return better


@compiled
def fill(row: Ints, rest: Floats, room: float) -> float:
    """Fills a site with what is left of its points, in the order given, up to `room`; returns how much it took."""
    taken = 0.0
    for p in row:
        part = min(rest[p], room - taken)
        rest[p] -= part
        taken += part
    return taken


@compiled
def left_over(starts: Longs, points: Ints, rest: Floats) -> Floats:
    """How much of its points nobody serves yet, for each candidate."""
    found = np.zeros(len(starts) - 1)
    for i in range(len(found)):
        for k in range(starts[i], starts[i + 1]):
            found[i] += rest[points[k]]
    return found


@compiled
def savings(table: Table, weights: Floats, near: Floats) -> Floats:
    """What opening each candidate would save, against the present nearest costs."""
    found = np.zeros(len(table))
    for i in range(len(table)):
        total = 0.0
        for j in range(len(weights)):
            total += weights[j] * max(0.0, near[j] - table[i, j])
        found[i] = total
    return found


@compiled
def two_nearest(table: Table, sites: Longs, near: Floats, second: Floats, who: Longs) -> None:
    """For each point the nearest and the second nearest of `sites`, and which one (its place in `sites`) is nearest."""
    near[:], second[:], who[:] = np.inf, np.inf, -1
    for k in range(len(sites)):
        row = table[sites[k]]
        for j in range(len(near)):
            if row[j] < near[j]:
                second[j], near[j], who[j] = near[j], row[j], k
            elif row[j] < second[j]:
                second[j] = row[j]


@compiled
def interchange(table: Table, weights: Floats, sites: Longs, fixed: int, order: Longs) -> bool:
    """One round of fast interchange: each candidate in `order` replaces the site whose loss it outweighs.

    The first `fixed` sites stay. Whitaker 1983; Resende and Werneck 2007.
    """
    near, second, who = np.empty(len(weights)), np.empty(len(weights)), np.empty(len(weights), np.int64)
    two_nearest(table, sites, near, second, who)
    open_now = np.zeros(len(table), np.bool_)
    open_now[sites] = True
    loss = np.empty(len(sites))
    better = False
    for i in order:
        if open_now[i]:
            continue
        row, won = table[i], 0.0
        loss[:] = 0.0
        for j in range(len(weights)):
            if row[j] < near[j]:
                won += weights[j] * (near[j] - row[j])
            else:
                loss[who[j]] += weights[j] * (min(row[j], second[j]) - near[j])
        loss -= won
        k = fixed + np.argmin(loss[fixed:])
        if loss[k] < -1e-9 * (1.0 + won):
            open_now[sites[k]], open_now[i] = False, True
            sites[k] = i
            two_nearest(table, sites, near, second, who)
            better = True
    return better


@compiled
def assigned(table: Table, weights: Floats, sites: Longs) -> float:
    """The weighted cost of everyone going to the nearest site."""
    total = 0.0
    for j in range(len(weights)):
        near = np.inf
        for i in sites:
            near = min(near, table[i, j])
        total += weights[j] * near
    return total


@compiled
def worst(table: Table, sites: Longs, asked: Bools) -> float:
    """The largest cost of a point that is asked for, going to the nearest site."""
    found = 0.0
    for j in range(len(asked)):
        if asked[j]:
            near = np.inf
            for i in sites:
                near = min(near, table[i, j])
            found = max(found, near)
    return found
