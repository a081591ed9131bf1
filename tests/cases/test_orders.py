"""Orders of an upper platform: their own table, and what is decided above."""

from datetime import timedelta
from typing import Any

import pytest

from cases.world import World
from chengyun.cases import actions
from chengyun.cases.actions import Draft
from chengyun.cases.models import Case, Clock, Rating
from chengyun.kernel.clock import now
from chengyun.kernel.refusal import Conflict, Invalid


def arrive(world: World, number: str = "12345-0001", days: int = 5, **more: Any) -> Case:
    order = {"kind": "complaint", "due_at": now() + timedelta(days=days)}
    draft = Draft(
        town=world.town.pk, text="楼下烧烤店油烟扰民", channel="hotline", source="12345", external_id=number,
        order=order, **more,
    )  # fmt: skip
    return actions.receive_order(draft, actor=world.people["hotline_clerk"])


def to_answered(world: World, case: Case) -> Case:
    world.take(case, "accept", "hotline_clerk", **{"class": "E0110"})
    world.take(case, "dispatch", "hotline_clerk", department="greening", reason="油烟由绿容所先行处置")
    world.take(case, "sign", "liaison")
    world.take(case, "first_contact", "liaison", text="已电话联系，约定上门")
    world.take(case, "answer", "liaison", text="已责令清洗净化设备")
    return world.fresh(case)


def test_an_order_keeps_its_number_and_comes_once(world: World) -> None:
    case = arrive(world)
    assert (case.state, case.is_order, case.external_id) == ("ordered", True, "12345-0001")
    assert arrive(world).pk == case.pk
    stages = {c.stage: c.due_at for c in Clock.objects.filter(case=case)}
    assert stages["upper"] == case.upper_due_at
    assert "upper_sign" in stages


def test_replied_it_waits_until_it_is_closed_above(world: World) -> None:
    case = to_answered(world, arrive(world))
    assert Clock.objects.get(case=case, stage="first_contact").on_time is True
    world.take(case, "reply", "hotline_clerk", text="已办理并答复市民")
    assert world.fresh(case).state == "replied"
    with pytest.raises(Conflict):
        world.take(case, "reply", "hotline_clerk", text="再回")
    actions.hear_above(
        case, "upper_called_back", actor=world.people["hotline_clerk"], given={"solved": True, "satisfied": 4}
    )
    closed = actions.hear_above(case, "upper_closed", actor=world.people["hotline_clerk"], given={})
    assert (closed.state, closed.is_open) == ("closed", False)
    assert Rating.objects.get(case=case).asked == "upper"


def test_the_town_only_applies_for_return_and_extension(world: World) -> None:
    case = arrive(world)
    world.take(case, "apply_return", "hotline_clerk", reason="不属本镇管辖")
    world.agree(case, "duty_officer")
    assert world.fresh(case).upper_pending == "return"
    assert world.fresh(case).state == "ordered"
    actions.hear_above(case, "upper_refused", actor=world.people["hotline_clerk"], given={})
    assert world.fresh(case).upper_pending == ""
    later = now() + timedelta(days=20)
    actions.hear_above(case, "upper_extended", actor=world.people["hotline_clerk"], given={"due_at": later})
    clock = Clock.objects.get(case=case, stage="upper")
    assert clock.due_at == later
    assert [step["why"] for step in clock.history] == ["moved", "moved"]


def test_an_order_is_extended_up_to_the_limit_from_above_and_no_further(world: World) -> None:
    case = arrive(world, days=30)
    world.take(case, "accept", "hotline_clerk", **{"class": "E0110"})
    world.take(case, "dispatch", "hotline_clerk", department="greening", reason="油烟由绿容所先行处置")
    world.take(case, "sign", "liaison")
    world.take(case, "first_contact", "liaison", text="已电话联系，约定上门")
    handle = Clock.objects.get(case=case, stage="handle")
    assert handle.due_at < case.upper_due_at
    world.take(case, "extend", "liaison", reason="等待检测", days=30)
    world.agree(case, "duty_officer")
    handle.refresh_from_db()
    assert handle.due_at == case.upper_due_at
    with pytest.raises(Conflict) as refused:
        world.take(case, "extend", "liaison", reason="仍未检测", days=1)
    assert refused.value.code == "cases.extend_above"


def test_what_is_decided_above_is_no_button(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        world.take(arrive(world), "upper_closed", "hotline_clerk")
    assert refused.value.code == "cases.outside_verb"


def test_an_order_is_never_merged_away_but_its_work_is_joined(world: World) -> None:
    case, work = arrive(world), world.walk(world.report(), to="handling")
    with pytest.raises(Invalid):
        world.take(case, "merge", "operator", into=work.number)
    world.take(case, "accept", "hotline_clerk", **{"class": "E0101"})
    world.take(case, "join", "duty_officer", into=work.number)
    fresh = world.fresh(case)
    assert (fresh.joined_to_id, fresh.state) == (work.pk, "filed")


def test_reopened_above_it_is_a_new_round(world: World) -> None:
    case = to_answered(world, arrive(world))
    world.take(case, "reply", "hotline_clerk", text="已办理")
    clerk = world.people["hotline_clerk"]
    again = actions.hear_above(case, "upper_reopened", actor=clerk, given={"due_at": now() + timedelta(days=3)})
    assert (again.state, again.round, again.department_id) == ("filed", 2, None)
    assert Clock.objects.filter(case=case, stage="upper").count() == 2


def test_orders_come_and_close_through_the_api(world: World, as_role: Any) -> None:
    clerk = as_role("hotline_clerk")
    body = {
        "text": "咨询落户政策",
        "channel": "hotline",
        "source": "12345",
        "external_id": "A-9",
        "order": {"kind": "consult"},
    }
    made = clerk.post("cases", body)
    assert made.status_code == 201, made.content
    assert made.json()["upper_number"] == "A-9"
    assert as_role("grid_worker").post("cases", body | {"external_id": "A-10"}).status_code == 403
    returned = clerk.post(f"cases/{made.json()['id']}/above/returned", {})
    assert returned.status_code == 200
    assert returned.json()["state"] == "returned"
