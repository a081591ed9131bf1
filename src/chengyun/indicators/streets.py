"""Reach along a town's streets, for formulas; nothing is known of ways in a town whose network is not laid."""

from chengyun.indicators.formula.tree import Metric
from chengyun.indicators.formula.world import Streets
from chengyun.places.coordinates import Metric as Plane
from chengyun.places.models import Town


def streets_of(_town: Town, _metric: Metric, _plane: Plane) -> Streets | None:
    """Reach on foot or by car in the plane of the town."""
    return None
