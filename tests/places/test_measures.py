"""What places offer to be measured: everything that is there, placed, with what is not known left open."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from shapely import MultiPoint

from chengyun.kernel.measures import Ask, Coded, Filter, Measure, Period, Query, measure
from chengyun.places import queries
from chengyun.places.bulk import load_town
from chengyun.places.models import Area, Facility, Town
from chengyun.places.shapes import GroundShape, PopulationShape
from places.sample import at, small_town, square

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def offered(name: str) -> Measure:
    found = measure(name)
    assert found is not None
    return found


def areas_of(town: Town, role: str) -> tuple[int, ...]:
    rows = (
        Area._base_manager.filter(level__role=role)
        if role == "town"
        else Area._base_manager.filter(town=town, level__role=role)
    )
    return tuple(rows.order_by("id").values_list("id", flat=True))


def figures(name: str, town: Town, role: str, *filters: Filter) -> tuple[np.ndarray, np.ndarray]:
    one = offered(name)
    assert one.figures is not None
    found = one.figures(Query(town.id, "", role, role, areas_of(town, role), YEAR, filters))
    return found.values, found.estimated


def test_every_facility_is_there_with_its_words_numbers_and_doors(db, actor):
    def doors(data):
        data.facilities[1] = replace(data.facilities[1], entrances=MultiPoint([at(0.6, 1.5), at(0.61, 1.5)]))
        data.facilities[0] = replace(data.facilities[0], facts={"pressure_mpa": 0.2}, state="out_of_service")

    town = load_town(small_town(doors), actor)
    loaded = offered("places.facilities").load
    assert loaded is not None
    table = loaded(Ask(town.id, YEAR))
    kinds, states = table.columns["category"], table.columns["state"]
    assert isinstance(kinds, Coded)
    assert isinstance(states, Coded)
    assert sorted(kinds.words) == ["childcare", "hydrant", "market"]
    assert [bool(x) for x in kinds.among(["hydrant"])] == [bool(x) for x in states.among(["out_of_service"])]
    at_child = int(np.flatnonzero(kinds.among(["childcare"]))[0])
    assert table.columns["capacity"][at_child] == 60
    assert np.isnan(table.columns["capacity"][kinds.among(["hydrant"])]).all()
    assert table.columns["pressure"][kinds.among(["hydrant"])] == pytest.approx([0.2])
    assert table.entrances is not None
    assert table.entrances.row.tolist() == [at_child, at_child]
    one = loaded(Ask(town.id, YEAR, frozenset({int(table.key[at_child])})))
    assert one.columns.keys() == table.columns.keys()
    assert one.key.tolist() == [table.key[at_child]]
    Facility._base_manager.filter(town=town).update(retired_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert len(loaded(Ask(town.id, YEAR))) == 0


def test_buildings_and_gates_belong_to_their_compound(town):
    buildings, compounds = offered("places.buildings").load, offered("places.compounds").load
    assert buildings is not None
    assert compounds is not None
    homes, estates = buildings(Ask(town.id, YEAR)), compounds(Ask(town.id, YEAR))
    assert homes.columns["compound"].tolist() == [int(estates.key[0])] * 3
    assert homes.columns["households"].tolist() == [24, 24, 24]
    assert estates.entrances is not None
    assert (estates.entrances.lng[0], estates.entrances.lat[0]) == pytest.approx((at(0.1, 0.3).x, at(0.1, 0.3).y))


@pytest.mark.parametrize("basis", ["resident", "actual", "registered"])
@pytest.mark.parametrize("ages", [(0, 200), (60, 200), (0, 3)])
def test_people_of_all_areas_are_those_of_each_area_asked_alone(db, actor, basis, ages):
    def counted(data):
        day = date(2026, 1, 1)
        data.populations += [
            PopulationShape("area", "x0", "actual", 640, day, "登记"),
            PopulationShape("area", "q0", "registered", 2500, day, "户籍"),
            PopulationShape("area", "q0", "registered", 700, day, "户籍", 60, None),
        ]

    town = load_town(small_town(counted), actor)
    asked = (
        Filter("basis", "=", (basis,)),
        Filter("age", ">=", (float(ages[0]),)),
        Filter("age", "<", (float(ages[1]),)),
    )
    for role in ("sector", "grid", "cell", "community", "compound", "town"):
        values, estimated = figures("places.people", town, role, *asked)
        for value, guessed, pk in zip(values, estimated, areas_of(town, role), strict=True):
            alone = queries.people(Area._base_manager.select_related("level", "town").get(pk=pk), basis, ages)
            if role == "sector" and alone is None:
                continue  # asked alone, a sector is not put together from the compounds of its grids
            assert (None if np.isnan(value) else (int(value), bool(guessed))) == (
                alone and (alone.count, alone.estimated)
            )


def test_bands_that_follow_one_another_add_up_and_others_do_not(db, actor):
    def counted(data):
        day = date(2026, 1, 1)
        for low, high, people in ((0, 3, 30), (3, 60, 500), (60, 80, 90), (80, None, 20)):
            data.populations.append(PopulationShape("area", "q0", "registered", people, day, "户籍", low, high))

    town = load_town(small_town(counted), actor)
    old = (Filter("basis", "=", ("registered",)), Filter("age", ">=", (60.0,)))
    assert figures("places.people", town, "community", *old)[0].tolist() == [110]
    odd = (Filter("basis", "=", ("registered",)), Filter("age", ">=", (65.0,)))
    assert np.isnan(figures("places.people", town, "community", *odd)[0]).all()


def test_green_that_overlaps_counts_once_and_only_a_survey_is_no_estimate(db, actor):
    def overlapping(data):
        data.grounds.append(GroundShape("p2", "green", "wood", square(1.6, 1.5, 0.3, 0.3), "林地"))
        data.grounds.append(GroundShape("p3", "green", "farmland", square(0, 0, 0.5, 0.5), "农田"))

    town = load_town(small_town(overlapping), actor)
    whole, estimated = figures("places.green_cover", town, "town")
    land, _ = figures("places.land", town, "town")
    assert whole[0] / land[0] == pytest.approx(0.4 * 0.3 / 4, rel=1e-3)
    assert estimated.all()
    cells, _ = figures("places.green_cover", town, "cell")
    assert cells.sum() == pytest.approx(whole[0], rel=1e-6)

    surveyed = load_town(
        small_town(lambda d: d.grounds.append(GroundShape("v", "green", "vegetation", square(0, 0, 1, 1), "植被"))),
        actor,
    )
    found, guessed = figures("places.green_cover", surveyed, "town")
    assert not guessed.any()
    assert found[0] / land[0] == pytest.approx(1 / 4, rel=1e-3)
