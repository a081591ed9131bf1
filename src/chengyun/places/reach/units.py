"""Costs are integers inside: tenths of a metre or of a second. Sums are exact, and a limit is met or it is not."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

SCALE = 10  # ticks per unit of cost
UNREACHED = 1 << 30  # ticks; what costs this much or more is out of reach (107,374 km)
BLOCKED = 1 << 41  # added to a sum for each street that may not be passed
BLOCKED_PARTS = 1 << 10  # places on such a street are told apart to this fraction of it, each step far beyond reach

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


def to_ticks(cost: ArrayLike, name: str) -> Ints:
    """Costs in metres or seconds as ticks; infinity (not passable) as UNREACHED. Raises ValueError."""
    values = np.asarray(cost, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional")
    if np.isnan(values).any() or (values < 0).any():
        raise ValueError(f"{name} must not be negative or NaN")
    ticks: Ints = np.rint(np.minimum(values, UNREACHED / SCALE) * SCALE).astype(np.int32)
    return ticks


def limit_ticks(limit: float | None, name: str = "limit") -> int:
    """A limit in ticks, itself included; None and infinity are no limit. Raises ValueError."""
    if limit is None:
        return UNREACHED - 1
    try:
        refused = not limit >= 0
    except TypeError:
        refused = True
    if refused:
        raise ValueError(f"{name} must be a number of at least 0, or None")
    return int(min(math.floor(min(limit, UNREACHED) * SCALE + 1e-6), UNREACHED - 1))


def from_ticks(ticks: Ints) -> Floats:
    """Ticks as float32 in the unit of cost, infinity where not reached."""
    values = ticks.astype(np.float32) / np.float32(SCALE)
    values[ticks >= UNREACHED] = np.inf
    return values
