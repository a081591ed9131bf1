"""Tasks on their way: consent, approval, execution, checking, adjustment, events, gaps."""

from datetime import timedelta
from typing import Any

import pytest

from chengyun.kernel.clock import frozen, now
from chengyun.kernel.events import EntryView
from chengyun.plans.models import Adjustment, Document, Party, Task
from chengyun.plans.reactions import lapse_silence, raise_gap
from plans.room import POINTS, Room

RUN: Any = type("Run", (), {"progress": lambda *_: None})()


def consulting(room: Room) -> tuple[dict[str, Any], str]:
    """A task about which greening and the neighbourhood M1 are asked."""
    document = room.imported()
    task = next(t for t in room.tasks(document) if "可回收物" in t["text"])
    owners = [{"department": "greening", "role": "lead"}, {"department": "M1", "role": "supporting"}]
    room.correct(task["id"], owners=owners)
    room.take(task["id"], "accept", "planner")
    assert room.take(task["id"], "consult", "planner", days=3).status_code == 200
    return document, task["id"]


def test_a_task_goes_from_review_through_consent_and_approval_to_live(room: Room) -> None:
    task = room.live()
    row = room.fresh(task)
    assert (row.state, row.told) == ("live", True)
    shown = room.api("liaison").get(f"plans/tasks/{task}").json()
    assert {"report", "finish"} <= {v["name"] for v in shown["verbs"]}
    moments = [m["event"] for m in room.api("planner").get(f"plans/tasks/{task}/timeline").json()]
    assert moments[-1] == "plans.task_moved"
    assert "plans.consent_answered" in moments


def test_departments_are_asked_in_working_days_and_see_what_concerns_them(room: Room) -> None:
    document, task = consulting(room)
    row = room.fresh(task)
    assert row.consent_due_at is not None
    assert row.consent_due_at > now() + timedelta(days=2)
    for role in ("liaison", "neighbourhood"):
        listed = room.api(role).get("plans/tasks?view=to_consent").json()["items"]
        assert [t["id"] for t in listed] == [task]
        assert room.document(document["id"], role)["title"] == document["title"]
        assert len(room.text(document["id"], role)["tasks"]) == 1
    assert room.api("posted_force").get(f"plans/tasks/{task}").status_code == 404


def test_an_objection_goes_back_to_the_planner_with_its_reason(room: Room) -> None:
    _, task = consulting(room)
    assert room.take(task, "object", "liaison").json()["code"] == "kernel.evidence_missing"
    assert room.take(task, "object", "liaison", reason="人手不足").json()["state"] == "consulting"
    assert room.take(task, "consent", "liaison").json()["code"] == "plans.answered"
    assert room.take(task, "consent", "neighbourhood").json()["state"] == "objected"
    shown = room.api("planner").get(f"plans/tasks/{task}").json()
    assert {p["consent"]: p["reason"] for p in shown["parties"]} == {"objected": "人手不足", "consented": ""}
    assert room.take(task, "revise", "planner", reason="调整牵头部门").json()["state"] == "accepted"
    assert set(Party.objects.filter(task__uuid=task).values_list("consent", flat=True)) == {"none"}


def test_silence_after_the_limit_is_no_objection(room: Room) -> None:
    _, task = consulting(room)
    room.take(task, "consent", "liaison")
    with frozen(now() + timedelta(days=20)):
        assert lapse_silence(RUN, {}) == {"silent": 1}
    assert room.fresh(task).state == "consented"
    assert lapse_silence(RUN, {}) == {"silent": 0}


def test_what_is_approved_of_a_draft_waits_until_it_is_in_force(room: Room) -> None:
    document, task = consulting(room)
    room.take(task, "consent", "liaison")
    room.take(task, "consent", "neighbourhood")
    assert room.take(task, "approve", "planner").status_code == 403
    assert room.take(task, "approve", "leader").json()["state"] == "approved"
    assert room.move(document["id"], "put_in_force").json()["state"] == "issued"
    assert room.fresh(task).state == "live"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"due_on": None}, "plans.due_missing"), ({"owners": []}, "plans.lead_missing")],
)
def test_nothing_is_asked_without_lead_and_date(room: Room, changes: dict[str, Any], code: str) -> None:
    document = room.imported()
    task = next(t for t in room.tasks(document) if "加装电梯" in t["text"])
    room.correct(task["id"], **changes)
    room.take(task["id"], "accept", "planner")
    assert room.take(task["id"], "consult", "planner").json()["code"] == code


def test_progress_completion_and_checking_by_somebody_else(room: Room) -> None:
    task = room.live()
    assert room.take(task, "report", "liaison", progress=101).json()["code"] == "plans.progress_wrong"
    assert room.take(task, "report", "liaison", progress=40, text="已完成2个").json()["progress"] == 40
    assert room.take(task, "report", "neighbourhood", progress=50).status_code == 403
    file = room.world.photo("liaison")
    done = room.take(task, "finish", "liaison", text="全部完成", file__evidence=[file])
    assert (done.json()["state"], done.json()["progress"]) == ("done", 100)
    assert room.api("planner").get(f"plans/tasks/{task}").json()["files"][0]["id"] == file
    assert room.take(task, "check", "liaison").status_code == 403
    assert room.take(task, "send_back", "planner", reason="缺照片").json()["state"] == "live"
    room.take(task, "finish", "liaison", text="补照片")
    assert room.take(task, "check", "supervisor").json()["state"] == "checked"
    assert room.take(task, "close", "planner").json()["state"] == "closed"
    assert room.take(task, "reopen", "supervisor", reason="回头看发现反弹").json()["state"] == "live"
    assert room.fresh(task).reopenings == 1


def test_a_deadline_tied_to_an_event_stays_open_until_it_is_recorded(room: Room) -> None:
    document = room.imported()
    task = next(t for t in room.tasks(document) if "防汛" in t["text"])
    assert (task["due_on"], task["due_rule"], task["due_months"]) == (None, "event", 3)
    for verb, role in (("accept", "planner"), ("consult", "planner")):
        assert room.take(task["id"], verb, role).status_code == 200, room.take(task["id"], verb, role).content
    Party.objects.filter(task__uuid=task["id"]).update(consent="consented")
    Task.objects.as_system("test").filter(uuid=task["id"]).update(state="consented")
    room.take(task["id"], "approve", "leader")
    room.move(document["id"], "put_in_force")
    greening = room.world.departments["greening"].pk
    Party.objects.filter(task__uuid=task["id"]).update(department_id=greening)
    answer = room.take(task["id"], "record_event", "liaison", date="2026-03-31")
    assert answer.status_code == 200, answer.content
    assert answer.json()["due_on"] == "2026-06-30"


def test_an_adjustment_goes_the_same_way_and_old_values_are_kept(room: Room) -> None:
    task = room.live()
    version = room.fresh(task).version
    api = room.api("planner")
    body = {"expected": version, "given": {"changes": {"due_on": "2027-03-31"}, "reason": "用地手续延后"}}
    asked = api.post(f"plans/tasks/{task}/verbs/adjust", body)
    assert asked.status_code == 202, asked.content
    key = asked.json()["id"]
    assert str(room.fresh(task).due_on) == "2026-12-31"
    assert api.post(f"plans/tasks/{task}/verbs/adjust", body).json()["code"] == "plans.adjustment_open"

    def move(verb: str, role: str, **given: Any) -> Any:
        row = Adjustment.objects.as_system("test").get(uuid=key)
        return room.api(role).post(f"plans/adjustments/{key}/verbs/{verb}", {"expected": row.version, "given": given})

    assert move("approve", "leader").status_code == 409
    assert move("consent", "liaison").json()["state"] == "asked"
    assert move("consent", "neighbourhood").json()["state"] == "consented"
    done = move("approve", "leader").json()
    assert done["changes"] == {"due_on": ["2026-12-31", "2027-03-31"]}
    assert str(room.fresh(task).due_on) == "2027-03-31"


def test_shares_of_a_count_add_up_or_are_refused(room: Room) -> None:
    document = room.imported()
    target = next(t for t in room.text(document["id"])["targets"] if t["unit"] == "台" and t["value"] == 28)
    api = room.api("planner")

    def share(*values: float) -> Any:
        shares = [{"year": 2026 + n, "value": value} for n, value in enumerate(values)]
        version = api.get(f"plans/targets/{target['id']}").json()["version"]
        return api.send("PUT", f"plans/targets/{target['id']}/shares", {"expected": version, "shares": shares})

    assert share(10, 10).json()["code"] == "plans.shares_short"
    assert [s["value"] for s in share(10, 18).json()["shares"]] == [10, 18]


def test_yearly_tasks_serve_those_of_the_plan_above_and_conflicts_are_flagged(room: Room) -> None:
    upper = room.imported(POINTS.replace("2026年工作要点", "三年行动计划").replace("竣工28台", "竣工90台"))
    lower = room.imported(POINTS)
    for document in (upper, lower):
        row = Document.objects.as_system("test").get(uuid=document["id"])
        room.api("planner").post(f"plans/documents/{document['id']}/accept", {"expected": row.version})
    row = Document.objects.as_system("test").get(uuid=lower["id"])
    answer = room.api("planner").post(
        f"plans/documents/{lower['id']}/alignment", {"expected": row.version, "upper": upper["id"]}
    )
    assert answer.json()["count"] >= 5
    tree = room.api("planner").get(f"plans/documents/{lower['id']}/alignment").json()
    tie = next(t for t in tree["up"] if t["kind"] == "task" and "电梯" in t["lower"]["text"])
    assert "电梯" in tie["upper"]["text"]
    body = {"expected": tie["lower"]["version"], "confirm": True}
    assert room.api("planner").post(f"plans/alignments/{tie['id']}", body).json()["count"] == 1
    below = room.api("leader").get(f"plans/documents/{upper['id']}/alignment").json()["down"]
    assert [t["state"] for t in below if t["id"] == tie["id"]] == ["confirmed"]
    found = room.api("planner").get("plans/conflicts").json()
    kinds = {(c["kind"], c["one"]["unit"]) for c in found}
    assert ("same", "座") in kinds
    assert ("conflict", "台") in kinds


def test_a_gap_becomes_one_task_with_owner_and_deadline(room: Room) -> None:
    greening = room.world.departments["greening"]
    facts = {
        "indicator": "hydrant_cover", "zh": "消火栓150米覆盖", "mode": "tasks", "area": room.world.areas["G1"].pk,
        "department": greening.pk, "deadline": "2027-01-31", "failing": 4,
    }  # fmt: skip
    entry = EntryView(
        7, "indicators.gap_raised", "gap", "0190f0c0-0000-7000-8000-000000000001", 1, "system", "indicators",
        room.world.town.pk, now(), now(), facts,
    )  # fmt: skip
    raise_gap(entry)
    raise_gap(entry)
    task = Task.objects.as_system("test").get(origin="gap")
    assert (task.state, str(task.due_on), task.department_id) == ("accepted", "2027-01-31", greening.pk)
    assert task.gap["subjects"] == 4
    for verb, role in (("consult", "planner"), ("consent", "liaison"), ("approve", "leader")):
        assert room.take(str(task.uuid), verb, role).status_code == 200
    assert room.fresh(str(task.uuid)).state == "live"
    raise_gap(
        EntryView(
            **{**vars(entry), "facts": facts | {"mode": "cases"}, "subject": "0190f0c0-0000-7000-8000-000000000002"}
        )
    )
    assert Task.objects.as_system("test").filter(origin="gap").count() == 1


def test_lists_narrow_by_department_state_light_and_words(room: Room) -> None:
    task = room.live()
    api = room.api("leader")
    greening = room.world.departments["greening"]
    for query in (f"department={greening.uuid}", "state=live", "light=grey", "q=可回收物", "view=live"):
        assert task in [t["id"] for t in api.get(f"plans/tasks?{query}").json()["items"]], query
    for query in ("light=red", "q=消火栓", "view=late", f"department={room.world.departments['police'].uuid}"):
        assert api.get(f"plans/tasks?{query}").json()["items"] == [], query
    assert api.get("plans/tasks?view=nothing").json()["code"] == "plans.no_view"
    counted = api.get("plans/tasks/counts").json()
    assert counted["views"]["live"] == 1
    assert [c["state"] for c in api.get("plans/tasks/board").json()["columns"]] == ["live"]
    assert len(api.get("plans/tasks/gantt").json()["items"]) == 1
    assert api.get("plans/tasks/map").json()["unplaced"] == 1
    hits = api.get("kernel/search?q=可回收物")
    assert hits.status_code in (200, 404)


def test_a_project_has_stages_and_money_by_month(room: Room) -> None:
    document = room.imported()
    api = room.api("planner")
    stages = [{"name": "开工", "planned_start": "2026-03-01", "planned_end": "2026-06-30"},
              {"name": "竣工", "planned_end": "2026-12-31", "weight": 2}]  # fmt: skip
    made = api.post(
        f"plans/documents/{document['id']}/projects",
        {"values": {"name": "云岸口袋公园", "investment": 320.5, "department": "greening", "stages": stages}},
    )
    assert made.status_code == 201, made.content
    project = made.json()

    def take(verb: str, role: str, **given: Any) -> Any:
        version = api.get(f"plans/projects/{project['id']}").json()["version"]
        return room.api(role).post(
            f"plans/projects/{project['id']}/verbs/{verb}", {"expected": version, "given": given}
        )

    take("accept", "planner")
    take("approve", "leader")
    assert room.move(document["id"], "put_in_force").status_code == 200
    stage = project["stages"][0]["id"]
    reported = take("report_stage", "liaison", stage=stage, started="2026-03-10").json()
    assert reported["stages"][0]["actual_start"] == "2026-03-10"
    paid = take("pay", "planner", month="2026-03", planned=100, paid=80.5).json()
    assert (float(paid["planned"]), float(paid["paid"])) == (100.0, 80.5)
    assert take("pay", "liaison", month="2026-03", paid=1).status_code == 403
