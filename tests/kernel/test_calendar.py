"""The calendar as rows: versioned, corrected, a town's own days over it, and due times reckoned again."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chengyun.kernel.access import Scope
from chengyun.kernel.calendar import Change, calendar_for, on_calendar_change, recompute, timetable_for
from chengyun.kernel.calendar.actions import publish_hours, publish_year, years
from chengyun.kernel.calendar.models import CalendarYear
from chengyun.kernel.calendar.rules import read_notice
from chengyun.kernel.calendar.seed import seed_calendar
from chengyun.kernel.delivery.feed import feed_all, house
from chengyun.kernel.delivery.sequencer import sequence_all
from chengyun.kernel.jobs.models import Job
from chengyun.kernel.jobs.queue import claim, execute
from chengyun.kernel.jobs.run import Run
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.refusal import Conflict, Forbidden, Invalid
from chengyun.kernel.worktime import Limit, due_at
from kernel.pictures import sheet
from kernel.world import ANNA, SYSTEM, Policy

pytestmark = [pytest.mark.django_db, pytest.mark.db]

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTICE: dict[str, Any] = {
    "year": 2027,
    "notice": "国办发明电〔2026〕0号",
    "issued": "2026-11-25",
    "holidays": [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"}],
    "workdays": [{"name": "元旦", "day": "2027-01-09"}],
}
OPEN_LATE = {"ordinary": ["10:00-20:00"]}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_a_new_installation_knows_the_published_years_and_the_usual_hours() -> None:
    assert calendar_for().published == {2024, 2025, 2026}
    assert due_at(at("2026-09-30 10:00"), Limit(3), calendar_for(), timetable_for()).at == at("2026-10-10 17:30")
    assert timetable_for("always").always
    assert not Entry.objects.exists()


def test_a_published_year_ends_what_was_provisional() -> None:
    filed = at("2026-12-30 10:00")
    assert due_at(filed, Limit(6), calendar_for()).provisional
    publish_year(NOTICE, actor=SYSTEM)
    due = due_at(filed, Limit(6), calendar_for())
    assert (due.at, due.provisional) == (at("2027-01-08 17:30"), False)
    assert calendar_for().is_workday(at("2027-01-09 00:00").date())


def test_a_correction_is_a_new_row_and_the_old_one_stays() -> None:
    first = publish_year(NOTICE, actor=SYSTEM)
    with pytest.raises(Conflict, match="there is one already"):
        publish_year(NOTICE, actor=SYSTEM)
    with pytest.raises(Conflict, match="changed it meanwhile"):
        publish_year(NOTICE, actor=SYSTEM, expected=9)
    second = publish_year(NOTICE | {"workdays": []}, actor=SYSTEM, expected=first.version)
    assert (second.revision, second.days.count()) == (2, 3)
    rows = CalendarYear.objects.as_system("a test looks").filter(year=2027).order_by("revision")
    assert [(row.revision, row.current, row.days.count()) for row in rows] == [(1, False, 4), (2, True, 3)]
    assert not calendar_for().is_workday(at("2027-01-09 00:00").date())


def test_a_towns_own_days_hold_there_only() -> None:
    closed = {"year": 2026, "holidays": [{"name": "进口博览会", "from": "2026-11-05", "to": "2026-11-06"}]}
    publish_year(closed, actor=SYSTEM, town=7)
    day = at("2026-11-05 00:00").date()
    assert not calendar_for(7).is_workday(day)
    assert calendar_for(8).is_workday(day)
    assert calendar_for(7).published == {2024, 2025, 2026}


def test_a_towns_own_hours_come_before_the_usual_ones() -> None:
    publish_hours("office", actor=SYSTEM, name="窗口", hours=OPEN_LATE, town=7)
    assert str(timetable_for("office", 7).ordinary[0]) == "10:00-20:00"
    assert str(timetable_for("office", 8).ordinary[0]) == "08:30-11:30"


def test_only_who_may_set_the_place_up_publishes(policy: Policy) -> None:
    policy.allow(ANNA, "kernel.settings", scope=Scope(towns=frozenset({7})))
    publish_year(NOTICE, actor=ANNA, town=7)
    for town in (None, 8):
        with pytest.raises(Forbidden):
            publish_year(NOTICE, actor=ANNA, town=town)
        with pytest.raises(Forbidden):
            publish_hours("late", actor=ANNA, name="x", hours=OPEN_LATE, town=town)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"year": "2027"},
        {"year": 2027, "holidays": "all of them"},
        {"year": 2027, "holidays": [{"name": "x", "from": "2026-01-01", "to": "2026-01-01"}]},
        {"year": 2027, "workdays": [{"name": "x", "day": "2027-01-04"}]},
        NOTICE | {"issued": "yesterday"},
    ],
)
def test_a_wrong_notice_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        publish_year(wrong, actor=SYSTEM)


@pytest.mark.parametrize("wrong", [{}, {"ordinary": []}, {"ordinary": ["9-5"]}, {"ordinary": 5}])
def test_wrong_hours_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        publish_hours("late", actor=SYSTEM, name="x", hours=wrong)


def test_a_notice_is_read_from_json_and_from_a_sheet() -> None:
    rows: list[list[object]] = [
        ["日期", "类型", "节日"],
        *([f"2027-01-0{n}", "休", "元旦"] for n in (1, 2, 3)),
        ["2027/01/09", "班", "元旦"],
    ]
    from_sheet = publish_year(read_notice(sheet(rows)), actor=SYSTEM)
    days = list(from_sheet.days.order_by("day").values_list("day", "kind"))
    again = publish_year(read_notice(json.dumps(NOTICE).encode()), actor=SYSTEM, expected=from_sheet.version)
    assert list(again.days.order_by("day").values_list("day", "kind")) == days


@pytest.mark.parametrize("content", [b"", b"[]", b"PK\x03\x04 no sheet", b"\xff\xfe", sheet([["日期"]])])
def test_what_holds_no_notice_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_notice(content)


def test_a_row_that_is_wrong_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        read_notice(sheet([["日期", "类型"], ["2027-01-01", "休"], ["2027-01-02", "?"]]))
    assert (refused.value.code, refused.value.params) == ("kernel.notice_row", {"row": 3})


def test_rooms_reckon_again_when_the_calendar_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recompute, "_hooks", {})
    asked: list[Change] = []

    def hook(run: Run, change: Change) -> int:
        asked.append(change)
        return 4

    on_calendar_change("test", hook)
    publish_year(NOTICE, actor=SYSTEM)
    publish_hours("late", actor=SYSTEM, name="x", hours=OPEN_LATE, town=7)
    sequence_all()
    feed_all([receiver for receiver in house() if receiver.name == "kernel.recompute"])
    while job := claim("w"):
        execute(job, lambda: False)
    assert asked == [Change(2027, None, None), Change(None, "late", 7)]
    results = Job.objects.as_system("a test looks").values_list("result", flat=True)
    assert list(results) == [{"test": 4}, {"test": 4}]


def test_a_later_version_brings_its_new_year_to_a_town_at_work() -> None:
    years(None).filter(year=2026).delete()
    seed_calendar()
    assert calendar_for().published == {2024, 2025, 2026}
    assert [entry.event for entry in Entry.objects.all()] == ["kernel.calendar_published"]
    seed_calendar()
    assert Entry.objects.count() == 1
