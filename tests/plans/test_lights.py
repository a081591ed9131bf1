"""Lights by expected pace: by example, and by what must hold of all of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.plans.lights import (
    DEFAULT,
    Aim,
    Every,
    Hold,
    Light,
    LightRules,
    Reading,
    expected_at,
    judge,
    months,
    read_rules,
)
from chengyun.plans.lights.rules import BadRules

JAN1, DEC31 = date(2025, 1, 1), date(2025, 12, 31)
YEAR = Aim(target=100.0, by=DEC31, start=JAN1, baseline=0.0)
ORDER = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}
RULES = LightRules(stale_days=0)


def on(month: int, day: int = 28) -> date:
    return date(2025, month, day)


def read(*pairs: tuple[date, float]) -> list[Reading]:
    return [Reading(day, value) for day, value in pairs]


def test_half_way_through_the_year_half_of_the_way_is_expected() -> None:
    said = judge(YEAR, read((on(6), 30.0)), date(2025, 7, 1))
    assert said.expected == pytest.approx(100 * 182 / 365)
    assert (said.light, said.reason) == (Light.RED, "far_behind")
    assert said.gap == pytest.approx(said.expected - 30)


@pytest.mark.parametrize(
    ("value", "light", "reason"),
    [(50.0, Light.GREEN, "on_pace"), (45.0, Light.YELLOW, "behind"), (39.0, Light.RED, "far_behind"),
     (100.0, Light.GREEN, "reached")],
)  # fmt: skip
def test_a_little_behind_is_yellow_and_far_behind_is_red(value: float, light: Light, reason: str) -> None:
    said = judge(YEAR, read((on(6), value)), date(2025, 7, 1))
    assert (said.light, said.reason) == (light, reason)


def test_what_is_due_soon_and_not_done_is_yellow_at_best() -> None:
    assert judge(YEAR, read((on(12, 20), 98.0)), date(2025, 12, 20)).reason == "near_due"


def test_late_is_late_and_made_good_late_is_yellow() -> None:
    late = read((on(12), 80.0))
    assert judge(YEAR, late, date(2026, 1, 1)).reason == "overdue"
    made = judge(YEAR, [*late, Reading(date(2026, 2, 1), 100.0)], date(2026, 2, 1))
    assert (made.light, made.reason) == (Light.YELLOW, "done_late")


def test_no_data_is_grey_and_never_green() -> None:
    assert judge(YEAR, [], date(2025, 7, 1)).light is Light.GREY
    assert judge(YEAR, read((on(12), 100.0)), date(2025, 7, 1)).reason == "no_data"


def test_an_old_reading_says_nothing() -> None:
    assert judge(YEAR, read((on(1), 8.0)), date(2025, 9, 1)).reason == "stale"


def test_an_open_question_is_grey() -> None:
    assert judge(Aim(target=None, by=DEC31, hold=Hold.OPEN), read((on(3), 5.0)), on(6)).reason == "open_question"


def test_due_before_the_document_came_out_is_grey_until_confirmed() -> None:
    odd = Aim(target=1.0, by=on(2), start=on(1), baseline=0.0, issued=on(5))
    assert judge(odd, read((on(5), 0.0)), on(6)).reason == "due_before_issue"
    sure = Aim(target=1.0, by=on(2), start=on(1), baseline=0.0, issued=on(5), confirmed=True)
    assert judge(sure, read((on(1), 0.0)), on(6)).light is Light.RED


def test_a_deadline_that_hangs_on_an_event_is_grey() -> None:
    assert judge(Aim(target=5.0, by=None, baseline=0.0), read((on(3), 1.0)), on(6)).reason == "no_date"


def test_a_floor_is_red_on_any_breach_and_the_breach_is_kept() -> None:
    floor = Aim(target=95.0, by=DEC31, start=JAN1, hold=Hold.FLOOR, every=Every.YEAR)
    held = read((on(1), 96.0), (on(2), 95.0))
    assert judge(floor, held, on(3)).light is Light.GREEN
    broken = [*held, *read((on(3), 94.0), (on(4), 99.0))]
    said = judge(floor, broken, on(5))
    assert (said.light, said.reason, said.breaches) == (Light.RED, "breached_before", (on(3),))
    assert judge(floor, [Reading(on(3), 94.0)], on(3)).reason == "breached"


def test_a_ceiling_is_a_floor_upside_down() -> None:
    dust = Aim(target=3.7, by=DEC31, start=JAN1, hold=Hold.FLOOR, descending=True)
    assert judge(dust, read((on(1), 3.7)), on(2)).light is Light.GREEN
    assert judge(dust, read((on(1), 3.8)), on(2)).light is Light.RED


def test_a_range_is_reached_inside_and_passed_beyond() -> None:
    growth = Aim(target=6.0, upper=8.0, by=DEC31, start=JAN1, baseline=0.0, hold=Hold.RANGE)
    assert judge(growth, read((on(12), 7.0)), DEC31).reason == "reached"
    assert judge(growth, read((on(12), 9.0)), DEC31).reason == "above_range"
    assert judge(growth, read((on(12), 5.9)), date(2026, 1, 2)).reason == "overdue"


def test_each_period_of_a_recurring_aim_stands_alone() -> None:
    quarter = Aim(target=4.0, by=DEC31, start=JAN1, every=Every.QUARTER)
    known = read((on(2), 1.0), (on(3), 4.0), (on(5), 1.0))
    assert judge(quarter, known, on(3, 30)).reason == "reached"
    second = judge(quarter, known, on(6, 10))
    assert (second.first, second.last) == (date(2025, 4, 1), date(2025, 6, 30))
    assert second.light is Light.RED
    assert judge(quarter, known, on(7, 10)).reason == "no_data"


def test_a_plan_of_stages_is_the_pace() -> None:
    staged = Aim(target=100.0, by=DEC31, start=JAN1, baseline=0.0,
                 stages=((on(3, 31), 10.0), (on(9, 30), 40.0), (DEC31, 100.0)))  # fmt: skip
    assert expected_at(staged, on(3, 31)) == 10.0
    assert expected_at(staged, on(9, 30)) == 40.0
    assert judge(staged, read((on(9, 30), 40.0)), on(9, 30)).light is Light.GREEN


def test_of_a_stage_that_is_recorded_at_its_end_nothing_is_expected_before() -> None:
    steps = Aim(target=100.0, by=DEC31, start=JAN1, baseline=0.0, steps=True,
                stages=((on(3, 31), 30.0), (on(9, 30), 60.0), (DEC31, 100.0)))  # fmt: skip
    assert (expected_at(steps, on(3, 30)), expected_at(steps, on(9, 29)), expected_at(steps, on(9, 30))) == (0, 30, 60)
    begun = read((JAN1, 0.0), (on(3, 31), 30.0))
    assert judge(steps, begun, on(9, 29)).light is Light.GREEN  # silence of half a year: no stage was due
    assert judge(steps, begun, on(10, 1)).reason == "far_behind"


def test_a_missed_month_that_is_made_good_turns_yellow_and_keeps_its_history() -> None:
    known = read((on(1, 31), 9.0), (on(2), 2.0), (on(3, 31), 10.0), (on(4, 30), 33.0))
    lights = {m.month.month: m for m in months(YEAR, known, JAN1, date(2025, 5, 15), RULES)}
    assert lights[1].light is Light.GREEN
    assert (lights[3].first_light, lights[3].light, lights[3].made_good) == (Light.RED, Light.YELLOW, on(4, 30))
    assert lights[4].light is Light.GREEN
    assert 5 not in lights


def test_bad_rules_are_refused_by_name() -> None:
    for field, value in (("tolerance", 2), ("near_days", -1), ("over_range", "blue"), ("colour", 1), ("version", 0)):
        with pytest.raises(BadRules) as caught:
            read_rules({field: value})
        assert caught.value.field == field
    assert read_rules({"near_days": 7}).near_days == 7


DAYS = st.integers(0, 364).map(lambda n: JAN1 + timedelta(days=n))
VALUES = st.floats(-50, 150, allow_nan=False)
AIMS = st.builds(
    lambda base, target, stages: Aim(
        target=target, by=DEC31, start=JAN1, baseline=base, descending=target < base,
        stages=tuple((JAN1 + timedelta(days=90 * (n + 1)), base + (target - base) * share)
                     for n, share in enumerate(sorted(stages))),
    ),
    st.floats(0, 100), st.floats(0, 100), st.lists(st.floats(0, 1), max_size=3),
)  # fmt: skip


@given(AIMS, DAYS)
def test_what_is_expected_lies_between_baseline_and_target(aim: Aim, day: date) -> None:
    expected = expected_at(aim, day)
    assert expected is not None
    assert min(aim.baseline, aim.target) - 1e-6 <= expected <= max(aim.baseline, aim.target) + 1e-6


@given(AIMS, DAYS, VALUES, st.floats(0, 60))
def test_more_is_never_worse(aim: Aim, day: date, value: float, more: float) -> None:
    better = value - more if aim.descending else value + more
    worse_light = judge(aim, [Reading(day, value)], day, RULES).light
    assert ORDER[judge(aim, [Reading(day, better)], day, RULES).light] <= ORDER[worse_light]


@given(AIMS, DAYS, VALUES, st.integers(0, 500))
def test_waiting_never_makes_it_better(aim: Aim, day: date, value: float, wait: int) -> None:
    sooner = judge(aim, [Reading(day, value)], day, RULES).light
    later = judge(aim, [Reading(day, value)], day + timedelta(days=wait), RULES).light
    assert ORDER[later] >= ORDER[sooner]


@given(AIMS, st.lists(st.builds(Reading, DAYS, VALUES), max_size=8), DAYS)
def test_green_means_that_something_was_read_and_enough_of_it(aim: Aim, known: list[Reading], day: date) -> None:
    said = judge(aim, known, day, RULES)
    if said.light is Light.GREEN:
        last = max((r for r in known if r.day <= day), key=lambda r: r.day).day
        assert any(r.value == said.value for r in known if r.day == last)
        assert aim.meets(said.value) or said.gap <= 1e-6
    assert (said.light is Light.GREY) == (not any(r.day <= day for r in known))


@given(st.lists(st.builds(Reading, DAYS, VALUES), max_size=8), DAYS)
def test_history_never_forgets_a_red_month(known: list[Reading], day: date) -> None:
    for month in months(YEAR, known, JAN1, day, DEFAULT):
        assert (month.first_light is Light.RED) == (month.judged.light is Light.RED)
        assert month.light is month.first_light or (month.first_light is Light.RED and month.made_good)


def test_rules_may_differ_by_kind_and_nothing_else_does() -> None:
    rules = read_rules({"tolerance": 0.1, "kinds": {"target": {"tolerance": 0.02, "over_range": "red"}, "task": {}}})
    assert (rules.of("target").tolerance, rules.of("target").over_range) == (0.02, Light.RED)
    assert rules.of("task") is rules
    assert rules.of("project").tolerance == 0.1
    assert read_rules(rules.plain()) == rules
    for kinds, field in (
        ({"meeting": {}}, "kinds"), ([], "kinds"), ({"task": {"version": 2}}, "version"),
        ({"task": {"near_days": -1}}, "near_days"), ({"task": {"over_range": []}}, "over_range"),
    ):  # fmt: skip
        with pytest.raises(BadRules) as caught:
            read_rules({"kinds": kinds})
        assert caught.value.field == field
