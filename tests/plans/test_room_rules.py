"""The pure decisions of the room: versions, shares, consent, names, alignment, dates."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chengyun.plans.rules.alignment import SAME_TARGET, Piece, Promise, clashes, propose
from chengyun.plans.rules.consent import outcome
from chengyun.plans.rules.dates import first_day, last_day, months_after
from chengyun.plans.rules.difference import Known, compare
from chengyun.plans.rules.items import aggregation_of, lines_of
from chengyun.plans.rules.shares import Part, add_up, repeated, split
from chengyun.plans.rules.units import Register, Unit, is_generic

WORDS = some.text(alphabet="建设改造绿化道路社区公里新增完成", min_size=4, max_size=12)


def known(*texts: str) -> list[Known]:
    return [Known(text, (), {"text": text}) for text in texts]


@given(some.lists(WORDS, max_size=12))
def test_a_version_compared_with_itself_differs_in_nothing(texts: list[str]) -> None:
    found = compare(known(*texts), known(*texts))
    assert not found.added
    assert not found.removed
    assert not found.changed


@given(some.lists(WORDS, max_size=10), some.lists(WORDS, max_size=10))
def test_every_item_of_both_versions_is_accounted_for_once(before: list[str], after: list[str]) -> None:
    found = compare(known(*before), known(*after))
    assert sorted([old for old, _, _ in found.same] + found.removed) == list(range(len(before)))
    assert sorted([new for _, new, _ in found.same] + found.added) == list(range(len(after)))


def test_a_sentence_with_another_number_is_the_same_item_changed() -> None:
    found = compare(known("全年竣工加装电梯28台"), known("补种行道树300棵", "全年竣工加装电梯30台"))
    assert found.changed == [(0, 1, ("text",))]
    assert found.added == [0]


@given(some.integers(0, 10_000), some.integers(1, 60))
def test_shares_of_a_whole_number_are_whole_and_add_up(whole: int, count: int) -> None:
    parts = split(float(whole), count)
    assert sum(parts) == whole
    assert max(parts) - min(parts) <= 1


def test_counts_add_up_and_rates_stand_for_themselves() -> None:
    years = [Part(10, 2026), Part(15, 2027)]
    assert add_up(years, 28, "sum").differs == 3
    assert not add_up(years, 28, "sum").fits
    assert add_up([*years, Part(3, 2028)], 28, "sum").fits
    assert add_up([Part(95, 2026), Part(96, 2027)], 98, "last").fits
    both = [*years, Part(3, 2028), Part(20, department=7)]
    assert not add_up(both, 28, "sum").fits, "departments must add up by themselves"
    assert repeated([Part(1, 2026), Part(2, 2026)])
    assert aggregation_of("%", "覆盖率") == aggregation_of("平方米", "人均公园绿地面积") == "last"
    assert aggregation_of("平方米", "利用边角地块新建口袋公园每座") == "last"
    assert aggregation_of("工作日", "平均处置时间") == aggregation_of("千克", "单位产值能耗") == "last"
    assert aggregation_of("家", "培育节水单位") == "sum"
    assert aggregation_of("台", "加装电梯") == aggregation_of("个", "每年新增公共停车泊位") == "sum"


@pytest.mark.parametrize(
    ("answers", "result"),
    [(["asked", "consented"], "asked"), (["consented", "lapsed"], "consented"), (["objected", "consented"], "objected"),
     (["objected", "asked"], "asked"), ([], "consented")],
)  # fmt: skip
def test_what_follows_from_the_answers(answers: list[str], result: str) -> None:
    assert outcome(answers) == result


def test_names_are_found_by_full_short_bracketed_and_settled_form() -> None:
    register = Register(
        [Unit(1, "城市运行管理中心"), Unit(2, "规划建设办公室（城建中心）"), Unit(3, "东浦居民区", "neighbourhood"),
         Unit(4, "平安建设办公室"), Unit(5, "西浦村", "village")],
        {"综治办": (4,)},
    )  # fmt: skip
    assert register.find("城运中心") == (1,)
    assert register.find("城建中心") == (2,)
    assert register.find("规划建设办公室(城建中心)") == (2,)
    assert register.find("综治办") == (4,)
    assert register.find("财政所") == ()
    assert register.members("各居民区") == (3,)
    assert register.members("各居村") == (3, 5)
    assert is_generic("各有关部门")
    assert not is_generic("城建中心")


def test_alike_pieces_are_proposed_and_unlike_ones_are_not() -> None:
    upper = [Piece(1, 1, "推进既有住宅加装电梯，三年竣工90台"), Piece(2, 1, "建设口袋公园12个")]
    lower = [Piece(7, 2, "推进既有住宅加装电梯。全年竣工28台"), Piece(8, 2, "编制防汛预案")]
    assert [(low, high) for low, high, _ in propose(lower, upper)] == [(7, 1)]


def test_what_shares_only_the_words_of_every_plan_is_not_proposed() -> None:
    upper = [Piece(1, 1, "建设滨河公共空间。贯通慢行步道6公里"), Piece(2, 1, "建设社区健身设施。新建市民健身步道6公里")]
    lower = [Piece(7, 2, "完成3条道路架空线入地整治，共1.8公里"), Piece(8, 2, "完成市民健康服务站改造2处")]
    assert propose(lower, upper) == []


def test_targets_in_other_units_are_not_the_same() -> None:
    rate, rooms = Piece(1, 1, "生活垃圾分类达标率", "%"), Piece(2, 2, "改造生活垃圾分类房", "座")
    assert propose([rooms], [rate], SAME_TARGET) == []
    assert [pair[:2] for pair in propose([Piece(3, 2, "生活垃圾分类达标率", "%")], [rate], SAME_TARGET)] == [(3, 1)]


def test_the_same_promise_twice_and_two_numbers_for_one_thing() -> None:
    def promise(key: int, value: float, by: date = date(2025, 12, 31)) -> Promise:
        return Promise(key, key, "新增公共绿地面积", "平方米", ">=", value, None, by)

    assert [c.kind for c in clashes([promise(1, 35_000), promise(2, 35_000)])] == ["same"]
    assert [c.kind for c in clashes([promise(1, 35_000), promise(2, 30_000)])] == ["conflict"]
    assert clashes([promise(1, 35_000), promise(2, 30_000, date(2024, 12, 31))]) == []


@given(some.text(alphabet="建设\n 绿。", max_size=200), some.lists(some.integers(1, 199), max_size=4))
def test_lines_hold_every_word_once_and_in_order(text: str, pages: list[int]) -> None:
    lines = lines_of(text, [0, *sorted(p for p in set(pages) if p < len(text))])
    shown = "".join(text[a:b] for a, b, _ in lines)
    assert "".join(shown.split()) == "".join(text.split())
    assert all(one[1] <= other[0] and one[2] <= other[2] for one, other in pairwise(lines))


def test_written_dates_have_first_and_last_days() -> None:
    assert last_day("2025") == date(2025, 12, 31)
    assert last_day("2025-02") == date(2025, 2, 28)
    assert first_day("2025-06") == date(2025, 6, 1)
    assert last_day("soon") is last_day(None) is None
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 10, 15), 24) == date(2028, 10, 15)
