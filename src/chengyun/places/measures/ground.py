"""Land, green and water: plots as things, and the area of land and of vegetation as figures.

Green cover 绿化覆盖 is the projection of all vegetation, overlaps counted once; it is not the green ratio 绿地率, which
counts plots set aside as green. Plots of the kind green/vegetation are a survey of it. Without one, the plots of green
land (farmland is none) stand for it, and the figure is marked as estimated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from chengyun.kernel.actor import Actor
from chengyun.kernel.measures import Ask, Coded, Column, Field, Figures, Floats, Measure, Query, Row, Table, Words
from chengyun.places.coordinates import Metric
from chengyun.places.measures.areas import EVENTS as AREA_EVENTS
from chengyun.places.measures.columns import IMPORTS, among, columns, keys, latest_import, middles, numbers
from chengyun.places.memory import keep
from chengyun.places.models import Area, Ground
from chengyun.places.queries.visible import shown

KINDS: Words = (
    ("green", "绿地", "green"),
    ("water", "水体", "water"),
    ("land", "用地", "land use"),
    ("rail", "轨道", "rail"),
)
SUBS: Words = (
    ("park", "公园", "park"),
    ("pocket_park", "口袋公园", "pocket park"),
    ("green_belt", "绿化带", "green belt"),
    ("grass", "草地", "grass"),
    ("wood", "林地", "wood"),
    ("farmland", "农田", "farmland"),
    ("vegetation", "植被投影（调查）", "vegetation (surveyed)"),
    ("river", "河道", "river"),
    ("canal", "中小河道", "canal"),
    ("lake", "湖泊", "lake"),
    ("pond", "坑塘", "pond"),
    ("residential", "居住用地", "residential land"),
    ("commercial", "商业用地", "commercial land"),
    ("industrial", "工业用地", "industrial land"),
    ("institution", "公共用地", "institutional land"),
    ("construction", "待建用地", "building land"),
    ("subway", "地铁", "subway"),
)
SURVEYED, OPEN_COUNTRY = "vegetation", ("farmland", "wood")
LAND_KINDS: Words = (("all", "全部", "all"), ("built_up", "建成区", "built-up"))


def load(ask: Ask) -> Table:
    """Every plot; its point is the middle of its box."""
    rows = among(shown(Ground.objects.filter(town_id=ask.town)), ask.keys)
    ids, kind, sub, public, ground, west, south, east, north = columns(
        rows, "id", "kind", "sub", "public", "square_metres", "minx", "miny", "maxx", "maxy"
    )
    found: dict[str, Column] = {
        "kind": Coded.of(kind),
        "sub": Coded.of(sub),
        "public": numbers(public),
        "area": numbers(ground),
    }
    return Table(
        keys(ids), found, {}, middles(west, east), middles(south, north), source="places.grounds",
        as_of=latest_import(ask.town),
    )  # fmt: skip


def shown_rows(_: Actor, town: int, wanted: Sequence[int]) -> Sequence[Row]:
    """The plots as a list and a layer show them; they are open to all who may read places."""
    rows: Mapping[int, Ground] = {
        row.pk: row for row in among(shown(Ground.objects.filter(town_id=town)), frozenset(wanted))
    }
    return [_row(rows[key]) for key in wanted if key in rows]


def _row(row: Ground) -> Row:
    lng, lat = ((row.minx or 0) + (row.maxx or 0)) / 2, ((row.miny or 0) + (row.maxy or 0)) / 2
    kind = next((zh for code, zh, _ in SUBS if code == row.sub), row.sub)
    detail = f"{kind} {row.square_metres:,.0f} m²"
    return Row(row.pk, f"ground:{row.pk}", row.name or kind, detail, f"/map?at={lng:.6f},{lat:.6f}", lng, lat)


def _shapes(_: int, wanted: Sequence[int]) -> Mapping[int, Any]:
    return dict(among(Ground.objects.all(), frozenset(wanted)).values_list("pk", "geometry"))


@dataclass(frozen=True)
class Cover:
    """Square metres of something in every area of a town, and whether that was surveyed."""

    metres: Mapping[int, float]
    surveyed: bool


def _vegetation(town: int) -> Cover:
    """The union of all vegetation, cut by every area."""
    plots = shown(Ground.objects.filter(town_id=town, kind="green"))
    surveyed = list(plots.filter(sub=SURVEYED).values_list("geometry", flat=True))
    shapes = surveyed or list(plots.exclude(sub="farmland").values_list("geometry", flat=True))
    return Cover(_in_areas(town, shapes), bool(surveyed))


def _built_up(town: int) -> Cover:
    """The land without open country (fields, woods, water); a boundary that somebody drew would be better."""
    grounds = shown(Ground.objects.filter(town_id=town))
    open_land = list(grounds.filter(sub__in=OPEN_COUNTRY).values_list("geometry", flat=True))
    water = list(grounds.filter(kind="water").values_list("geometry", flat=True))
    out = _in_areas(town, [*open_land, *water])
    areas = shown(Area.objects.as_system("land of areas").filter(town_id=town))
    return Cover(
        {pk: max(0.0, land - out.get(pk, 0.0)) for pk, land in areas.values_list("id", "square_metres")}, False
    )


def _in_areas(town: int, shapes: Sequence[Any]) -> dict[int, float]:
    """Square metres of the union of the shapes in every area, also in the town's own."""
    rows = list(
        shown(Area.objects.as_system("land of areas").filter(town_id=town)).exclude(geometry=None)
        .values_list("id", "geometry")
    )  # fmt: skip
    if not shapes or not rows:
        return {pk: 0.0 for pk, _ in rows}
    metric = Metric.around(shapely.union_all([g.envelope for _, g in rows]))
    parts = shapely.get_parts(shapely.union_all([metric.flat(shapely.make_valid(s)) for s in shapes]))
    outlines = np.array([metric.flat(g) for _, g in rows])
    area, part = shapely.STRtree(parts).query(outlines, predicate="intersects")
    cut = shapely.area(shapely.intersection(outlines[area], parts[part]))
    total = np.bincount(area, cut, minlength=len(rows))
    return {pk: float(total[n]) for n, (pk, _) in enumerate(rows)}


VEGETATION, BUILT_UP = keep(_vegetation), keep(_built_up)


def green_figures(query: Query) -> Figures:
    """Square metres of vegetation in each area."""
    return _figures(VEGETATION.of(query.town), query, "places.green_cover")


def land_figures(query: Query) -> Figures:
    """Square metres of land in each area: all of it, or what is built up (estimated from land use)."""
    if any(one.field == "kind" and "built_up" in one.values for one in query.filters):
        return _figures(BUILT_UP.of(query.town), query, "places.land:built_up")
    rows = Area.objects.as_system("land of areas").filter(id__in=query.areas)
    metres = dict(rows.values_list("id", "square_metres"))
    return _figures(Cover(metres, True), query, "places.land")


def _figures(cover: Cover, query: Query, source: str) -> Figures:
    values: Floats = np.array([cover.metres.get(area, np.nan) for area in query.areas], dtype=np.float64)
    estimated = np.full(len(values), not cover.surveyed)
    return Figures(values, estimated, source=source, as_of=latest_import(query.town))


def _kinds(_: int | None) -> Words:
    return KINDS


def _subs(_: int | None) -> Words:
    return SUBS


def _land_kinds(_: int | None) -> Words:
    return LAND_KINDS


GROUNDS = Measure(
    name="places.grounds",
    zh="地块",
    en="grounds",
    unit="块",
    permission="places.read",
    fields=(
        Field("kind", "choice", "大类", "kind", choices=_kinds),
        Field("sub", "choice", "小类", "sort", choices=_subs),
        Field("public", "flag", "对公众开放", "open to all"),
        Field("area", "number", "面积", "area", unit="m2"),
    ),
    load=load,
    rows=shown_rows,
    shape=_shapes,
    events=IMPORTS,
)
LAND = Measure(
    name="places.land",
    zh="土地面积",
    en="land",
    unit="m2",
    permission="places.read",
    fields=(Field("kind", "choice", "范围", "kind", choices=_land_kinds),),
    figures=land_figures,
    events=(*AREA_EVENTS, *IMPORTS),
)
GREEN_COVER = Measure(
    name="places.green_cover",
    zh="绿化覆盖面积",
    en="green cover",
    unit="m2",
    permission="places.read",
    figures=green_figures,
    events=IMPORTS,
)
