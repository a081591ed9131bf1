"""A field that is kept true is the field that would be made anew."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengyun.places.reach import Network, Positions
from places.reach.reference import Case, cases, limits, positions, units

RUNS = settings(max_examples=50, deadline=None)


@given(case=cases(), limit=limits(), data=st.data())
@RUNS
def test_sources_come_and_go(case: Case, limit: int | None, data: st.DataObject) -> None:
    net, reverse = case.network(), data.draw(st.booleans())
    there = data.draw(st.lists(st.integers(0, case.nodes - 1), max_size=4))
    field = net.field(np.array(there, dtype=int), units(limit), reverse=reverse)
    for _ in range(data.draw(st.integers(1, 6))):
        if there and data.draw(st.booleans()):
            gone = data.draw(st.sampled_from(there))
            there.remove(gone)
            field.remove(gone)
        else:
            there.append(data.draw(st.integers(0, case.nodes - 1)))
            field.add(there[-1])
        expected = net.nearest(np.array(there, dtype=int), None, units(limit), reverse=reverse)[0]
        np.testing.assert_array_equal(field.values, expected)


@given(case=cases(), limit=limits(), data=st.data())
@RUNS
def test_sources_on_edges_come_and_go(case: Case, limit: int | None, data: st.DataObject) -> None:
    net, places = case.network(), data.draw(positions(case))
    field = net.field(places, units(limit))
    left = list(range(len(places)))
    while left:
        gone = data.draw(st.sampled_from(left))
        left.remove(gone)
        field.remove(places[[gone]])
        expected = net.nearest(places[np.array(left, dtype=int)], None, units(limit))[0]
        np.testing.assert_array_equal(field.values, expected)
    field.add(places)
    np.testing.assert_array_equal(field.values, net.nearest(places, None, units(limit))[0])


@given(case=cases(), limit=limits(), data=st.data())
@RUNS
def test_streets_open_and_close(case: Case, limit: int | None, data: st.DataObject) -> None:
    if not case.edges:
        return
    net, reverse = case.network(), data.draw(st.booleans())
    places = data.draw(positions(case)) if data.draw(st.booleans()) else None
    nodes = np.array(data.draw(st.lists(st.integers(0, case.nodes - 1), max_size=4)), dtype=int)
    sources = nodes if places is None else places
    field = net.field(sources, units(limit), reverse=reverse)
    for _ in range(data.draw(st.integers(1, 3))):
        edges = np.array(data.draw(st.lists(st.integers(0, len(case.edges) - 1), max_size=3, unique=True)), dtype=int)
        new = st.sampled_from([np.inf, 0.0, 0.3, 2.0, 6.0])
        cost = data.draw(st.lists(new, min_size=len(edges), max_size=len(edges)))
        net = net.changed(edges, cost)
        field = net.follow(field)
        np.testing.assert_array_equal(field.values, net.nearest(sources, None, units(limit), reverse=reverse)[0])


def test_values_are_the_readers_own() -> None:
    net = Network.from_edges([0, 1], [0, 0], [[0, 1]], [5.0])
    field = net.field([0], 10)
    before = field.values
    field.add(1)
    assert before.tolist() == [0, 5]
    assert field.values.tolist() == [0, 0]
    assert len(field) == 2


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> pytest.TempPathFactory:
    """Folders, one for each example."""
    return tmp_path_factory


@given(case=cases())
@settings(max_examples=40, deadline=None)
def test_a_stored_network_answers_the_same(case: Case, files: pytest.TempPathFactory) -> None:
    path = files.mktemp("reach") / "town.reach"
    net = case.network()
    net.save(path)
    again = Network.load(str(path))
    every = np.arange(case.nodes)
    np.testing.assert_array_equal(again.nearest(every, every), net.nearest(every, every))
    np.testing.assert_array_equal(again.counts(every, every % 2, 3.0), net.counts(every, every % 2, 3.0))
    if case.edges:
        shut = again.changed([0], np.inf)
        np.testing.assert_array_equal(shut.nearest(every, every), net.changed([0], np.inf).nearest(every, every))
        np.testing.assert_array_equal(Network.load(path).nearest(every, every), net.nearest(every, every))


def test_a_file_that_is_no_network_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"something else entirely")
    with pytest.raises(ValueError, match="not a stored network"):
        Network.load(other)
    net = Network.from_edges([0, 1], [0, 0], [[0, 1]], [5.0])
    net.save(other)
    whole = other.read_bytes()
    for end in (8, 12, 16, 100, len(whole) // 2, len(whole) - 1):
        other.write_bytes(whole[:end])
        with pytest.raises(ValueError, match="cut short"):
            Network.load(other)
    for damaged, said in (
        (whole[:7] + b"9" + whole[8:], "another version"),
        (whole[:16] + b"x" * (len(whole) - 16), "damaged"),
        (whole[:8] + (2).to_bytes(8, "little") + b"{}" + whole[18:], "damaged"),
    ):
        other.write_bytes(damaged)
        with pytest.raises(ValueError, match=said):
            Network.load(other)


def test_snapping_finds_the_nearest_edge() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.uniform(0, 1000, 200), rng.uniform(0, 300, 200)
    edges = rng.integers(0, 200, (300, 2))
    net = Network.from_edges(x, y, edges, np.ones(300))
    points = np.c_[rng.uniform(-500, 1500, 400), rng.uniform(-400, 700, 400)]
    found = net.snap(points)
    nodes = np.c_[x, y]
    one, way = nodes[edges[:, 0]], nodes[edges[:, 1]] - nodes[edges[:, 0]]
    square = np.maximum((way**2).sum(axis=1), 1e-12)
    along = np.clip(((points[:, None] - one) * way).sum(axis=2) / square, 0, 1)
    away = np.hypot(*np.moveaxis(points[:, None] - one - along[..., None] * way, 2, 0))
    np.testing.assert_allclose(found.offset, away.min(axis=1), atol=1e-9)
    foot = one[found.edge] + found.fraction[:, None] * way[found.edge]
    np.testing.assert_allclose(np.hypot(*(points - foot).T), found.offset, atol=1e-9)
    near = net.snap(points, 50.0)
    np.testing.assert_array_equal(near.edge >= 0, found.offset <= 50)
    only = np.arange(300) % 7 == 0
    assert set(net.snap(points, edges=only).edge % 7) == {0}


def test_a_point_at_a_node_costs_what_the_node_costs() -> None:
    net = Network.from_edges([0, 10, 30], [0, 0, 0], [[0, 1], [1, 2]], [10.0, 20.0])
    place = net.snap([[10.0, 0.0], [15.0, 3.0]])
    assert net.nearest(place[:1], None).tolist() == [[10, 0, 20]]
    assert net.nearest(place[[1]], None).tolist() == [[18, 8, 18]]
    assert isinstance(place, Positions)
    edge, fraction, offset = place
    assert (edge[1], fraction[1], offset[1]) == (1, 0.25, 3.0)
    assert len(place[1]) == 1
