"""What this room adds to measures: whose a facility is."""

from collections.abc import Mapping

import numpy as np
from django.db.models import Q

from chengyun.accounts.models import Department, Ownership
from chengyun.kernel.measures import Words, offer
from chengyun.places.measures.facilities import facilities
from chengyun.places.registry import FacilityWord, add_facility_word

_SOME = 900


def _departments(town: int | None) -> Words:
    rows = Department.objects.as_system("whose facilities may be").filter(is_open=True)
    rows = rows.filter(Q(town_id=town) | Q(town_id=None)) if town is not None else rows
    return tuple((code, name, name) for code, name in rows.order_by("code").values_list("code", "name").distinct())


def _owners(town: int, ids: frozenset[int] | None) -> Mapping[int, str]:
    """The code of the department that each facility belongs to."""
    rows = Ownership.objects.as_system("whose the facilities are").filter(town_id=town)
    wanted = ("facility_id", "department__code")
    if ids is None:
        return dict(rows.values_list(*wanted))
    parts = np.array_split(list(ids), len(ids) // _SOME + 1)
    return {k: v for part in parts for k, v in rows.filter(facility_id__in=part.tolist()).values_list(*wanted)}


add_facility_word(
    FacilityWord("owner", "责任部门", "owner department", _departments, _owners, ("accounts.ownership_set",))
)
offer(facilities())
