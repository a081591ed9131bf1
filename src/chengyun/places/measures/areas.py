"""Areas as things: compounds with their gates, communities, and all areas by level."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from django.db.models import QuerySet

from chengyun.kernel.actor import Actor
from chengyun.kernel.measures import Ask, Coded, Column, Entrances, Field, Measure, Row, Table, Words
from chengyun.places.measures.columns import IMPORTS, among, columns, fact_key, keys, latest_import, middles, numbers
from chengyun.places.models import Area, Compound
from chengyun.places.queries.visible import shown
from chengyun.places.shapes import COMMUNITY, COMPOUND

KINDS: Words = (("estate", "小区", "estate"), ("village", "村宅", "village"), ("mixed", "混合", "mixed"))
ROLES: Words = (
    ("sector", "片区", "sector"),
    ("grid", "网格", "grid"),
    ("cell", "责任单元", "cell"),
    ("community", "居民区/村", "community"),
    ("micro_grid", "微网格", "micro grid"),
    ("compound", "小区/村宅", "compound"),
)
EVENTS = ("places.area_*", *IMPORTS)


def _kinds(_: int | None) -> Words:
    return KINDS


def _roles(_: int | None) -> Words:
    return ROLES


def _standing(ask: Ask) -> QuerySet[Area]:
    return among(shown(Area.objects.as_system("what formulas count").filter(town_id=ask.town)), ask.keys)


def load_compounds(ask: Ask) -> Table:
    """Every compound and village; it is entered by its gates."""
    ids, kind, built, homes, ground, west, south, east, north = columns(
        _standing(ask).filter(level__role=COMPOUND), "id", "compound__kind", "compound__built",
        "compound__households", "square_metres", "minx", "miny", "maxx", "maxy",
    )  # fmt: skip
    found: dict[str, Column] = {
        "kind": Coded.of(kind),
        "built": numbers(built),
        "households": numbers(homes),
        "land": numbers(ground),
    }
    own = keys(ids)
    return Table(
        own, found, {COMPOUND: own}, middles(west, east), middles(south, north), entrances=_gates(ids),
        source="places.areas", as_of=latest_import(ask.town),
    )  # fmt: skip


def _gates(ids: Sequence[int]) -> Entrances:
    place = {key: n for n, key in enumerate(ids)}
    rows = list(Compound.objects.filter(area_id__in=ids).exclude(gates=None).values_list("area_id", "gates"))
    points, of = shapely.get_coordinates([gates for _, gates in rows], return_index=True)
    owners = np.array([place[key] for key, _ in rows], dtype=np.int64)
    return Entrances(owners[of] if len(of) else np.zeros(0, np.int64), points[:, 0], points[:, 1])


def load_communities(ask: Ask) -> Table:
    """Every residential committee's and village's area."""
    table = _plain(ask, COMMUNITY)
    return Table(
        table.key, {"land": table.columns["land"]}, {COMMUNITY: table.key}, table.lng, table.lat,
        source=table.source, as_of=table.as_of,
    )  # fmt: skip


def load_areas(ask: Ask) -> Table:
    """Every area of every level."""
    return _plain(ask, "")


def _plain(ask: Ask, role: str) -> Table:
    rows = _standing(ask).filter(level__role=role) if role else _standing(ask).exclude(level__role="")
    ids, roles, ground, west, south, east, north = columns(
        rows, "id", "level__role", "square_metres", "minx", "miny", "maxx", "maxy"
    )
    found: dict[str, Column] = {"role": Coded.of(roles), "land": numbers(ground)}
    return Table(
        keys(ids), found, {}, middles(west, east), middles(south, north), source="places.areas",
        as_of=latest_import(ask.town),
    )  # fmt: skip


def shown_rows(actor: Actor, town: int, wanted: Sequence[int]) -> Sequence[Row]:
    """The areas as a list and a layer show them, only those that the actor may see."""
    seen = shown(Area.objects.within(actor, "places.read").filter(town_id=town)).select_related("level")
    found: Mapping[int, Area] = {row.pk: row for row in among(seen, frozenset(wanted))}
    return [_row(found[key]) for key in wanted if key in found]


def _row(row: Area) -> Row:
    lng, lat = ((row.minx or 0) + (row.maxx or 0)) / 2, ((row.miny or 0) + (row.maxy or 0)) / 2
    link = f"/map?at={lng:.6f},{lat:.6f}"
    return Row(row.pk, f"area:{row.uuid}", row.name, row.level.name, link, lng, lat, f"area.{row.level.role}")


def _shapes(_: int, wanted: Sequence[int]) -> Mapping[int, Any]:
    rows = among(Area.objects.as_system("outlines of what fails"), frozenset(wanted))
    return dict(rows.values_list("pk", "geometry"))


LAND_FIELD = Field("land", "number", "面积", "area", unit="m2")
COMPOUNDS = Measure(
    name="places.compounds",
    zh="小区（村宅）",
    en="compounds",
    unit="个",
    permission="places.read",
    fields=(
        Field("kind", "choice", "类型", "kind", choices=_kinds),
        Field("built", "number", "建成年份", "year"),
        Field("households", "number", "户数", "households", unit="户"),
        LAND_FIELD,
    ),
    load=load_compounds,
    rows=shown_rows,
    shape=_shapes,
    events=EVENTS,
    key_of=fact_key("area"),
)
COMMUNITIES = Measure(
    name="places.communities",
    zh="居（村）",
    en="communities",
    unit="个",
    permission="places.read",
    fields=(LAND_FIELD,),
    load=load_communities,
    rows=shown_rows,
    shape=_shapes,
    events=EVENTS,
    key_of=fact_key("area"),
)
AREAS = Measure(
    name="places.areas",
    zh="区域",
    en="areas",
    unit="个",
    permission="places.read",
    fields=(Field("role", "choice", "层级", "level", choices=_roles), LAND_FIELD),
    load=load_areas,
    rows=shown_rows,
    shape=_shapes,
    events=EVENTS,
    key_of=fact_key("area"),
)
