"""What units are called in documents, as people settled it."""

from typing import Any

from chengyun.kernel.access import require
from chengyun.kernel.actor import Actor
from chengyun.places.models import Town
from chengyun.plans import around
from chengyun.plans.models import UnitName


def unit_names(actor: Actor, town: Town) -> list[dict[str, Any]]:
    """Every settled name of a town with the departments meant. For those who review."""
    require(actor, "plans.write", at=town)
    rows = list(UnitName.objects.filter(town_id=town.pk).order_by("name"))
    names = around.names_of_departments(pk for row in rows for pk in row.departments)
    return [
        {
            "id": row.uuid, "name": row.name, "kind": row.kind, "made_at": row.made_at,
            "departments": [names[pk] for pk in row.departments if pk in names],
        }
        for row in rows
    ]  # fmt: skip
