"""Formulas as people write them: what is read, what is refused and where, how it sounds."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.indicators.formula.aloud import read_aloud
from chengyun.indicators.formula.binding import bind
from chengyun.indicators.formula.problems import FormulaError
from chengyun.indicators.formula.units import unit_of
from indicators.small_town import town

CATALOGUE = town().catalogue()
HYDRANTS = (
    "share of compounds(kind = estate) where every building(use = residential) "
    "has hydrant(state = in_service) within 150 m straight"
)


def problem(text: str, unit: str = "") -> dict[str, object]:
    with pytest.raises(FormulaError) as caught:
        bind(text, CATALOGUE, unit)
    return caught.value.shown(text)


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("count of hydrnt", "formula.unknown_name", "hydrnt"),
        ("count of compounds(size = 3)", "formula.unknown_field", "size"),
        ("count of facilities(state = broken)", "formula.unknown_word", "state = broken"),
        ("sum of kind of compounds", "formula.not_a_number", "kind"),
        ("count of land", "formula.not_things", "land"),
        ("lamp + 1", "formula.not_a_figure", "lamp"),
        ("people(age < 3)", "formula.required", "people(age < 3)"),
        ("share of compounds", "formula.expected", ""),
        ("count of compounds where kind < estate", "formula.no_order", "kind < estate"),
        ("count of compounds where has lamp within 3 kg straight", "formula.reach_unit", "kg"),
        ("count of cases where has lamp", "formula.not_belonging", "lamp"),
        ("count of cases during 2023-02-31", "formula.no_such_day", "2023-02-31"),
        ("count of cases during 2025 to 2023", "formula.time_backwards", "during 2025 to 2023"),
        ("count of compounds ! 3", "formula.character", "!"),
        ("count of compounds + sum of households of compounds", "formula.unlike", None),
        ("land ^ (1/2)", "formula.power", None),
        ("count of cases during 0 months", "formula.months", "0"),
        ("count of cases during 1.5 months", "formula.months", "1.5"),
        ("count of cases during 0001", "formula.year", "0001"),
        ("count of cases during 2025-01-01 to 9999-01-01", "formula.year", "9999-01-01"),
        ("count of cases during 1950 to 2020", "formula.time_long", "during 1950 to 2020"),
        ("count of cases per 0 people(basis = resident)", "formula.zero", "0"),
        ("count of cases / 0", "formula.zero", "0"),
        ("count of cases / (2 - 2)", "formula.zero", "2 - 2"),
        ("count of cases per (land * 0)", "formula.zero", "land * 0"),
        ("count of compounds where has at least 0 lamp within 30 m straight", "formula.least", "0"),
        ("land * 9999999999999999999", "formula.number_too_long", "9999999999999999999"),
    ],
)
def test_an_error_points_at_its_characters(text: str, code: str, found: str | None) -> None:
    shown = problem(text)
    assert shown["code"] == code
    assert found is None or text[shown["start"] : shown["end"]] == found  # type: ignore[misc]


def test_an_error_counts_lines_and_columns_and_says_what_was_meant() -> None:
    shown = problem("count of compounds\n  + count of hydrnt")
    assert (shown["line"], shown["column"]) == (2, 14)
    assert "hydrant" in shown["params"]["suggestions"]  # type: ignore[index]


def test_a_result_is_shown_only_in_a_unit_of_its_kind() -> None:
    assert problem("count of lamp", "m2")["code"] == "formula.unit"
    assert problem("sum of floor_area of compounds", "m")["code"] == "formula.unit"
    assert bind("sum of floor_area of compounds", CATALOGUE, "万m2").unit.words() == "m2"
    assert bind("count of lamp / land", CATALOGUE, "个/km2").unit.words() == "个/m2"
    assert bind("count of lamp per 1000 people(basis = resident)", CATALOGUE, "个/千人")
    assert problem("count of lamp", "个/千人")["code"] == "formula.unit"


def test_units_are_read_in_both_languages() -> None:
    assert unit_of("个/千人").scale == pytest.approx(unit_of("places/1000 person").scale)
    assert unit_of("万平方米") == unit_of("万m2")
    assert unit_of("公里").scale == 1000


def test_chinese_names_and_wide_signs_mean_the_same() -> None:
    plain, wide = bind("count of 路灯(光源 = LED)", CATALOGUE), bind("count of lamp（source＝LED）", CATALOGUE)
    assert plain.tree == wide.tree


def test_a_formula_can_be_read_aloud() -> None:
    assert read_aloud(bind(HYDRANTS, CATALOGUE), CATALOGUE, "zh") == (
        "在小区（类型为estate）中，其每幢建筑（用途为residential）直线150米内都有消火栓（状态为在用）的占比"
    )
    said = read_aloud(bind("count of cases during 2021 to 2025", CATALOGUE), CATALOGUE, "zh")
    assert said == "案件（2021年至2025年）的件数"
    english = read_aloud(
        bind("sum of capacity of childcare per 1000 people(basis=resident)", CATALOGUE), CATALOGUE, "en"
    )
    assert english == "the total of capacity of childcare centre per 1000 of people (basis is residents)"


TEXT = """count sum mean share of where has within every building compounds facilities lamp hydrant
cases people per 1000 150 m minutes straight on foot by car ( ) + - * / ^ , = < >=
and or not in is known during year 2025 kind state LED %"""
WORDS = st.sampled_from(TEXT.split())


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_any_words_are_read_or_refused_with_a_place(text: str) -> None:
    try:
        bound = bind(text, CATALOGUE)
    except FormulaError as error:
        shown = error.shown(text)
        assert 0 <= shown["start"] <= len(text)
        assert shown["end"] > shown["start"]
    else:
        for language in ("zh", "en"):
            assert read_aloud(bound, CATALOGUE, language)  # type: ignore[arg-type]


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(FormulaError):
        bind(text, CATALOGUE)


def test_no_formula_is_so_deep_that_reading_it_fails() -> None:
    for text in ("(" * 900, "-" * 900 + "1", "count of a where " + "not " * 400, "count of lamp where " + "(" * 900):
        assert problem(text)["code"].startswith("formula.")  # type: ignore[attr-defined]
