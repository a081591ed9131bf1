"""An order of points in which neighbours on the ground are neighbours in memory."""

import numpy as np

from chengyun.places.reach.units import Doubles, Longs

_SPREAD = (
    (16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F), (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)  # fmt: skip


def morton_order(x: Doubles, y: Doubles) -> Longs:
    """Indices that sort points along a Z-shaped curve of 65,536 cells a side."""
    if not len(x):
        return np.zeros(0, dtype=np.int64)
    size = max(float(np.ptp(x)), float(np.ptp(y))) or 1.0
    keys = _interleaved((x - x.min()) / size) | (_interleaved((y - y.min()) / size) << np.uint64(1))
    return np.argsort(keys, kind="stable")


def _interleaved(share: Doubles) -> np.ndarray:
    """The 16 bits of each coordinate, with a gap after every bit."""
    bits = (share * 65_535).astype(np.uint64)
    for shift, mask in _SPREAD:
        bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
    return bits
