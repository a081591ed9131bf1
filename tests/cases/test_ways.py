"""A case's ways through the table, by real actions."""

import pytest

from cases.world import IN_G1_M1, World
from chengyun.accounts.models import Department
from chengyun.cases import actions
from chengyun.cases.models import Case, Clock, Part
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.refusal import Conflict, Forbidden, Invalid


def events_of(case: Case) -> list[str]:
    return list(Entry.objects.filter(stream=f"case:{case.uuid}").order_by("number").values_list("event", flat=True))


def test_a_report_is_placed_numbered_and_on_the_clock(world: World) -> None:
    case = world.report()
    assert case.number.startswith("YA-")
    assert case.number.endswith("-00001")
    assert (case.grid_id, case.community_id) == (world.areas["G1"].pk, world.areas["M1"].pk)
    assert case.due_stage == "receive"
    assert case.due_at is not None
    assert events_of(case) == ["cases.reported"]


def test_the_ordinary_way_ends_closed_with_every_clock_stopped(world: World) -> None:
    case = world.walk(world.report(), to="closed")
    clocks = {c.stage: c for c in Clock.objects.filter(case=case)}
    assert set(clocks) == {"receive", "file", "dispatch", "sign", "handle", "review", "verify", "close"}
    assert all(c.stopped_at and c.on_time for c in clocks.values())
    assert not case.is_open
    assert case.due_at is None
    assert case.level == "town"
    assert Part.objects.get(case=case).state == "done"
    assert events_of(case)[-1] == "cases.closed"


def test_reassigning_to_the_department_that_has_it_is_no_way_to_more_time(world: World) -> None:
    case = world.walk(world.report(), to="handling")
    same = str(Department.objects.as_system("test").get(pk=case.department_id).uuid)
    with pytest.raises(Invalid) as refused:
        world.take(case, "reassign", "duty_officer", department=same, reason="改派")
    assert refused.value.code == "cases.same_department"
    assert Clock.objects.get(case=case, stopped_at=None).stage == "handle"


def test_who_handled_a_case_does_not_verify_it(world: World) -> None:
    case = world.report(point=IN_G1_M1)
    case = world.walk(case, to="verifying")
    Case.objects.as_system("test").filter(pk=case.pk).update(handlers=[str(world.people["grid_worker"].uuid)])
    with pytest.raises(Forbidden) as refused:
        world.take(case, "verify_pass", "grid_worker", photo__after=[world.photo("grid_worker")])
    assert refused.value.code == "cases.verifier_handled"


def test_failed_verification_is_rework_with_a_new_round(world: World) -> None:
    case = world.walk(world.report(), to="verifying")
    world.take(case, "verify_fail", "grid_worker", reason="垃圾还在")
    case = world.fresh(case)
    assert (case.state, case.round) == ("handling", 2)
    rounds = Clock.objects.filter(case=case, stage="handle").order_by("round")
    assert [c.round for c in rounds] == [1, 2]
    assert rounds[1].stopped_at is None


def test_a_return_waits_for_the_duty_officer_and_two_bounces_go_to_arbitration(world: World) -> None:
    case = world.walk(world.report(), to="dispatched")
    for _ in range(2):
        world.take(case, "return", "liaison", reason="不属于本部门职责")
        assert world.fresh(case).state == "dispatched"
        assert world.fresh(case).pending == "return"
        world.agree(case, "duty_officer")
        if world.fresh(case).state == "filed":
            world.take(case, "dispatch", "operator", department="greening", reason="仍由绿容所处置")
    case = world.fresh(case)
    assert (case.state, case.returns) == ("arbitration", 2)
    world.take(case, "arbitrate", "duty_officer", department="greening", reason="属市容")
    with pytest.raises(Conflict) as refused:
        world.take(case, "return", "liaison", reason="再退")
    assert refused.value.code == "cases.bound"


def test_nobody_approves_what_he_asked_for(world: World) -> None:
    case = world.walk(world.report(), to="signed")
    world.take(case, "extend", "duty_officer", reason="雨天", days=2)
    with pytest.raises(Forbidden):
        world.agree(case, "duty_officer")


def test_extensions_climb_from_duty_officer_to_head_and_end_there(world: World) -> None:
    case = world.walk(world.report(), to="handling", class_code="P0205")
    first = world.fresh(case).due_at
    for post in ("duty_officer", "centre_head"):
        approval = world.take(case, "extend", "liaison", reason="需要采购", days=3)
        assert approval.post == post
        world.agree(case, post)
    case = world.fresh(case)
    assert case.extensions == 2
    assert case.due_at > first
    assert [h["why"] for h in Clock.objects.get(case=case, stage="handle").history] == ["extended", "extended"]
    with pytest.raises(Conflict):
        world.take(case, "extend", "liaison", reason="再延", days=1)


def test_suspended_the_clock_stands_and_goes_on(world: World) -> None:
    case = world.walk(world.report(), to="handling", class_code="P0205")
    world.take(case, "suspend", "liaison", reason="等待立项", date="2030-01-01")
    world.agree(case, "leader")
    case = world.fresh(case)
    assert (case.state, case.due_at) == ("suspended", None)
    world.take(case, "resume", "duty_officer")
    assert world.fresh(case).due_at is not None


def test_evidence_is_asked_by_the_class(world: World) -> None:
    case = world.walk(world.report(), to="handling")
    with pytest.raises(Invalid) as refused:
        world.take(case, "answer", "handler", text="做好了")
    assert refused.value.field == "given.photo:after"


def test_a_stale_version_is_a_conflict_with_the_present_state(world: World) -> None:
    case = world.report()
    world.take(case, "receive", "operator")
    with pytest.raises(Conflict) as refused:
        actions.take(case, "receive", actor=world.people["operator"], expected=case.version, given={})
    assert refused.value.current is not None
    assert refused.value.current["state"] == "received"
