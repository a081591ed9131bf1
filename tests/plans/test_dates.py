"""Dates as plans write them, and the deadlines that they make."""

from itertools import pairwise

import pytest

from chengyun.plans.compiler.dates import Calendar, dates
from chengyun.plans.compiler.due import is_due, read_due

PLAN = Calendar(2023, "2023", "2025", "2023-07-28")


@pytest.mark.parametrize(("text", "rule", "start", "due"), [
    ("11月", "month", None, "2023-11"),
    ("2025年底前", "absolute", None, "2025-12"),
    ("年底前", "month", None, "2023-12"),
    ("第三季度", "month", None, "2023-09"),
    ("前三季度", "month", None, "2023-09"),
    ("上半年", "month", None, "2023-06"),
    ("3年内", "relative", "2023", "2025"),
    ("5年内", "relative", "2023", "2028"),
    ("2024—2025年", "absolute", "2024", "2025"),
    ("1-6月", "month", "2023-01", "2023-06"),
    ("即日起至2023年5月", "absolute", "2023-07-28", "2023-05"),
    ("2023年6月—2025年6月", "absolute", "2023-06", "2025-06"),
    ("3月启动，6月底前完成", "month", "2023-03", "2023-06"),
    ("3月、6月、9月", "month", None, "2023-09"),
    ("2024年3月15日前", "absolute", None, "2024-03-15"),
    ("“十四五”期间", "month", None, "2025"),
    ("长期坚持", "open", None, None),
    ("2025年7月起", "open", "2025-07", None),
    ("交地后24个月", "event", None, None),
    ("每月", "recurring", None, None),
    ("视情况而定", "unknown", None, None),
])  # fmt: skip
def test_a_deadline_is_read_with_its_rule(text: str, rule: str, start: str | None, due: str | None) -> None:
    found = read_due(text, PLAN)
    assert (found.rule, found.start, found.due) == (rule, start, due)


def test_an_event_keeps_its_distance_and_stays_open() -> None:
    found = read_due("交地后5年", PLAN)
    assert (found.rule, found.months, found.due) == ("event", 60, None)


def test_a_bare_month_without_a_year_has_no_date() -> None:
    assert read_due("11月", Calendar()).due is None


@pytest.mark.parametrize("text", ["6月底前完成", "12月", "长期坚持", "2024年上半年"])
def test_words_that_are_only_a_date_are_known(text: str) -> None:
    assert is_due(text)


@pytest.mark.parametrize("text", ["各居民区", "6月底前完成道路建设和绿化", ""])
def test_other_words_are_no_deadline(text: str) -> None:
    assert not is_due(text)


def test_dates_of_a_sentence_do_not_overlap() -> None:
    text = "2023年开展改造，2024—2025年完成20万平方米，至2025年底前验收。"
    found = dates(text, PLAN)
    assert [when.last for when in found] == ["2023", "2025", "2025-12"]
    assert all(a.end <= b.at for a, b in pairwise(found))
