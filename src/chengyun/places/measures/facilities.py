"""Facilities: category, state, capacity, what is known of them, and where they are entered."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import shapely

from chengyun.kernel.actor import Actor
from chengyun.kernel.measures import Ask, Coded, Column, Entrances, Field, Measure, Row, Table, Words
from chengyun.places.measures.columns import IMPORTS, among, columns, fact_key, keys, latest_import, numbers
from chengyun.places.models import Facility, FacilityCategory, ListCheck
from chengyun.places.queries.visible import shown
from chengyun.places.registry import facility_words

STATES: Words = (
    ("in_service", "在用", "in service"),
    ("out_of_service", "停用", "out of service"),
    ("planned", "规划", "planned"),
    ("removed", "已拆除", "removed"),
)
EVENTS = ("places.facility_*", "places.lists_checked")
AREAS = ("grid", "cell", "community", "compound")
# Facts of facilities that formulas may ask for: field, key in the facts, kind, Chinese, English, unit.
FACTS: tuple[tuple[str, str, Literal["choice", "number", "flag"], str, str, str], ...] = (
    ("lamp_source", "source", "choice", "光源", "light source", ""),
    ("has_plate", "qr", "flag", "有二维码铭牌", "has a QR plate", ""),
    ("lines", "lines", "number", "公交线路数", "bus lines", "条"),
    ("built", "year", "number", "建成年份", "year", ""),
    ("grade", "grade", "choice", "等级", "grade", ""),
    ("water_class", "class", "choice", "水质类别", "water class", ""),
    ("sprinkler", "sprinkler", "flag", "有喷淋", "has sprinklers", ""),
    ("smoke_alarm", "smoke_alarm", "flag", "有烟感", "has a smoke alarm", ""),
    ("pressure", "pressure_mpa", "number", "压力", "pressure", "MPa"),
    ("model", "model", "flag", "示范型", "model", ""),
    ("brand", "brand", "choice", "认定名称", "designation", ""),
)


def categories(_: int | None) -> Words:
    """The categories, as words."""
    return tuple(FacilityCategory.objects.order_by("rank", "code").values_list("code", "name", "english"))


def groups(_: int | None) -> Words:
    """The groups of categories; only their codes are kept."""
    codes = FacilityCategory.objects.order_by("group").values_list("group", flat=True).distinct()
    return tuple((code, code, code) for code in codes)


def _states(_: int | None) -> Words:
    return STATES


def load(ask: Ask) -> Table:
    """Every facility of a town that stands, stood or is planned."""
    rows = among(shown(Facility.objects.as_system("what formulas count").filter(town_id=ask.town)), ask.keys)
    ids, kinds, kind_groups, states, capacity, floor, facts, x, y, *areas = columns(
        rows, "id", "category__code", "category__group", "state", "capacity", "floor_area", "facts", "minx", "miny",
        *(f"{role}_id" for role in AREAS),
    )  # fmt: skip
    found: dict[str, Column] = {
        "category": Coded.of(kinds),
        "group": Coded.of(kind_groups),
        "state": Coded.of(states),
        "capacity": numbers(capacity),
        "floor_area": numbers(floor),
    }
    places = {role: keys(values) for role, values in zip(AREAS, areas, strict=True)}
    found |= {role: places[role] for role in ("community", "compound")}
    found |= _facts(facts) | _words(ask, ids)
    return Table(
        keys(ids), found, places, numbers(x), numbers(y), entrances=_entrances(rows, ids),
        unverified=_unverified(ask.town), source="places.facilities", as_of=latest_import(ask.town),
    )  # fmt: skip


def _unverified(town: int) -> frozenset[str]:
    checked = ListCheck.objects.filter(town_id=town).values("category_id")
    return frozenset(FacilityCategory.objects.exclude(pk__in=checked).values_list("code", flat=True))


def _facts(facts: Sequence[dict[str, Any]]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for name, key, kind, *_ in FACTS:
        values = [fact.get(key) for fact in facts]
        found[name] = Coded.of(None if v is None else str(v) for v in values) if kind == "choice" else numbers(values)
    return found


def _words(ask: Ask, ids: Sequence[int]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for word in facility_words():
        known = word.words(ask.town, ask.keys)
        found[word.name] = Coded.of(known.get(key) for key in ids)
    return found


def _entrances(rows: Any, ids: Sequence[int]) -> Entrances:
    """The doors of the facilities that have any."""
    place = {key: n for n, key in enumerate(ids)}
    doors = list(rows.exclude(entrances=None).values_list("id", "entrances"))
    points, of = shapely.get_coordinates([g for _, g in doors], return_index=True)
    owners = np.array([place[key] for key, _ in doors], dtype=np.int64)
    return Entrances(owners[of] if len(of) else np.zeros(0, np.int64), points[:, 0], points[:, 1])


def shown_rows(actor: Actor, town: int, wanted: Sequence[int]) -> Sequence[Row]:
    """The facilities as a list and a layer show them, only those that the actor may see."""
    seen = shown(Facility.objects.within(actor, "places.read").filter(town_id=town)).select_related("category")
    found: Mapping[int, Facility] = {row.pk: row for row in among(seen, frozenset(wanted)).order_by("pk")}
    return [_row(found[key]) for key in wanted if key in found]


def _row(row: Facility) -> Row:
    code = row.category.code
    link = f"/map?facilities={code}&chosen={row.uuid}&at={row.minx},{row.miny}"
    label = row.name or f"{row.category.name} {row.plate}"
    return Row(row.pk, f"facility:{row.uuid}", label, row.address, link, row.minx, row.miny, f"facility.{code}")


def facilities() -> Measure:
    """The measure with the words that other rooms keep of facilities; whoever adds one offers it again."""
    return Measure(
        name="places.facilities",
        zh="设施",
        en="facilities",
        unit="个",
        permission="places.read",
        fields=(
            Field("category", "choice", "类别", "category", choices=categories),
            Field("group", "choice", "大类", "group", choices=groups),
            Field("state", "choice", "状态", "state", choices=_states),
            Field("capacity", "number", "容量", "capacity"),
            Field("floor_area", "number", "建筑面积", "floor area", unit="m2"),
            Field("community", "ref", "居村", "community", of="places.communities"),
            Field("compound", "ref", "小区", "compound", of="places.compounds"),
            *(Field(name, kind, zh, en, unit) for name, _, kind, zh, en, unit in FACTS),
            *(Field(w.name, "choice", w.zh, w.en, choices=w.choices) for w in facility_words()),
        ),
        load=load,
        rows=shown_rows,
        events=(*EVENTS, *IMPORTS, *(e for w in facility_words() for e in w.events)),
        key_of=fact_key("facility"),
    )
