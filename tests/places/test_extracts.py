"""Real extracts import whole, into the database, with their base map."""

import time

import pytest

from chengyun.places import queries
from chengyun.places.importing.osm import import_osm, open_osm
from chengyun.places.models import BaseMap, Facility, Street, Town
from chengyun.places.queries.visible import shown


def imported(path, code, actor) -> tuple[Town, float]:
    start = time.perf_counter()
    report = import_osm(open_osm(path, code), path, actor=actor)
    assert report.run.state == "done"
    return Town._base_manager.get(code=code), time.perf_counter() - start


@pytest.mark.django_db
def test_liechtenstein_is_a_town_with_eleven_communities(shared_data, actor, record_property):
    town, seconds = imported(shared_data / "osm" / "liechtenstein.osm.pbf", "LI", actor)
    record_property("seconds", seconds)
    assert len(queries.area_tree(actor, town.id, ["community"])) == 11
    vaduz = queries.locate_address(town.id, "Vaduz")[0]
    spot = queries.resolve_point(town.id, 9.5209, 47.1410)
    assert spot.inside
    assert spot.community is not None
    assert vaduz.finding.confidence > 0.5
    assert BaseMap._base_manager.filter(town=town).exists()
    assert not queries.check_areas(actor, town).errors


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "streets", "facilities"), [("singapore-bayfront", 500, 150), ("helsinki-centre", 4000, 3000)]
)
def test_a_city_without_boundaries_is_a_town_too(shared_data, actor, name, streets, facilities):
    town, _ = imported(shared_data / "osm" / f"{name}.osm.pbf", "CITY", actor)
    assert shown(Street.objects.filter(town=town)).count() >= streets
    assert shown(Facility._base_manager.filter(town=town)).count() >= facilities
    assert queries.area_tree(actor, town.id) != [], "the town itself is an area, made of the hull of its streets"
    middle = Facility._base_manager.filter(town=town).first()
    spot = queries.resolve_point(town.id, middle.minx, middle.miny)
    assert (spot.inside, spot.areas) == (True, frozenset())


@pytest.mark.long
@pytest.mark.django_db
def test_a_metropolis_is_imported_whole(shared_data, actor, record_property):
    town, seconds = imported(shared_data / "osm" / "porto-metro.osm.pbf", "PORTO", actor)
    record_property("seconds", seconds)
    assert shown(Street.objects.filter(town=town)).count() > 100_000
    assert BaseMap._base_manager.get(town=town).size < 30_000_000
