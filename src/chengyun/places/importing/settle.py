"""Layers that say something of things that are there already: compounds, gaps, populations."""

from collections.abc import Callable
from typing import Any

import shapely

from chengyun.places.importing.context import Context
from chengyun.places.models import AreaGap, Building, Compound, Population
from chengyun.places.staging import Staged


def settle_compounds(context: Context, rows: list[Staged]) -> int:
    """Facts of compounds; a row whose area is not there is passed over. Returns how many were written."""
    written = 0
    for row in rows:
        area = context.areas.get(row.key)
        if area is None:
            continue
        body = row.body
        gates = shapely.from_wkb(row.geometry) if row.geometry else None
        Compound.objects.update_or_create(
            area_id=area.id,
            defaults={name: body[name] for name in ("kind", "built", "households", "manager")} | {"gates": gates},
        )
        written += 1
    return written


def settle_gaps(context: Context, rows: list[Staged]) -> int:
    """Land left out on purpose."""
    for row in rows:
        shape = shapely.from_wkb(row.geometry)
        scheme = context.schemes[row.body["scheme"]]
        gap = AreaGap._base_manager.filter(scheme=scheme, name=row.body["name"]).first()
        gap = gap or AreaGap(town_id=context.run.town_id, scheme=scheme, name=row.body["name"])
        gap.managed_by = row.body["managed_by"]
        gap.locate(shape)
        gap.square_metres = round(float(context.metric.flat(shape).area), 1)
        gap.save()
    return len(rows)


def settle_populations(context: Context, rows: list[Staged]) -> int:
    """Counts of people; a later import of the same count, day and source replaces it."""
    buildings = _buildings(context, rows)
    made = [made for row in rows if (made := _population(context, row.body, buildings)) is not None]
    Population.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["town", "place_kind", "place_id", "basis", "age_from", "age_to", "on", "source"],
        update_fields=["count", "run"],
    )
    return len(made)


def _buildings(context: Context, rows: list[Staged]) -> dict[str, int]:
    keys = {row.body["place"] for row in rows if row.body["place_kind"] == "building"}
    every = Building._base_manager.filter(town_id=context.run.town_id, source=context.run.source)
    return dict(every.filter(external_id__in=keys).values_list("external_id", "id"))


def _population(context: Context, body: dict[str, Any], buildings: dict[str, int]) -> Population | None:
    if body["place_kind"] == "building":
        place, level = buildings.get(body["place"]), "building"
    else:
        area = context.areas.get(body["place"])
        place, level = (area.id, area.level.code) if area else (None, "")
    if place is None:
        return None
    return Population(
        town_id=context.run.town_id,
        place_kind=body["place_kind"],
        place_id=place,
        level=level,
        basis=body["basis"],
        age_from=body["age_from"],
        age_to=Population.OPEN if body["age_to"] is None else body["age_to"],
        count=body["count"],
        on=body["on"],
        source=body["source"],
        run=context.run,
    )


SETTLERS: dict[str, Callable[[Context, list[Staged]], int]] = {
    "compounds": settle_compounds,
    "gaps": settle_gaps,
    "populations": settle_populations,
}
