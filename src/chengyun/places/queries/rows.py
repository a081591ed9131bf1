"""Rows as endpoints give them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from shapely.geometry import mapping

from chengyun.kernel.access import found
from chengyun.kernel.actor import Actor
from chengyun.places.models import (
    Area,
    AreaGap,
    AreaLevel,
    Facility,
    FacilityCategory,
    ImportRun,
    ListCheck,
    Scheme,
    Town,
)
from chengyun.places.queries.geojson import collection
from chengyun.places.queries.towns import area_tree
from chengyun.places.queries.visible import shown

_MOST_POINTS = 20_000


def area_of(actor: Actor, key: UUID) -> Area:
    """One area, or NotFound."""
    rows = shown(Area.objects.within(actor, "places.read").select_related("level", "scheme", "town"))
    row: Area | None = rows.filter(uuid=key).first()
    return found(row, "area")


def level_of(town: Town, scheme: str, level: str) -> AreaLevel:
    """A level by its codes, or NotFound."""
    rows = AreaLevel.objects.filter(scheme__town=town, scheme__code=scheme, code=level).select_related("scheme")
    return found(rows.first(), "level")


def schemes(actor: Actor, town: Town) -> QuerySet[Scheme]:
    """The schemes of a town with their levels."""
    return Scheme.objects.within(actor, "places.read").filter(town=town).prefetch_related("levels").order_by("code")


def area_rows(actor: Actor, town: Town, roles: Sequence[str]) -> list[dict[str, Any]]:
    """The areas of a town as flat rows."""
    areas = area_tree(actor, town.id, roles)
    uuids = {area.id: area.uuid for area in areas} | _parents(areas)
    return [area_row(area, uuids) for area in areas]


def area_row(area: Area, uuids: dict[int, UUID] | None = None) -> dict[str, Any]:
    """One area."""
    parent = area.parent_id and (uuids[area.parent_id] if uuids else area.parent and area.parent.uuid)
    return {
        "id": area.uuid,
        "code": area.code,
        "name": area.name,
        "scheme": area.scheme.code,
        "level": area.level.code,
        "role": area.level.role,
        "parent": parent or None,
        "square_metres": area.square_metres,
        "version": area.version,
    }


def _parents(areas: list[Area]) -> dict[int, UUID]:
    missing = {area.parent_id for area in areas if area.parent_id} - {area.id for area in areas}
    rows = Area.objects.as_system("ids of the areas above those that are seen").filter(id__in=missing)
    return dict(rows.values_list("id", "uuid")) if missing else {}


def areas_geojson(actor: Actor, town: Town, roles: Sequence[str]) -> str:
    """Outlines with name, code, role and parent."""
    areas = area_tree(actor, town.id, roles)
    uuids = {area.id: area.uuid for area in areas} | _parents(areas)
    features = []
    for area in areas:
        row = area_row(area, uuids)
        features.append((area.geometry, row | {"id": str(area.uuid), "parent": row["parent"] and str(row["parent"])}))
    return collection(features)


def gap_row(gap: AreaGap) -> dict[str, Any]:
    """One gap."""
    return {
        "id": gap.uuid,
        "scheme": gap.scheme.code,
        "name": gap.name,
        "managed_by": gap.managed_by,
        "square_metres": gap.square_metres,
        "polygon": mapping(gap.geometry),
    }


def categories() -> list[FacilityCategory]:
    """All categories, in their order."""
    return list(FacilityCategory.objects.all())


def lists(town: Town) -> list[dict[str, Any]]:
    """For every category how many facilities stand in the town's list, and since when it is known to be whole."""
    rows = Facility.objects.as_system("how long each list is").filter(town=town, retired_at=None)
    counts = dict(rows.exclude(state="removed").values_list("category").annotate(count=Count("id")).order_by())
    checks = {row.category_id: row for row in ListCheck.objects.filter(town=town)}
    return [
        {
            "code": one.code, "name": one.name, "english": one.english, "group": one.group,
            "facilities": counts.get(one.pk, 0),
            "checked_at": checks[one.pk].checked_at if one.pk in checks else None,
            "note": checks[one.pk].note if one.pk in checks else "",
        }
        for one in categories()
    ]  # fmt: skip


def facility_row(row: Facility) -> dict[str, Any]:
    """One facility."""
    names = ("plate", "category", "name", "address", "capacity", "floor_area", "state", "facts", "version")
    point = (row.minx, row.miny) if row.minx is not None and row.miny is not None else None
    return {"id": row.uuid, "point": point, **{name: getattr(row, name) for name in names}}


def facilities_geojson(rows: QuerySet[Facility]) -> str:
    """Facilities as points with what a layer needs to draw and to name them."""
    columns = ("geometry", "uuid", "category__code", "name", "state", "plate", "capacity")
    listed = rows.exclude(geometry=None).order_by("pk").values_list(*columns)[:_MOST_POINTS]
    return collection(
        (shape, {"id": str(u), "category": c, "name": n, "state": s, "plate": p, "capacity": q})
        for shape, u, c, n, s, p, q in listed
    )


def imports(actor: Actor) -> QuerySet[ImportRun]:
    """The imports that an actor may see."""
    return ImportRun.objects.within(actor, "places.import").select_related("town")


def import_of(actor: Actor, key: UUID) -> ImportRun:
    """One import, or NotFound."""
    return found(imports(actor).filter(uuid=key).first(), "import")


def import_row(run: ImportRun) -> dict[str, Any]:
    """One import."""
    names = ("number", "kind", "source", "file_name", "state", "rows", "done", "counts", "started_at", "ended_at")
    values = {name: getattr(run, name) for name in names}
    return {"id": run.uuid, "town": run.town.code, "version": run.version, **values}
