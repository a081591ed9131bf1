"""Results at positions: what stands at the two ends of an edge, carried on along it."""

import numpy as np
from numpy.typing import NDArray

from chengyun.places.reach.core import Core, part_of
from chengyun.places.reach.spots import Positions
from chengyun.places.reach.units import SCALE, UNREACHED, Ints


def read_at(
    core: Core, edges: Ints, positions: Positions, result: NDArray[np.generic], reverse: bool
) -> NDArray[np.generic]:
    """A result per node, (…, nodes), at positions. Raises ValueError.

    Costs: the cheaper of the two ends with the rest of the edge and the way off it, in whole ticks. Counts: as at the
    nearer end. On no edge: infinity, or 0.
    """
    if result.shape[-1:] != core.laid.slot.shape:
        raise ValueError(f"result must hold a value for each of the {len(core.laid.slot)} nodes")
    core.spots(positions, "positions")
    on = positions.edge >= 0
    if not len(edges):
        nothing = 0 if np.issubdtype(result.dtype, np.integer) else np.inf
        return np.full((*result.shape[:-1], len(positions)), nothing, dtype=result.dtype)
    edge = np.where(on, positions.edge, 0)
    tail, head = edges[edge, 0], edges[edge, 1]
    if np.issubdtype(result.dtype, np.integer):
        nearer = np.where(positions.fraction <= 0.5, tail, head)
        return np.where(on, result[..., nearer], 0).astype(result.dtype)
    street = core.streets.of_edge[edge]
    ahead, back = core.streets.ahead[street], core.streets.back[street]
    flipped = core.streets.flipped[edge] != reverse
    towards, backwards = np.where(flipped, back, ahead), np.where(flipped, ahead, back)
    from_tail = part_of(towards, positions.fraction, np.zeros(len(edge), dtype=bool))
    from_head = part_of(backwards, positions.fraction, np.ones(len(edge), dtype=bool))
    ticks = np.rint(result.astype(np.float64) * SCALE)
    there = np.minimum(ticks[..., tail] + from_tail, ticks[..., head] + from_head)
    there[there >= UNREACHED] = np.inf
    off = np.where(on, np.rint(positions.offset * core.access * SCALE), np.inf)
    values: NDArray[np.generic] = ((there + off) / SCALE).astype(result.dtype)
    return values
