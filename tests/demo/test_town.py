"""The synthetic town is the same every time, covers its land exactly, and can be walked from end to end."""

import hashlib
from collections import Counter

import pytest
import shapely

from chengyun.demo.town.output import SYNTHETIC, make_town
from chengyun.demo.town.parcels import Parcel
from chengyun.demo.town.plane import generator
from chengyun.demo.town.works import BUILDERS, Site
from chengyun.demo.town.zoning import Block, _edge
from chengyun.places.shapes import TownData


@pytest.fixture
def town(drawn: TownData) -> TownData:
    return drawn


def fingerprint(town: TownData) -> str:
    digest = hashlib.sha256()
    for building in town.buildings:
        digest.update(building.footprint.wkb + f"{building.road}{building.lane}{building.number}".encode())
    for facility in town.facilities:
        digest.update(facility.point.wkb + facility.name.encode())
    for street in town.streets:
        digest.update(street.line.wkb)
    return digest.hexdigest()


def level(town: TownData, name: str) -> list[shapely.Geometry]:
    return [a.polygon for a in town.areas if a.level == name]


def test_the_same_seed_makes_the_same_town(town: TownData) -> None:
    assert fingerprint(make_town()) == fingerprint(town)


def test_the_town_has_the_size_of_a_shanghai_town(town: TownData) -> None:
    counts = Counter(a.level for a in town.areas)
    assert (counts["sector"], counts["grid"], counts["cell"], counts["community"]) == (3, 11, 48, 41)
    assert 270 <= counts["compound"] <= 330
    assert 8_000 <= len(town.buildings) <= 10_000
    square_km = town.boundary.area * 111.2**2 * 0.8536
    assert 38 <= square_km <= 42


@pytest.mark.parametrize("name", ["sector", "grid", "cell"])
def test_each_level_of_the_grid_scheme_covers_the_town_without_gap_or_overlap(town: TownData, name: str) -> None:
    polygons = level(town, name)
    assert shapely.coverage_is_valid(polygons)
    assert shapely.union_all(polygons).symmetric_difference(town.boundary).area < 1e-12


def test_communities_and_listed_gaps_cover_the_town_together(town: TownData) -> None:
    parts = level(town, "community") + [g.polygon for g in town.gaps]
    assert shapely.coverage_is_valid(parts)
    assert shapely.union_all(parts).symmetric_difference(town.boundary).area < 1e-12
    assert all(g.managed_by for g in town.gaps)


def test_every_area_hangs_under_one_that_holds_it(town: TownData) -> None:
    by_key = {a.key: a for a in town.areas}
    for area in town.areas:
        if area.parent:
            inside = area.polygon.representative_point()
            assert by_key[area.parent].polygon.buffer(1e-6).contains(inside), area.key


def test_the_street_network_is_one_piece_and_its_ends_meet(town: TownData) -> None:
    where: dict[int, tuple[float, ...]] = {}
    root: dict[int, int] = {}

    def find(node: int) -> int:
        while root.setdefault(node, node) != node:
            node = root[node]
        return node

    for street in town.streets:
        for node, end in ((street.start, street.line.coords[0]), (street.end, street.line.coords[-1])):
            assert where.setdefault(node, end) == pytest.approx(end, abs=3e-7)
        root[find(street.start)] = find(street.end)
    assert len({find(node) for node in where}) == 1


def test_the_expressway_is_reached_by_ramps_only_and_not_on_foot(town: TownData) -> None:
    fast = [s for s in town.streets if s.kind == "motorway"]
    assert any(s.link for s in fast)
    assert not any(s.foot for s in fast)
    assert all(s.oneway for s in fast)
    main = {n for s in fast if not s.link for n in (s.start, s.end)}
    ground = {n for s in town.streets if s.kind != "motorway" for n in (s.start, s.end)}
    assert not main & ground


def test_compounds_have_gates_on_their_walls(town: TownData) -> None:
    walls = {a.key: a.polygon for a in town.areas if a.level == "compound"}
    for compound in town.compounds:
        if compound.kind == "estate":
            assert compound.gates is not None
            assert all(walls[compound.area].exterior.distance(g) < 1e-6 for g in compound.gates.geoms)


def test_addresses_are_unique(town: TownData) -> None:
    doors = Counter(
        (b.compound, b.road, b.lane, b.number, b.building) for b in town.buildings if b.number and b.use != "garage"
    )
    assert [d for d, n in doors.items() if n > 1] == []


def test_people_add_up_and_say_that_they_are_synthetic(town: TownData) -> None:
    whole = [p for p in town.populations if p.place == town.code and p.basis == "resident"]
    everyone = next(p.count for p in whole if (p.age_from, p.age_to) == (0, None))
    assert everyone == 300_000
    assert sum(p.count for p in whole) == 2 * everyone
    assert all(p.source == SYNTHETIC for p in town.populations)


def test_facilities_are_inside_the_town_and_have_plates_of_their_own(town: TownData) -> None:
    assert shapely.contains_xy(town.boundary, [(f.point.x, f.point.y) for f in town.facilities]).all()
    assert len({f.plate for f in town.facilities}) == len(town.facilities)


def test_what_the_plans_ask_for_is_there_and_some_of_it_is_short(town: TownData) -> None:
    have = Counter(f.category for f in town.facilities)
    for category in ("childcare", "care_home", "metro_entrance", "hydrant", "expressway_ramp", "camera", "street_lamp",
                     "elder_station", "pocket_park", "fitness_spot", "ebike_charging", "health_station"):  # fmt: skip
        assert have[category] > 0, category
    places = sum(f.capacity or 0 for f in town.facilities if f.category == "childcare")
    assert 2.5 < places / 300 < 6.5
    assert have["elder_station"] < 41
    lamps = [f for f in town.facilities if f.category == "street_lamp"]
    assert 0.8 < sum(f.facts["source"] == "LED" for f in lamps) / len(lamps) < 1


def test_a_second_town_has_another_name_place_and_plan(town: TownData) -> None:
    other = make_town(index=1)
    assert other.name != town.name
    assert other.code != town.code
    assert not other.boundary.intersects(town.boundary)
    assert fingerprint(other) != fingerprint(town)


@pytest.mark.parametrize(("wide", "long", "lakes"), [(30, 1_000, 0), (60, 500, 0), (300, 400, 1)])
def test_a_park_too_narrow_for_a_lake_has_none(wide: float, long: float, lakes: int) -> None:
    shape = shapely.box(0, 0, long, wide)
    site = Site(Parcel(1, Block(1, shape, shape), shape, "park"))
    BUILDERS["park"](site, generator(5, "park"))
    assert sum(kind == "water/lake" for kind, _ in site.grounds) == lakes


def test_a_plan_of_several_pieces_has_a_rim_around_each() -> None:
    row = [shapely.box(x, y, x + 1, y + 1) for x in (0, 10, 20) for y in (0, 10, 20)]
    block = [shapely.box(100 * x, 100 * y, 100 * x + 100, 100 * y + 100) for x in (1, 2, 3) for y in (1, 2, 3)]
    assert _edge([*row, *block]) == set(range(len(row) + len(block))) - {len(row) + 4}
