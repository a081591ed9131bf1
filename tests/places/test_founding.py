"""A town from its own files: a boundary, schemes of its own, a plane grid fitted from control points."""

import csv
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely
from pyproj import Transformer

from chengyun.kernel.actor import System
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.places.actions.schemes import keep_schemes
from chengyun.places.actions.towns import TownPlan, fit_local_grid, found_town
from chengyun.places.importing.files import Wish, check_file, import_file, open_file
from chengyun.places.importing.founding import read_boundary, read_control_points, read_schemes
from chengyun.places.models import Area, Scheme, Town
from chengyun.places.shapes import LevelShape, SchemeShape

pytestmark = pytest.mark.django_db
BOX = shapely.box(121.19, 31.40, 121.23, 31.44)
SCHEMES = """schemes:
  - code: block
    name: 街区
    levels:
      - {code: block, name: 街区, english: Block}
      - {code: side, name: 街面, english: Side}
"""


def in_zone_40(path: Path) -> Path:
    """The boundary as surveyors hand it over: two halves in CGCS2000, zone 40."""
    way = Transformer.from_crs(4326, 4528, always_xy=True).transform
    halves = (shapely.box(121.19, 31.40, 121.21, 31.44), shapely.box(121.21, 31.40, 121.23, 31.44))
    flat = [shapely.transform(half, lambda c: np.column_stack(way(c[:, 0], c[:, 1]))) for half in halves]
    pyogrio.raw.write(
        str(path), shapely.to_wkb(np.array(flat)), [np.array(["a", "b"], dtype=object)], ["name"],
        geometry_type="Polygon", crs="EPSG:4528", driver="ESRI Shapefile",
    )  # fmt: skip
    return path


def found(tmp_path: Path) -> Town:
    plan = TownPlan("TS", "测试镇", read_boundary(in_zone_40(tmp_path / "b.shp")), district="测试区")
    return found_town(plan, actor=System("test"))


def test_a_town_is_founded_from_a_boundary_in_a_national_zone(tmp_path: Path) -> None:
    town = found(tmp_path)
    area = Area._base_manager.get(town=town, level__role="town")
    assert shapely.symmetric_difference(area.geometry, BOX).area < BOX.area * 1e-3
    assert {scheme.code for scheme in Scheme._base_manager.filter(town=town)} == {"grid", "community"}
    assert found(tmp_path).pk == town.pk


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("b.geojson", '{"type": "Point", "coordinates": [121.2, 31.4]}'),
        ("b.geojson", "{"), ("b.csv", "a,b\n1,2\n"), ("b.shp", "x"),
    ],
)  # fmt: skip
def test_what_holds_no_boundary_is_refused(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Invalid):
        read_boundary(tmp_path / name)


def test_a_town_keeps_schemes_of_its_own(tmp_path: Path) -> None:
    town, actor = found(tmp_path), System("test")
    path = tmp_path / "schemes.yaml"
    path.write_text(SCHEMES, encoding="utf-8")
    keep_schemes(town, actor=actor, expected=town.version, given=read_schemes(path))
    half = shapely.geometry.mapping(shapely.box(121.19, 31.40, 121.21, 31.44))
    feature = {"type": "Feature", "properties": {"编号": "B1", "名称": "东街"}, "geometry": half}
    (tmp_path / "blocks.geojson").write_text(str(feature).replace("'", '"').replace("(", "[").replace(")", "]"))
    wish = Wish("areas", maps=("scheme:=block", "level:=block"))
    import_file(town, open_file(town, tmp_path / "blocks.geojson", wish), actor=actor)
    assert Area._base_manager.get(town=town, code="B1").level.name == "街区"
    town.refresh_from_db()
    other = SchemeShape("block", "街区", "", (LevelShape("street", "街", ""),))
    with pytest.raises(Conflict) as used:
        keep_schemes(town, actor=actor, expected=town.version, given=[other])
    assert used.value.code == "places.level_used"
    turned = SchemeShape("block", "街区", "", (LevelShape("side", "街面", ""), LevelShape("block", "街坊", "")))
    keep_schemes(town, actor=actor, expected=town.version, given=[turned])
    assert list(Scheme._base_manager.get(town=town, code="block").levels.values_list("code", "name", "rank")) == [
        ("side", "街面", 0), ("block", "街坊", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "scheme",
    [
        SchemeShape("Block", "街区", "", (LevelShape("block", "街区", ""),)), SchemeShape("block", "街区", "", ()),
        SchemeShape("block", "街区", "", (LevelShape("a", "a", ""), LevelShape("a", "b", ""))),
        SchemeShape("block", "街区", "", (LevelShape("a", "a", "", "king"),)),
    ],
)  # fmt: skip
def test_a_scheme_that_makes_no_tree_is_refused(tmp_path: Path, scheme: SchemeShape) -> None:
    town = found(tmp_path)
    with pytest.raises(Invalid):
        keep_schemes(town, actor=System("test"), expected=town.version, given=[scheme])


def test_a_town_s_own_plane_grid_is_fitted_and_imports_take_it(tmp_path: Path) -> None:
    town, actor = found(tmp_path), System("test")
    way = Transformer.from_crs(4326, 4549, always_xy=True).transform
    corners = [(121.19, 31.40), (121.23, 31.40), (121.23, 31.44), (121.19, 31.44)]
    plane = [(x - 400_000, y - 3_400_000) for x, y in (way(*corner) for corner in corners)]
    with (tmp_path / "c.csv").open("w", encoding="gb18030", newline="") as handle:
        rows = [(f"K{i}", *xy, *at) for i, (xy, at) in enumerate(zip(plane, corners, strict=True))]
        csv.writer(handle).writerows([("点名", "东坐标", "北坐标", "经度", "纬度"), *rows])
    fit_local_grid(town, actor=actor, expected=town.version, points=read_control_points(tmp_path / "c.csv"))
    town.refresh_from_db()
    x, y = way(121.21, 31.42)
    (tmp_path / "p.csv").write_text(f"编号,类别,x,y\nP1,公园,{x - 400_000},{y - 3_400_000}\n", encoding="utf-8")
    opened = open_file(town, tmp_path / "p.csv", Wish("facilities", system="local"))
    assert check_file(town, opened).problems == []
    (tmp_path / "bad.csv").write_text("点名,经度\na,1\n", encoding="utf-8")
    with pytest.raises(Invalid):
        read_control_points(tmp_path / "bad.csv")
