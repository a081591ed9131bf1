"""Networks from streets: walls are passed at gates only, houses stand at the lanes of their own compound."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPoint, Polygon

from chengyun.places.reach import Network
from chengyun.places.reach.build import DRIVE, WALK, WALK_TIME, StreetRows, TownNetwork, build_town, with_gate
from chengyun.places.reach.walls import PASSAGE, Walls

WALL = Polygon([(20, 20), (180, 20), (180, 120), (20, 120)])


def objects(*items: object) -> np.ndarray:
    found = np.empty(len(items), dtype=object)
    found[:] = items
    return found


def streets() -> StreetRows:
    """A street in the south and one in the north, and a lane that leads from one to the other through a compound."""
    lines = [
        LineString([(0, 0), (100, 0)]), LineString([(100, 0), (200, 0)]),
        LineString([(0, 0), (0, 140), (100, 140)]), LineString([(100, 140), (200, 140)]),
        LineString([(100, 0), (100, 140)]),
    ]  # fmt: skip
    return StreetRows(
        np.arange(10, 15), objects(*lines), np.array([1, 2, 1, 3, 2]), np.array([2, 4, 3, 5, 3]),
        np.array(["primary", "primary", "residential", "residential", "service"]), np.ones(5, dtype=bool),
        np.array([True, True, True, True, False]), np.array([0, 1, 0, 0, 0], dtype=np.int32), np.full(5, 36.0),
        np.zeros(5, dtype=bool),
    )  # fmt: skip


def walled(*gates: tuple[float, float]) -> Walls:
    return Walls(objects(WALL), objects(MultiPoint(gates) if gates else None), np.array([77]))


def from_the_house(town: TownNetwork, x: float, y: float) -> float:
    """Metres from a house inside the compound to a point on the streets."""
    house = town.attach([[110.0, 100.0]], [77])
    return float(town.network.costs(house, town.attach([[x, y]], [0]), None).toarray()[0, 0])


def test_a_wall_is_passed_at_its_gate_only() -> None:
    both = build_town(streets(), walled((100, 20), (100, 120)), WALK)
    assert from_the_house(both, 100, 140) == pytest.approx(10 + 40, abs=0.2)
    south = build_town(streets(), walled((100, 20)), WALK)
    assert from_the_house(south, 100, 140) == pytest.approx(10 + 100 + 100 + 140 + 100, abs=0.2)
    assert sorted(south.crossing_gate.tolist()) == [-1, 0]
    assert (south.zone == PASSAGE).sum() == 2


def test_a_compound_without_known_gates_has_no_wall() -> None:
    open_land = build_town(streets(), walled(), WALK)
    assert len(open_land.crossing_edge) == 0
    assert from_the_house(open_land, 100, 140) == pytest.approx(50, abs=0.2)


def test_a_gate_opens_and_closes() -> None:
    town = build_town(streets(), walled((100, 20), (100, 120)), WALK)
    north = int(np.flatnonzero(town.crossing_gate == 1)[0])
    shut = with_gate(town, north, opened=False)
    assert from_the_house(shut, 100, 140) == pytest.approx(450, abs=0.2)
    assert from_the_house(with_gate(shut, north, opened=True), 100, 140) == pytest.approx(50, abs=0.2)


def test_a_house_is_entered_over_the_lanes_of_its_compound() -> None:
    town = build_town(streets(), walled((100, 20)), WALK)
    beside_the_wall = town.attach([[30.0, 22.0], [30.0, 22.0]], [77, 0])
    assert town.street[beside_the_wall.edge].tolist() == [14, 10]
    far = build_town(streets().some(np.arange(5) != 4), walled((100, 20)), WALK)
    assert far.attach([[110.0, 100.0]], [77]).edge.tolist() != [-1]


def test_a_compound_without_lanes_is_entered_from_its_gate() -> None:
    rows = streets()
    rows.lines[4] = LineString([(100, 0), (100, 22)])
    rows.end[4] = 9
    big = Walls(objects(Polygon([(20, 20), (980, 20), (980, 900), (20, 900)])), walled((100, 20)).gates, np.array([77]))
    rows = rows.some(np.isin(np.arange(5), [0, 1, 4]))
    town = build_town(rows, big, WALK)
    house = town.attach([[100.0, 520.0]], [77])
    assert house.edge[0] == town.crossing_edge[0]
    assert house.offset[0] == pytest.approx(500, abs=1)


def test_a_bridge_passes_over_a_wall() -> None:
    rows = streets()
    rows.raised[4] = True
    assert from_the_house(build_town(rows, walled((20, 70)), WALK), 100, 140) < 450


def test_driving_keeps_to_one_way_streets_and_cars() -> None:
    town = build_town(streets(), walled((100, 20)), DRIVE)
    assert set(town.street.tolist()) == {10, 11, 12, 13}
    west, east = town.network.snap([[0.0, 0.0], [200.0, 0.0]])[0], town.network.snap([[200.0, 0.0]])
    there = town.network.costs(west, east, None).toarray()[0, 0]
    assert there == pytest.approx(200 / (10 * 0.65), abs=0.2)
    assert town.network.costs(east, west, None).nnz == 0


def test_time_on_foot_waits_at_busy_streets() -> None:
    metres, seconds = build_town(streets(), walled(), WALK), build_town(streets(), walled(), WALK_TIME)
    cost = [t.network.costs(t.attach([[50, 0]]), t.attach([[150, 0]]), None).toarray()[0, 0] for t in (metres, seconds)]
    assert cost[0] == 100
    assert 100 / 1.2 < cost[1] <= 100 / 1.2 + 20


def test_a_stored_town_is_the_same(tmp_path: Path) -> None:
    town = build_town(streets(), walled((100, 20)), WALK)
    town.save(tmp_path / "walk.reach")
    again = TownNetwork.load(tmp_path / "walk.reach")
    assert from_the_house(again, 100, 140) == from_the_house(town, 100, 140)
    np.testing.assert_array_equal(again.zone, town.zone)
    assert len(Network.load(tmp_path / "walk.reach").edges) == len(town.street)


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="mode"):
        build_town(streets(), walled(), "fly")
    assert shapely.is_valid(WALL)
