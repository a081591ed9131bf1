"""The scoring language: what it reads, where it says that something is wrong, and that its points add up."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.plans.assessment.scoring import ScoringError, evaluate, parse

TEXT = """考核语言 1
# 重点任务考核
单项 “重点任务” 40 分：按比例 已完成任务 / 应完成任务
单项 “动态信息” 20 分：每 迟报月数 扣 2，最多扣 10
单项 “督办情况” 40 分：每 红色督办单 扣 5；每 黄色督办单 扣 2；最低 10
加分 “表彰”：每 表彰次数 加 1，最多加 5
否决 “安全责任事故”：责任事故 > 0，总分不超过 59
"""
FACTS = {
    "已完成任务": 9,
    "应完成任务": 10,
    "迟报月数": 1,
    "红色督办单": 1,
    "黄色督办单": 2,
    "表彰次数": 7,
    "责任事故": 0,
}


def test_every_point_is_explained() -> None:
    score = evaluate(parse(TEXT), FACTS)
    assert [item.points for item in score.items] == [Decimal("36.00"), Decimal("18.00"), Decimal("31.00")]
    assert score.total == Decimal("90.00")
    share = score.items[0].steps[0]
    assert (share.kind, share.text, share.amount) == ("share", "按比例 已完成任务 / 应完成任务", Decimal("0.9"))
    assert share.facts == {"已完成任务": 9, "应完成任务": 10}
    assert score.items[2].steps[1].text == "每 红色督办单 扣 5"
    assert score.bonuses[0].steps[0].capped


def test_a_veto_caps_the_total() -> None:
    score = evaluate(parse(TEXT), FACTS | {"责任事故": 1})
    assert score.total == Decimal(59)
    assert score.steps[-1].kind == "veto"


def test_deductions_stop_at_their_bounds() -> None:
    score = evaluate(parse(TEXT), FACTS | {"迟报月数": 9, "红色督办单": 20})
    assert [i.points for i in score.items] == [Decimal("36.00"), Decimal("10.00"), Decimal(10)]
    assert score.items[2].steps[-1].kind == "floor"


def test_what_is_not_known_is_not_scored_as_zero() -> None:
    score = evaluate(parse(TEXT), FACTS | {"迟报月数": None, "应完成任务": 0})
    assert [i.points for i in score.items] == [None, None, Decimal("31.00")]
    assert score.items[0].steps[0].kind == "nothing_due"
    assert score.assessed == 40
    assert score.total == Decimal("77.50") + 5
    assert evaluate(parse(TEXT), {}).total is None


def test_the_words_have_english_twins() -> None:
    english = 'scoring 1\nitem "tasks" 60: prorata done / due, from 50%\nitem "x" 40: per least(late, 3) deduct 2.5'
    score = evaluate(parse(english), {"done": 4, "due": 10, "late": 9})
    assert [i.points for i in score.items] == [Decimal("0.00"), Decimal("32.50")]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "expected_word", 1, 1),
        ("考核语言 2", "version_unknown", 1, 6),
        ("考核语言 1\n", "no_item", 2, 1),
        ("考核语言 1\n单项 “甲” 10 分：每 迟到 扣 2", "fact_unknown", 2, 15),
        ("考核语言 1\n单项 “甲” 10 分：每 迟报月数 加 2", "expected_word", 2, 20),
        ("考核语言 1\n单项 “甲” 0 分：每 迟报月数 扣 2", "no_points", 2, 8),
        ("考核语言 1\n单项 “甲” 10 分：每 迟报月数 扣 2；最低 11", "floor_above_full", 2, 27),
        ("考核语言 1\n单项 “甲” 10 分：按比例 迟报月数 @ 2", "unreadable", 2, 22),
        ("考核语言 1\n单项 “甲” 10 分：每 1 扣 1\n单项 “甲” 10 分：每 1 扣 1", "name_twice", 3, 4),
        ("考核语言 1\n单项 甲 10 分：每 1 扣 1", "expected_name", 2, 4),
        ("考核语言 1\n否决 “甲”：迟报月数，总分不超过 59", "expected_comparison", 2, 12),
        ("考核语言 1\n单项 “甲” 10 分：每 (1 扣 1", "expected_mark", 2, 18),
        ("考核语言 1\n你好", "expected_sentence", 2, 1),
    ],
)
def test_an_error_stands_at_its_character(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(ScoringError) as caught:
        parse(text, {"迟报月数"})
    assert (caught.value.code, caught.value.line, caught.value.column) == (code, line, column)


def test_an_unknown_figure_is_answered_with_the_nearest() -> None:
    with pytest.raises(ScoringError) as caught:
        parse("考核语言 1\n单项 “甲” 10 分：每 迟报月 扣 2", {"迟报月数", "责任事故"})
    assert caught.value.params["near"] == "迟报月数"


def place_of_error(text: str) -> tuple[int, int]:
    """Where a text is refused; (0, 0) if it is read."""
    try:
        parse(text)
    except ScoringError as error:
        return error.line, error.column
    return 0, 0


@given(st.text(alphabet="考核语言单项加分否决每扣按比例“”：；，()+-*/ 0123456789甲乙\n>=", max_size=200))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    for written in (text, f"考核语言 1\n{text}", f"考核语言 1\n单项 “甲” 10 分：按比例 {text}"):
        line, column = place_of_error(written)
        assert line >= 0
        assert column >= 0


def test_a_long_chain_is_refused_and_not_a_crash() -> None:
    for chain in ("+".join(["1"] * 9000), "(" * 9000, "-" * 100):
        with pytest.raises(ScoringError):
            parse(f"考核语言 1\n单项 “甲” 10 分：每 {chain} 扣 1")


# A scheme as plain data, written as text for the engine and reckoned slowly, step by step, beside it.
NUMBERS = st.decimals(0, 50, places=1)
NAMES = ["甲数", "乙数", "丙数"]
ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "full": st.integers(1, 60),
            "share": st.none() | st.tuples(st.sampled_from(NAMES), st.integers(1, 30), st.decimals(0, 1, places=2)),
            "deductions": st.lists(st.tuples(st.sampled_from(NAMES), NUMBERS, st.none() | NUMBERS), max_size=3),
            "floor": st.integers(0, 100),
        }
    ),
    min_size=1,
    max_size=5,
)
KNOWN = st.fixed_dictionaries({name: st.none() | st.integers(0, 40) for name in NAMES})


def written(items: list[dict[str, Any]], bonus: tuple[str, Decimal, Decimal], veto: tuple[str, int, int]) -> str:
    lines = ["考核语言 1"]
    for number, item in enumerate(items):
        parts = [f"按比例 {item['share'][0]} / {item['share'][1]}，起点 {item['share'][2]}"] if item["share"] else []
        parts += [f"每 {n} 扣 {p}" + (f"，最多扣 {m}" if m is not None else "") for n, p, m in item["deductions"]]
        parts = parts or ["每 0 扣 0"]
        parts.append(f"最低 {min(item['floor'], item['full'])}")
        lines.append(f"单项 “第{number}项” {item['full']} 分：{'；'.join(parts)}")
    lines.append(f"加分 “加”：每 {bonus[0]} 加 {bonus[1]}，最多加 {bonus[2]}")
    lines.append(f"否决 “否”：{veto[0]} > {veto[1]}，总分不超过 {veto[2]}")
    return "\n".join(lines)


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def slow_item(item: dict[str, Any], known: dict[str, int | None]) -> Decimal | None:
    names = [n for n, _, _ in item["deductions"]] + ([item["share"][0]] if item["share"] else [])
    if any(known[n] is None for n in names):
        return None
    points = Decimal(item["full"])
    if item["share"]:
        name, due, start = item["share"]
        share = min(Decimal(known[name]) / due, Decimal(1))
        points = cents(share * item["full"]) if Decimal(known[name]) >= start * due else Decimal(0)
    for name, each, most in item["deductions"]:
        cost = known[name] * each
        points -= cents(cost if most is None else min(cost, most))
    return max(points, Decimal(min(item["floor"], item["full"])))


@given(
    ITEMS, st.tuples(st.sampled_from(NAMES), NUMBERS, NUMBERS),
    st.tuples(st.sampled_from(NAMES), st.integers(0, 40), st.integers(0, 100)), KNOWN,
)  # fmt: skip
def test_the_engine_reckons_as_the_slow_way_does(items: Any, bonus: Any, veto: Any, known: Any) -> None:
    score = evaluate(parse(written(items, bonus, veto), NAMES), known)
    expected = [slow_item(item, known) for item in items]
    assert [i.points for i in score.items] == expected
    for item in score.items:
        assert item.points is None or sum(s.points for s in item.steps) == item.points
    scored = [(i["full"], e) for i, e in zip(items, expected, strict=True) if e is not None]
    if not scored:
        assert score.total is None
        return
    full, assessed = sum(i["full"] for i in items), sum(f for f, _ in scored)
    total = cents(sum(e for _, e in scored) * full / assessed)
    total += 0 if known[bonus[0]] is None else cents(min(known[bonus[0]] * bonus[1], bonus[2]))
    if known[veto[0]] is not None and known[veto[0]] > veto[1]:
        total = min(total, Decimal(veto[2]))
    assert score.total == total
    moved = sum(s.points for s in score.steps) + sum(b.points or 0 for b in score.bonuses)
    assert sum(i.points for i in score.items if i.points is not None) + moved == score.total
