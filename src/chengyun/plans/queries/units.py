"""What units are called in documents, as people settled it."""

from collections import Counter
from typing import Any
from uuid import UUID

from chengyun.kernel.access import found, require
from chengyun.kernel.actor import Actor
from chengyun.places.models import Town
from chengyun.plans import around
from chengyun.plans.models import UnitName
from chengyun.plans.rules.units import aliases


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


def unit_name(actor: Actor, town: Town, uuid: UUID) -> UnitName:
    """One settled name. For those who review. Raises NotFound."""
    require(actor, "plans.write", at=town)
    return found(UnitName.objects.filter(town_id=town.pk, uuid=uuid).first(), "unit name")


def derived_names(actor: Actor, town: Town) -> list[dict[str, Any]]:
    """Every department of a town with the names that mean it alone, without anybody settling them."""
    require(actor, "plans.write", at=town)
    rows = list(around.departments(town.pk).order_by("kind", "name", "id"))
    often = Counter(alias for row in rows for alias in aliases(row.name))
    return [
        {
            "department": {"id": row.uuid, "code": row.code, "name": row.name},
            "kind": row.kind,
            "names": [alias for alias in aliases(row.name) if often[alias] == 1],
        }
        for row in rows
    ]
