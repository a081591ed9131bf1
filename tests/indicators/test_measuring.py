"""The ruler at work on a town in the database: values, what is stale, gaps from raising to closing."""

from datetime import timedelta
from typing import Any

import pytest

from chengyun.cases.models import Case
from chengyun.indicators import worlds
from chengyun.indicators.actions import close_gap, raise_gap, refuse_closing, save_indicator, set_target
from chengyun.indicators.definitions import Definition, TargetShape
from chengyun.indicators.evaluating import evaluate_town, today_in
from chengyun.indicators.jobs import EVALUATE, evaluate, is_read
from chengyun.indicators.models import Evaluation, Gap, Indicator, IndicatorVersion, Value
from chengyun.indicators.queries.failing import failing_in
from chengyun.indicators.queries.rows import area_for
from chengyun.indicators.queries.trying import Change, try_changes
from chengyun.indicators.raising import Wish, raised_of
from chengyun.kernel.delivery.feed import feed_all, house
from chengyun.kernel.delivery.sequencer import sequence
from chengyun.kernel.jobs.queue import claim, enqueue
from chengyun.kernel.jobs.run import Run
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.places.actions import FacilityGiven, add_facility, change_facility
from chengyun.places.models import Facility, Town
from indicators.conftest import ACTOR, HYDRANTS
from places.sample import at

pytestmark = pytest.mark.django_db


def value(row: Indicator, role: str = "town") -> Value:
    found = Value.objects.filter(indicator=row, role=role).order_by("period").last()
    assert found is not None
    return found


def facility(category: str) -> Facility:
    found: Facility = Facility.objects.as_system("test").get(category__code=category)
    return found


def switch(category: str, **values: Any) -> None:
    row = facility(category)
    change_facility(row, actor=ACTOR, expected=row.version, **values)
    sequence(1000)


@pytest.mark.db
def test_a_value_is_kept_for_every_area_of_every_level_down_to_the_least(measured: Town, keep: Any) -> None:
    row = keep("places", "sum of capacity of childcare", target=80)
    assert evaluate_town(measured).measured == 1
    assert value(row).value == 60
    assert (value(row).state, value(row).target) == ("gap", 80)
    assert sorted(Value.objects.filter(indicator=row, role="grid").values_list("value", flat=True)) == [0, 60]
    assert not Value.objects.filter(indicator=row, role="cell").exists()
    assert value(row, "community").state == ""  # what is promised of the town cannot be asked of a part of a sum


def test_only_what_a_change_touches_is_measured_again(measured: Town, keep: Any) -> None:
    places, hydrants = keep("places", "sum of capacity of childcare"), keep("hydrants", HYDRANTS, "%", 100)
    evaluate_town(measured)
    before = Evaluation.objects.get(indicator=hydrants).inputs
    switch("childcare", capacity=90)
    done = evaluate_town(measured)
    assert (done.measured, value(places).value) == (1, 90)
    assert evaluate_town(measured).measured == 0
    assert Evaluation.objects.get(indicator=hydrants).inputs == before
    switch("hydrant", state="out_of_service")
    assert evaluate_town(measured).measured == 1
    assert (value(hydrants).value, value(hydrants).state) == (0, "gap")


def test_what_changes_while_a_job_measures_is_measured_by_it(measured: Town, keep: Any) -> None:
    places = keep("places", "sum of capacity of childcare")
    enqueue(EVALUATE, {"town": measured.pk}, ACTOR)
    row = claim("w1")
    assert row is not None

    class Meanwhile(Run):
        def progress(self, *told: Any) -> None:
            super().progress(*told)
            if facility("childcare").capacity != 90:
                switch("childcare", capacity=90)

    evaluate(Meanwhile(row, lambda: False), {"town": measured.pk})
    assert value(places).value == 90


def test_a_world_brought_up_to_date_says_what_one_made_anew_says(measured: Town, keep: Any) -> None:
    rows = [
        keep("h", HYDRANTS, "%", 100),
        keep("n", "count of facilities"),
        keep("m", "mean of capacity of facilities"),
    ]
    evaluate_town(measured)
    switch("hydrant", state="out_of_service")
    given = FacilityGiven("hydrant", at(0.25, 0.25))
    add_facility(measured, actor=ACTOR, given=given)
    sequence(1000)
    evaluate_town(measured)
    patched = [
        list(Value.objects.filter(indicator=row).order_by("area_id").values("value", "low", "high")) for row in rows
    ]
    worlds.forget_all()
    assert evaluate_town(measured, everything=True).changed == 0
    fresh = [
        list(Value.objects.filter(indicator=row).order_by("area_id").values("value", "low", "high")) for row in rows
    ]
    assert patched == fresh


def test_a_new_version_measures_anew_and_the_old_one_stays_written(measured: Town, keep: Any) -> None:
    row = keep("places", "sum of capacity of childcare")
    evaluate_town(measured)
    given = Definition("places", "托位", "places", "sum of capacity of childcare * 2", "个")
    row = save_indicator(measured, actor=ACTOR, given=given, row=row, expected=row.version)
    assert evaluate_town(measured).measured == 1
    assert (row.number, value(row).value) == (2, 120)
    assert list(IndicatorVersion.objects.filter(indicator=row).values_list("number", flat=True)) == [1, 2]
    again = save_indicator(measured, actor=ACTOR, given=given, row=row, expected=row.version)
    assert again.number == 2  # the same words make no version


def test_a_changed_target_judges_anew(measured: Town, keep: Any) -> None:
    row = keep("places", "sum of capacity of childcare", target=80)
    evaluate_town(measured)
    set_target(row, actor=ACTOR, given=TargetShape(">=", 60))
    sequence(1000)
    evaluate_town(measured)
    assert value(row).state == "met"
    news = Entry.objects.filter(event="indicators.state_changed").order_by("id").last()
    assert news is not None


def test_a_missing_register_is_named_and_never_a_gap(measured: Town, keep: Any) -> None:
    row = keep("tax", "sum of amount of registers.tax", "亿元", 85)
    evaluate_town(measured)
    assert (value(row).value, value(row).state, value(row).reason) == (None, "unknown", "missing")
    assert [one["register"] for one in Evaluation.objects.filter(indicator=row).latest("period").missing] == ["tax"]


def test_what_fails_is_listed_by_name_and_place(measured: Town, keep: Any) -> None:
    row = keep("hydrants", HYDRANTS, "%", 100)
    switch("hydrant", state="out_of_service")
    evaluate_town(measured)
    found = failing_in(ACTOR, measured, row, area_for(measured, None))
    assert [(one.label, state) for one, state in found.rows] == [("云岸新村", "fails")]
    assert (found.kind, found.failing, found.unknown) == ("things", 1, 0)


def test_without_single_things_the_areas_in_a_gap_are_listed(measured: Town, keep: Any) -> None:
    row = keep("density", "count of childcare / land", "个/km2", 5, least_level="grid")
    evaluate_town(measured)
    found = failing_in(ACTOR, measured, row, area_for(measured, None))
    assert (found.kind, sorted(one.label for one, _ in found.rows)) == ("areas", ["网格0", "网格1"])


def test_what_if_changes_nothing_that_is_kept(measured: Town, keep: Any) -> None:
    keep("places", "sum of capacity of childcare", target=80)
    keep("hydrants", HYDRANTS, "%", 100)
    evaluate_town(measured)
    spot = at(1.5, 0.2)
    found = try_changes(measured, [Change("add", category="childcare", point=(spot.x, spot.y), capacity=40)])
    assert [one["code"] for one in found] == ["places"]
    town = found[0]["areas"][0]
    assert (town["before"]["value"], town["after"]["value"], town["after"]["state"]) == (60, 100, "met")
    closed = try_changes(measured, [Change("close", facility=facility("hydrant").uuid)], ["hydrants"])
    assert closed[0]["areas"][0]["after"]["value"] == 0
    assert evaluate_town(measured, everything=True).changed == 0


def handed_over(town: Town, row: Indicator, mode: str = "") -> Gap:
    given = raised_of(ACTOR, town, row, area_for(town, None), Wish(mode))
    return raise_gap(row, actor=ACTOR, given=given, today=today_in(town))


def test_a_gap_is_proposed_as_closed_when_it_is_met_and_comes_back(measured: Town, keep: Any) -> None:
    row = keep("places", "sum of capacity of childcare", target=80)
    evaluate_town(measured)
    gap = handed_over(measured, row)
    assert (gap.state, gap.before["value"]) == ("raised", 60)
    with pytest.raises(Conflict):
        handed_over(measured, row)
    switch("childcare", capacity=90)
    evaluate_town(measured)
    gap.refresh_from_db()
    assert (gap.state, gap.after["value"], gap.cause) == ("proposed", 90, "changed")
    gap = refuse_closing(gap, actor=ACTOR, expected=gap.version, reason="现场未建成")
    assert gap.state == "raised"
    evaluate_town(measured, everything=True)
    gap.refresh_from_db()
    gap = close_gap(gap, actor=ACTOR, expected=gap.version)
    switch("childcare", capacity=10)
    evaluate_town(measured)
    gap.refresh_from_db()
    assert (gap.state, gap.returns) == ("raised", 1)


def test_closing_by_a_smaller_denominator_alone_is_told_apart(measured: Town, keep: Any) -> None:
    """Nothing was built: a market was closed, and the share of what is left rose."""
    row = keep("share", "count of childcare / count of facilities(state = in_service)", "%", 50)
    evaluate_town(measured)
    handed_over(measured, row)
    switch("market", state="out_of_service")
    evaluate_town(measured)
    gap = Gap.objects.as_system("test").get()
    assert (gap.state, gap.cause) == ("proposed", "denominator")


def test_failing_things_become_cases_once_however_often_the_entry_comes(measured: Town, keep: Any) -> None:
    row = keep("hydrants", HYDRANTS, "%", 100)
    switch("hydrant", state="out_of_service")
    evaluate_town(measured)
    handed_over(measured, row, "cases")
    sequence(1000)
    feed_all(house())
    feed_all(house())
    case = Case.objects.as_system("test").get()
    assert "云岸新村" in case.text
    assert case.point is not None


def test_a_deadline_in_the_past_is_refused(measured: Town, keep: Any) -> None:
    row = keep("places", "sum of capacity of childcare", target=80)
    evaluate_town(measured)
    wish = Wish(deadline=today_in(measured) - timedelta(days=1))
    given = raised_of(ACTOR, measured, row, area_for(measured, None), wish)
    with pytest.raises(Invalid, match="deadline"):
        raise_gap(row, actor=ACTOR, given=given, today=today_in(measured))


def test_what_the_journal_tells_of_other_things_wakes_nobody() -> None:
    assert is_read("places.facility_changed")
    assert is_read("indicators.target_set")
    assert not is_read("accounts.person_changed")
