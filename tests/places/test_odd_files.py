"""Files as nobody should send them: each fault costs its row, or is refused by its own code."""

from zipfile import ZipFile

import pytest
import shapely

from chengyun.kernel.refusal import Invalid
from chengyun.places.importing.files import Wish, check_file, import_file, open_file
from chengyun.places.readers.vector import read_vector
from chengyun.places.right import code_of
from places.test_files import vector, write_csv


def test_one_coordinate_out_of_the_world_costs_one_row(town, actor, tmp_path):
    rows = [["编号", "类别", "经度", "纬度"], ["H1", "消火栓", 121.2031, 31.4042], ["H2", "消火栓", 1e6, 2e6]]
    rows += [["H3", "消火栓", 121.2032, 31.4043]]
    opened = open_file(town, write_csv(tmp_path / "slip.csv", rows), Wish("facilities"))
    report = import_file(town, opened, actor=actor)
    assert (report.rows, report.bad) == ({"facilities": 2}, {"facilities": 1})
    assert {problem.place for problem in report.problems} == {"row 3"}


def test_a_name_longer_than_its_column_costs_its_row(town, tmp_path):
    rows = [["编号", "类别", "名称", "经度", "纬度"], ["H1", "消火栓", "栓" * 121, 121.2031, 31.4042]]
    problems = check_file(town, open_file(town, write_csv(tmp_path / "long.csv", rows), Wish("facilities"))).problems
    assert [(p.field, p.code, p.params["most"]) for p in problems] == [("name", "length", 120)]


def test_an_archive_without_the_index_of_its_shapes_is_refused(tmp_path):
    path = vector(tmp_path / "p.shp", [shapely.Point(121.2, 31.4)], {"name": ["x"]}, "ESRI Shapefile", crs="EPSG:4326")
    with ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.write(path, "p.shp")
    with pytest.raises(Invalid, match=r"p\.zip") as refused:
        read_vector(tmp_path / "p.zip")
    assert refused.value.code == "places.file_damaged"


def test_a_file_in_a_system_without_a_public_way_is_read_and_its_rows_say_why(town, tmp_path):
    fields = {"编号": ["B1"], "类别": ["消火栓"]}
    path = vector(tmp_path / "b.gpkg", [shapely.Point(40_500_000, 3_450_000)], fields, "GPKG", crs="EPSG:2364")
    opened = open_file(town, path, Wish("facilities"))
    assert [p.code for p in check_file(town, opened).problems] == ["own_grid"]
    assert check_file(town, open_file(town, path, Wish("facilities", system="EPSG:4528"))).problems[0].code == "near"


def test_metres_of_an_unknown_grid_are_no_place_until_it_has_control_points(town, actor, tmp_path):
    rows = [["编号", "类别", "X坐标", "Y坐标"], ["H1", "消火栓", -5000.0, 12_000.0]]
    opened = open_file(town, write_csv(tmp_path / "own.csv", rows), Wish("facilities"))
    assert opened.reading.system == "local"
    assert [code_of(p.expected) or p.code for p in check_file(town, opened).problems] == ["own_grid"]
