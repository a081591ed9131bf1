"""OpenStreetMap extracts become a town."""

from collections import Counter
from pathlib import Path

import pytest
import shapely

from chengyun.places.readers.osm import read_osm
from chengyun.places.readers.osm.rules import Rules, load_rules
from chengyun.places.staging.checks import shipped_categories

NODES = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (1, 1), 10: (0, 2), 11: (0.5, 2), 12: (0.5, 2.5), 13: (0, 2.5)}


def extract(path: Path, body: str = "") -> Path:
    """A small extract: two streets that cross, a building with an address, a pharmacy, a lake."""
    nodes = "".join(
        f'<node id="{i}" lon="{121.2 + x * 0.001}" lat="{31.4 + y * 0.001}" version="1"/>'
        for i, (x, y) in NODES.items()
    )
    path.write_text(
        f"""<?xml version="1.0"?><osm version="0.6">{nodes}
        <node id="20" lon="121.2005" lat="31.4005" version="1">
          <tag k="amenity" v="pharmacy"/><tag k="name" v="云岸药房"/><tag k="capacity" v="3 人"/></node>
        <way id="100" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
          <tag k="highway" v="primary"/><tag k="name" v="云岸路"/><tag k="oneway" v="yes"/>
          <tag k="maxspeed" v="40 mph"/></way>
        <way id="101" version="1"><nd ref="2"/><nd ref="4"/>
          <tag k="highway" v="motorway_link"/><tag k="foot" v="designated"/></way>
        <way id="102" version="1"><nd ref="10"/><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="10"/>
          <tag k="building" v="apartments"/><tag k="building:levels" v="6"/>
          <tag k="addr:street" v="云岸路"/><tag k="addr:housenumber" v="88弄12号"/></way>
        {body}</osm>""",
        encoding="utf-8",
    )
    return path


def test_streets_are_split_where_they_meet(tmp_path):
    town = read_osm(extract(tmp_path / "town.osm"), "T")
    edges = {street.key: street for street in town.streets}
    assert set(edges) == {"w100:0", "w100:1", "w101:0"}
    assert edges["w100:0"].end == edges["w100:1"].start == edges["w101:0"].start == 2
    assert edges["w100:0"].oneway == 1
    assert edges["w100:0"].speed == pytest.approx(64.4, abs=0.1)
    assert (edges["w101:0"].kind, edges["w101:0"].link, edges["w101:0"].foot) == ("motorway", True, True)


def test_things_keep_what_their_tags_say(tmp_path):
    town = read_osm(extract(tmp_path / "town.osm"), "T")
    (pharmacy,) = town.facilities
    assert (pharmacy.category, pharmacy.name, pharmacy.capacity) == ("pharmacy", "云岸药房", 3)
    (building,) = town.buildings
    assert (building.use, building.floors, building.height) == ("residential", 6, 18)
    assert (building.road, building.lane, building.number) == ("云岸路", "88", "12")


def test_without_a_boundary_the_town_is_where_its_streets_are(tmp_path):
    town = read_osm(extract(tmp_path / "town.osm"), "T")
    assert town.boundary.geom_type == "Polygon"
    assert all(town.boundary.contains(street.line) for street in town.streets)


def test_a_given_boundary_is_the_town(tmp_path):
    given = shapely.box(121.19, 31.39, 121.22, 31.41)
    assert read_osm(extract(tmp_path / "town.osm"), "T", boundary=given).boundary == given


def test_the_first_rule_that_holds_decides():
    rules: Rules[str] = Rules()
    rules.add("amenity=school & isced:level=1", "primary_school")
    rules.add("amenity=school", "school")
    rules.add("shop=*", "shop")
    assert rules.match({"amenity": "school", "isced:level": "1"}) == "primary_school"
    assert rules.match({"amenity": "school"}) == "school"
    assert rules.match({"shop": "tea"}) == "shop"
    assert rules.match({"name": "nothing"}) is None


def test_every_category_can_be_reached_by_its_own_rule():
    rules = load_rules()
    for tags, category in [
        ({"emergency": "fire_hydrant"}, "hydrant"),
        ({"amenity": "childcare"}, "childcare"),
        ({"highway": "bus_stop"}, "bus_stop"),
        ({"railway": "subway_entrance"}, "metro_entrance"),
        ({"leisure": "park"}, "park"),
        ({"shop": "supermarket"}, "supermarket"),
        ({"leisure": "garden", "access": "private"}, None),
    ]:
        assert rules.facilities.match(tags) == category
    assert {"care_home", "shelter", "ebike_charging", "micro_fire_station", "bin_room"} <= shipped_categories()


def test_liechtenstein_has_its_eleven_municipalities(shared_data):
    town = read_osm(shared_data / "osm" / "liechtenstein.osm.pbf", "LI")
    assert town.name == "Liechtenstein"
    assert len(town.areas) == 11
    assert {"Vaduz", "Schaan", "Balzers"} <= {area.name for area in town.areas}
    assert len(town.buildings) > 8000
    assert Counter(street.kind for street in town.streets)["residential"] > 2000


def test_a_dense_asian_district_is_read_with_its_metro(shared_data):
    town = read_osm(shared_data / "osm" / "singapore-bayfront.osm.pbf", "SG")
    assert Counter(facility.category for facility in town.facilities)["metro_entrance"] == 6
    assert any(ground.sub == "subway" for ground in town.grounds)
