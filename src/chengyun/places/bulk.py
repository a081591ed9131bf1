"""A whole town from plain shapes, in one call: what makers of towns and readers of extracts use."""

from chengyun.kernel.actor import Actor
from chengyun.places.actions.towns import TownPlan, found_town
from chengyun.places.importing.apply import Progress
from chengyun.places.importing.runs import Origin, import_town, with_schemes
from chengyun.places.models import Town
from chengyun.places.shapes import COMMUNITY_SCHEME, GRID_SCHEME, TownData


def load_town(data: TownData, actor: Actor, progress: Progress | None = None, origin: Origin | None = None) -> Town:
    """Found the town of `data` and load all its layers; loading the same data again changes nothing.

    `progress` hears rows done, rows in all (0 while they are being checked), and the layer. Raises Refusal; rows that
    are not right are left out and reported in the import run.
    """
    town = found_town(plan_of(data), actor=actor)
    data = with_schemes(data, town)
    import_town(town, data, origin or Origin("bulk", data.source), actor=actor, progress=progress)
    return town


def plan_of(data: TownData) -> TownPlan:
    """The founding of a town, from its data: the two usual schemes and those that the data brings."""
    usual = {scheme.code: scheme for scheme in (GRID_SCHEME, COMMUNITY_SCHEME)}
    schemes = usual | {scheme.code: scheme for scheme in data.schemes}
    return TownPlan(
        data.code, data.name, data.boundary, data.english, data.region, data.district, data.time_zone,
        tuple(schemes.values()),
    )  # fmt: skip
