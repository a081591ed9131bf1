"""Supervision through the API: orders from a leader's word to a look-back that reopens, findings, reminders."""

from datetime import date, timedelta
from typing import Any

import pytest

from chengyun.kernel.clock import frozen, now
from chengyun.kernel.delivery.feed import feed_all, house
from chengyun.kernel.delivery.sequencer import sequence
from chengyun.plans.around import today
from chengyun.plans.models import LookBack, Order, Reminder, Task
from chengyun.plans.rounds import light_up, send_reminders
from plans.room import Room, work

RUN: Any = type("Run", (), {"progress": lambda *_: None})()


def later(days: int) -> str:
    return (today(now()) + timedelta(days=days)).isoformat()


def issued(room: Room, task: str | None = None, **more: Any) -> dict[str, Any]:
    body = {
        "colour": "red", "department": "greening", "title": "可回收物服务点建设滞后", "demand": "三日内说明原因",
        "due_on": later(10), "instruction": "请抓紧。", "task": task,
    } | more  # fmt: skip
    answer = room.api("supervisor").post("plans/orders", body)
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def step(room: Room, things: str, row: dict[str, Any], verb: str, role: str, **given: Any) -> Any:
    fresh = room.api(role).get(f"plans/{things}/{row['id']}").json()
    body = {"expected": fresh.get("version", 1), "given": given}
    return room.api(role).post(f"plans/{things}/{row['id']}/verbs/{verb}", body)


def walked(room: Room, row: dict[str, Any], *, until: str = "cleared") -> None:
    """An order along its ordinary way."""
    for verb, role, given in (
        ("sign", "liaison", {}), ("handle", "liaison", {}), ("reply", "liaison", {"text": "已建成三处"}),
        ("review_pass", "supervisor", {}), ("clear", "supervisor", {}),
    ):  # fmt: skip
        answer = step(room, "orders", row, verb, role, **given)
        assert answer.status_code == 200, (verb, answer.content.decode())
        if answer.json()["state"] == until:
            return


def test_an_order_goes_from_a_leaders_word_to_being_cleared(room: Room) -> None:
    row = issued(room, room.live())
    assert row["number"].startswith("YA督〔")
    assert (row["state"], row["colour"], row["department"]["code"]) == ("issued", "red", "greening")
    walked(room, row)
    shown = room.api("supervisor").get(f"plans/orders/{row['id']}").json()
    assert shown["state"] == "cleared"
    told = [m["event"] for m in room.api("supervisor").get(f"plans/orders/{row['id']}/timeline").json()]
    assert told == ["plans.order_issued"] + ["plans.order_moved"] * 5


def test_a_look_back_that_finds_it_again_reopens_the_order(room: Room) -> None:
    task = room.live()
    row = issued(room, task)
    walked(room, row)
    looks = room.api("supervisor").get("plans/look_backs").json()["items"]
    assert [look["order"]["id"] for look in looks] == [row["id"]]
    assert step(room, "look_backs", looks[0], "fail", "supervisor", text="又停工了").status_code == 200
    again = room.api("supervisor").get(f"plans/orders/{row['id']}").json()
    assert (again["state"], again["reopenings"]) == ("handling", 1)


def test_a_look_back_reopens_a_task_that_was_closed(room: Room) -> None:
    task = room.live()
    row = issued(room, task)
    walked(room, row)
    Task.objects.as_system("test").filter(uuid=task).update(state="closed")
    look = LookBack.objects.as_system("test").get()
    answer = step(room, "look_backs", {"id": str(look.uuid)}, "fail", "supervisor", text="没有建成")
    assert answer.status_code == 200
    assert room.fresh(task).state == "live"


def test_a_second_look_is_planned_at_a_closed_task_by_hand(room: Room) -> None:
    task = room.live()
    body = {"planned_on": later(30), "task": task}
    assert room.api("supervisor").post("plans/look_backs", body).json()["code"] == "plans.not_closed"
    Task.objects.as_system("test").filter(uuid=task).update(state="closed")
    answer = room.api("supervisor").post("plans/look_backs", body)
    assert (answer.status_code, answer.json()["task"]["id"]) == (201, task)
    assert room.api("supervisor").post("plans/look_backs", {"planned_on": later(3)}).json()["code"] == (
        "plans.look_at_what"
    )


def test_a_department_handles_its_own_orders_only(room: Room) -> None:
    row = issued(room)
    assert room.api("neighbourhood").get(f"plans/orders/{row['id']}").status_code == 404
    assert step(room, "orders", row, "sign", "planner").json()["code"] == "kernel.not_permitted"
    assert [v["name"] for v in room.api("liaison").get(f"plans/orders/{row['id']}").json()["verbs"]] == ["sign"]
    assert room.api("liaison").post("plans/orders", {"colour": "red"}).status_code == 422
    body = {"colour": "red", "department": "greening", "title": "一", "demand": "二", "due_on": later(3)}
    assert room.api("liaison").post("plans/orders", body).json()["code"] == "kernel.not_permitted"


def test_an_answer_that_is_not_enough_goes_back_and_is_counted(room: Room) -> None:
    row = issued(room)
    walked(room, row, until="replied")
    assert step(room, "orders", row, "review_fail", "supervisor").json()["code"] == "kernel.evidence_missing"
    back = step(room, "orders", row, "review_fail", "supervisor", reason="没有照片")
    assert back.json()["state"] == "handling"
    assert room.api("liaison").get(f"plans/orders/{row['id']}").json()["reworks"] == 1


def test_what_is_not_answered_is_late_from_the_day_on_and_a_late_answer_stays_late(room: Room) -> None:
    row = issued(room, due_on=later(1))
    assert room.api("supervisor").get(f"plans/orders/{row['id']}").json()["late"] is False
    with frozen(now() + timedelta(days=5)):
        assert room.api("supervisor").get("plans/orders").json()["items"][0]["late"] is True
        walked(room, row)
    assert room.api("supervisor").get(f"plans/orders/{row['id']}").json()["late"] is True


@pytest.mark.parametrize(
    ("change", "code"),
    [({"colour": "pink"}, "plans.colour_wrong"), ({"due_on": "2020-01-01"}, "plans.due_past"),
     ({"department": "nowhere"}, "plans.no_department"), ({"demand": "  "}, "plans.text_missing")],
)  # fmt: skip
def test_an_order_that_does_not_fit_is_refused(room: Room, change: dict[str, str], code: str) -> None:
    body = {"colour": "red", "department": "greening", "title": "一", "demand": "二", "due_on": later(3)} | change
    assert room.api("supervisor").post("plans/orders", body).json()["code"] == code


def test_an_order_is_only_raised_and_only_put_off(room: Room) -> None:
    row = issued(room, colour="yellow")
    lower = step(room, "orders", row, "raise_colour", "supervisor", colour="blue", reason="一")
    assert lower.json()["code"] == "plans.colour_lower"
    assert step(room, "orders", row, "raise_colour", "supervisor", colour="red", reason="一").status_code == 200
    assert step(room, "orders", row, "extend", "supervisor", date=later(1), reason="一").json()["code"] == (
        "plans.not_later"
    )
    assert step(room, "orders", row, "extend", "supervisor", date=later(30), reason="一").status_code == 200


def test_one_task_has_one_running_order(room: Room) -> None:
    task = room.live()
    issued(room, task)
    body = {"colour": "red", "department": "greening", "title": "一", "demand": "二", "due_on": later(3), "task": task}
    assert room.api("supervisor").post("plans/orders", body).json()["code"] == "plans.order_runs"


def test_a_finding_is_rectified_by_the_department_and_looked_at_again(room: Room) -> None:
    body = {"department": "greening", "text": "服务点没有标识", "severity": "major", "point": [121.205, 31.405]}
    row = room.api("supervisor").post("plans/findings", body).json()
    assert row["point"] == [121.205, 31.405]
    assert step(room, "findings", row, "rectify", "liaison", text="已补齐").json()["state"] == "rectified"
    assert step(room, "findings", row, "refuse", "supervisor", reason="还缺两处").json()["state"] == "open"
    step(room, "findings", row, "rectify", "liaison", text="全部补齐")
    assert step(room, "findings", row, "accept", "supervisor").json()["state"] == "closed"


def test_the_platform_reminds_of_what_is_due_once(room: Room) -> None:
    task = room.live(due_on=later(7))
    send_reminders(RUN, {})
    send_reminders(RUN, {})
    row = Reminder.objects.as_system("test").get()
    assert (row.cause, row.days, row.task.uuid) == ("due_soon", 7, room.fresh(task).uuid)
    with frozen(now() + timedelta(days=8)):
        send_reminders(RUN, {})
    assert set(Reminder.objects.as_system("test").values_list("cause", flat=True)) == {"due_soon", "overdue"}


def test_a_person_reminds_by_hand(room: Room) -> None:
    task = room.live()
    answer = room.api("supervisor").post(f"plans/tasks/{task}/reminders", {"text": "请抓紧"})
    assert answer.status_code == 201, answer.content
    assert answer.json()["cause"] == "hand"
    assert room.api("liaison").post(f"plans/tasks/{task}/reminders", {}).json()["code"] == "kernel.not_permitted"


def test_an_overdue_task_turns_red_and_an_order_is_proposed(room: Room) -> None:
    task = room.live(due_on=later(20))
    room.take(task, "report", "liaison", progress=10)
    with frozen(now() + timedelta(days=30)):
        told = light_up(RUN, {})
        assert next(iter(told.values()))["turned"] == 1
        assert room.fresh(task).light == "red"
        proposed = room.api("supervisor").get("plans/orders/proposed").json()
        assert [(p["task"]["id"], p["colour"], p["cause"]) for p in proposed] == [(task, "red", "overdue")]
        months = room.api("liaison").get(f"plans/tasks/{task}/months").json()
        assert all(m["first_light"] in ("green", "yellow", "red", "grey") for m in months)


def test_lists_take_few_queries(room: Room, django_assert_max_num_queries: Any) -> None:
    for n in range(6):
        issued(room, colour="yellow", title=f"第{n}件")
    api = room.api("supervisor")
    for path in ("orders", "findings", "look_backs", "reminders", "reports", "meetings", "titles", "budgets"):
        api.get(f"plans/{path}")
        with django_assert_max_num_queries(12):
            assert api.get(f"plans/{path}").status_code == 200, path


def test_rules_of_lights_are_versions_of_data(room: Room) -> None:
    api = room.api("planner")
    assert api.get("plans/lights/rules").json()["version"] == 1
    assert api.post("plans/lights/rules", {"body": {"tolerance": 3}}).json()["code"] == "plans.light_rule_wrong"
    made = api.post("plans/lights/rules", {"body": {"tolerance": 0.2, "near_days": 7}})
    assert made.status_code == 201, made.content
    assert api.get("plans/lights/rules").json()["near_days"] == 7
    assert room.api("liaison").post("plans/lights/rules", {"body": {}}).json()["code"] == "kernel.not_permitted"


def test_duty_follows_the_post_to_the_successor(room: Room) -> None:
    row = issued(room)
    order = Order.objects.as_system("test").get(uuid=row["id"])
    assert not hasattr(order, "person_id")
    assert order.department_id == room.world.departments["greening"].pk
    assert date.fromisoformat(row["due_on"]) == order.due_on


def test_a_task_that_is_overdue_when_it_goes_live_is_red_within_seconds(room: Room) -> None:
    task = room.live(due_on="2026-03-01")
    assert room.fresh(task).light == "grey"
    sequence(1000)
    feed_all(house())
    feed_all(house())
    with frozen(now() + timedelta(minutes=1)):
        work()
    assert room.fresh(task).light == "red"


def test_days_that_cannot_be_meant_are_refused(room: Room) -> None:
    """A year typed wrong is said beside its field, and nothing is made."""
    order = {"colour": "red", "department": "greening", "title": "督办", "demand": "说明原因"}
    api = room.api("supervisor")
    assert api.post("plans/orders", {**order, "due_on": "9999-12-31"}).json()["code"] == "plans.due_far"
    assert api.post("plans/orders", {**order, "due_on": "2000-01-01"}).json()["code"] == "plans.due_past"
    blank = api.post("plans/orders", {**order, "title": "  ", "due_on": "2026-12-31"}).json()
    assert (blank["code"], blank["field"]) == ("plans.text_missing", "title")
    finding = {"department": "greening", "text": "围挡破损"}
    past = api.post("plans/findings", {**finding, "due_on": "2000-01-01"}).json()
    assert (past["code"], past["field"]) == ("plans.period_backwards", "due_on")
    assert api.post("plans/findings", {**finding, "found_on": "9999-01-01"}).json()["code"] == "plans.date_ahead"
