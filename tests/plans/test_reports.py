"""Monthly reports: drafted from records, only exceptions asked, late is late, what slipped is carried over."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chengyun.kernel.clock import frozen
from chengyun.plans.actions.reporting import due_of
from chengyun.plans.models import Actual, MonthlyReport, ReportLine, Target, Task
from chengyun.plans.rounds import draft_reports, light_up
from plans.room import Room, make_room
from plans.test_supervision import step

RUN: Any = type("Run", (), {"progress": lambda *_: None})()


@pytest.fixture
def room(db: None) -> Iterator[Room]:
    """A town that has its grants since the first of March; the clock stands there unless a test moves it."""
    with at(3, 1):
        yield make_room()


def at(month: int, day: int, hour: int = 2) -> Any:
    return frozen(datetime(2026, month, day, hour, tzinfo=UTC))


def live(room: Room, due_on: str = "2026-12-31") -> str:
    with at(3, 2):
        return room.live(due_on=due_on)


def drafted(room: Room, month: int = 4) -> dict[str, Any]:
    """The report of the month before, as the liaison sees it on the first of `month`."""
    with at(month, 1):
        light_up(RUN, {})
        draft_reports(RUN, {})
        rows = room.api("liaison").get("plans/reports").json()["items"]
        return dict(room.api("liaison").get(f"plans/reports/{rows[0]['id']}").json())


def answered(room: Room, report: dict[str, Any], progress: float) -> None:
    line = next(row for row in report["lines"] if row["lead"])
    answer = step(room, "reports", report, "correct", "liaison", line=line["id"], progress=progress, text="在建")
    assert answer.status_code == 200, answer.content


def test_the_platform_drafts_and_asks_only_what_it_cannot_know(room: Room) -> None:
    live(room)
    report = drafted(room)
    assert (report["month"], report["state"], report["late"]) == ("2026-03-01", "drafted", False)
    assert [(row["about"], row["ask"]) for row in report["lines"]] == [("task", "progress")]
    with at(4, 1):
        early = step(room, "reports", report, "confirm", "liaison")
        assert early.json()["code"] == "plans.answers_missing"
        answered(room, report, 20)
        assert step(room, "reports", report, "confirm", "liaison").json()["state"] == "confirmed"
    assert Task.objects.as_system("test").get(uuid=report["lines"][0]["of"]["id"]).progress == 20


def test_what_is_counted_from_records_is_never_asked(room: Room) -> None:
    uuid = live(room)
    task = room.fresh(uuid)
    target = Target.objects.create(
        town_id=task.town_id, department_id=task.department_id, task=task, kind="target", object="服务点", text="x",
        value=5, unit="个", by_on=date(2026, 12, 31), state="live", binding="bound", indicator_code="points",
        aggregation="sum",
    )  # fmt: skip
    Actual.objects.create(target=target, day=date(2026, 3, 30), value=2, source="indicator", made_by="x",
                          made_at=datetime(2026, 3, 30, tzinfo=UTC))  # fmt: skip
    report = drafted(room)
    lines = {row["about"]: row for row in report["lines"]}
    assert {row["ask"] for row in report["lines"]} == {""}
    assert (lines["task"]["progress"], lines["target"]["known"]["value"]) == (40.0, 2.0)
    with at(4, 1):
        given = {"line": lines["task"]["id"], "progress": 90}
        assert step(room, "reports", report, "correct", "liaison", **given).json()["code"] == "plans.correct_why"
        assert step(room, "reports", report, "confirm", "liaison").status_code == 200


def test_a_report_is_due_on_a_working_day_and_late_stays_late(room: Room) -> None:
    live(room)
    report = drafted(room)
    town = room.world.town.pk
    assert due_of(town, date(2026, 3, 1)).date() == date(2026, 4, 3)  # Wednesday to Friday, the third working day
    assert due_of(town, date(2026, 9, 1)).date() == date(2026, 10, 10)  # after the holidays, a make-up workday
    with at(4, 8):
        assert draft_reports(RUN, {})["late"] == 2  # of the lead and of who supports it
        answered(room, report, 20)
        assert step(room, "reports", report, "confirm", "liaison").status_code == 200
    assert MonthlyReport.objects.as_system("test").get(uuid=report["id"]).late


def test_what_slipped_is_carried_over_and_counted(room: Room) -> None:
    live(room, due_on="2026-03-20")
    first = drafted(room, 4)
    assert first["lines"][0]["known"]["reason"] == "overdue"
    with at(4, 1):
        answered(room, first, 60)
        step(room, "reports", first, "confirm", "liaison")
    second = drafted(room, 5)
    assert second["month"] == "2026-04-01"
    assert (second["lines"][0]["carried_from"], second["lines"][0]["slips"]) == ("2026-03-01", 1)
    assert second["lines"][0]["known"]["before"] == 60.0


def test_the_lead_consolidates_what_supporting_departments_say(room: Room) -> None:
    live(room)
    report = drafted(room)
    with at(4, 1):
        answered(room, report, 20)
        step(room, "reports", report, "confirm", "liaison")
        waits = step(room, "reports", report, "consolidate", "liaison")
        assert waits.json()["code"] == "plans.supporting_missing"
        other = room.api("neighbourhood").get("plans/reports").json()["items"][0]
        mine = room.api("neighbourhood").get(f"plans/reports/{other['id']}").json()["lines"][0]
        assert (mine["lead"], mine["ask"]) == (False, "")
        step(room, "reports", other, "correct", "neighbourhood", line=mine["id"], text="已选好两处点位")
        assert step(room, "reports", other, "confirm", "neighbourhood").status_code == 200
        shown = room.api("liaison").get(f"plans/reports/{report['id']}").json()["lines"][0]["supporting"]
        assert [s["text"] for s in shown] == ["已选好两处点位"]
        assert step(room, "reports", report, "consolidate", "liaison").status_code == 200
        assert step(room, "reports", report, "check", "planner").json()["state"] == "checked"


def test_a_planner_returns_a_report_with_a_reason(room: Room) -> None:
    live(room)
    report = drafted(room)
    with at(4, 1):
        answered(room, report, 20)
        step(room, "reports", report, "confirm", "liaison")
        assert step(room, "reports", report, "return", "planner", reason="进度与照片不符").json()["state"] == "returned"
        assert step(room, "reports", report, "confirm", "liaison").status_code == 200
        board = room.api("planner").get("plans/reports/board?month=2026-03-01").json()
    assert board["total"] == 2
    assert ReportLine.objects.filter(report__uuid=report["id"]).count() == 1


def test_evidence_belongs_to_the_report(room: Room) -> None:
    live(room)
    report = drafted(room)
    photo = room.world.photo("liaison")
    with at(4, 1):
        given = {"line": report["lines"][0]["id"], "progress": 30, "text": "见照片", "file:evidence": [photo]}
        assert step(room, "reports", report, "correct", "liaison", **given).status_code == 200
        assert room.api("planner").get(f"kernel/files/{photo}").status_code == 200
        assert room.api("posted_force").get(f"kernel/files/{photo}").status_code == 404
