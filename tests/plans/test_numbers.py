"""The quantity grammar, its units and comparisons."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.plans.compiler.comparators import compare
from chengyun.plans.compiler.numbers import quantities
from chengyun.plans.compiler.unit_table import UNITS, named
from chengyun.plans.compiler.width import canonical


@pytest.mark.parametrize(("text", "value", "highest", "unit", "norm", "norm_unit"), [
    ("完成11万平方米", 11, None, "万平方米", 110_000, "平方米"),
    ("110余万平方米", 110, None, "万平方米", 1_100_000, "平方米"),
    ("1.3万余人次", 1.3, None, "万人次", 13_000, "人次"),
    ("200多万方", 200, None, "万方", 2_000_000, "平方米"),
    ("85-90 亿元", 85, 90, "亿元", 8_500_000_000, "元"),
    ("6%—8%", 6, 8, "%", 6, "%"),
    ("三至五家", 3, 5, "家", 3, "家"),
    ("十万平方米", 10, None, "万平方米", 100_000, "平方米"),
    ("百分之九十五", 95, None, "%", 95, "%"),
    ("九成以上", 90, None, "%", 90, "%"),
    ("12,000 平方米", 12_000, None, "平方米", 12_000, "平方米"),
    ("3.7 吨/平方公里·月", 3.7, None, "吨/平方公里·月", 3.7, "吨/平方公里·月"),
    ("250 个/平方公里", 250, None, "个/平方公里", 250, "个/平方公里"),
    ("5公顷", 5, None, "公顷", 50_000, "平方米"),
    ("2小时", 2, None, "小时", 120, "分钟"),
])  # fmt: skip
def test_a_quantity_has_its_value_and_its_unit(
    text: str, value: float, highest: float | None, unit: str, norm: float, norm_unit: str
) -> None:
    (found,) = quantities(canonical(text))
    assert (found.value, found.value_max, found.unit) == (value, highest, unit)
    assert found.norm == pytest.approx(norm)
    assert found.norm_unit == norm_unit


@pytest.mark.parametrize("text", [
    "一网统管", "五违四必", "千门工程", "360集团", "5G网络", "4S店", "N14-1地块", "菜场2.0升级", "第72次会议",
    "3部门联动",
    "同一个", "统一家具", "12345热线", "2022-2025",
])  # fmt: skip
def test_a_name_that_holds_a_numeral_is_no_quantity(text: str) -> None:
    assert quantities(canonical(text)) == []


def test_a_number_left_open_is_a_quantity_without_a_value() -> None:
    (found,) = quantities("启动城中村X点位的项目")
    assert found.value is None
    assert found.placeholder == "X"


def test_every_unit_is_known_by_its_own_name() -> None:
    assert all(named(name) is not None for name in UNITS)
    assert named("吨/平方公里·月") is not None
    assert named("蛋糕") is None


@pytest.mark.parametrize(("before", "after", "sign", "explicit"), [
    ("面积不低于", "", ">=", True), ("时间缩短至", "以内", "<=", True), ("占比达到", "", ">=", True),
    ("低于", "", "<=", True), ("贡献超过", "", ">", True), ("率保持在", "以上", ">=", True),
    ("完成", "", ">=", False), ("全域设置为", "", "=", False),
    ("控制在", "以下", "<=", True), ("至少", "", ">=", True), ("约", "", ">=", False), ("不超过", "", "<=", True),
])  # fmt: skip
def test_words_of_comparison_give_the_direction(before: str, after: str, sign: str, explicit: bool) -> None:
    found = compare(before, after)
    assert (found.sign, found.explicit) == (sign, explicit)


def test_a_floor_to_be_held_is_known() -> None:
    assert compare("居住区达标率保持在", "以上").floor
    assert not compare("居住区达标率达到", "以上").floor


@given(st.text(alphabet="0123456789万亿千百个平方米公里%约近-—至.,，一二三两十X余多家", max_size=40))
def test_any_run_of_figures_is_read_without_error(text: str) -> None:
    norm = canonical(text)
    found = quantities(norm)
    assert all(0 <= one.start < one.end <= len(norm) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
