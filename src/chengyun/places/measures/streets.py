"""Streets, edge by edge: class, length, who may use them."""

from collections.abc import Mapping, Sequence

from chengyun.kernel.actor import Actor
from chengyun.kernel.measures import Ask, Coded, Column, Field, Measure, Row, Table, Words
from chengyun.places.measures.columns import IMPORTS, among, columns, keys, latest_import, middles, numbers
from chengyun.places.models import Street
from chengyun.places.queries.visible import shown

KINDS: Words = (
    ("motorway", "高速路", "motorway"),
    ("trunk", "快速路", "trunk road"),
    ("primary", "主干路", "primary"),
    ("secondary", "次干路", "secondary"),
    ("tertiary", "支路", "tertiary"),
    ("residential", "居住区道路", "residential"),
    ("service", "内部道路", "service"),
    ("footway", "步行道", "footway"),
)

_NAMES = {code: zh for code, zh, _ in KINDS}


def _kinds(_: int | None) -> Words:
    return KINDS


def load(ask: Ask) -> Table:
    """Every edge; its point is the middle of its box, and there its whole length is counted."""
    rows = among(shown(Street.objects.filter(town_id=ask.town)), ask.keys)
    ids, kind, name, metres, lanes, foot, car, bridge, west, south, east, north = columns(
        rows, "id", "kind", "name", "metres", "lanes", "foot", "car", "bridge", "minx", "miny", "maxx", "maxy"
    )
    found: dict[str, Column] = {
        "kind": Coded.of(kind),
        "road": Coded.of(name),
        "length": numbers(metres),
        "lanes": numbers(lanes),
        "foot": numbers(foot),
        "car": numbers(car),
        "bridge": numbers(bridge),
    }
    return Table(
        keys(ids), found, {}, middles(west, east), middles(south, north), source="places.streets",
        as_of=latest_import(ask.town),
    )  # fmt: skip


def shown_rows(_: Actor, town: int, wanted: Sequence[int]) -> Sequence[Row]:
    """The streets as a list and a layer show them; streets are open to all who may read places."""
    rows: Mapping[int, Street] = {
        row.pk: row for row in among(shown(Street.objects.filter(town_id=town)), frozenset(wanted))
    }
    return [_row(rows[key]) for key in wanted if key in rows]


def _row(row: Street) -> Row:
    lng, lat = ((row.minx or 0) + (row.maxx or 0)) / 2, ((row.miny or 0) + (row.maxy or 0)) / 2
    label = row.name or _NAMES.get(row.kind, row.kind)
    return Row(row.pk, f"street:{row.pk}", label, f"{row.metres:.0f} m", f"/map?at={lng:.6f},{lat:.6f}", lng, lat)


STREETS = Measure(
    name="places.streets",
    zh="路段",
    en="streets",
    unit="段",
    permission="places.read",
    fields=(
        Field("kind", "choice", "等级", "class", choices=_kinds),
        Field("road", "choice", "路名", "road"),
        Field("length", "number", "长度", "length", unit="m"),
        Field("lanes", "number", "车道数", "lanes", unit="条"),
        Field("foot", "flag", "可步行", "for walking"),
        Field("car", "flag", "可行车", "for cars"),
        Field("bridge", "flag", "桥", "bridge"),
    ),
    load=load,
    rows=shown_rows,
    events=IMPORTS,
)
