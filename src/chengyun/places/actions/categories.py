"""Categories of facilities that a town adds to the shipped ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid
from chengyun.places.events import TownSet
from chengyun.places.models import FacilityCategory, Town

_OWN = 1000  # rank of the first category that is not shipped: they come after those


@dataclass(frozen=True)
class CategoryGiven:
    """A category; `unit` says what its capacity counts, empty where it counts nothing."""

    code: str
    name: str
    english: str = ""
    group: str = "service"
    unit: str = ""


@action
def keep_categories(town: Town, *, actor: Actor, given: Sequence[CategoryGiven]) -> int:
    """Add categories, or rename those of the same code. Returns how many."""
    town = lock(town, None)
    require(actor, "places.import", at=town)
    for one in given:
        _check(one)
    for place, one in enumerate(given):
        values = {"name": one.name, "english": one.english, "group": one.group, "unit": one.unit}
        FacilityCategory.objects.update_or_create(
            code=one.code, defaults=values, create_defaults=values | {"rank": _OWN + place}
        )
    record(TownSet(town.code, ("categories",)), town, actor)
    return len(given)


def _check(given: CategoryGiven) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,29}", given.code):
        raise Invalid(
            "places.category_code", f"code: {given.code!r}: small letters, digits and _, 2 to 30", field="code"
        )
    if not 0 < len(given.name) <= 60 or len(given.english) > 60 or len(given.unit) > 12 or len(given.group) > 20:
        raise Invalid("places.category_name", f"name: {given.name!r}: 1 to 60 characters", field="name")
