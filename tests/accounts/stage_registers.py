"""Registers and their records on the stage of the permission matrix."""

from typing import Any

from accounts.stage import Corner, makes
from chengyun.indicators.models import Register, RegisterEntry


@makes("register")
def register(at: Corner) -> Any:
    columns = [{"name": "name", "zh": "名称", "en": "name"}]
    found = {"zh": "千门台账", "en": "Gates", "columns": columns, "key": "name", "department_id": at.department.pk}
    return Register._base_manager.get_or_create(town_id=at.world.town.pk, code="gates", defaults=found)[0]


@makes("register_entry")
def register_entry(at: Corner) -> Any:
    row = RegisterEntry(town_id=at.world.town.pk, register=register(at), code=f"G-{at.mark}", label="门")
    row.values, row.grid_id, row.community_id = {"name": row.code}, at.grid.pk, at.community.pk
    row.save()
    return row
