"""Cover without gap or overlap, against a slow reference that counts points."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from chengyun.places.coordinates import Metric
from chengyun.places.partition import Locator, check_cover, check_nesting
from places.sample import STEP, square

TOWN = square(0, 0, 2, 2)
METRIC = Metric.around(TOWN)


def cells(columns: int, rows: int) -> list[tuple[str, Polygon]]:
    width, height = 2 / columns, 2 / rows
    return [(f"{c}/{r}", square(c * width, r * height, width, height)) for c in range(columns) for r in range(rows)]


def slow(areas: list[tuple[str, Polygon]], town: Polygon, count: int = 60) -> tuple[float, float]:
    """Square metres of gaps and of overlaps, counted on a raster of points."""
    west, south, east, north = town.bounds
    xs = west + (np.arange(count) + 0.5) * (east - west) / count
    ys = south + (np.arange(count) + 0.5) * (north - south) / count
    hits = np.array([[sum(shape.contains(Point(x, y)) for _, shape in areas) for y in ys] for x in xs])
    each = METRIC.flat(town).area / count**2
    return float((hits == 0).sum() * each), float(np.maximum(hits - 1, 0).sum() * each)


def test_a_right_cover_has_nothing_to_say():
    found = check_cover(cells(3, 4), TOWN)
    assert found.whole


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_gaps_and_overlaps_are_those_of_the_slow_reference(columns, rows, data):
    areas = cells(columns, rows)
    removed = data.draw(st.sets(st.integers(0, len(areas) - 1), max_size=2))
    grown = data.draw(st.sets(st.integers(0, len(areas) - 1), max_size=2))
    changed = [
        (key, shape.buffer(0.15 * STEP, join_style="mitre").intersection(TOWN) if i in grown else shape)
        for i, (key, shape) in enumerate(areas)
        if i not in removed
    ]
    found = check_cover(changed, TOWN)
    gap, overlap = slow(changed, TOWN)
    room = 0.06 * METRIC.flat(TOWN).area
    assert sum(piece.area for piece in found.gaps) == pytest.approx(gap, abs=room)
    assert sum(piece.area for piece in found.overlaps) == pytest.approx(overlap, abs=room * 2)


def test_a_gap_is_given_as_the_polygon_that_is_missing():
    areas = cells(2, 2)
    found = check_cover(areas[1:], TOWN)
    assert len(found.gaps) == 1
    assert found.gaps[0].polygon.symmetric_difference(areas[0][1]).area < 1e-4 * STEP**2
    assert found.gaps[0].area == pytest.approx(METRIC.flat(areas[0][1]).area, rel=1e-4)


def test_slivers_below_the_tolerance_are_drawing_errors():
    half_metre = 0.5 / 111_195
    west, south, east, north = square(1, 0, 1, 2).bounds
    areas = [("west", square(0, 0, 1, 2)), ("east", box(west + half_metre, south, east, north))]
    assert check_cover(areas, TOWN, tolerance=1.0).whole
    assert len(check_cover(areas, TOWN, tolerance=0.1).gaps) == 1


def test_known_gaps_are_no_gaps():
    areas = cells(2, 2)
    assert check_cover(areas[1:], TOWN, known_gaps=[areas[0][1]]).whole


def test_land_outside_the_town_and_crossed_polygons_are_named():
    bow = Polygon([(121.2, 31.4), (121.22, 31.42), (121.22, 31.4), (121.2, 31.42)])
    found = check_cover([*cells(1, 1), ("out", square(1.9, 1.9, 0.5, 0.5)), ("bow", bow)], TOWN)
    assert {piece.key for piece in found.outside} == {"out"}
    assert [key for key, _ in found.invalid] == ["bow"]


def test_children_must_lie_in_their_parent():
    pieces = check_nesting([("in", square(0, 0)), ("out", square(0.5, 0))], square(0, 0))
    assert [piece.key for piece in pieces] == ["out"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0.001, 1.999), st.floats(0.001, 1.999)), min_size=1, max_size=30))
def test_the_locator_finds_what_a_loop_finds(places):
    areas = [*cells(3, 3), ("town", TOWN), ("two", MultiPolygon([square(0, 0, 0.2, 0.2), square(1, 1, 0.2, 0.2)]))]
    locator = Locator(areas)
    size = {key: shape.area for key, shape in areas}
    points = shapely.points([(121.2 + x * STEP, 31.4 + y * STEP) for x, y in places])
    for point, first in zip(points, locator.first(points), strict=True):
        slow_hits = {key for key, shape in areas if shape.intersects(point)}
        assert set(locator.at(point.x, point.y)) == slow_hits
        assert size[locator.keys[first]] == min(size[key] for key in slow_hits)


def test_outside_everything_there_is_nothing_but_perhaps_something_near():
    locator = Locator(cells(1, 1))
    assert locator.at(120.0, 31.0) == []
    assert locator.first(shapely.points([[120.0, 31.0]])).tolist() == [-1]
    assert locator.near(121.1999, 31.41, 0.001) == "0/0"
    assert locator.near(121.1, 31.41, 0.001) is None
