"""What can be reached on real streets: nearest, counts, costs, catchments, and what would change if."""

from chengyun.places.reach.network import Network
from chengyun.places.reach.spots import Positions

__all__ = ["Network", "Positions"]
