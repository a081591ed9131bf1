"""Coordinates go to WGS 84 and back, whatever system they came in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from chengyun.places.coordinates import (
    LocalGrid,
    Metric,
    UnknownSystemError,
    convert_geometry,
    fit_grid,
    guess_system,
    offset,
    system_name,
    to_wgs84,
)
from places.sample import square

CHINA = st.tuples(st.floats(73.5, 135), st.floats(18, 53.5))
NEAR_SHANGHAI = (121.2, 31.4)


def points(seed: int, count: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return np.column_stack((random.uniform(121.1, 121.4, count), random.uniform(31.3, 31.5, count)))


# Published by the coordtransform project for the point 116.404, 39.915.
@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (offset.wgs84_to_gcj02, (116.41024449916938, 39.91640428150164)),
        (offset.gcj02_to_bd09, (116.41036949371029, 39.92133699351021)),
    ],
)
def test_offsets_are_those_that_others_publish(way, expected):
    assert way(np.array([[116.404, 39.915]]))[0] == pytest.approx(expected, abs=1e-10)


@given(CHINA)
def test_gcj02_comes_back_to_the_micrometre(place):
    there = offset.wgs84_to_gcj02(np.array([place]))
    assert offset.gcj02_to_wgs84(there)[0] == pytest.approx(place, abs=1e-10)


@given(CHINA)
def test_bd09_comes_back_to_the_micrometre(place):
    there = offset.wgs84_to_bd09(np.array([place]))
    assert offset.bd09_to_wgs84(there)[0] == pytest.approx(place, abs=1e-10)


def test_outside_china_there_is_no_offset():
    helsinki = np.array([[24.94, 60.17]])
    assert (offset.wgs84_to_gcj02(helsinki) == helsinki).all()


def test_the_offset_in_shanghai_is_some_hundred_metres():
    here = np.array([[121.2, 31.4]])
    metric = Metric(121.2, 31.4)
    apart = np.hypot(*(metric.xy(offset.wgs84_to_gcj02(here)) - metric.xy(here))[0])
    assert 300 < apart < 700


@pytest.mark.parametrize(
    ("name", "epsg"),
    [("cgcs2000/zone40", 4528), ("cgcs2000/zone21", 4499), ("cgcs2000/cm120", 4549), ("EPSG:4549", 4549)],
)
def test_projected_zones_come_back(name, epsg):
    forward = Transformer.from_crs(4490, epsg, always_xy=True)
    here = points(1, 50)
    plane = np.column_stack(forward.transform(here[:, 0], here[:, 1]))
    assert to_wgs84(plane, name) == pytest.approx(here, abs=1e-9)


@pytest.mark.parametrize("text", ["wgs84", "WGS-84", "国家2000", "高德", "百度", "EPSG:4490", "cgcs2000/zone40"])
def test_people_may_call_a_system_by_its_usual_names(text):
    assert system_name(text)


@pytest.mark.parametrize("text", ["mars", "EPSG:abc", "cgcs2000/zone99"])
def test_an_unknown_system_is_refused_with_what_is_possible(text):
    with pytest.raises(UnknownSystemError, match="gcj02"):
        to_wgs84(points(1, 1), text)


def test_beijing_1954_is_refused_because_its_parameters_are_not_public():
    with pytest.raises(UnknownSystemError, match="not public"):
        to_wgs84(np.array([[20_600_000.0, 3_475_000.0]]), "EPSG:2413")


def made_grid(turn: float = 0.3, scale: float = 1.00002) -> LocalGrid:
    c, s = scale * np.cos(np.radians(turn)), scale * np.sin(np.radians(turn))
    return LocalGrid(121.4667, (c, -s, s, c), (1234.5, -3_450_000.0), "similarity", 0, 0, 0, 0)


@given(st.integers(3, 12), st.floats(-5, 5), st.floats(0.9999, 1.0001))
def test_a_local_grid_is_found_from_its_control_points(count, turn, scale):
    grid = made_grid(turn, scale)
    control = points(count, count)
    fitted = fit_grid(grid.from_wgs84(control), control)
    others = points(99, 20)
    assert fitted.to_wgs84(grid.from_wgs84(others)) == pytest.approx(
        others, abs=1e-6
    )  # ten centimetres over thirty kilometres
    assert fitted.rms < 0.1


def test_a_grid_says_how_good_it_is_and_survives_its_settings():
    control = points(5, 6)
    local = made_grid().from_wgs84(control)
    local[0] += 0.5  # a point that was read wrongly by half a metre
    fitted = fit_grid(local, control)
    assert 0.05 < fitted.rms < fitted.left_out < 1
    assert LocalGrid.from_settings(fitted.settings) == fitted


@pytest.mark.parametrize("count", [0, 1])
def test_a_grid_needs_two_points(count):
    with pytest.raises(ValueError, match="two control points"):
        fit_grid(points(1, count), points(1, count))


def test_swapped_axes_are_noticed():
    control = points(3, 5)
    with pytest.raises(ValueError, match="easting"):
        fit_grid(made_grid().from_wgs84(control)[:, ::-1], control)


def test_guesses_say_why():
    zone = np.column_stack(Transformer.from_crs(4490, 4528, always_xy=True).transform(*points(1, 9).T))
    bare = np.column_stack(Transformer.from_crs(4490, 4549, always_xy=True).transform(*points(1, 9).T))
    assert guess_system(zone, near=NEAR_SHANGHAI).system == "cgcs2000/zone40"
    assert guess_system(bare, near=NEAR_SHANGHAI).system == "cgcs2000/cm120"
    assert guess_system(zone[:, ::-1], near=NEAR_SHANGHAI).swapped
    assert guess_system(points(1, 9), "bd_lng bd_lat").system == "bd09"
    assert guess_system(points(1, 9)[:, ::-1]).swapped
    assert guess_system(np.array([[-5000.0, 12_000.0]]), near=NEAR_SHANGHAI).system == "local"


@pytest.mark.parametrize("slip", [(1e6, 1e6), (121.5, 31.2), (40_500_000.0, 9e9), (0.0, 0.0)])
def test_a_slip_of_the_pen_says_nothing_of_the_other_rows(slip):
    zone = np.column_stack(Transformer.from_crs(4490, 4528, always_xy=True).transform(*points(1, 9).T))
    for coords, system in ((zone, "cgcs2000/zone40"), (points(1, 9), "wgs84")):
        assert guess_system(np.vstack([coords, slip]), near=NEAR_SHANGHAI).system == system


def test_geometries_convert_as_a_whole():
    shape = square(0, 0)
    shifted = convert_geometry(shape, "gcj02")
    assert shifted.geom_type == "Polygon"
    assert shifted.distance(shape) == 0
    assert abs(shifted.area / shape.area - 1) < 2e-3


def test_the_metric_plane_is_true_to_area():
    metric = Metric.around(square(0, 0))
    assert metric.flat(square(0, 0)).area == pytest.approx(1.0549e6, rel=2e-3)
    assert metric.round(metric.flat(square(0, 0))).equals_exact(square(0, 0), 1e-9)
