"""Registers: defined, filled by hand and from files, measured; without a record they are missing, not empty."""

import io
from dataclasses import replace
from datetime import date

import numpy as np
import openpyxl
import pytest

from chengyun.indicators.formula.binding import bind
from chengyun.indicators.formula.catalogue import Catalogue
from chengyun.indicators.library import library_definitions, library_thresholds
from chengyun.indicators.models import Register, RegisterEntry
from chengyun.indicators.registers import actions, importing
from chengyun.indicators.registers.actions import shape_of_register
from chengyun.indicators.registers.files import open_register, read_rows
from chengyun.indicators.registers.shapes import problems, read_entry, shape_of, standard_registers
from chengyun.kernel.actor import System
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.measures import Ask, Coded, Period, measure, measures
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.places.bulk import load_town
from chengyun.places.importing.runs import Origin
from chengyun.places.importing.uploads import keep_upload
from chengyun.places.models import Area, Town
from places.sample import at, small_town

ACTOR = System("test")
YEAR = Ask(0, Period(date(2026, 1, 1), date(2026, 12, 31)))
KINDS = [["new", "新装", "new"], ["old", "改造", "rebuilt"]]
SHAPE = shape_of(
    {
        "code": "gates",
        "zh": "千门台账",
        "en": "Gates",
        "key": "name",
        "day": "done_on",
        "columns": [
            {"name": "name", "zh": "编号", "en": "number", "required": True},
            {"name": "compound_name", "zh": "小区", "en": "compound", "kind": "place"},
            {"name": "doors", "zh": "门数", "en": "doors", "kind": "number", "unit": "扇"},
            {"name": "kind", "zh": "类型", "en": "kind", "kind": "choice", "words": KINDS},
            {"name": "passed", "zh": "是否验收", "en": "passed", "kind": "flag"},
            {"name": "done_on", "zh": "完成日期", "en": "done on", "kind": "date"},
        ],
    }
)  # fmt: skip


@pytest.fixture
def town(db: None) -> Town:
    return load_town(small_town(), ACTOR, origin=Origin("bulk", "sample", draw=False))


@pytest.fixture
def register(town: Town) -> Register:
    return actions.save_register(town.pk, actor=ACTOR, given=SHAPE)


def table(register: Register, keys: frozenset[int] | None = None):
    found = measure(f"registers.{register.code}")
    assert found is not None
    assert found.load is not None
    return found.load(Ask(register.town_id, YEAR.period, keys))


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_register_without_a_record_is_missing_and_with_one_it_is_counted(register):
    empty = table(register)
    assert empty.missing is not None
    assert (empty.missing.register, empty.missing.zh) == ("gates", "千门台账")
    cells = {"name": "G1", "compound_name": "云岸新村", "doors": "12扇", "kind": "新装", "passed": "是"}
    row = actions.add_entry(register, actor=ACTOR, cells=cells | {"done_on": "2026年3月5日"})
    found = table(register)
    assert found.missing is None
    assert found.columns["doors"].tolist() == [12]
    assert isinstance(found.columns["kind"], Coded)
    assert found.columns["kind"].words == ("new",)
    assert found.columns["passed"].tolist() == [1]
    assert found.day is not None
    assert found.day.tolist() == [date(2026, 3, 5)]
    compound = Area._base_manager.get(code="X0")
    assert found.columns["compound"].tolist() == [compound.pk]
    assert found.areas["community"].tolist() == [compound.parent_id]
    assert len(table(register, frozenset({row.pk}))) == 1
    assert table(register, frozenset({row.pk + 1})).missing is None
    assert not found.partial
    actions.save_register(register.town_id, actor=ACTOR, given=replace(SHAPE, complete=False), row=register)
    assert table(register).partial


def test_a_record_lies_where_its_point_says(register):
    row = actions.add_entry(register, actor=ACTOR, cells={"name": "G2", "lng": at(0.3, 0.3).x, "lat": at(0.3, 0.3).y})
    assert Area._base_manager.get(pk=row.compound_id).code == "X0"
    assert Area._base_manager.get(pk=row.grid_id).code == "G0"


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"doors": 3}, "name"), ({"name": "G", "doors": "many"}, "doors"), ({"name": "G", "kind": "旧"}, "kind"),
     ({"name": "G", "done_on": "spring"}, "done_on"), ({"name": "G", "colour": "red"}, "colour")],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_is_refused_by_name(register, cells, column):
    with pytest.raises(Invalid) as refused:
        actions.add_entry(register, actor=ACTOR, cells=cells)
    assert refused.value.field == column


def test_a_record_is_changed_and_struck_out_under_its_version_and_the_journal_knows_no_values(register):
    row = actions.add_entry(register, actor=ACTOR, cells={"name": "G1", "doors": 5})
    with pytest.raises(Conflict):
        actions.add_entry(register, actor=ACTOR, cells={"name": "G1"})
    row = actions.change_entry(row, actor=ACTOR, expected=row.version, cells={"doors": None, "kind": "改造"})
    assert row.values == {"name": "G1", "kind": "old"}
    with pytest.raises(Conflict):
        actions.change_entry(row, actor=ACTOR, expected=1, cells={"doors": 9})
    actions.remove_entry(row, actor=ACTOR, expected=row.version)
    assert table(register).missing is not None
    facts = [bytes(e.facts).decode() for e in Entry.objects.filter(stream__startswith="register_entry:")]
    assert len(facts) == 3
    assert not any("改造" in text or "G1" in text for text in facts)


def test_a_file_is_read_by_its_headings_and_every_row_left_out_says_why(register, tmp_path):
    path = tmp_path / "gates.xlsx"
    path.write_bytes(
        workbook([
            ["千门工程台账（合成数据）", None, None, None],
            ["编号", "所在小区", "完成日期", "门数（扇）"],
            ["A1", "云岸新村", date(2026, 2, 1), 10],
            ["A2", "云岸新村", "2026/13/1", 10],
            ["A1", "云岸新村", date(2026, 2, 1), 11],
            ["A3", "别处", None, "1,200"],
        ])
    )  # fmt: skip
    opened = open_register(path, SHAPE)
    assert dict(opened.mapping) == {
        "name": "编号",
        "compound_name": "所在小区",
        "done_on": "完成日期",
        "doors": "门数（扇）",
    }
    read = read_rows(opened, SHAPE)
    assert [(e.code, e.values.get("doors")) for e in read.entries] == [("A1", 10), ("A3", 1200)]
    assert [(row, [w.column for w in wrong]) for row, wrong in read.bad] == [
        ("row 4", ["done_on"]),
        ("row 5", ["name"]),
    ]
    without = open_register(path, SHAPE, {"doors": ""})
    assert "门数（扇）" in without.unused
    with pytest.raises(Invalid, match="heading"):
        open_register(path, SHAPE, {"doors": "门牌"})


def test_the_same_file_again_changes_only_what_is_new(register):
    def sent(rows: list[list[object]]) -> dict[str, object]:
        upload = keep_upload("gates.xlsx", [workbook([["编号", "门数"], *rows])], actor=ACTOR)
        return importing.take_file(register, upload.id, {}, actor=ACTOR)

    first = sent([["A1", 1], ["A2", 2]])
    assert (first["new"], first["changed"], first["same"]) == (2, 0, 0)
    again = sent([["A1", 1], ["A2", 3], ["A3", 4]])
    assert (again["new"], again["changed"], again["same"]) == (1, 1, 1)
    assert RegisterEntry._base_manager.filter(register=register).count() == 3


def test_a_register_without_a_key_takes_the_same_file_once(town):
    shape = shape_of(
        {"code": "checks", "zh": "检查", "en": "checks", "columns": [{"name": "score", "zh": "得分", "en": "score"}]}
    )
    register = actions.save_register(town.pk, actor=ACTOR, given=shape)

    def sent(rows: list[list[object]]) -> tuple[object, object]:
        upload = keep_upload("checks.xlsx", [workbook([["得分"], *rows])], actor=ACTOR)
        taken = importing.take_file(register, upload.id, {}, actor=ACTOR)
        return taken["new"], taken["same"]

    assert sent([["优"], ["优"], ["良"]]) == (3, 0)
    assert sent([["优"], ["优"], ["良"]]) == (0, 3)
    assert sent([["优"], ["优"], ["优"], ["差"]]) == (2, 2)


def test_units_are_converted_or_refused_and_areas_that_are_not_there_are_said(register):
    size = {"name": "size", "zh": "面积", "en": "size", "kind": "number", "unit": "m2"}
    acres = shape_of({"code": "plots", "zh": "地块", "en": "plots", "columns": [size]})
    said = [read_entry(acres, {"size": cell}) for cell in ("3亩", "1.2公顷", "1,200 平方米", 1200, "5")]
    assert [round(entry.values["size"], 3) for entry, _ in said] == [2000, 12000, 1200, 1200, 5]
    assert [[one.why for one in read_entry(acres, {"size": cell})[1]] for cell in ("3吨", "3张", "多")] == [
        ["unit"], ["unit"], ["kind"],
    ]  # fmt: skip
    rows = [["编号", "小区", "门数"], ["B1", "云岸新村", 1], ["B2", "别处", 2], ["B1", "云岸新村", 3], ["", "", 4]]
    upload = keep_upload("gates.xlsx", [workbook(rows)], actor=ACTOR)
    found = importing.preview(register, upload.id, {}, actor=ACTOR)
    assert [[one["why"] for one in row["wrong"]] for row in found["wrong"]] == [["place"], ["twice"], ["required"]]
    assert (found["good"], found["bad"]) == (1, 3)


def test_a_definition_that_cannot_be_kept_is_refused(town):
    for wrong in ({"key": "nothing"}, {"day": "doors"}, {"code": "Gates!"}, {"columns": ()}):
        given = shape_of({**SHAPE.__dict__, "columns": [c.__dict__ for c in SHAPE.columns], **wrong})
        assert problems(given), wrong
        with pytest.raises(Invalid):
            actions.save_register(town.pk, actor=ACTOR, given=given)


def test_a_register_keeps_its_definition_through_the_database(register):
    assert shape_of_register(register) == SHAPE


def test_the_library_holds_all_87_targets_and_every_formula_binds(town):
    from_plans = [d for d in library_definitions() if d.source]
    assert len({d.source["item"] for d in from_plans}) == 87
    assert len({d.code for d in library_definitions()}) == len(library_definitions())
    catalogue = _Catalogue(measures(), town.pk)
    for one in library_definitions():
        assert one.target is not None, one.code
        bind(one.formula, catalogue, one.unit)
        if one.target.value_formula:
            bind(one.target.value_formula, catalogue, one.unit)


class _Catalogue(Catalogue):
    """Without departments: a town has those that it names."""

    def words(self, measure, field):
        return None if field.name == "owner" else super().words(measure, field)


def test_every_register_that_a_formula_counts_is_defined_and_every_other_is_not_there_for_nothing():
    text = "\n".join(d.formula + " " + (d.target.value_formula if d.target else "") for d in library_definitions())
    named = {
        word.partition(".")[2]
        for word in text.replace("(", " ").replace(")", " ").split()
        if word.startswith("registers.")
    }
    assert named == set(standard_registers())
    assert not any(problems(shape) for shape in standard_registers().values())


def test_a_limit_that_nobody_read_in_the_official_text_says_so_and_each_names_its_clause():
    limits = library_thresholds()
    assert {t.metric for t in limits} == {"straight", "street", "time", "quota"}
    assert not any(t.verified for t in limits)
    assert all(t.clause for t in limits)
    assert all(t.denominator for t in limits if t.metric == "quota")
    assert len({t.code for t in limits}) == len(limits)
    assert np.isfinite([t.value for t in limits]).all()
