"""Do areas cover the town without gap or overlap; and which area is a point in."""

from chengyun.places.partition.check import Coverage, Overlap, Piece, check_cover, check_nesting
from chengyun.places.partition.locator import Locator

__all__ = ["Coverage", "Locator", "Overlap", "Piece", "check_cover", "check_nesting"]
