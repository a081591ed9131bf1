"""Characters keep their places, whatever is healed."""

from hypothesis import given
from hypothesis import strategies as st

from chengyun.plans.compiler.healed import heal, joined
from chengyun.plans.compiler.numerals import chinese, value
from chengyun.plans.compiler.paragraphs import paragraphs, wrap_width
from chengyun.plans.compiler.source import Line
from chengyun.plans.compiler.width import canonical, fold, measure

MIXED = st.text(alphabet="一二三（）()，,；;：:“”\"'％%０1.2a ．。、\n\t*－—〔[", max_size=80)


@given(MIXED)
def test_one_width_keeps_the_length(text: str) -> None:
    assert len(canonical(text)) == len(text)


@given(st.text(max_size=80))
def test_one_width_keeps_the_length_of_anything(text: str) -> None:
    assert len(canonical(text)) == len(text)


@given(MIXED)
def test_healed_text_points_at_its_own_characters(text: str) -> None:
    for spaces in (False, True):
        healed = heal(text, [(0, len(text))], spaces=spaces)
        assert len(healed.text) == len(healed.norm) == len(healed.at)
        assert all(
            text[at] == char or (char == " " and text[at].isspace())
            for char, at in zip(healed.text, healed.at, strict=True)
        )
        assert fold("".join(text[span.start : span.end] for span in healed.spans())) == fold(healed.text)


def test_a_word_broken_by_a_page_is_one_word_again() -> None:
    text = "每千人（辖区常住人\n\n口）拥有 Top  Life 3 个"
    assert heal(text, [(0, len(text))]).text == "每千人（辖区常住人口）拥有Top Life 3个"


def test_words_that_stand_apart_have_two_spans() -> None:
    text = "第一段 | 别的 | 第二段"
    both = joined([heal(text, [(0, 3)]), heal(text, [(11, 14)])])
    assert [(span.start, span.end) for span in both.spans()] == [(0, 3), (11, 14)]


def test_ascii_marks_become_chinese_ones_where_they_are_marks() -> None:
    assert canonical('完成12,000平方米,占"全镇"10:30(一)建设.开展') == "完成12,000平方米，占“全镇”10:30（一）建设。开展"


@given(st.integers(0, 9999))
def test_numerals_go_both_ways(number: int) -> None:
    assert value(chinese(number)) == number


def test_numerals_of_names_are_no_numbers() -> None:
    assert value("一网统管") is None
    assert value("二〇二五") == 2025
    assert value("两万三千") == 23_000
    assert value("一亿二千万") == 120_000_000


def _groups(text: str) -> list[str]:
    lines, start = [], 0
    for raw in text.split("\n"):
        if raw.strip():
            lines.append(Line(start, start + len(raw), 1))
        start += len(raw) + 1
    return ["".join(text[line.start : line.end] for line in group) for group in paragraphs(text, lines)]


def test_lines_cut_by_a_page_are_joined_and_headings_are_not() -> None:
    cut = "为云栖路沿线的三处老旧住宅小区加装消防设施，并同步完善周边道路标\n\n识系统。（责任部门：甲办）"
    assert _groups(f"一、推进建设\n（一）完善路网\n{cut}\n2.下一项工作。") == [
        "一、推进建设",
        "（一）完善路网",
        cut.replace("\n", ""),
        "2.下一项工作。",
    ]


def test_wrapped_lines_are_known_by_their_common_width() -> None:
    body = ["推进老旧集贸市场标准化改造和菜场升级并开展验收工作" for _ in range(20)]
    width = wrap_width(body)
    assert width is not None
    assert abs(width - measure(body[0])) <= 1
    assert wrap_width(["短行", *[("长" * n) for n in range(20, 200, 9)]]) is None


def test_a_version_number_at_the_start_of_a_line_is_no_enumerator() -> None:
    lines = ["一、完善市场"] + ["推动老旧集贸市场标准化改造并优化周边环境和交通组织" for _ in range(14)]
    text = "\n".join([*lines, "加强与国有企业对接合作，推动老旧集贸市场改造和菜场", "2.0升级。"])
    assert _groups(text)[-1].endswith("菜场2.0升级。")
