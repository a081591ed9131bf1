"""Questions about places, answered from memory and from the database."""

import time
from dataclasses import replace

import numpy as np
import pytest
import shapely

from chengyun.kernel.refusal import Conflict, Invalid, NotFound
from chengyun.places import actions, queries, registry
from chengyun.places.actions import AreaGiven, Control, FacilityGiven
from chengyun.places.bulk import load_town
from chengyun.places.coordinates import LocalGrid
from chengyun.places.importing.files import Wish, import_file, open_file
from chengyun.places.importing.placing import place_again
from chengyun.places.models import Area, AreaLevel, Facility, Scheme, Town
from chengyun.places.plates import is_plate, plate
from chengyun.places.queries.facilities import FacilityFilter
from chengyun.places.registry import AreaProblem
from places.sample import at, small_town, square

pytestmark = pytest.mark.db


def codes(town: Town) -> dict[int, str]:
    return dict(Area._base_manager.filter(town=town).values_list("id", "code"))


def test_a_point_resolves_to_its_areas(town):
    named = codes(town)
    spot = queries.resolve_point(town.id, at(0.3, 0.3).x, at(0.3, 0.3).y)
    assert spot.inside
    assert [named[a] for a in (spot.sector, spot.grid, spot.cell, spot.community, spot.compound)] == [
        "S0", "G0", "C00", "Q0", "X0",
    ]  # fmt: skip
    other = queries.resolve_point(town.id, at(1.5, 1.5).x, at(1.5, 1.5).y)
    assert (named[other.cell], other.community, other.compound) == ("C11", None, None)
    assert spot.where().areas == spot.areas


def test_a_point_outside_the_town_is_in_nothing(town):
    spot = queries.resolve_point(town.id, 120.0, 30.0)
    assert not spot.inside
    assert spot.areas == frozenset()


def test_a_point_in_a_sliver_has_its_cell(db, actor):
    def torn(data):
        for i, area in enumerate(data.areas):
            if area.code == "C10":
                data.areas[i] = replace(area, polygon=square(1.00002, 0, 0.99998, 1))

    town = load_town(small_town(torn), actor)
    spot = queries.resolve_point(town.id, at(1.00001, 0.5).x, at(1.00001, 0.5).y)
    assert codes(town)[spot.cell] in {"C00", "C10"}


def test_a_town_is_found_by_a_point(town):
    assert queries.town_at(at(1, 1).x, at(1, 1).y) == town.id
    assert queries.town_at(120.0, 30.0) is None


def test_points_resolve_without_queries_and_fast(town, django_assert_num_queries):
    queries.resolve_point(town.id, at(0.3, 0.3).x, at(0.3, 0.3).y)
    start = time.thread_time()
    with django_assert_num_queries(0):
        for _ in range(200):
            queries.resolve_point(town.id, at(0.3, 0.3).x, at(0.3, 0.3).y)
    assert (time.thread_time() - start) / 200 < 0.005


def test_a_redrawn_area_is_seen_at_once(town, actor):
    community = Area._base_manager.get(code="Q0")
    assert queries.resolve_point(town.id, at(1.5, 0.5).x, at(1.5, 0.5).y).community is None
    given = AreaGiven("Q0", "东风居民区", square(0, 0, 2, 2))
    actions.redraw_area(community, actor=actor, expected=community.version, given=given)
    assert queries.resolve_point(town.id, at(1.5, 0.5).x, at(1.5, 0.5).y).community == community.id


def test_an_address_leads_to_point_and_areas(town):
    (found, *_) = queries.locate_address(town.id, "云岸路八十八弄二号301室")
    assert found.finding.kind == "number"
    assert found.finding.confidence > 0.9
    assert codes(town)[found.spot.compound] == "X0"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("云岸路88弄", "云岸路88弄"),
        ("云岸新村3号", "云岸路88弄3号"),
        ("云岸路东风路路口", "东风路/云岸路"),
        ("晨光托育", "晨光托育园"),
        ("老菜场", "老菜场"),
        ("东风居委会", "东风居民区"),
    ],
)
def test_what_people_say_is_understood(town, text, meant):
    assert queries.locate_address(town.id, text)[0].finding.text == meant


def test_an_alias_leads_to_the_thing_it_names(town):
    (found, *_) = queries.locate_address(town.id, "老菜场")
    market = Facility._base_manager.get(external_id="f3")
    assert found.finding.row.refers == ("facilities", market.id)
    assert (found.finding.lng, found.finding.lat) == pytest.approx((market.minx, market.miny))


def test_suggestions_come_from_the_town(town):
    assert next(one.row.text for one in queries.suggest_addresses(town.id, "云岸新")) == "云岸新村"


def test_the_areas_of_a_town_are_checked(town, actor):
    report = queries.check_areas(actor, town)
    assert report.flaws == []
    assert report.errors == []


def test_flaws_are_named_with_their_land(db, actor):
    def broken(data):
        data.areas = [area for area in data.areas if area.code != "C11"]
        data.areas.append(replace(data.areas[2], key="dup", code="CX", polygon=square(0.5, 0.5, 0.2, 0.2), parent="g0"))

    town = load_town(small_town(broken), actor)
    flaws = queries.check_areas(actor, town).flaws
    gaps = [flaw for flaw in flaws if flaw.kind == "gap" and flaw.level == "cell"]
    assert len(gaps) == 1
    assert gaps[0].square_metres == pytest.approx(1.0549e6, rel=3e-3)
    assert any(flaw.kind == "overlap" and flaw.level == "cell" for flaw in flaws)


def test_a_named_gap_is_no_flaw(db, actor):
    def without(data):
        data.gaps = []

    town = load_town(small_town(without), actor)
    assert [flaw.level for flaw in queries.check_areas(actor, town).flaws] == ["community"]
    scheme = Scheme._base_manager.get(town=town, code="community")
    actions.name_gap(scheme, actor=actor, name="园区", managed_by="管委会", polygon=square(1, 0, 1, 2))
    assert queries.check_areas(actor, town).flaws == []


def test_other_rooms_add_their_checks(town, actor, monkeypatch):
    monkeypatch.setattr(registry, "_checks", {})
    registry.add_area_check(
        "accounts.holder", lambda town: [AreaProblem(None, "accounts.no_holder", {"town": str(town)})]
    )
    assert [problem.code for problem in queries.check_areas(actor, town).problems] == ["accounts.no_holder"]


def test_an_area_is_drawn_by_hand_and_things_follow(town, actor):
    level = AreaLevel.objects.get(scheme__town=town, code="micro_grid")
    parent = Area._base_manager.get(code="Q0")
    area = actions.add_area(town, level, actor=actor, given=AreaGiven("W1", "微网格1", square(0, 0), parent))
    assert queries.resolve_point(town.id, at(0.2, 0.2).x, at(0.2, 0.2).y).micro_grid == area.id
    with pytest.raises(Invalid, match="another area"):
        actions.add_area(town, level, actor=actor, given=AreaGiven("W1", "又一个", square(0, 0), parent))
    with pytest.raises(Invalid, match="level above"):
        actions.add_area(town, parent.level, actor=actor, given=AreaGiven("Q9", "倒置", square(0, 0), area))
    bow = shapely.Polygon([(121.2, 31.4), (121.21, 31.41), (121.21, 31.4), (121.2, 31.41)])
    with pytest.raises(Invalid, match="cross itself"):
        actions.add_area(town, level, actor=actor, given=AreaGiven("W2", "结", bow, parent))
    with pytest.raises(Conflict):
        actions.retire_area(parent, actor=actor, expected=parent.version)
    with pytest.raises(Conflict):
        actions.retire_area(area, actor=actor, expected=area.version + 5)


def test_things_are_placed_again_after_areas_were_redrawn(town, actor):
    compound = Area._base_manager.get(code="X0")
    given = AreaGiven("X0", "云岸新村", square(0.5, 0.5, 0.1, 0.1), compound.parent)
    actions.redraw_area(compound, actor=actor, expected=compound.version, given=given)
    assert place_again(town.id) == 4
    assert Facility._base_manager.get(external_id="f1").compound_id is None


def test_a_facility_is_added_changed_and_found_by_its_plate(town, actor):
    given = FacilityGiven("clinic", at(0.3, 0.3), "东风诊所", capacity=4)
    clinic = actions.add_facility(town, actor=actor, given=given)
    assert is_plate(clinic.plate)
    assert codes(town)[clinic.compound_id] == "X0"
    assert queries.facility_by_plate(clinic.plate.lower()) == clinic
    changed = actions.change_facility(clinic, actor=actor, expected=1, state="out_of_service", capacity=5)
    assert (changed.state, changed.capacity, changed.version) == ("out_of_service", 5, 2)
    with pytest.raises(Conflict):
        actions.change_facility(clinic, actor=actor, expected=1, name="旧")
    for wrong in ({"state": "gone"}, {"capacity": -1}, {"plate": "X"}):
        with pytest.raises(Invalid):
            actions.change_facility(clinic, actor=actor, expected=2, **wrong)
    with pytest.raises(Invalid, match="category"):
        actions.add_facility(town, actor=actor, given=FacilityGiven("moon_base", at(0, 0)))


def test_facilities_are_filtered(town, actor):
    def found(**wanted):
        return {row.external_id for row in queries.facilities(actor, town.id, FacilityFilter(**wanted))}

    assert found() == {"f1", "f2", "f3"}
    assert found(categories=("hydrant",)) == {"f1"}
    assert found(box=(121.2, 31.4, 121.21, 31.41)) == {"f1"}
    assert found(area=Area._base_manager.get(code="G1").id) == {"f3"}
    assert found(words="托育") == {"f2"}


def test_the_nearest_is_found_with_its_distance(town):
    (found, metres) = queries.nearest(town.id, "market", at(1.5, 0.8).x, at(1.5, 0.8).y)[0]
    assert found.external_id == "f3"
    assert metres == pytest.approx(111, rel=0.02)
    assert queries.nearest(town.id, "hospital", 121.2, 31.4) == []


def test_people_say_on_what_basis_they_are_counted(town):
    community, compound = Area._base_manager.get(code="Q0"), Area._base_manager.get(code="X0")
    assert queries.people(community).count == 9200
    assert not queries.people(community).estimated
    below = queries.people(compound)
    assert (below.count, below.basis, below.estimated) == (70, "actual", True)
    assert queries.people(compound, "actual", (60, 200)).count == 18
    assert queries.people(Area._base_manager.get(code="G1")) is None


@pytest.mark.parametrize(("number", "text"), [(1, "YA-0000018"), (123456, "YA-1234566"), (9999999, "YA-99999997")])
def test_a_plate_checks_itself(number, text):
    assert plate("ya", number) == text
    assert is_plate(text)
    wrong = text[:-2] + str((int(text[-2]) + 1) % 10) + text[-1]
    assert not is_plate(wrong)


def test_a_local_grid_is_fitted_kept_and_used(town, actor, tmp_path):
    grid = LocalGrid(121.4667, (1.0, 0.0, 0.0, 1.0), (25_000.0, -3_450_000.0), "similarity", 0, 0, 0, 0)
    places = np.array([[121.2, 31.4], [121.22, 31.4], [121.22, 31.42], [121.2, 31.42], [121.21, 31.41]])
    local = grid.from_wgs84(places)
    points = [
        Control(f"P{i}", x, y, lng, lat)
        for i, ((x, y), (lng, lat)) in enumerate(zip(local.tolist(), places.tolist(), strict=True))
    ]
    with pytest.raises(Invalid, match="two control points"):
        actions.fit_local_grid(town, actor=actor, expected=town.version, points=points[:1])
    town = actions.fit_local_grid(town, actor=actor, expected=town.version, points=points)
    x, y = grid.from_wgs84(np.array([[121.2031, 31.4042]]))[0]
    file = tmp_path / "local.csv"
    file.write_text(f"编号,类别,X,Y\nL1,消火栓,{x:.3f},{y:.3f}\n", encoding="utf-8")
    import_file(town, open_file(town, file, Wish("facilities", system="local")), actor=actor)
    assert Facility._base_manager.get(external_id="L1").minx == pytest.approx(121.2031, abs=2e-7)


def test_a_town_chooses_its_base_map(town, actor):
    with pytest.raises(Invalid, match="review_number"):
        actions.set_base_map(town, actor=actor, expected=town.version, choice={"kind": "wmts", "url": "https://map"})
    choice = {"kind": "wmts", "url": "https://map", "review_number": "GS(2024)0001号"}
    actions.set_base_map(town, actor=actor, expected=town.version, choice=choice)
    said = queries.base_map("SY")
    assert (said["wmts"], said["review_number"]) == ("https://map", "GS(2024)0001号")


def test_which_town_is_meant_must_be_clear(town, actor):
    assert queries.only_town() == town
    load_town(replace_code(small_town()), actor)
    with pytest.raises(Invalid, match="SY, TY"):
        queries.only_town()
    assert queries.only_town("TY").code == "TY"
    with pytest.raises(NotFound):
        queries.only_town("nowhere")


def replace_code(data):
    data.code = "TY"
    return data
