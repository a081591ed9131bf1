"""What goes on beside the way of a case: merging, joint handling, the simple procedure, supervision, lateness."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cases.world import IN_G1_M1, IN_G2_M2, SYSTEM, World
from chengyun.accounts.models import Department
from chengyun.cases import actions
from chengyun.cases.actions import Draft
from chengyun.cases.models import Approval, Case, Clock, Part
from chengyun.cases.reactions import mark_what_is_late
from chengyun.kernel.clock import frozen, now
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.refusal import Conflict, Forbidden, Invalid
from chengyun.places.memory import changed


def test_merged_and_taken_apart_again(world: World) -> None:
    lead, twin = world.report(), world.report()
    world.take(twin, "merge", "operator", into=str(lead.uuid))
    merged = world.fresh(twin)
    assert (merged.state, merged.merged_into_id, merged.is_open) == ("merged", lead.pk, False)
    assert not Clock.objects.filter(case=twin, stopped_at=None).exists()
    assert "cases.merged_in" in Entry.objects.filter(stream=f"case:{lead.uuid}").values_list("event", flat=True)
    world.take(twin, "unmerge", "operator", reason="不是同一处")
    world.agree(twin, "duty_officer")
    apart = world.fresh(twin)
    assert (apart.state, apart.merged_into_id) == ("received", None)


def test_a_case_is_not_merged_into_itself_or_into_what_is_done(world: World) -> None:
    case, done = world.report(), world.walk(world.report(), to="closed")
    for other in (case, done):
        with pytest.raises(Invalid):
            world.take(case, "merge", "operator", into=str(other.uuid))


def test_joint_handling_has_a_part_and_a_clock_for_each_department(world: World) -> None:
    case = world.walk(world.report(), to="filed")
    world.take(case, "dispatch", "operator", department="greening", supporting=["police"])
    part = Part.objects.get(case=case, lead=False)
    assert part.clocks.get().stage == "part"
    world.take(case, "sign", "liaison")
    with pytest.raises(Conflict) as refused:
        world.take(case, "answer", "liaison", text="已清理", photo__after=[world.photo("liaison")])
    assert refused.value.code == "cases.parts_open"
    with pytest.raises(Forbidden):
        world.take(case, "part_sign", "liaison", part=str(part.uuid))
    world.take(case, "part_sign", "posted_force", part=str(part.uuid))
    world.take(case, "part_answer", "posted_force", part=str(part.uuid), text="已到场维持秩序")
    part.refresh_from_db()
    assert (part.state, part.clocks.get().on_time) == ("answered", True)
    world.take(case, "answer", "liaison", text="已清理", photo__after=[world.photo("liaison")])
    assert world.fresh(case).state == "answered"


def test_the_supporting_department_sees_the_case(world: World, as_role: Any) -> None:
    case = world.walk(world.report(), to="filed")
    world.take(case, "dispatch", "operator", department="greening", supporting=["police"])
    row = as_role("posted_force").get(f"cases/{case.uuid}").json()
    assert {"part_sign", "part_answer"} <= {v["name"] for v in row["verbs"]}
    assert "sign" not in {v["name"] for v in row["verbs"]}
    assert as_role("posted_force").get("cases?view=to_sign").json()["total"] == 1


def test_an_area_gives_no_right_over_another_departments_work(world: World) -> None:
    case = world.walk(world.report(point=IN_G1_M1), to="filed")
    world.take(case, "dispatch", "operator", department="greening")
    with pytest.raises(Forbidden):
        world.take(case, "sign", "neighbourhood")
    own = world.walk(world.report(point=IN_G1_M1), to="filed")
    world.take(own, "dispatch", "operator", department="M1", reason="居委会就近处理")
    assert world.take(own, "sign", "neighbourhood").state == "signed"


def test_a_person_of_another_department_is_not_assigned(world: World) -> None:
    case = world.walk(world.report(), to="signed")
    with pytest.raises(Invalid) as refused:
        world.take(case, "assign", "liaison", person=str(world.people["posted_force"].uuid))
    assert refused.value.code == "cases.other_department"


def test_another_department_than_the_suggested_needs_a_reason(world: World) -> None:
    case = world.walk(world.report(), to="filed")
    with pytest.raises(Invalid) as refused:
        world.take(case, "dispatch", "operator", department="water")
    assert refused.value.field == "given.reason"
    sent = world.take(case, "dispatch", "operator", department="water", reason="河边垃圾")
    told = sent.routing["department"]
    assert (told["by"], told["overruled"]["by"]) == ("person", "class")


def test_settled_on_the_spot_and_sampled_by_another(world: World) -> None:
    draft = Draft(town=world.town.pk, text="小广告", channel="patrol", class_code="E0108", point=IN_G1_M1,
                  photos=[world.photo("grid_worker")])  # fmt: skip
    case = actions.report_settled(draft, actor=world.people["grid_worker"], after=[world.photo("grid_worker")])
    assert (case.state, case.simple, case.level) == ("closed", True, "grid")
    Case.objects.as_system("test").filter(pk=case.pk).update(sampled=True)
    with pytest.raises(Forbidden):
        world.take(case, "sample_pass", "grid_worker")
    assert world.take(case, "sample_fail", "grid_head", reason="还有残留").state == "received"


def test_checked_before_it_is_filed(world: World) -> None:
    case = world.walk(world.report(), to="received")
    world.take(case, "ask_check", "operator")
    checking = world.fresh(case)
    assert checking.checker_id == world.people["grid_worker"].uuid
    assert Clock.objects.get(case=case, stage="file").paused_at is not None
    done = world.take(case, "check", "grid_worker", found=True, photo__before=[world.photo("grid_worker")])
    assert (done.state, done.found) == ("received", True)
    assert Clock.objects.get(case=case, stage="file").paused_at is None


def test_supervised_until_it_is_cleared(world: World) -> None:
    case = world.walk(world.report(), to="handling")
    world.take(case, "supervise", "leader", reason="三日内办结", date="2030-01-01")
    assert world.fresh(case).supervised
    assert world.take(case, "clear_supervision", "supervisor", text="已销号").supervised is False


def test_what_waits_for_approval_lapses_when_the_case_goes_on(world: World) -> None:
    case = world.walk(world.report(), to="handling")
    world.take(case, "extend", "liaison", reason="设备未到", days=2)
    world.take(case, "answer", "handler", text="已清理", photo__after=[world.photo("handler")])
    assert Approval.objects.as_system("test").get(case=case).state == "lapsed"
    assert world.fresh(case).pending == ""


def test_refused_the_case_stays_and_the_reason_is_told(world: World) -> None:
    case = world.walk(world.report(), to="handling")
    world.take(case, "extend", "liaison", reason="设备未到", days=2)
    refused = world.agree(case, "duty_officer", approve=False, reason="时间足够")
    assert (refused.state, refused.extensions, refused.pending) == ("handling", 0, "")


def test_a_clock_that_ran_out_is_marked_once(world: World) -> None:
    case = world.report()
    run: Any = type("Run", (), {"progress": lambda *_: None})()
    with frozen(now() + timedelta(days=2)):
        assert mark_what_is_late(run, {}) == {"marked": 1}
        assert mark_what_is_late(run, {}) == {"marked": 0}
    told = Entry.objects.filter(stream=f"case:{case.uuid}", event="cases.overdue")
    assert told.count() == 1


def test_due_times_over_an_unpublished_year_are_provisional_and_reckoned_anew(world: World) -> None:
    with frozen(datetime(2026, 12, 28, 2, tzinfo=UTC)):
        case = world.walk(world.report(), to="dispatched", class_code="P0205")
        clock = Clock.objects.get(case=case, stage="handle")
        assert clock.provisional
        old = clock.due_at
        Clock.objects.filter(pk=clock.pk).update(due_at=old + timedelta(days=3))
        assert actions.recompute_due(world.fresh(case), actor=SYSTEM) == 1
    clock.refresh_from_db()
    assert clock.due_at == old
    assert clock.history[-1]["why"] == "recomputed"


def test_a_report_outside_of_the_town_is_refused(world: World, as_role: Any) -> None:
    area = world.areas["S1"]
    level = type(area.level).objects.create(scheme=area.scheme, code="town", name="镇", role="town", rank=9)
    town = type(area)(
        town=world.town, scheme=area.scheme, level=level, code="YA", name="YA", source="t", external_id="t"
    )
    town.locate(area.geometry)
    town.save()
    changed(world.town.pk)
    answer = as_role("operator").post("cases", {"text": "远处", "point": [100.0, 20.0]})
    assert answer.status_code == 422
    assert answer.json()["code"] == "cases.outside_town"


def test_offices_of_another_town_are_not_given_cases(world: World) -> None:
    Department.objects.create(town_id=None, code="district", name="区局")
    case = world.walk(world.report(point=IN_G2_M2), to="filed")
    assert world.take(case, "dispatch", "operator", department="district", reason="区级权责").state == "dispatched"


def test_who_supports_a_case_speaks_in_it_and_its_entries_say_so(world: World) -> None:
    case = world.walk(world.report(), to="filed")
    world.take(case, "dispatch", "operator", department="greening", supporting=["police"])
    world.take(case, "remark", "posted_force", text="已派员")
    entry = Entry.objects.get(stream=f"case:{case.uuid}", event="cases.remarked")
    assert world.departments["police"].pk in entry.department_ids
    with pytest.raises(Forbidden):
        world.take(case, "remark", "contractor", text="与我无关")
