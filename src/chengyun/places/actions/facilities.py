"""Facilities by hand: added, changed, taken out of service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.ids import new_uuid, take_number
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid
from chengyun.places.actions.areas import HAND
from chengyun.places.events import FacilityAdded, FacilityChanged
from chengyun.places.memory import changed
from chengyun.places.models import Facility, FacilityCategory, Town
from chengyun.places.plates import plate
from chengyun.places.queries.points import resolve_point

CHANGEABLE = ("name", "address", "capacity", "floor_area", "state", "facts")


@dataclass(frozen=True)
class FacilityGiven:
    """A facility as entered; the point in WGS 84."""

    category: str
    point: Any
    name: str = ""
    address: str = ""
    capacity: float | None = None
    floor_area: float | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@action
def add_facility(town: Town, *, actor: Actor, given: FacilityGiven) -> Facility:
    """A new facility with a plate of its own, placed in its areas."""
    spot = resolve_point(town.id, given.point.x, given.point.y)
    require(actor, "places.edit", at=spot.where())
    _check({"capacity": given.capacity, "floor_area": given.floor_area})
    category = FacilityCategory.objects.filter(code=given.category).first()
    if category is None:
        raise Invalid("places.no_category", f"category: there is no {given.category!r}", field="category")
    row = Facility(
        town=town, category=category, name=given.name, address=given.address, capacity=given.capacity,
        floor_area=given.floor_area, facts=dict(given.facts), source=HAND, external_id=str(new_uuid()),
        grid_id=spot.grid, cell_id=spot.cell, community_id=spot.community, compound_id=spot.compound,
    )  # fmt: skip
    row.locate(given.point)
    row.plate = plate(town.code, take_number(f"plate:{town.code}"))
    row.save()
    if given.name:  # what processes hold in memory are names: they read them anew only for a reason
        changed(town.id)
    record(FacilityAdded(row.id, category.code, row.plate), row, actor)
    return row


@action
def change_facility(row: Facility, *, actor: Actor, expected: int, **values: Any) -> Facility:
    """Other values for some of CHANGEABLE; what did not change is not recorded."""
    row = lock(row, expected)
    require(actor, "places.edit", at=row)
    unknown = sorted(set(values) - set(CHANGEABLE))
    if unknown:
        raise Invalid("places.not_changeable", f"{unknown[0]}: one of {', '.join(CHANGEABLE)}", field=unknown[0])
    _check(values)
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    save(row)
    if different.keys() & {"name", "state"}:
        changed(row.town_id)
    record(FacilityChanged(row.id, tuple(sorted(different)), row.state), row, actor)
    return row


def _check(values: Mapping[str, Any]) -> None:
    if values.get("state", "in_service") not in Facility.STATES:
        raise Invalid("places.state", f"state: one of {', '.join(Facility.STATES)}", field="state")
    for name in ("capacity", "floor_area"):
        value = values.get(name)
        if value is not None and value < 0:
            raise Invalid("places.negative", f"{name}: zero or more", field=name)
