"""What the journal's entries lead to: notices to whom they concern, files seen through the case, due times anew."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cases.world import IN_G1_M1, World
from chengyun.accounts.models import Notice
from chengyun.accounts.notices import tell_of
from chengyun.cases import actions
from chengyun.cases.actions import Draft
from chengyun.cases.models import Clock
from chengyun.cases.reactions import find_cases, reckon_again
from chengyun.kernel.calendar.recompute import Change
from chengyun.kernel.clock import frozen
from chengyun.kernel.delivery.sequencer import sequence
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.journal.timeline import view_of

RUN: Any = type("Run", (), {"progress": lambda *_: None})()


def told(world: World) -> set[tuple[str, str]]:
    """Who was told of which event, after every entry was heard."""
    sequence(1000)
    for entry in Entry.objects.filter(stream__startswith="case:").order_by("position"):
        tell_of(view_of(entry))
    roles = {person.pk: role for role, person in world.people.items()}
    return {(n.event, roles[n.person_id]) for n in Notice.objects.all() if n.person_id in roles}


def test_each_step_is_told_to_whom_it_concerns(world: World) -> None:
    case = world.walk(world.report(), to="handling")
    world.take(case, "extend", "liaison", reason="等料", days=2)
    world.agree(case, "duty_officer", approve=False)
    world.take(case, "urge", "leader", text="请抓紧")
    world.take(case, "answer", "handler", text="已清理", photo__after=[world.photo("handler")])
    world.take(case, "send_verify", "operator")
    world.take(case, "verify_fail", "grid_worker", reason="还有")
    heard = told(world)
    assert ("cases.dispatched", "liaison") in heard
    assert ("cases.assigned", "handler") in heard
    assert ("cases.approval_asked", "duty_officer") in heard
    assert ("cases.approval_refused", "liaison") in heard
    assert ("cases.urged", "handler") in heard
    assert ("cases.sent_to_verify", "grid_worker") in heard
    assert ("cases.rework_ordered", "liaison") in heard
    assert not {role for _, role in heard} & {"planner", "administrator", "posted_force"}


def test_returned_too_often_the_duty_officer_is_told(world: World) -> None:
    case = world.walk(world.report(), to="dispatched")
    for _ in range(2):
        world.take(case, "return", "liaison", reason="不属本部门")
        world.agree(case, "duty_officer")
        if world.fresh(case).state == "filed":
            world.take(case, "dispatch", "operator", department="greening", reason="仍由绿容所")
    heard = told(world)
    assert ("cases.returned", "operator") in heard
    assert ("cases.escalated", "duty_officer") in heard


def test_photos_are_seen_by_who_sees_the_case(world: World, as_role: Any) -> None:
    photo = world.photo("grid_worker")
    draft = Draft(town=world.town.pk, text="垃圾", channel="patrol", point=IN_G1_M1, photos=[photo])
    case = actions.report(draft, actor=world.people["grid_worker"])
    assert case.thumb is not None
    for role, status in {"operator": 200, "neighbourhood": 200, "posted_force": 404, "administrator": 404}.items():
        assert as_role(role).get(f"kernel/files/{photo}?size=thumb").status_code == status, role


def test_a_photo_of_somebody_else_is_no_evidence(world: World, as_role: Any) -> None:
    answer = as_role("operator").post("cases", {"text": "x", "photos": [world.photo("grid_worker")]})
    assert answer.status_code == 404


def test_photos_are_named_by_their_ids_however_written(world: World, as_role: Any) -> None:
    case, worker = world.walk(world.report(), to="verifying"), as_role("grid_worker")
    body = {"expected": case.version, "given": {"photo:after": ["a-code"]}}
    assert worker.post(f"cases/{case.uuid}/verbs/verify_pass", body).json()["code"] == "cases.given_wrong"
    body["given"] = {"photo:after": [world.photo("grid_worker").upper()]}
    assert worker.post(f"cases/{case.uuid}/verbs/verify_pass", body).status_code == 200


def test_a_published_calendar_moves_what_is_due_and_keeps_the_old(world: World) -> None:
    with frozen(datetime(2026, 12, 28, 2, tzinfo=UTC)):
        case = world.walk(world.report(), to="dispatched", class_code="P0205")
        clock = Clock.objects.get(case=case, stage="handle")
        Clock.objects.filter(pk=clock.pk).update(due_at=clock.due_at + timedelta(days=1))
        assert reckon_again(RUN, Change(2027, None, None)) == 1
        assert reckon_again(RUN, Change(2027, None, None)) == 0
    again = Clock.objects.get(pk=clock.pk)
    assert (again.due_at, again.history[-1]["why"]) == (clock.due_at, "recomputed")


@pytest.mark.django_db
def test_the_search_box_finds_only_what_one_may_see(world: World) -> None:
    case = world.report(text="公园里的长椅坏了")
    hits = find_cases(world.people["operator"], "长椅", 5)
    assert [h.id for h in hits] == [str(case.uuid)]
    assert find_cases(world.people["planner"], "长椅", 5) == []
