"""What people do with cases, through the API."""

import uuid
from typing import Any

from cases.world import IN_G1_M1, IN_G2_M2, World


def report(session: Any, **more: Any) -> dict[str, Any]:
    answer = session.post("cases", {"text": "河边栏杆断了一截，很危险", "point": IN_G1_M1} | more)
    assert answer.status_code == 201, answer.content
    return answer.json()  # type: ignore[no-any-return]


def verbs(case: dict[str, Any]) -> set[str]:
    return {verb["name"] for verb in case["verbs"]}


def test_a_report_goes_the_whole_way_to_a_checked_close(world: World, as_role: Any) -> None:
    desk, liaison, handler, worker = (as_role(r) for r in ("operator", "liaison", "handler", "grid_worker"))
    case = report(desk, reporter={"name": "王小明", "phone": "13812345678"})
    assert case["state"] == "reported"
    assert case["grid"]["name"] == "G1"
    assert "receive" in verbs(case)
    case = desk.take(case, "receive").json()
    case = desk.take(case, "file", **{"class": "E0101"}).json()
    suggested = desk.get(f"cases/{case['id']}").json()["suggested"]
    assert suggested["department"]["code"] == "greening"
    assert suggested["reason"]["by"] == "class"
    case = desk.take(case, "dispatch", department=suggested["department"]["id"]).json()
    assert case["due"]["stage"] in {"sign", "handle"}
    case = liaison.take(case, "sign").json()
    case = liaison.take(case, "assign", person=str(world.people["handler"].uuid)).json()
    case = handler.take(case, "answer", text="已修复", photo__after=[world.photo("handler")]).json()
    case = desk.take(case, "send_verify").json()
    case = worker.take(case, "verify_pass", photo__after=[world.photo("grid_worker")]).json()
    answer = desk.take(case, "close", level="town")
    assert answer.status_code == 200
    assert answer.json()["light"] == "green"
    told = [m["event"] for m in desk.get(f"cases/{case['id']}/timeline").json()]
    assert told[0] == "cases.reported"
    assert told[-1] == "cases.closed"
    assert len(told) == 10


def test_what_one_may_not_do_is_neither_offered_nor_done(world: World, as_role: Any) -> None:
    case = report(as_role("operator"))
    seen = as_role("grid_worker").get(f"cases/{case['id']}").json()
    assert "receive" not in verbs(seen)
    assert "settle" in verbs(seen)
    assert as_role("grid_worker").take(case, "receive").status_code == 403


def test_a_stranger_does_not_even_see_the_case(world: World, as_role: Any) -> None:
    case = report(as_role("operator"), point=IN_G2_M2)
    for role in ("grid_worker", "neighbourhood", "liaison", "contractor", "planner", "administrator"):
        assert as_role(role).get(f"cases/{case['id']}").status_code == 404, role
        assert as_role(role).get("cases").json()["items"] == [], role


def test_an_approval_is_asked_shown_and_given(world: World, as_role: Any) -> None:
    case = world.walk(world.report(), to="signed")
    row = as_role("liaison").get(f"cases/{case.uuid}").json()
    asked = as_role("liaison").take(row, "return", reason="不属于本部门")
    assert asked.status_code == 202
    assert asked.json()["case"]["pending"] == "return"
    inbox = as_role("duty_officer").get("cases/approvals").json()["items"]
    assert [(a["verb"], a["texts"]["reason"]) for a in inbox] == [("return", "不属于本部门")]
    assert as_role("operator").get("cases/approvals").json()["items"] == []
    done = as_role("duty_officer").post(f"cases/approvals/{inbox[0]['id']}", {"approve": True})
    assert done.status_code == 200
    assert done.json()["state"] == "filed"
    assert done.json()["returns"] == 1


def test_the_grid_worker_settles_on_the_spot(world: World, as_role: Any) -> None:
    worker = as_role("grid_worker")
    body = {
        "text": "小广告", "point": IN_G1_M1, "class": "E0108", "photos": [world.photo("grid_worker")],
        "settled": {"after": [world.photo("grid_worker")]},
    }  # fmt: skip
    answer = worker.post("cases", body)
    assert answer.status_code == 201, answer.content
    assert answer.json()["state"] == "closed"
    refused = worker.post("cases", body | {"class": "E0601"})
    assert refused.status_code == 409
    assert refused.json()["code"] == "cases.not_simple"


def test_the_same_call_sent_twice_is_one_case(world: World, as_role: Any) -> None:
    desk, key = as_role("operator"), str(uuid.uuid4())
    body = {"text": "路灯不亮", "point": IN_G1_M1}
    first, again = (desk.post("cases", body, **{"Idempotency-Key": key}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]


def test_taken_offline_a_verb_applies_if_it_still_leads_from_the_present_state(world: World, as_role: Any) -> None:
    case = world.walk(world.report(), to="verifying")
    world.take(case, "urge", "duty_officer")  # the version moved on, the state did not
    worker = as_role("grid_worker")
    body = {"from_state": "verifying", "captured_at": "2026-01-05T08:00:00+08:00",
            "given": {"photo:after": [world.photo("grid_worker")]}}  # fmt: skip
    assert worker.post(f"cases/{case.uuid}/verbs/verify_pass", body).status_code == 200
    late = worker.post(f"cases/{case.uuid}/verbs/verify_pass", body)
    assert late.status_code == 409
    assert late.json()["params"]["seen"] == "verifying"
    assert late.json()["current"]["state"] == "verified"


def test_who_reported_is_seen_with_a_reason_and_logged(world: World, as_role: Any) -> None:
    case = report(as_role("operator"), reporter={"name": "王小明", "phone": "13812345678"})
    seen = as_role("operator").post(f"cases/{case['id']}/reporter", {"reason": "回访"})
    assert seen.json()[0] == {"ref": seen.json()[0]["ref"], "kind": "resident", "channel": "desk",
                              "name": "王小明", "phone": "13812345678"}  # fmt: skip
    assert as_role("grid_worker").post(f"cases/{case['id']}/reporter", {"reason": "想看"}).status_code == 403


def test_a_confidential_case_hides_its_reporter_from_who_handles_it(world: World, as_role: Any) -> None:
    case = world.walk(world.report(confidential=True), to="dispatched")
    refused = as_role("liaison").post(f"cases/{case.uuid}/reporter", {"reason": "想联系"})
    assert refused.status_code == 403
    assert refused.json()["code"] == "cases.confidential"


def test_a_case_is_found_by_chinese_words_and_never_by_its_reporter(world: World, as_role: Any) -> None:
    desk = as_role("operator")
    case = report(
        desk, text="张三丰家门口的窨井盖松动，电话13812345678", reporter={"name": "张三丰", "phone": "13812345678"}
    )
    assert [c["id"] for c in desk.get("cases?q=窨井盖").json()["items"]] == [case["id"]]
    for word in ("张三丰", "13812345678"):
        assert desk.get(f"cases?q={word}").json()["items"] == [], word
    assert "13812345678" not in str(as_role("grid_worker").get(f"cases/{case['id']}").json())


def test_lists_page_by_key_and_filter(world: World, as_role: Any) -> None:
    desk = as_role("operator")
    made = [report(desk)["id"] for _ in range(5)]
    first = desk.get("cases?limit=3").json()
    second = desk.get(f"cases?limit=3&cursor={first['next']}").json()
    assert [c["id"] for c in first["items"] + second["items"]] == made[::-1]
    assert first["total"] == 5
    assert desk.get("cases?view=queue&light=red").json()["total"] == 0
    assert desk.get("cases?state=closed").json()["items"] == []
    grid = world.areas["G2"].uuid
    assert desk.get(f"cases?grid={grid}").json()["total"] == 0
    assert len(desk.get("cases/map?bbox=121.2,31.4,121.21,31.41").json()["features"]) == 5
    assert desk.get("cases/counts").json()["states"] == {"reported": 5}


def test_the_twin_of_a_case_is_found_beside_it(world: World, as_role: Any) -> None:
    desk = as_role("operator")
    one = report(desk, text="河边栏杆断了", **{"class": "P0501"})
    two = report(desk, text="河边的栏杆断了，小心", **{"class": "P0501"})
    report(desk, text="餐馆油烟太大", point=IN_G2_M2)
    alike = desk.get(f"cases/{two['id']}/similar").json()
    assert [a["case"]["id"] for a in alike] == [one["id"]]
