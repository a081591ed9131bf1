"""Imports: unseen until they are whole, the same a second time, and gone on with after a crash."""

from dataclasses import replace

import pytest

from chengyun.kernel.actor import System
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.refusal import Conflict
from chengyun.places.actions import found_town
from chengyun.places.bulk import load_town, plan_of
from chengyun.places.importing import apply, batches
from chengyun.places.importing.runs import (
    Origin,
    bad_rows,
    discard,
    dry_run,
    finish_run,
    import_town,
    unfinished,
    with_schemes,
)
from chengyun.places.models import (
    Area,
    AreaGap,
    BaseMap,
    Building,
    Compound,
    Facility,
    Ground,
    ImportRun,
    Name,
    Population,
    Street,
    Town,
)
from chengyun.places.queries.visible import shown
from chengyun.places.shapes import TownData
from places.sample import at, small_town, square

pytestmark = pytest.mark.db

TABLES = (Area, Building, Facility, Street, Ground, Name, Population, Compound, AreaGap)


def load(data: TownData, actor: System, origin: Origin | None = None) -> Town:
    """Load a town without drawing its base map, which takes longer than all the rest."""
    return load_town(data, actor, origin=origin or Origin("bulk", data.source, draw=False))


def count() -> dict[str, int]:
    return {model.__name__: model._base_manager.count() for model in TABLES}


def latest() -> ImportRun:
    return ImportRun._base_manager.order_by("-number")[0]


def facilities(town: Town) -> dict[str, Facility]:
    return {row.external_id: row for row in shown(Facility._base_manager.filter(town=town))}


def test_a_town_is_there_with_all_its_layers(town):
    assert count() == {
        "Area": 12, "Building": 3, "Facility": 3, "Street": 3, "Ground": 2, "Name": 4, "Population": 3, "Compound": 1,
        "AreaGap": 1,
    }  # fmt: skip
    assert latest().state == "done"
    assert latest().done == latest().rows


def test_things_are_placed_in_their_areas(town):
    hydrant = facilities(town)["f1"]
    codes = dict(Area._base_manager.values_list("id", "code"))
    placed = (hydrant.grid_id, hydrant.cell_id, hydrant.community_id, hydrant.compound_id)
    assert [codes[area] for area in placed] == ["G0", "C00", "Q0", "X0"]
    market = facilities(town)["f3"]
    assert (codes[market.grid_id], market.community_id) == ("G1", None)


def test_areas_stand_in_a_tree(town):
    cell = Area._base_manager.get(code="C01")
    assert [Area._base_manager.get(id=int(step)).code for step in cell.path.strip("/").split("/")] == [
        "S0",
        "G0",
        "C01",
    ]
    assert cell.where().areas >= {cell.id, cell.parent_id}
    assert cell.square_metres == pytest.approx(1.0549e6, rel=2e-3)
    own = Area._base_manager.get(level__role="town")
    assert (own.parent.name, own.parent.level.role) == ("试验区", "district")


def test_every_facility_gets_a_plate_that_checks_itself(town):
    plates = sorted(row.plate for row in facilities(town).values())
    assert len(set(plates)) == 3
    assert all(plate.startswith("SY-00000") for plate in plates)


def test_the_same_import_changes_nothing(town, actor):
    before, ids = count(), {key: (row.id, row.plate, row.version) for key, row in facilities(town).items()}
    load(small_town(), actor)
    assert count() == before
    assert {key: (row.id, row.plate, row.version) for key, row in facilities(town).items()} == ids
    assert latest().counts["facilities"] == {"new": 0, "old": 3, "changed": 0, "same": 3}


def test_a_change_keeps_id_and_plate_and_raises_the_version(town, actor):
    before = facilities(town)["f2"]

    def bigger(data):
        data.facilities[1] = replace(data.facilities[1], capacity=90, point=at(1.5, 0.5))

    load(small_town(bigger), actor)
    after = facilities(town)["f2"]
    assert (after.id, after.plate, after.uuid) == (before.id, before.plate, before.uuid)
    assert (after.capacity, after.version) == (90, before.version + 1)
    assert after.grid_id != before.grid_id
    assert latest().counts["facilities"]["changed"] == 1


def test_what_a_complete_file_lacks_is_retired_and_comes_back(town, actor):
    def fewer(data):
        data.facilities.pop(0)

    load(small_town(fewer), actor, origin=Origin("bulk", "sample", complete=True, draw=False))
    assert set(facilities(town)) == {"f2", "f3"}
    assert Facility._base_manager.filter(external_id="f1").exists(), "others may refer to it"
    load(small_town(), actor)
    assert set(facilities(town)) == {"f1", "f2", "f3"}


def test_bad_rows_are_reported_and_left_out(db, actor):
    def spoil(data):
        data.facilities.append(replace(data.facilities[0], key="f9", category="moon_base"))
        data.facilities.append(replace(data.facilities[0], key="f8", point=at(900, 900)))
        data.facilities.append(replace(data.facilities[0]))
        data.buildings[0] = replace(data.buildings[0], floors=999)

    town = load(small_town(spoil), actor)
    assert set(facilities(town)) == {"f1", "f2", "f3"}
    said = {(row.layer, row.place, row.field) for row in bad_rows(latest())}
    assert said == {
        ("facilities", "f9", "category"), ("facilities", "f8", "point"), ("facilities", "f1", "key"),
        ("buildings", "b1", "floors"),
    }  # fmt: skip
    assert latest().counts["facilities"]["bad"] == 3


def test_a_dry_run_changes_nothing(town):
    before = count(), ImportRun._base_manager.count()
    report = dry_run(with_schemes(small_town(), town))
    assert (count(), ImportRun._base_manager.count()) == before
    assert report.rows["facilities"] == 3
    assert report.run is None


class Crash(Exception):
    """The power went."""


def crash_after(monkeypatch, batches_done: int) -> None:
    """Let the given number of batches through, then fail inside the next one."""
    left = [batches_done]
    real = apply._Work._count

    def count_down(self, layer, **more):
        left[0] -= 1
        if left[0] < 0:
            raise Crash
        real(self, layer, **more)

    monkeypatch.setattr(apply._Work, "_count", count_down)


@pytest.mark.parametrize("batches_done", [0, 3, 10, 12, 14, 15, 16, 17])
def test_after_a_crash_nobody_sees_half_and_it_goes_on(db, actor, monkeypatch, batches_done):
    place = found_town(plan_of(small_town()), actor=actor)
    with monkeypatch.context() as patch:
        crash_after(patch, batches_done)
        with pytest.raises(Crash):
            load(small_town(), actor)
    (run,) = unfinished(place)
    if run.state == "applying":
        assert facilities(place) == {}
        assert not shown(Street.objects.filter(town=place)).exists()
    done = finish_run(run, actor=actor, draw=False)
    assert done.state == "done"
    assert len(facilities(place)) == 3
    assert count()["Street"] == 3
    assert count()["Population"] == 3
    counts = {layer: values.get("new") for layer, values in done.counts.items()}
    assert counts["areas"] == 10
    assert counts["streets"] == counts["facilities"] == counts["buildings"] == 3


def test_importing_again_after_a_crash_starts_afresh(db, actor, monkeypatch):
    with monkeypatch.context() as patch:
        crash_after(patch, 12)
        with pytest.raises(Crash):
            load(small_town(), actor)
    town = load(small_town(), actor)
    assert len(facilities(town)) == 3
    assert [run.state for run in ImportRun._base_manager.order_by("number")] == ["cancelled", "done"]


def test_a_run_is_given_up_with_its_rows(db, actor, monkeypatch):
    with monkeypatch.context() as patch:
        crash_after(patch, 14)
        with pytest.raises(Crash):
            load(small_town(), actor)
    discard(unfinished()[0], actor=actor)
    assert count()["Facility"] == count()["Street"] == 0
    assert not unfinished()


def test_two_processes_do_not_apply_one_run(db, actor, monkeypatch):
    with monkeypatch.context() as patch:
        crash_after(patch, 12)
        with pytest.raises(Crash):
            load(small_town(), actor)
    (run,) = unfinished()
    other = ImportRun._base_manager.get(pk=run.pk)
    ImportRun._base_manager.filter(pk=run.pk).update(progress={"phase": "insert", "layer": "names", "seq": 99})
    with pytest.raises(Conflict, match="another process"):
        batches.in_batch(other, {}, lambda: None, batches.Pace())


def test_a_batch_shrinks_until_it_holds_the_lock_for_a_moment():
    pace = batches.Pace()
    pace.learn(1.0)
    assert pace.rows < 50
    for _ in range(30):
        pace.learn(0.001)
    assert pace.rows == 4000


def test_an_area_with_the_same_code_from_another_file_is_the_same_area(town, actor):
    before = Area._base_manager.get(code="C00")

    def renamed(data):
        data.source = "survey"
        data.areas = [replace(data.areas[2], key="other-id", name="新单元", parent="")]
        assert data.areas[0].code == "C00"
        data.facilities, data.buildings, data.streets, data.grounds, data.populations = [], [], [], [], []
        data.compounds, data.gaps, data.names = [], [], []

    load(small_town(renamed), actor)
    after = Area._base_manager.get(code="C00")
    assert (after.id, after.name) == (before.id, "新单元")
    assert after.parent_id == before.parent_id, "the area above is found by where it lies"


def test_new_areas_take_what_lies_in_them(town, actor):
    def moved(data):
        for i, area in enumerate(data.areas):
            if area.code == "C00":
                data.areas[i] = replace(area, polygon=square(0, 0, 0.35, 1))
            if area.code == "C10":
                data.areas[i] = replace(area, polygon=square(0.35, 0, 1.65, 1))
        data.source = "redrawn"
        data.facilities, data.buildings, data.streets, data.grounds, data.populations = [], [], [], [], []
        data.compounds, data.gaps, data.names = [], [], []

    old = facilities(town)["f3"]
    building = Building._base_manager.get(external_id="b3")
    load(small_town(moved), actor)
    codes = dict(Area._base_manager.values_list("id", "code"))
    assert codes[Building._base_manager.get(id=building.id).cell_id] == "C10"
    assert facilities(town)["f3"].version == old.version, "nobody changed the thing itself"


def test_an_import_leaves_its_trace_in_the_journal(drawn_town):
    events = set(Entry.objects.values_list("event", flat=True))
    assert {"places.import_opened", "places.import_shown", "places.import_finished", "places.base_map_made"} <= events


def test_the_base_map_follows_the_data(drawn_town, actor):
    first = BaseMap._base_manager.latest("made_at").name

    def wider(data):
        data.grounds.append(replace(data.grounds[1], key="p2", shape=square(0.2, 1.5, 0.2, 0.2)))

    load_town(small_town(wider), actor)
    assert BaseMap._base_manager.latest("made_at").name != first


def test_one_layer_can_come_alone(town, actor):
    def only_one(staging):
        return None

    report = import_town(town, with_schemes(small_town(), town), Origin("bulk", "empty"), actor=actor, stage=only_one)
    assert report.rows == {}
    assert report.run.state == "done"
