"""What can be reached on real streets: nearest, counts, costs, catchments, and what would change if."""

from chengyun.places.reach.compiled import prepare
from chengyun.places.reach.fields import Field
from chengyun.places.reach.network import Network
from chengyun.places.reach.paths import Way
from chengyun.places.reach.spots import Positions

__all__ = ["Field", "Network", "Positions", "Way", "prepare"]
