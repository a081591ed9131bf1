"""Buildings: use, floors, households, year, lift; each belongs to its compound and its community."""

from collections.abc import Mapping, Sequence
from typing import Any

from chengyun.kernel.actor import Actor
from chengyun.kernel.measures import Ask, Coded, Column, Field, Measure, Row, Table, Words
from chengyun.places.measures.columns import IMPORTS, among, columns, keys, latest_import, middles, numbers
from chengyun.places.models import Building
from chengyun.places.queries.visible import shown

USES: Words = (
    ("residential", "住宅", "residential"),
    ("commercial", "商业", "commercial"),
    ("office", "办公", "office"),
    ("industrial", "工业", "industrial"),
    ("public", "公共", "public"),
    ("school", "学校", "school"),
    ("hospital", "医院", "hospital"),
    ("garage", "附属", "garage"),
)
AREAS = ("grid", "cell", "community", "compound")


def _uses(_: int | None) -> Words:
    return USES


def load(ask: Ask) -> Table:
    """Every building of a town; its point is the middle of its box. Footprints in square metres."""
    rows = among(shown(Building.objects.as_system("what formulas count").filter(town_id=ask.town)), ask.keys)
    ids, use, floors, homes, built, lift, ground, west, south, east, north, *areas = columns(
        rows, "id", "use", "floors", "households", "built", "has_lift", "square_metres", "minx", "miny", "maxx",
        "maxy", *(f"{role}_id" for role in AREAS),
    )  # fmt: skip
    storeys, footprint = numbers(floors), numbers(ground)
    found: dict[str, Column] = {
        "use": Coded.of(use),
        "floors": storeys,
        "households": numbers(homes),
        "built": numbers(built),
        "has_lift": numbers(lift),
        "footprint": footprint,
        "floor_area": footprint * storeys,
    }
    places = {role: keys(values) for role, values in zip(AREAS, areas, strict=True)}
    return Table(
        keys(ids), found | {role: places[role] for role in ("community", "compound")}, places,
        middles(west, east), middles(south, north), source="places.buildings", as_of=latest_import(ask.town),
    )  # fmt: skip


def shown_rows(actor: Actor, town: int, wanted: Sequence[int]) -> Sequence[Row]:
    """The buildings as a list and a layer show them, only those that the actor may see."""
    seen = shown(Building.objects.within(actor, "places.read").filter(town_id=town))
    found: Mapping[int, Building] = {row.pk: row for row in among(seen, frozenset(wanted))}
    return [_row(found[key]) for key in wanted if key in found]


def _row(row: Building) -> Row:
    label = row.name or "".join(
        part for part in (row.road, row.lane and f"{row.lane}弄", row.number and f"{row.number}号") if part
    )
    lng, lat = ((row.minx or 0) + (row.maxx or 0)) / 2, ((row.miny or 0) + (row.maxy or 0)) / 2
    return Row(row.pk, f"building:{row.uuid}", label, "", f"/map?at={lng:.6f},{lat:.6f}", lng, lat, "building")


def _shapes(_: int, wanted: Sequence[int]) -> Mapping[int, Any]:
    rows = among(Building.objects.as_system("outlines of what fails"), frozenset(wanted))
    return dict(rows.values_list("pk", "geometry"))


BUILDINGS = Measure(
    name="places.buildings",
    zh="建筑",
    en="buildings",
    unit="幢",
    permission="places.read",
    fields=(
        Field("use", "choice", "用途", "use", choices=_uses),
        Field("floors", "number", "层数", "floors", unit="层"),
        Field("households", "number", "户数", "households", unit="户"),
        Field("built", "number", "建成年份", "year"),
        Field("has_lift", "flag", "有电梯", "has a lift"),
        Field("footprint", "number", "占地面积", "footprint", unit="m2"),
        Field("floor_area", "number", "建筑面积（占地乘层数）", "floor area (footprint by floors)", unit="m2"),
        Field("compound", "ref", "小区", "compound", of="places.compounds"),
        Field("community", "ref", "居村", "community", of="places.communities"),
    ),
    load=load,
    rows=shown_rows,
    shape=_shapes,
    events=IMPORTS,
)
