"""Ways, catchments, the k nearest, and what is drawn of them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from shapely import Point

from chengyun.places.reach import Network, access, costing
from places.reach.reference import NEVER, Case, cases, limits, positions, units

RUNS = settings(max_examples=60, deadline=None)


@given(case=cases(), data=st.data())
@RUNS
def test_a_path_costs_what_the_search_says_and_follows_edges(case: Case, data: st.DataObject) -> None:
    one, two = (data.draw(st.integers(0, case.nodes - 1)) for _ in range(2))
    ticks = case.from_seed(one)[two]
    found = case.network().path(one, two)
    if ticks >= NEVER:
        assert found is None
        return
    assert found is not None
    assert found.cost == ticks / 10
    nodes = found.nodes.tolist()
    cheapest = {}
    for (a, b), cost in zip(case.edges, case.ticks, strict=True):
        for pair in [(a, b)] if case.directed else [(a, b), (b, a)]:
            if cost is not None:
                cheapest[pair] = min(cost, cheapest.get(pair, cost))
    assert nodes[0] == one
    assert nodes[-1] == two
    steps = [(a, b) for a, b in pairwise(nodes) if a != b]
    assert sum(cheapest[step] for step in steps) == ticks


@given(case=cases(directed=False), data=st.data())
@RUNS
def test_a_path_between_places_on_edges_costs_the_same(case: Case, data: st.DataObject) -> None:
    places = data.draw(positions(case))
    if len(places) < 2:
        return
    off = np.rint(places.offset * 10)
    ticks = case.between(places)[case.nodes, case.nodes + 1] + off[0] + off[1]
    found = case.network().path(places[0], places[1])
    assert (found.cost if found else None) == (ticks / 10 if ticks < NEVER else None)


@given(case=cases(), limit=limits(), data=st.data())
@RUNS
def test_the_k_nearest_of_each_category(case: Case, limit: int | None, data: st.DataObject) -> None:
    sources = data.draw(st.lists(st.integers(0, case.nodes - 1), max_size=6))
    kinds = data.draw(st.lists(st.integers(0, 1), min_size=len(sources), max_size=len(sources)))
    net, every = case.network(), np.arange(case.nodes)
    near, which = net.nearest_k(every, np.array(sources, dtype=int), kinds, k=2, limit=units(limit), categories=2)
    ticks, most = case.between(), 10**9 if limit is None else limit
    for kind in range(2):
        for node in range(case.nodes):
            expected = sorted(
                (ticks[node, s], n) for n, s in enumerate(sources) if kinds[n] == kind and ticks[node, s] <= most
            )[:2]
            got = [(round(c * 10), n) for c, n in zip(near[kind, node], which[kind, node], strict=True) if n >= 0]
            assert got == expected


def street() -> Network:
    """Four nodes in a line, 100 m apart."""
    return Network.from_edges([0, 100, 200, 300], [0, 0, 0, 0], [[0, 1], [1, 2], [2, 3]], [100.0, 100.0, 100.0])


def test_reached_parts_end_where_the_limit_is() -> None:
    net = street()
    parts = net.reached(net.nearest([0], None, 250)[0], 250)
    assert sorted(zip(parts.edge, parts.begin, parts.end, strict=True)) == [(0, 0, 1), (1, 0, 1), (2, 0, 0.5)]
    both = net.reached(net.nearest([0, 3], None, 60)[0], 60)
    assert sorted(zip(both.edge, both.begin, both.end, strict=True)) == [(0, 0, 0.6), (2, 0.4, 1)]


def test_an_isochrone_covers_what_is_reached_and_keeps_holes() -> None:
    ring = Network.from_edges([0, 300, 300, 0], [0, 0, 300, 300], [[0, 1], [1, 2], [2, 3], [3, 0]], [300.0] * 4)
    shape = ring.isochrone([0], 600, beside=30)
    assert shape.is_valid
    assert shape.contains(Point(300, 250))
    assert not shape.contains(Point(150, 150))
    assert len(shape.geoms[0].interiors) == 1
    assert ring.isochrone([0], 600, beside=30, hole=1e6).contains(Point(150, 150))
    assert not ring.isochrone([0], 500, beside=30).contains(Point(300, 290))
    assert ring.isochrone(np.array([], dtype=int), 500).is_empty


def test_two_steps_give_all_capacity_away_once() -> None:
    net = street()
    costs = net.costs([0, 1, 2, 3], [0, 3], 150)
    demand, capacity = np.array([10.0, 20, 30, 40]), np.array([15.0, 35])
    got = access.floating_catchment(costs, demand, capacity, access.within(150))
    np.testing.assert_allclose(got, [15 / 30, 15 / 30, 35 / 70, 35 / 70])
    assert got @ demand == pytest.approx(capacity.sum())
    np.testing.assert_allclose(access.sums(costs, capacity, access.linear(200)), [15, 7.5, 17.5, 35])


def test_decays_meet_their_ends() -> None:
    at = np.array([0.0, 300.0, 300.1, 600.0, 601.0])
    assert access.within(300)(at).tolist() == [1, 1, 0, 0, 0]
    assert access.stepped([300, 600], [1, 0.4])(at).tolist() == [1, 1, 0.4, 0.4, 0]
    bell = access.gaussian(600)(at)
    assert bell[0] == 1
    assert bell[3] == pytest.approx(0)
    assert bell[4] == 0
    with pytest.raises(ValueError, match="limits"):
        access.stepped([600, 300], [1, 0.4])
    with pytest.raises(ValueError, match="capacity"):
        access.floating_catchment(csr_matrix((2, 2)), [1, 1], [1], access.within(1))


def test_whoever_passes_a_crossing_waits_once() -> None:
    edges = np.array([[0, 1], [1, 2], [2, 3]])
    time = costing.seconds([120.0, 120.0, 120.0], costing.PACE["adult"])
    net = Network.from_edges([0, 120, 240, 360], [0] * 4, edges, costing.with_waits(edges, time, [0, 20, 0, 0]))
    assert net.nearest([0])[0].tolist() == [0, 110, 220, 320]
    assert costing.walk_limit(15) == pytest.approx(1080)
    with pytest.raises(ValueError, match="metres_per_second"):
        costing.seconds([1.0], 0.0)
