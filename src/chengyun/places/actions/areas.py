"""Drawing areas by hand: added, redrawn, retired; gaps named."""

from dataclasses import dataclass
from typing import Any

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.places.coordinates import Metric
from chengyun.places.events import AreaDrawn, AreaRetired, GapNamed
from chengyun.places.memory import changed
from chengyun.places.models import Area, AreaGap, AreaLevel, Scheme, Town

HAND = "hand"  # the source of what was drawn on the screen


@dataclass(frozen=True)
class AreaGiven:
    """An area as drawn: polygon in WGS 84, the area above it or None at the top of its scheme."""

    code: str
    name: str
    polygon: Any
    parent: Area | None = None
    english: str = ""


@action
def add_area(town: Town, level: AreaLevel, *, actor: Actor, given: AreaGiven) -> Area:
    """A new area of a level."""
    town = lock(town, None)
    require(actor, "places.edit", at=town)
    _check(level, given)
    area = Area(town=town, scheme=level.scheme, level=level, source=HAND, external_id=str(new_uuid()))
    _draw(area, given)
    changed(town.id)
    record(AreaDrawn(area.id, level.code, True, area.square_metres), area, actor)
    return area


@action
def redraw_area(area: Area, *, actor: Actor, expected: int, given: AreaGiven) -> Area:
    """Another outline, name, code or parent."""
    area = lock(area, expected)
    require(actor, "places.edit", at=area)
    _check(area.level, given, area)
    area.version += 1
    _draw(area, given)
    changed(area.town_id or 0)
    record(AreaDrawn(area.id, area.level.code, False, area.square_metres), area, actor)
    return area


@action
def retire_area(area: Area, *, actor: Actor, expected: int) -> Area:
    """Take an area out of use; what refers to it keeps it."""
    area = lock(area, expected)
    require(actor, "places.edit", at=area)
    if Area.objects.as_system("does anything lie below it").filter(parent=area, retired_at=None).exists():
        raise Conflict("places.area_has_children", "retire or move the areas below it first", field="area")
    area.retired_at = now()
    save(area)
    changed(area.town_id or 0)
    record(AreaRetired(area.id), area, actor)
    return area


@action
def name_gap(scheme: Scheme, *, actor: Actor, name: str, managed_by: str, polygon: Any) -> AreaGap:
    """Say that land is left out of a scheme on purpose, and who manages it."""
    scheme = lock(scheme, None)
    require(actor, "places.edit", at=scheme)
    if not name.strip() or not managed_by.strip():
        raise Invalid("places.gap_incomplete", "name and managed_by: say what the land is and who manages it")
    gap = AreaGap._base_manager.filter(scheme=scheme, name=name).first()
    gap = gap or AreaGap(town=scheme.town, scheme=scheme, name=name)
    gap.managed_by = managed_by
    gap.locate(_polygon(polygon))
    gap.square_metres = round(float(Metric.around(polygon).flat(polygon).area), 1)
    gap.save()
    changed(gap.town_id)
    record(GapNamed(scheme.code, gap.square_metres), gap, actor)
    return gap


def _check(level: AreaLevel, given: AreaGiven, area: Area | None = None) -> None:
    if not given.code.strip() or not given.name.strip():
        raise Invalid("places.area_unnamed", "code and name: an area has both", field="name")
    others = Area._base_manager.filter(level=level, code=given.code, retired_at=None)
    if (others.exclude(pk=area.pk) if area else others).exists():
        raise Invalid("places.area_code_taken", "code: another area of this level has it", field="code")
    parent = given.parent
    if parent is not None and (parent.scheme_id != level.scheme_id or parent.level.rank >= level.rank):
        raise Invalid("places.area_parent", "parent: an area of a level above, in the same scheme", field="parent")
    if area is not None and parent is not None and f"/{area.id}/" in parent.path:
        raise Invalid("places.area_parent", "parent: an area cannot lie below itself", field="parent")
    _polygon(given.polygon)


def _polygon(shape: Any) -> Any:
    if shape is None or shape.geom_type not in {"Polygon", "MultiPolygon"} or shape.is_empty or not shape.is_valid:
        raise Invalid("places.not_a_polygon", "polygon: one that is closed and does not cross itself", field="polygon")
    return shape


def _draw(area: Area, given: AreaGiven) -> None:
    area.code, area.name, area.english, area.parent = given.code, given.name, given.english, given.parent
    area.locate(given.polygon)
    area.square_metres = round(float(Metric.around(given.polygon).flat(given.polygon).area), 1)
    area.save()
    area.path = f"{given.parent.path if given.parent else '/'}{area.id}/"
    area.save(update_fields=["path"])
