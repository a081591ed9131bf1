"""Founding a town: its row, its boundary, the district above it, and the schemes it starts with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from chengyun.kernel.access import Where, require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid
from chengyun.places.coordinates import LocalGrid, Metric, fit_grid
from chengyun.places.events import TownFounded, TownSet
from chengyun.places.memory import changed
from chengyun.places.models import Area, AreaLevel, ControlPoint, FacilityCategory, Scheme, Town
from chengyun.places.readers.osm.rules import data_file
from chengyun.places.shapes import COMMUNITY_SCHEME, GRID_SCHEME, LevelShape, SchemeShape

CODE = re.compile(r"[A-Za-z0-9_-]{1,12}")
NAME = 60  # characters
ADMIN_SCHEME = SchemeShape(
    "admin", "行政区划", "Administration",
    (LevelShape("district", "区", "District", "district"), LevelShape("town", "镇/街道", "Town", "town")),
)  # fmt: skip


@dataclass(frozen=True)
class TownPlan:
    """What a town is founded with. `boundary` in WGS 84."""

    code: str
    name: str
    boundary: Any
    english: str = ""
    region: str = ""
    district: str = ""
    zone: str = "Asia/Shanghai"
    schemes: Sequence[SchemeShape] = field(default=(GRID_SCHEME, COMMUNITY_SCHEME))


@dataclass(frozen=True)
class Control:
    """A control point: easting and northing in the town's grid (metres), longitude and latitude (degrees)."""

    name: str
    x: float
    y: float
    lng: float
    lat: float


@action
def found_town(plan: TownPlan, *, actor: Actor) -> Town:
    """The town of the plan's code, made if it is not there; its boundary is then drawn, its schemes added."""
    require(actor, "places.import", at=Where())
    _fits(plan)
    town, created = Town._base_manager.get_or_create(
        code=plan.code,
        defaults={"name": plan.name, "english": plan.english, "region": plan.region, "zone": plan.zone},
    )
    ensure_categories()
    for scheme in plan.schemes:
        _scheme(town, scheme)
    _boundary(town, plan)
    changed(town.id)
    if created:
        record(TownFounded(town.code), town, actor)
    return town


def _fits(plan: TownPlan) -> None:
    """Raise Invalid unless the code may stand in the names of files and cases, and the names fit their columns."""
    if not CODE.fullmatch(plan.code):
        raise Invalid("places.town_code", "code: 1 to 12 letters, digits, - or _", field="code")
    if not 0 < len(plan.name) <= NAME or max(len(plan.english), len(plan.district)) > NAME:
        raise Invalid("places.town_name", f"name: 1 to {NAME} characters", field="name", params={"most": NAME})


def ensure_categories() -> None:
    """The shipped facility categories as rows; those that a town renamed keep their name."""
    there = set(FacilityCategory.objects.values_list("code", flat=True))
    shipped = data_file("categories.yaml")["categories"]
    FacilityCategory.objects.bulk_create(
        FacilityCategory(
            code=row["code"], name=row["name"], english=row["english"], group=row["group"], unit=row["unit"], rank=rank
        )
        for rank, row in enumerate(shipped)
        if row["code"] not in there
    )


def _scheme(town: Town | None, shape: SchemeShape) -> Scheme:
    scheme, _ = Scheme._base_manager.get_or_create(
        town=town, code=shape.code, defaults={"name": shape.name, "english": shape.english, "covers": shape.covers}
    )
    there = set(scheme.levels.values_list("code", flat=True))
    AreaLevel.objects.bulk_create(
        AreaLevel(scheme=scheme, code=level.code, name=level.name, english=level.english, role=level.role, rank=rank)
        for rank, level in enumerate(shape.levels)
        if level.code not in there
    )
    return scheme


def _boundary(town: Town, plan: TownPlan) -> None:
    scheme = _scheme(None, ADMIN_SCHEME)
    levels = {level.code: level for level in scheme.levels.all()}
    district = None
    if plan.district:
        district, _ = Area._base_manager.get_or_create(
            scheme=scheme, level=levels["district"], code=plan.district[:40],
            defaults={"name": plan.district, "source": "admin", "external_id": plan.district[:120]},
        )  # fmt: skip
        _keep_path(district)
    if plan.boundary.is_empty:
        return
    area = Area._base_manager.filter(scheme=scheme, level=levels["town"], code=plan.code).first()
    if area is None:
        area = Area(scheme=scheme, level=levels["town"], code=plan.code, source="admin", external_id=plan.code)
    area.town, area.parent, area.name, area.english = town, district, plan.name, plan.english
    area.locate(plan.boundary)
    area.square_metres = float(Metric.around(plan.boundary).flat(plan.boundary).area)
    area.save()
    _keep_path(area)


def _keep_path(area: Area) -> None:
    path = f"{area.parent.path if area.parent else '/'}{area.id}/"
    if area.path != path:
        area.path = path
        area.save(update_fields=["path"])


@action
def fit_local_grid(town: Town, *, actor: Actor, expected: int, points: Sequence[Control]) -> Town:
    """Keep control points and fit the town's own plane grid from them; imports then take the system "local"."""
    town = lock(town, expected)
    require(actor, "places.edit", at=town)
    local = np.array([(point.x, point.y) for point in points])
    wgs84 = np.array([(point.lng, point.lat) for point in points])
    try:
        grid = fit_grid(local, wgs84)
    except ValueError as error:
        raise Invalid("places.control_points", f"points: {error}", field="points") from error
    ControlPoint.objects.filter(town=town).delete()
    ControlPoint.objects.bulk_create(ControlPoint(town=town, **asdict(point)) for point in points)
    town.settings = town.settings | {"local_grid": grid.settings}
    save(town)
    record(TownSet(town.code, ("local_grid",)), town, actor)
    return town


@action
def set_base_map(town: Town, *, actor: Actor, expected: int, choice: Mapping[str, str]) -> Town:
    """Which map lies below: {"kind": "own"}, or "wmts" with url, attribution and the 审图号 that must be shown."""
    town = lock(town, expected)
    require(actor, "places.edit", at=town)
    kind = choice.get("kind")
    if kind not in {"own", "wmts"}:
        raise Invalid("places.base_map", "kind: own or wmts", field="kind")
    for needed in ("url", "review_number") if kind == "wmts" else ():
        if not choice.get(needed):
            raise Invalid("places.base_map", f"{needed}: a government map needs it", field=needed)
    town.settings = town.settings | {"base_map": dict(choice)}
    save(town)
    record(TownSet(town.code, ("base_map",)), town, actor)
    return town


def local_grid_of(town: Town) -> LocalGrid | None:
    """The town's fitted grid, if it has one."""
    settings = town.settings.get("local_grid")
    return LocalGrid.from_settings(settings) if settings else None
