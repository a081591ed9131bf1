"""Lines that a page wraps: what cannot be cut moves to the next line whole, and keys of tails are cut in two."""

import pytest

from chengyun.plans.compiler.paragraphs import paragraphs
from chengyun.plans.compiler.readers.pdf_page import Glyph, _put
from chengyun.plans.compiler.source import Line

FULL = "推进老旧小区改造和背街小巷整治，完善基础设施配套，提升居住"  # as wide as the page


def joined(*lines: str, lefts: tuple[tuple[float, ...], ...] = ()) -> list[str]:
    """The paragraphs of `lines` on a page that is full of other wrapped text."""
    text, marks = "", []
    shown = [*[FULL] * 12, "环境。", *lines]
    edges = [*[(0.0,)] * 13, *(lefts or [(0.0,)] * len(lines))]
    for line, left in zip(shown, edges, strict=True):
        marks.append(Line(len(text), len(text) + len(line), 1, lefts=left))
        text += line + "\n"
    return ["".join(text[one.start : one.end] for one in group) for group in paragraphs(text, marks)][1:]


@pytest.mark.parametrize(("first", "second"), [
    ("全镇村（社区）网格化服务管理覆盖率在本年度末达到", "100%，矛盾纠纷化解率达到96%以上。"),
    ("举办面向全镇村（居）干部的数字技能培训班若干期，培训", "1200人次，培育带头人50名。"),
    ("推动规上企业数字化改造，网络零售额达到18亿元、增", "22.5%，居全区前列。"),
])  # fmt: skip
def test_a_line_is_full_when_the_next_number_would_not_have_fitted(first: str, second: str) -> None:
    assert joined(first, second) == [first + second]


def test_a_short_line_before_a_number_stays_a_line_of_its_own() -> None:
    assert joined("附表一", "100%，矛盾纠纷化解率。") == ["附表一", "100%，矛盾纠纷化解率。"]


def test_the_indent_and_the_gaps_of_a_line_count_to_its_width() -> None:
    tail, rest = "责任科室：经济发展科　　配合单位：云", "北社区、综合执法中队　　完成时限：5月底"
    apart = joined("责任领导：卫青禾 责任科室：甲办 配合单位：云", rest, lefts=((2.0,), (0.0,)))
    assert len(apart) == 2
    held = "责任领导：卫青禾 责任科室：甲办 配合单位：云"
    assert joined(held, rest, lefts=((2.0, 12.0, 22.0), (0.0,))) == [held + rest]
    assert tail not in held


@pytest.mark.parametrize(("first", "second"), [
    ("责任科室：经济发展科 完成时", "限：12月底"),
    ("牵头单位：甲局 配合单", "位：乙局、丙局"),
])  # fmt: skip
def test_a_key_that_a_line_cuts_in_two_is_one_key(first: str, second: str) -> None:
    assert joined(first, second) == [first + second]


def test_a_flat_box_of_a_dash_or_of_one_does_not_break_its_line() -> None:
    """Some fonts give 一 and — the box of their ink: the words around them stay on one line."""
    lines: list[list[Glyph]] = [[]]
    for char, left, top, bottom in (("统", 0, 0, 16), ("一", 16, 7.5, 8.5), ("般", 32, 0, 16), ("—", 48, 8, 8.5)):
        _put(lines, Glyph(char, left, top, left + 16, bottom))
    assert ["".join(glyph.char for glyph in line) for line in lines] == ["统一般—"]
