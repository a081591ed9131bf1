"""Gaps that became work: lists, one, and the verbs that a person may take."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from chengyun.accounts.models import Department
from chengyun.indicators.flow_table import GAP
from chengyun.indicators.models import Gap
from chengyun.indicators.queries.values import area_row
from chengyun.kernel.access import found, may
from chengyun.kernel.actor import Actor
from chengyun.places.models import Area, Town


def gaps(actor: Actor, town: Town, state: str = "", indicator: UUID | None = None) -> QuerySet[Gap]:
    """The gaps that an actor may see; of some states by commas."""
    rows = Gap.objects.within(actor, "indicators.read").filter(town_id=town.pk).select_related("indicator")
    if state:
        rows = rows.filter(state__in=[word.strip() for word in state.split(",")])
    return rows.filter(indicator__uuid=indicator) if indicator else rows


def gap_of(actor: Actor, key: UUID) -> Gap:
    """One gap, or NotFound."""
    rows = Gap.objects.within(actor, "indicators.read").select_related("indicator")
    row: Gap | None = rows.filter(uuid=key).first()
    return found(row, "gap")


_NAMES = (
    "state", "role", "mode", "deadline", "target", "comparator", "before", "after", "cause", "raised_at", "met_at",
    "closed_at", "returns", "version",
)  # fmt: skip


def gap_rows(actor: Actor, rows: list[Gap]) -> list[dict[str, Any]]:
    """Gaps as shown. Two queries beside their own."""
    areas = Area.objects.as_system("where gaps are").select_related("level", "scheme")
    by_id = areas.in_bulk({row.area_id for row in rows})
    departments = Department.objects.as_system("who closes gaps").in_bulk(
        {row.department_id for row in rows if row.department_id is not None}
    )
    return [_row(actor, row, by_id.get(row.area_id), departments.get(row.department_id or 0)) for row in rows]


def _row(actor: Actor, row: Gap, area: Area | None, department: Department | None) -> dict[str, Any]:
    named = {"id": row.indicator.uuid, "code": row.indicator.code, "zh": row.indicator.zh, "en": row.indicator.en}
    return {
        "id": row.uuid,
        "indicator": named,
        "area": area_row(area) if area else None,
        "department": {"id": department.uuid, "code": department.code, "name": department.name} if department else None,
        "failing": len(row.subjects),
        **{name: getattr(row, name) for name in _NAMES},
        "verbs": verbs_of(actor, row),
    }


def verbs_of(actor: Actor, row: Gap) -> list[dict[str, Any]]:
    """What the actor may do with a gap now."""
    return [
        {"name": verb.name, "needs": list(verb.needs), "optional": list(verb.optional)}
        for verb in GAP.offered(row.state)
        if may(actor, verb.may, at=row)
    ]
