"""Areas of an import: a few hundred rows that refer to each other, written one by one in tree order."""

from typing import Any

import shapely

from chengyun.places.importing.context import Context
from chengyun.places.models import Area, AreaLevel
from chengyun.places.staging import Staged, Staging


def ordered_rows(staging: Staging, context: Context) -> list[Staged]:
    """All area rows of a run, outermost levels first."""
    rows = list(staging.all_rows("areas"))
    return sorted(rows, key=lambda row: (row.body["scheme"], _level(context, row).rank))


def existing_area(context: Context, row: Staged) -> Area | None:
    """The area that a row means: by its id in this source, else by its code at its level."""
    level = _level(context, row)
    every = Area._base_manager.filter(town_id=context.run.town_id)
    named = every.filter(source=context.run.source, external_id=row.key).first()
    return named or every.filter(level=level, code=row.body["code"], retired_at=None).first()


def write_area(context: Context, row: Staged, area: Area | None = None) -> Area:
    """Add the area of a row, or bring `area` up to it."""
    level, shape = _level(context, row), shapely.from_wkb(row.geometry)
    fresh = area is None
    area = area or Area(town_id=context.run.town_id, run=context.run)
    area.scheme, area.level = level.scheme, level
    area.code, area.name, area.english = row.body["code"], row.body["name"], row.body["english"]
    area.source, area.external_id, area.digest = context.run.source, row.key, row.digest
    area.retired_at = None
    area.parent = _parent(context, row, level, shape)
    area.locate(shape)
    area.square_metres = round(float(context.metric.flat(shape).area), 1)
    area.version += 0 if fresh else 1
    area.save()
    area.path = f"{area.parent.path if area.parent else '/'}{area.id}/"
    area.save(update_fields=["path"])
    context.areas[row.key] = area
    return area


def _level(context: Context, row: Staged) -> AreaLevel:
    return context.levels[(row.body["scheme"], row.body["level"])]


def _parent(context: Context, row: Staged, level: AreaLevel, shape: Any) -> Area | None:
    """The area above: the one named, else the finest one of a level above that holds the middle of this one."""
    if row.body["parent"]:
        return context.areas.get(row.body["parent"])
    point = shape.representative_point()
    above = [
        area
        for area in context.areas.values()
        if area.scheme_id == level.scheme_id and area.level.rank < level.rank and _box_holds(area, point)
    ]
    for area in sorted(above, key=lambda one: -one.level.rank):
        if shapely.intersects(area.geometry, point):
            return area
    return None


def _box_holds(area: Area, point: Any) -> bool:
    if area.minx is None or area.miny is None or area.maxx is None or area.maxy is None:
        return False
    return bool(area.minx <= point.x <= area.maxx and area.miny <= point.y <= area.maxy)
