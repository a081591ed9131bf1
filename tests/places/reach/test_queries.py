"""Nearest, counts and costs are what a plain search in integers answers, in every cell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengyun.places.reach import Network, Positions
from places.reach.reference import NEVER, Case, as_costs, cases, limits, positions, units

RUNS = settings(max_examples=50, deadline=None)


def some_nodes(case: Case, most: int = 8) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, case.nodes - 1), max_size=most)


@given(case=cases(), limit=limits(), data=st.data())
@RUNS
def test_the_nearest_source_of_each_category(case: Case, limit: int | None, data: st.DataObject) -> None:
    nodes = data.draw(some_nodes(case))
    kinds = data.draw(st.lists(st.integers(0, 3), min_size=len(nodes), max_size=len(nodes)))
    reverse = data.draw(st.booleans())
    ticks = (case.turned() if reverse else case).between()
    expected = np.full((5, case.nodes), np.inf, dtype=np.float32)
    for kind in range(5):
        mine = [n for n, k in zip(nodes, kinds, strict=True) if k == kind]
        if mine:
            expected[kind] = as_costs(ticks[mine].min(axis=0), limit)
    found = case.network().nearest(np.array(nodes, dtype=int), kinds, units(limit), categories=5, reverse=reverse)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, expected)


@given(case=cases(), limit=limits(), data=st.data())
@RUNS
def test_how_many_sources_of_each_category(case: Case, limit: int | None, data: st.DataObject) -> None:
    nodes = data.draw(some_nodes(case))
    kinds = data.draw(st.lists(st.integers(0, 3), min_size=len(nodes), max_size=len(nodes)))
    reach = np.isfinite(as_costs(case.between(), limit))
    expected = np.zeros((4, case.nodes), dtype=np.int32)
    for node, kind in zip(nodes, kinds, strict=True):
        expected[kind] += reach[node]
    found = case.network().counts(np.array(nodes, dtype=int), kinds, units(limit), categories=4)
    assert found.dtype == np.int32
    np.testing.assert_array_equal(found, expected)


@given(case=cases(), limit=limits(), data=st.data())
@RUNS
def test_costs_between_nodes(case: Case, limit: int | None, data: st.DataObject) -> None:
    origins, destinations = data.draw(some_nodes(case)), data.draw(some_nodes(case, 4))
    expected = as_costs(case.between()[np.ix_(origins, destinations)], limit)
    found = case.network().costs(np.array(origins, dtype=int), np.array(destinations, dtype=int), units(limit))
    assert found.shape == expected.shape
    assert found.nnz == np.isfinite(expected).sum()
    dense = np.full(expected.shape, np.inf, dtype=np.float32)
    rows = np.repeat(np.arange(len(origins)), np.diff(found.indptr))
    dense[rows, found.indices] = found.data
    np.testing.assert_array_equal(dense, expected)
    assert all(np.all(np.diff(found.indices[a:b]) > 0) for a, b in zip(found.indptr, found.indptr[1:], strict=False))


def plain(case: Case) -> bool:
    """Whether an edge of a directed table has at most one return, so that a position's street is beyond doubt."""
    return not case.directed or (len(set(case.edges)) == len(case.edges) and all(a != b for a, b in case.edges))


@given(case=cases(), limit=limits(), data=st.data())
@RUNS
def test_places_on_edges(case: Case, limit: int | None, data: st.DataObject) -> None:
    if not plain(case):
        case = Case(case.nodes, case.edges, case.ticks, directed=False)
    places = data.draw(positions(case))
    ticks, count = case.between(places), len(places)
    off = np.rint(places.offset * 10).astype(np.int64)
    net = case.network()
    here = ticks[case.nodes :]
    expected = as_costs(here[:, : case.nodes] + off[:, None], limit)
    np.testing.assert_array_equal(net.nearest(places, np.arange(count), units(limit), categories=count), expected)
    np.testing.assert_array_equal(
        net.counts(places, None, units(limit))[0], np.isfinite(expected).sum(axis=0, dtype=np.int32)
    )
    pairs = as_costs(here[:, case.nodes :] + off[:, None] + off[None, :], limit)
    found = net.costs(places, places, units(limit))
    assert found.nnz == np.isfinite(pairs).sum()
    dense = np.full(pairs.shape, np.inf, dtype=np.float32)
    dense[np.repeat(np.arange(count), np.diff(found.indptr)), found.indices] = found.data
    np.testing.assert_array_equal(dense, pairs)


@given(case=cases(), data=st.data())
@RUNS
def test_a_result_is_carried_on_to_places_on_edges(case: Case, data: st.DataObject) -> None:
    if not plain(case):
        case = Case(case.nodes, case.edges, case.ticks, directed=False)
    places, node = data.draw(positions(case)), data.draw(st.integers(0, case.nodes - 1))
    reverse = data.draw(st.booleans())
    ticks = (case.between(places).T if reverse else case.between(places))[node, case.nodes :]
    expected = as_costs(ticks + np.rint(places.offset * 10).astype(np.int64), None)
    net = case.network()
    result = net.nearest(np.array([node]), None, None, reverse=reverse)
    np.testing.assert_array_equal(net.at(places, result, reverse=reverse)[0], expected)


@given(case=cases(), data=st.data())
@RUNS
def test_changed_costs_are_as_if_they_had_always_been(case: Case, data: st.DataObject) -> None:
    if not case.edges:
        return
    edges = data.draw(st.lists(st.integers(0, len(case.edges) - 1), max_size=4, unique=True))
    new = data.draw(st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=len(edges), max_size=len(edges)))
    ticks = list(case.ticks)
    for edge, cost in zip(edges, new, strict=True):
        ticks[edge] = cost
    after = Case(case.nodes, case.edges, ticks, case.directed)
    net = case.network().changed(np.array(edges, dtype=int), [np.inf if t is None else t / 10 for t in new])
    every = np.arange(case.nodes)
    expected = as_costs(after.between(), None)
    np.testing.assert_array_equal(net.nearest(every, every, None), expected)
    np.testing.assert_array_equal(net.nearest(every, every, None, reverse=True), expected.T)


def test_a_limit_includes_itself() -> None:
    net = Network.from_edges([0, 1, 2], [0, 0, 0], [[0, 1], [1, 2]], [600.0, 600.1])
    assert net.nearest([0], [0], 1200.1).tolist() == [[0, 600, np.float32(1200.1)]]
    assert net.nearest([0], [0], 1200.0).tolist() == [[0, 600, np.inf]]
    assert net.counts([0], [0], 600.0).tolist() == [[1, 1, 0]]


def test_sums_of_tenths_do_not_drift() -> None:
    """A thousand steps of 0.1 are 100: as floats they would miss the limit."""
    net = Network.from_edges(np.arange(1001), np.zeros(1001), np.c_[:1000, 1:1001], np.full(1000, 0.1))
    assert net.counts([0], None, 100.0)[0].sum() == 1001


def test_categories_without_sources_are_out_of_reach() -> None:
    net = Network.from_edges([0, 1], [0, 0], [[0, 1]], [5.0])
    assert net.nearest([0], [2], None).tolist() == [[np.inf, np.inf], [np.inf, np.inf], [0, 5]]
    assert net.nearest([], [], None, categories=1).tolist() == [[np.inf, np.inf]]
    assert net.counts(np.array([], dtype=int), [], None, categories=1).tolist() == [[0, 0]]


def test_one_way_streets_are_not_walked_back_between_places_on_them() -> None:
    net = Network.from_edges([0, 100], [0, 0], [[0, 1]], [100.0], directed=True)
    places = Positions(np.array([0, 0], dtype=np.int32), np.array([0.2, 0.7]), np.zeros(2))
    assert net.costs(places, places, None).toarray().tolist() == [[0, 50], [0, 0]]
    assert net.costs(places, places, None).nnz == 3


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("y", lambda: Network.from_edges([0, 1], [0], [[0, 1]], [1])),
        ("x", lambda: Network.from_edges([0, np.nan], [0, 1], [[0, 1]], [1])),
        ("edges", lambda: Network.from_edges([0, 1], [0, 1], [[0, 2]], [1])),
        ("edges", lambda: Network.from_edges([0, 1], [0, 1], [[0.0, 1.0]], [1])),
        ("cost", lambda: Network.from_edges([0, 1], [0, 1], [[0, 1]], [1, 2])),
        ("cost", lambda: Network.from_edges([0, 1], [0, 1], [[0, 1]], [-1])),
        ("cost", lambda: Network.from_edges([0, 1], [0, 1], [[0, 1]], [np.nan])),
        ("access", lambda: Network.from_edges([0, 1], [0, 1], [[0, 1]], [1], access=-1)),
        ("access", lambda: Network.from_edges([0, 1], [0, 1], [[0, 1]], [1], access=np.inf)),
        ("sources", lambda: two().nearest([2], [0], 5)),
        ("sources", lambda: two().nearest([0.5], [0], 5)),
        ("category", lambda: two().nearest([0], [0, 1], 5)),
        ("category", lambda: two().counts([0], [-1], 5)),
        ("categories", lambda: two().counts([0], [3], 5, categories=2)),
        ("limit", lambda: two().nearest([0], [0], -1)),
        ("limit", lambda: two().nearest([0], [0], np.nan)),
        ("limit", lambda: two().nearest([0], [0], "far")),
        ("limit", lambda: two().snap([[1, 2]], -1)),
        ("sources", lambda: two().nearest(([0], [1.5], [0]), [0])),
        ("sources", lambda: two().nearest(([0], [0.5], [-1]), [0])),
        ("positions", lambda: two().nearest(([0, 0], [0.5], [0]), [0])),
        ("positions", lambda: two().nearest(([0.0], [0.5], [0]), [0])),
        ("positions", lambda: two().at([0], [1.0, 2.0])),
        ("cost", lambda: two().changed([0], [1, 2])),
        ("origins", lambda: two().costs([7], [0], 5)),
        ("destinations", lambda: two().costs([0], [-1], 5)),
        ("points", lambda: two().snap([1, 2])),
        ("edges", lambda: two().snap([[1, 2]], edges=[True, False])),
        ("edges", lambda: two().changed([4], [1])),
        ("result", lambda: two().at(two().snap([[0, 0]]), [1.0])),
        ("place", lambda: two().field([0]).add(9)),
        ("place", lambda: two().field([0]).remove(1)),
    ],
)
def test_what_cannot_be_is_refused_by_name(name: str, call: object) -> None:
    with pytest.raises(ValueError, match=name):
        call()  # type: ignore[operator]


def two() -> Network:
    """The smallest network with a way."""
    return Network.from_edges([0, 1], [0, 0], [[0, 1]], [5.0])


def test_positions_may_come_as_three_arrays() -> None:
    net = two()
    edge, fraction, offset = net.snap([[0.25, 1.0], [0.75, 2.0]])
    assert (
        net.nearest((edge, fraction, offset), [0, 1]).tolist()
        == net.nearest(net.snap([[0.25, 1], [0.75, 2]]), [0, 1]).tolist()
    )
    plain = (edge.tolist(), fraction.tolist(), offset.tolist())
    assert (
        net.at(plain, net.nearest([0])).tolist() == net.at(net.snap([[0.25, 1], [0.75, 2]]), net.nearest([0])).tolist()
    )
    field = net.field((edge, fraction, offset), 10)
    field.remove((edge[:1], fraction[:1], offset[:1]))
    assert field.values.tolist() == net.nearest((edge[1:], fraction[1:], offset[1:]), None, 10)[0].tolist()
    assert net.nearest((0, 1), [0, 1]).tolist() == [[0, 5], [5, 0]]
    assert len(net.snap([])) == 0


def test_nothing_at_all() -> None:
    net = Network.from_edges([], [], [], [])
    assert net.nearest([], [], 10, categories=2).shape == (2, 0)
    assert net.costs([], [], 10).shape == (0, 0)
    lonely = Network.from_edges([0.0], [0.0], [], [])
    assert lonely.nearest([0], [0], 0).tolist() == [[0]]
    assert lonely.snap([[3, 4]]).edge.tolist() == [-1]
    assert np.isinf(lonely.at(lonely.snap([[3, 4]]), [[0.0]])).all()
    assert NEVER > 2**30


@given(case=cases())
@RUNS
def test_parts_are_nodes_that_reach_one_another(case: Case) -> None:
    part, ticks = case.network().components(), case.between()
    reach = ticks < NEVER
    np.testing.assert_array_equal(part[:, None] == part[None, :], reach & reach.T)
    assert (np.bincount(part) <= (part == 0).sum()).all()
