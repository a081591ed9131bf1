"""What sparse costs say: sums within limits, weights that fall with distance, floating catchments, the k nearest.

All take `costs`, a matrix of (places, facilities) as `Network.costs` makes it: what is not stored is out of reach.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix

from chengyun.places.reach.units import Doubles, Floats, Ints

Decay = Callable[[Doubles], Doubles]


def within(limit: float) -> Decay:
    """1 up to the limit, which is included, 0 beyond."""
    return lambda cost: (cost <= limit + 1e-6).astype(np.float64)


def linear(limit: float) -> Decay:
    """From 1 at no cost down to 0 at the limit."""
    return lambda cost: np.maximum(0.0, 1.0 - cost / limit)


def gaussian(limit: float) -> Decay:
    """A bell that is 1 at no cost and 0 at the limit and beyond (Dai 2010)."""
    edge = np.exp(-0.5)
    return lambda cost: np.where(cost <= limit, (np.exp(-0.5 * (cost / limit) ** 2) - edge) / (1.0 - edge), 0.0)


def stepped(limits: ArrayLike, weights: ArrayLike) -> Decay:
    """The weight of the first limit that is not passed, 0 beyond the last (Luo and Qi 2009). Raises ValueError."""
    bounds, shares = np.asarray(limits, dtype=np.float64), np.append(np.asarray(weights, dtype=np.float64), 0.0)
    if len(bounds) + 1 != len(shares) or (np.diff(bounds) <= 0).any():
        raise ValueError("limits must grow, one for each of weights")
    return lambda cost: shares[np.searchsorted(bounds + 1e-6, cost)]


def weighted(costs: csr_matrix, decay: Decay) -> csr_matrix:
    """Costs turned to weights; a pair that costs nothing weighs most."""
    return csr_matrix((decay(costs.data.astype(np.float64)), costs.indices, costs.indptr), shape=costs.shape)


def sums(costs: csr_matrix, amounts: ArrayLike, decay: Decay) -> Doubles:
    """For each place, what its facilities offer together (`amounts`, one each), weighted by their cost."""
    total: Doubles = weighted(costs, decay) @ _as_long_as(amounts, costs.shape[1], "amounts")
    return total


def floating_catchment(costs: csr_matrix, demand: ArrayLike, capacity: ArrayLike, decay: Decay) -> Doubles:
    """Capacity per head at each place, by two steps: each facility is shared among all who reach it, then summed.

    `demand` is the population at each place, `capacity` what each facility holds; a facility nobody reaches offers
    nothing. The result times demand sums to the capacity of the facilities that are reached.
    """
    weights = weighted(costs, decay)
    people = _as_long_as(demand, costs.shape[0], "demand")
    users: Doubles = weights.T @ people
    offered = _as_long_as(capacity, costs.shape[1], "capacity")
    per_head = np.divide(offered, users, out=np.zeros_like(users), where=users > 0)
    access: Doubles = weights @ per_head
    return access


def k_nearest(costs: csr_matrix, k: int) -> tuple[Floats, Ints]:
    """The k cheapest facilities of each place: costs (places, k), infinity where fewer are in reach, and numbers (-1).

    Of equally near facilities the lower number comes first. Raises ValueError.
    """
    if k < 1:
        raise ValueError("k must be at least 1")
    rows = np.repeat(np.arange(costs.shape[0]), np.diff(costs.indptr))
    order = np.lexsort((costs.indices, costs.data, rows))
    rank = np.arange(len(rows)) - costs.indptr[rows]
    kept = rank < k
    near = np.full((costs.shape[0], k), np.inf, dtype=np.float32)
    which = np.full((costs.shape[0], k), -1, dtype=np.int32)
    near[rows[kept], rank[kept]] = costs.data[order][kept]
    which[rows[kept], rank[kept]] = costs.indices[order][kept]
    return near, which


def _as_long_as(values: ArrayLike, count: int, name: str) -> Doubles:
    found: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    if found.shape != (count,):
        raise ValueError(f"{name} must hold {count} numbers")
    return found
