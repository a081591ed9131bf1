"""What an edge costs: time by pace, waiting where one crosses, speed by age."""

import numpy as np
from numpy.typing import ArrayLike

from chengyun.places.reach.units import Doubles

# Metres per second on level ground. Adults: the pace behind "15 minutes, 1,000 m" with its detours; the old and the
# young by the design pace of crossings. A town may set its own.
PACE = {"child": 1.0, "adult": 1.2, "old": 0.9}
CROSSING_WAIT = 20.0  # seconds on average at a signal or a busy road without one


def seconds(metres: ArrayLike, metres_per_second: ArrayLike) -> Doubles:
    """Walking or driving time of edges. Raises ValueError for a speed of zero or less."""
    speed = np.asarray(metres_per_second, dtype=np.float64)
    if (speed <= 0).any():
        raise ValueError("metres_per_second must be above 0")
    return np.asarray(metres, dtype=np.float64) / speed


def with_waits(edges: ArrayLike, cost: ArrayLike, wait: ArrayLike) -> Doubles:
    """Costs of edges with the waiting time at nodes: half of it on either side, so that whoever passes waits once."""
    table, waits = np.asarray(edges), np.asarray(wait, dtype=np.float64)
    if (waits < 0).any():
        raise ValueError("wait must not be negative")
    total: Doubles = np.asarray(cost, dtype=np.float64) + (waits[table[:, 0]] + waits[table[:, 1]]) / 2
    return total


def walk_limit(minutes: float, pace: float = PACE["adult"]) -> float:
    """Metres that are walked in so many minutes."""
    return minutes * 60 * pace
