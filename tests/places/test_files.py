"""Tables and vector files: read whatever their encoding, guessed, shown, corrected, imported, exported, read again."""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely
from openpyxl import Workbook
from pyproj import Transformer

from chengyun.kernel.refusal import Invalid
from chengyun.places import registry
from chengyun.places.actions import CategoryGiven, keep_categories
from chengyun.places.coordinates.offset import wgs84_to_bd09
from chengyun.places.exporting import export_layer
from chengyun.places.importing.categories import read_categories
from chengyun.places.importing.files import Wish, check_file, import_file, open_file
from chengyun.places.models import Area, Building, Facility, Ground, Population
from chengyun.places.plates import plate
from chengyun.places.queries.visible import shown
from chengyun.places.readers.table import read_table
from chengyun.places.readers.values import WrongError, ages, day, degrees, number, point, yes_no
from chengyun.places.readers.vector import read_vector
from chengyun.places.readers.wide import lengthen
from chengyun.places.registry import ImportColumn, add_import_column
from chengyun.places.right import code_of
from places.sample import square

HYDRANTS = [
    ["编号", "类别", "名称", "经度", "纬度", "状态", "管径"],
    ["H1", "消火栓", "云岸路一号栓", "121.2031", "31.4042", "正常", "DN150"],
    ["H2", "消火栓", "", "121.2131", "31.4142", "损坏", "DN100"],
]


def write_csv(path: Path, rows: list[list[str]], encoding: str = "utf-8", separator: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as handle:
        csv.writer(handle, delimiter=separator).writerows(rows)
    return path


def write_excel(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def facilities(town):
    return {row.external_id: row for row in shown(Facility._base_manager.filter(town=town)).select_related("category")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_in_its_encoding(tmp_path, encoding, separator):
    table = read_table(write_csv(tmp_path / "f.csv", HYDRANTS, encoding, separator))
    assert table.headings == tuple(HYDRANTS[0])
    assert table.column("名称")[0] == "云岸路一号栓"


def test_titles_above_the_headings_are_passed_over(tmp_path):
    rows = [["试验镇消火栓台账", "", "", "", "", "", ""], ["填表日期：2025年6月", "", "", "", "", "", ""], *HYDRANTS]
    table = read_table(write_excel(tmp_path / "f.xlsx", rows))
    assert table.headings == tuple(HYDRANTS[0])
    assert table.place(0) == "row 4"


@pytest.mark.parametrize(
    ("name", "content"), [("f.xls", b"x"), ("f.xlsx", b"no zip"), ("f.csv", b"\xff\xfe\x81\x00\xff")]
)
def test_a_file_that_cannot_be_read_says_so(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Invalid):
        read_table(tmp_path / name)


@pytest.mark.parametrize(
    ("cell", "value"), [("1,200 平方米", 1200), ("３０张", 30), (60, 60), ("约 5", 5), ("1.5万", 15000), ("-3", -3)]
)
def test_numbers_come_with_their_units(cell, value):
    assert number(cell) == value


@pytest.mark.parametrize(
    ("cell", "band"),
    [("0-2岁", (0, 3)), ("3岁以下", (0, 3)), ("60岁及以上", (60, None)), ("60+", (60, None)), ("合计", (0, None))],
)
def test_age_bands_are_read(cell, band):
    assert ages(cell) == band


def test_other_cells_are_read():
    assert day("2024年6月") == date(2024, 6, 1)
    assert day("20240630") == day("2024/6/30") == date(2024, 6, 30)
    assert yes_no("有")
    assert not yes_no("无")
    assert point("121.2，31.4") == shapely.Point(121.2, 31.4)
    assert degrees("121°30'36\"") == pytest.approx(121.51)
    for reader, cell in [(number, "多"), (day, "去年"), (ages, "老人"), (point, "某处"), (yes_no, "也许")]:
        with pytest.raises(WrongError):
            reader(cell)


def test_a_table_of_facilities_is_guessed_shown_and_imported(town, actor, tmp_path):
    opened = open_file(town, write_csv(tmp_path / "hydrants.csv", HYDRANTS, "gb18030"), Wish("facilities"))
    assert opened.reading.columns == {
        "key": "编号", "category": "类别", "name": "名称", "lng": "经度", "lat": "纬度", "state": "状态",
    }  # fmt: skip
    assert opened.reading.extra == ("管径",)
    assert opened.table.encoding == "gb18030"
    report = import_file(town, opened, actor=actor)
    assert report.rows == {"facilities": 2}
    found = facilities(town)
    assert (found["H1"].category.code, found["H2"].state) == ("hydrant", "out_of_service")
    assert found["H1"].facts == {"管径": "DN150"}
    assert found["H1"].compound_id == Area._base_manager.get(code="X0").id


def test_a_mapping_is_corrected_by_the_person(town, tmp_path):
    rows = [["甲", "乙", "丙", "丁"], ["1", "121.2031", "31.4042", "水泵"]]
    path = write_csv(tmp_path / "odd.csv", rows)
    wish = Wish("facilities", maps=("甲=key", "乙=lng", "丙=lat", "丁=name", "category:=hydrant"))
    report = check_file(town, open_file(town, path, wish))
    assert (report.rows, report.bad) == ({"facilities": 1}, {})
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        "columns: {key: 甲, lng: 乙, lat: 丙}\nfixed: {category: 消火栓}\nsystem: wgs84\n", encoding="utf-8"
    )
    assert check_file(town, open_file(town, path, Wish("facilities", mapping=mapping))).rows == {"facilities": 1}


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish("facilities", maps=("没有=key",)), "no column"),
        (Wish("facilities", maps=("编号=colour",)), "no field"),
        (Wish("facilities", system="mars"), "coordinate system"),
        (Wish("moons"), "one of facilities"),
    ],
)
def test_a_wish_that_does_not_fit_is_refused(town, tmp_path, wish, said):
    with pytest.raises(Invalid, match=said):
        open_file(town, write_csv(tmp_path / "f.csv", HYDRANTS), wish)


def test_bad_rows_say_where_what_and_what_would_be_right(town, actor, tmp_path):
    rows = [
        *HYDRANTS,
        ["H3", "登月舱", "", "121.2031", "31.4042", "正常", ""],
        ["H4", "消火栓", "", "东边", "31.4", "正常", ""],
        ["H5", "消火栓", "", "12.5", "41.9", "正常", ""],
        ["H6", "消火栓", "", "", "", "神秘", ""],
        ["H1", "消火栓", "", "121.2031", "31.4042", "正常", ""],
    ]
    report = import_file(town, open_file(town, write_csv(tmp_path / "h.csv", rows), Wish("facilities")), actor=actor)
    said = {(row.place, row.field): (row.value, row.expected) for row in report.problems}
    assert set(said) == {
        ("row 4", "category"), ("row 5", "lng"), ("row 6", "point"), ("row 7", "state"), ("row 8", "key"),
    }  # fmt: skip
    assert said["row 5", "lng"][0] == "东边"
    assert "exchanged" in said["row 6", "point"][1]
    assert report.rows == {"facilities": 2}


def test_coordinates_of_a_web_map_are_brought_home(town, actor, tmp_path):
    lng, lat = wgs84_to_bd09(np.array([[121.2031, 31.4042]]))[0]
    rows = [["编号", "类别", "百度经度", "百度纬度"], ["H1", "消火栓", f"{lng:.8f}", f"{lat:.8f}"]]
    opened = open_file(town, write_csv(tmp_path / "bd.csv", rows), Wish("facilities"))
    assert opened.reading.system == "bd09"
    import_file(town, opened, actor=actor)
    assert facilities(town)["H1"].minx == pytest.approx(121.2031, abs=1e-7)


def test_survey_coordinates_with_the_northing_first_are_recognised(town, actor, tmp_path):
    forward = Transformer.from_crs(4490, 4549, always_xy=True)
    east, north = forward.transform(121.2031, 31.4042)
    rows = [["编号", "类别", "X坐标", "Y坐标"], ["H1", "消火栓", f"{north:.3f}", f"{east:.3f}"]]
    opened = open_file(town, write_csv(tmp_path / "cgcs.csv", rows), Wish("facilities"))
    assert (opened.reading.system, opened.reading.swapped) == ("cgcs2000/cm120", True)
    import_file(town, opened, actor=actor)
    assert facilities(town)["H1"].miny == pytest.approx(31.4042, abs=1e-6)


def test_a_facility_without_coordinates_is_found_by_its_address(town, actor, tmp_path):
    rows = [
        ["编号", "类别", "名称", "地址"],
        ["A", "诊所", "东风诊所", "云岸路88弄2号"],
        ["B", "诊所", "", "不知何处9号"],
    ]
    report = import_file(town, open_file(town, write_csv(tmp_path / "c.csv", rows), Wish("facilities")), actor=actor)
    building = Building._base_manager.get(external_id="b2")
    assert building.geometry.buffer(1e-4).contains(facilities(town)["A"].geometry)
    assert [(row.place, row.field) for row in report.problems] == [("row 3", "address")]


def test_rows_without_an_id_are_the_same_rows_next_time(town, actor, tmp_path):
    rows = [
        ["名称", "类别", "经度", "纬度"],
        ["甲", "消火栓", "121.2031", "31.4042"],
        ["乙", "消火栓", "121.2032", "31.4"],
    ]
    path = write_csv(tmp_path / "n.csv", rows)
    for _ in range(2):
        import_file(town, open_file(town, path, Wish("facilities")), actor=actor)
    assert Facility._base_manager.filter(source="n").count() == 2


def test_people_come_as_one_column_for_each_age_band(town, actor, tmp_path):
    rows = [
        ["居委会", "常住人口", "3岁以下户籍", "60岁及以上户籍"],
        ["东风居民区", 9100, 210, 2300],
        ["不存在居民区", 1, 1, 1],
    ]
    path = write_excel(tmp_path / "people.xlsx", rows)
    opened = open_file(town, path, Wish("populations", maps=("on:=2025-06-30", "source:=街道年报")))
    import_file(town, opened, actor=actor)
    found = Population.objects.filter(source="街道年报").values_list("basis", "age_from", "age_to", "count")
    assert set(found) == {("resident", 0, 200, 9100), ("registered", 0, 3, 210), ("registered", 60, 200, 2300)}


def test_a_table_without_bands_stays_as_it_is(tmp_path):
    table = read_table(write_csv(tmp_path / "f.csv", HYDRANTS))
    assert lengthen(table) is table


def vector(path: Path, shapes: list[object], fields: dict[str, list[object]], driver: str, **more: object) -> Path:
    pyogrio.raw.write(
        str(path), shapely.to_wkb(np.array(shapes, dtype=object)),
        [np.array(values, dtype=object) for values in fields.values()], list(fields),
        driver=driver, geometry_type=shapes[0].geom_type, **{"crs": "EPSG:4326", **more},
    )  # fmt: skip
    return path


def test_areas_come_from_geojson_and_find_their_parents(town, actor, tmp_path):
    shapes = [square(0.55, 0.1, 0.2, 0.2), square(0.55, 0.5, 0.2, 0.2)]
    path = vector(
        tmp_path / "compounds.geojson", shapes, {"编号": ["X1", "X2"], "名称": ["东风一村", "东风二村"]}, "GeoJSON"
    )
    wish = Wish("areas", maps=("scheme:=community", "level:=compound"))
    import_file(town, open_file(town, path, wish), actor=actor)
    made = Area._base_manager.get(code="X1")
    assert (made.name, made.parent.code, made.level.role) == ("东风一村", "Q0", "compound")


def test_a_shapefile_in_gb18030_without_a_cpg_is_read(tmp_path):
    path = vector(tmp_path / "g.shp", [square(0, 0)], {"名称": ["东风公园"]}, "ESRI Shapefile", encoding="GB18030")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    table = read_vector(path)
    assert table.headings == ("名称",)
    assert table.rows == [["东风公园"]]
    assert table.system == "EPSG:4326"


def test_a_geopackage_in_a_projected_zone_is_brought_home(town, actor, tmp_path):
    forward = Transformer.from_crs(4490, 4549, always_xy=True)
    plane = shapely.transform(
        square(1.2, 1.2, 0.2, 0.2), lambda c: np.column_stack(forward.transform(c[:, 0], c[:, 1]))
    )
    path = vector(
        tmp_path / "g.gpkg", [plane], {"name": ["南园"], "kind": ["green"], "sub": ["park"]}, "GPKG", crs="EPSG:4549"
    )
    opened = open_file(town, path, Wish("grounds"))
    assert opened.reading.system == "EPSG:4549"
    import_file(town, opened, actor=actor)
    assert Ground.objects.get(name="南园").geometry.equals_exact(square(1.2, 1.2, 0.2, 0.2), 1e-7)


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".xlsx", ".csv"])
def test_what_is_exported_is_imported_again_as_the_same(town, actor, tmp_path, ending):
    path = tmp_path / f"facilities{ending}"
    assert export_layer(town, "facilities", path, actor=actor, source="another") == 0
    assert export_layer(town, "facilities", path, actor=actor, source="sample") == 3
    opened = open_file(town, path, Wish("facilities", source="sample"))
    before = {key: (row.id, row.category_id, row.name, row.capacity) for key, row in facilities(town).items()}
    report = import_file(town, opened, actor=actor)
    assert report.problems == []
    after = {key: (row.id, row.category_id, row.name, row.capacity) for key, row in facilities(town).items()}
    assert after == before


@pytest.mark.parametrize("layer", ["areas", "buildings", "streets", "grounds"])
def test_every_layer_goes_into_a_geopackage(town, actor, tmp_path, layer):
    path = tmp_path / f"{layer}.gpkg"
    count = export_layer(town, layer, path, actor=actor)
    assert len(read_vector(path).rows) == count > 0


def test_a_formula_in_a_name_is_not_run_by_a_spreadsheet(town, actor, tmp_path):
    Facility._base_manager.filter(external_id="f3").update(name="=HYPERLINK(1)")
    export_layer(town, "facilities", tmp_path / "f.csv", actor=actor)
    assert "'=HYPERLINK" in (tmp_path / "f.csv").read_text(encoding="utf-8")


def test_an_unknown_ending_is_refused(town, actor, tmp_path):
    with pytest.raises(Invalid, match="ends in one of"):
        export_layer(town, "facilities", tmp_path / "f.docx", actor=actor)


def test_a_column_of_another_room_is_checked_and_handed_over(town, actor, tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "_columns", {})
    kept: list[tuple[int, str]] = []
    add_import_column(
        ImportColumn(
            "facilities", "owner", ("权属单位",),
            wrong=lambda _town, values: {value: "水务站" for value in values if value != "水务站"},
            keep=lambda _town, pairs, _actor: kept.extend(pairs),
        )
    )  # fmt: skip
    rows = [[*HYDRANTS[0], "权属单位"], [*HYDRANTS[1], "水务站"], [*HYDRANTS[2], "月球局"]]
    report = import_file(town, open_file(town, write_csv(tmp_path / "h.csv", rows), Wish("facilities")), actor=actor)
    assert [(row.field, row.value, row.expected) for row in report.problems] == [("owner", "月球局", "水务站")]
    assert kept == [(facilities(town)["H1"].id, "水务站")]


def test_a_plate_that_hangs_elsewhere_is_refused(town, actor, tmp_path):
    taken = facilities(town)["f3"].plate
    rows = [["编号", "类别", "经度", "纬度", "铭牌码"], ["N1", "消火栓", "121.2031", "31.4042", taken]]
    report = import_file(town, open_file(town, write_csv(tmp_path / "p.csv", rows), Wish("facilities")), actor=actor)
    assert [(row.field, row.value) for row in report.problems] == [("plate", taken)]


def test_given_plates_are_kept_and_never_given_again(town, actor, tmp_path):
    later = plate("SY", 4)  # the next that the town would give
    rows = [["编号", "类别", "经度", "纬度", "铭牌码"], ["N1", "消火栓", "121.2031", "31.4042", later]]
    import_file(town, open_file(town, write_csv(tmp_path / "p.csv", rows), Wish("facilities")), actor=actor)
    rows = [["编号", "类别", "经度", "纬度"], ["N2", "消火栓", "121.2031", "31.4042"]]
    import_file(town, open_file(town, write_csv(tmp_path / "q.csv", rows), Wish("facilities")), actor=actor)
    assert facilities(town)["N1"].plate == later
    assert facilities(town)["N2"].plate == plate("SY", 5)


@pytest.mark.parametrize("name", ["own.yaml", "own.csv"])
def test_a_town_adds_its_own_categories(town, actor, tmp_path, name):
    path = tmp_path / name
    texts = {
        "own.yaml": "categories:\n  - {code: tea_house, name: 茶馆, english: Tea house, group: shop, unit: seats}\n",
        "own.csv": "编码,名称,英文,分组,单位\ntea_house,茶馆,Tea house,shop,seats\n",
    }
    path.write_text(texts[name], encoding="utf-8")
    assert keep_categories(town, actor=actor, given=read_categories(path)) == 1
    rows = [["编号", "类别", "经度", "纬度"], ["T1", "茶馆", "121.2031", "31.4042"]]
    report = import_file(town, open_file(town, write_csv(tmp_path / "t.csv", rows), Wish("facilities")), actor=actor)
    assert report.problems == []
    assert facilities(town)["T1"].category.code == "tea_house"
    with pytest.raises(Invalid, match="small letters"):
        keep_categories(town, actor=actor, given=[CategoryGiven("茶馆", "茶馆")])


def test_headings_in_two_lines_are_read_as_one(town, tmp_path):
    book = Workbook()
    for row in (
        ["养老设施台账（2025年）"], ["序号", "基本信息", "", "", "位置", "", "床位数（张）"],
        ["", "编号", "名称", "类别", "经度", "纬度", ""], [1, "Y1", "敬老院", "养老院", 121.2031, 31.4042, 100],
        [2, "Y2", "福利院", "养老院", "东经一百二", 31.4042, "很多"],
    ):  # fmt: skip
        book.active.append(row)
    book.active.merge_cells("B2:D2")
    book.save(tmp_path / "t.xlsx")
    opened = open_file(town, tmp_path / "t.xlsx", Wish("facilities"))
    assert dict(opened.reading.columns) == {
        "key": "编号", "name": "名称", "category": "类别", "lng": "经度", "lat": "纬度", "capacity": "床位数（张）",
    }  # fmt: skip
    report = check_file(town, opened)
    assert report.rows["facilities"] == 1
    assert {(p.place, p.field, p.code) for p in report.problems} == {
        ("row 5", "lng", "number"), ("row 5", "capacity", "number"),
    }  # fmt: skip


@pytest.mark.parametrize("first", ["甲", ""])
def test_a_first_row_of_words_is_no_second_line_of_headings(tmp_path, first):
    rows = [["名称", "性质", "", "地址", "电话", "备注"], ["云岸小学", "民办", "乙", first, "无", "好"]]
    assert read_table(write_csv(tmp_path / "t.csv", [*rows, rows[1]])).headings[:2] == ("名称", "性质")


@pytest.mark.parametrize("cell", [45838, "45838", "45838.5", date(2025, 6, 30), "2025年6月30日", "20250630"])
def test_a_day_may_be_excels_count(cell):
    assert day(cell) == date(2025, 6, 30)


@pytest.mark.parametrize("cell", ["2025-06-31", "456789", "4583", "3025-01-01", "x"])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(WrongError):
        day(cell)


def test_columns_of_a_chinese_web_map_are_found(town, tmp_path):
    rows = [["编号", "类别", "百度坐标X", "百度坐标Y"], ["B1", "公园", "121.21", "31.41"]]
    reading = open_file(town, write_csv(tmp_path / "b.csv", rows), Wish("facilities")).reading
    assert (reading.columns["lng"], reading.columns["lat"], reading.system) == ("百度坐标X", "百度坐标Y", "bd09")
    assert [code_of(note) for note in reading.notes] == ["note_heading"]
