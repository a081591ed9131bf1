"""Putting a task or a project on the map."""

from typing import Any

import shapely

from chengyun.kernel.actor import Actor
from chengyun.kernel.refusal import Invalid
from chengyun.places.queries import resolve_point
from chengyun.plans.actions.common import keep_before
from chengyun.plans.models import Project, Task


def put_at(item: Task | Project, value: Any, actor: Actor) -> None:
    """Put an item at [longitude, latitude], or take it off the map (None); its areas follow."""
    keep_before(item, "point", None if item.minx is None else [item.minx, item.miny], actor)
    if value is None:
        item.locate(None)
        item.grid_id = item.community_id = None
        return
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(_degrees(v) for v in value):
        raise Invalid("plans.point_wrong", "point: [longitude, latitude] in degrees", field="point")
    spot = resolve_point(item.town_id, float(value[0]), float(value[1]))
    if not spot.inside:
        raise Invalid("plans.outside_town", "point: lies outside of this town", field="point")
    item.locate(shapely.Point(value[0], value[1]))
    item.grid_id, item.community_id = spot.grid, spot.community


def _degrees(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -180 <= value <= 180
