"""SQL queries are counted: the same for any page size, and under the ceilings."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.world import World
from chengyun.cases.models import Case
from chengyun.kernel.clock import now

LIST, DETAIL, CREATE = 12, 12, 20
VIEWS = ("queue", "mine", "to_sign", "in_hand", "due", "late", "community", "phone", "approvals")


def counted(call: Any) -> tuple[int, str]:
    """How many queries a call makes, and which."""
    with CaptureQueriesContext(connection) as queries:
        answer = call()
    assert answer.status_code < 300, answer.content
    said = [q["sql"][:200] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    return len(said), "\n".join(said)


def stir(world: World) -> None:
    """Cases in many corners of the table, two of each."""
    for state in ("received", "dispatched", "handling", "closed"):
        for _ in range(2):
            world.walk(world.report(), to=state)
    joint = world.walk(world.report(), to="filed")
    world.take(joint, "dispatch", "operator", department="greening", supporting=["police", "water"])
    world.take(world.walk(world.report(), to="handling"), "extend", "liaison", reason="等料", days=2)


def test_lists_take_as_many_queries_for_two_as_for_all(world: World, as_role: Any) -> None:
    stir(world)
    for role in ("operator", "liaison", "grid_worker", "neighbourhood", "leader", "posted_force"):
        session = as_role(role)
        few, _ = counted(lambda s=session: s.get("cases?limit=2"))
        many, said = counted(lambda s=session: s.get("cases?limit=200"))
        assert few <= many <= LIST, f"{role}: {many}\n{said}"
    for role in ("operator", "liaison", "grid_worker"):
        session = as_role(role)
        for view in VIEWS:
            count, said = counted(lambda s=session, v=view: s.get(f"cases?view={v}&q=垃圾"))
            assert count <= LIST, f"{role} {view}: {count}\n{said}"


def test_a_page_its_timeline_and_the_inbox_keep_theirs(world: World, as_role: Any) -> None:
    stir(world)
    desk, officer = as_role("operator"), as_role("duty_officer")
    rows = desk.get("cases?limit=200").json()["items"]
    for row in rows:
        count, said = counted(lambda r=row: desk.get(f"cases/{r['id']}"))
        assert count <= DETAIL, f"{row['state']}: {count}\n{said}"
    count, said = counted(lambda: desk.get(f"cases/{rows[0]['id']}/timeline"))
    assert count <= DETAIL, said
    count, said = counted(lambda: officer.get("cases/approvals"))
    assert count <= LIST, said


def test_a_report_keeps_its_ceiling(world: World, as_role: Any) -> None:
    desk = as_role("operator")
    body = {
        "text": "路灯不亮", "point": [121.205, 31.405], "class": "P0109",
        "reporter": {"name": "王小明", "phone": "13812345678"},
    }  # fmt: skip
    desk.post("cases", body)
    count, said = counted(lambda: desk.post("cases", body))
    assert count <= CREATE, f"{count}\n{said}"


def test_figures_are_those_of_the_lists(world: World, as_role: Any) -> None:
    stir(world)
    for role in ("operator", "liaison", "grid_worker", "neighbourhood", "leader"):
        session = as_role(role)
        views = session.get("cases/counts?also=approvals,closed,sampled,reported").json()["views"]
        assert {"due", "community", "approvals", "closed", "sampled", "reported"} <= set(views)
        assert views == {view: session.get(f"cases?view={view}").json()["total"] for view in views}, role
    desk = as_role("operator")
    assert desk.get("cases/counts?also=no-such-view").json()["code"] == "cases.no_view"
    count, said = counted(lambda: desk.get("cases/counts?also=approvals,closed,sampled,reported"))
    assert count <= LIST, said


def test_days_say_what_was_reported_and_what_is_done(world: World, as_role: Any) -> None:
    stir(world)
    desk = as_role("operator")
    days = desk.get("cases/days").json()
    assert len(days) == 14
    assert sum(day["reported"] for day in days) == days[-1]["reported"] == desk.get("cases").json()["total"]
    assert sum(day["done"] for day in days) == 2
    count, said = counted(lambda: desk.get("cases/days"))
    assert count <= LIST, said
    assert desk.get("cases/days?from=2020-01-01").json()["code"] == "cases.too_many_days"
    assert desk.get("cases/days?from=2026-01-02&to=2026-01-01").status_code == 422


def test_a_day_so_far_is_counted_up_to_a_moment(world: World, as_role: Any) -> None:
    first, _, _ = world.report(), world.report(), world.report()
    Case._base_manager.filter(pk=first.pk).update(reported_at=now() - timedelta(hours=2))
    desk, then = as_role("operator"), (now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert sum(desk.get("cases/counts").json()["states"].values()) == 3
    assert sum(desk.get(f"cases/counts?until={then}").json()["states"].values()) == 1
    assert desk.get("cases/counts?until=2026-11-22T10:00:00").status_code == 422


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("state=filed,gone", "cases.no_choice"), ("channel=pigeon", "cases.no_choice"),
        ("priority=very", "cases.no_choice"), ("light=pink", "cases.no_light"), ("view=mine2", "cases.no_view"),
        ("from=2026-02-02&to=2026-02-01", "cases.days_reversed"), ("bbox=nan,nan,nan,nan", "cases.bad_bbox"),
        ("bbox=2,1,1,2", "cases.bad_bbox"), ("bbox=inf,0,1,1", "cases.bad_bbox"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["cases", "cases/map", "cases/counts"])
def test_a_filter_that_nothing_can_fit_is_refused(as_role: Any, world: World, path: str, query: str, code: str) -> None:
    assert as_role("operator").get(f"{path}?{query}").json()["code"] == code
