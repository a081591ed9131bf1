"""Groups, meetings, assessments, titles, funds, evaluations, publicity: through the API."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from docx import Document as Word
from openpyxl import load_workbook

from chengyun.accounts.models import Post
from chengyun.kernel.clock import now
from chengyun.plans.around import today
from chengyun.plans.models import Document, Project, Stage, Task
from plans.room import Room
from plans.test_supervision import issued, later, step, walked

SCHEME = """考核语言 1
单项 “重点任务” 60 分：按比例 已完成任务 / 应完成任务
单项 “督查督办” 40 分：每 红色督办单 扣 5；每 督办返工 扣 2；最低 10
加分 “表彰”：每 表彰次数 加 1，最多加 5
"""


@pytest.fixture
def post(room: Room) -> Post:
    office = room.world.departments["greening"]
    made: Post = Post.objects.create(
        town=room.world.town, department=office, code="head", title="绿化所所长", kind="head"
    )
    return made


def grouped(room: Room, post: Post) -> dict[str, Any]:
    body = {"kind": "leading_group", "name": "重点工作推进领导小组", "starts_on": later(0),
            "members": [{"post": "head", "role": "head"}]}  # fmt: skip
    answer = room.api("planner").post("plans/groups", body)
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def test_what_a_meeting_decides_becomes_a_task_with_an_owner(room: Room, post: Post) -> None:
    group = grouped(room, post)
    assert [m["post"]["title"] for m in group["members"]] == ["绿化所所长"]
    body = {"held_on": later(1), "agenda": [{"title": "研究服务点建设", "department": "greening"}]}
    meeting = room.api("planner").post(f"plans/groups/{group['id']}/meetings", body).json()
    assert meeting["title"] == "重点工作推进领导小组第1次会议"
    step(room, "meetings", meeting, "hold", "planner")
    fresh = room.api("planner").get(f"plans/meetings/{meeting['id']}").json()
    written = room.api("planner").send("PUT", f"plans/meetings/{meeting['id']}/minutes", {
        "expected": fresh["version"],
        "decisions": [{"text": "绿化所牵头，月底前建成两处服务点", "department": "greening", "due_on": later(30),
                       "supporting": ["M1"], "post": "head"}],
    })  # fmt: skip
    assert written.status_code == 200, written.content
    assert step(room, "meetings", meeting, "issue", "planner").json()["state"] == "issued"
    detail = room.api("liaison").get(f"plans/meetings/{meeting['id']}").json()
    task = detail["decisions"][0]["task"]
    row = room.api("liaison").get(f"plans/tasks/{task['id']}").json()
    assert (row["state"], row["origin"], row["lead_post"]["title"]) == ("live", "meeting", "绿化所所长")
    assert {p["department"]["code"] for p in row["parties"]} == {"greening", "M1"}
    again = room.api("planner").send("PUT", f"plans/meetings/{meeting['id']}/minutes", {"expected": 9, "decisions": []})
    assert again.status_code == 409


def test_minutes_are_the_departments_once_they_are_issued(room: Room, post: Post) -> None:
    group = grouped(room, post)
    meeting = room.api("planner").post(f"plans/groups/{group['id']}/meetings", {"held_on": later(1)}).json()
    assert room.api("liaison").get(f"plans/meetings/{meeting['id']}").status_code == 404
    assert (
        room.api("liaison")
        .post("plans/groups", {"kind": "task_force", "name": "一", "starts_on": later(0)})
        .json()["code"]
        == "kernel.not_permitted"
    )
    assert step(room, "groups", group, "end", "planner", reason="任务完成").json()["state"] == "ended"
    late = room.api("planner").post(f"plans/groups/{group['id']}/meetings", {"held_on": later(1)})
    assert late.json()["code"] == "plans.group_ended"


def test_an_assessment_is_simulated_published_and_explained(room: Room) -> None:
    task = room.live(due_on=later(1))
    room.take(task, "finish", "liaison", text="完成")
    issued(room, task)
    api = room.api("supervisor")
    praised = {"department": "M1", "name": "表彰次数", "day": later(0), "value": 1, "basis": "市级通报表扬"}
    assert api.post("plans/figures", praised).status_code == 201
    wrong = api.post("plans/schemes", {"name": "考核", "text": SCHEME.replace("督办返工", "返工督办")})
    assert (wrong.json()["code"], wrong.json()["params"]["line"]) == ("plans.scheme_wrong", 3)
    assert api.post("plans/schemes/check", {"text": SCHEME}).json()["full"] == "100"
    scheme = api.post("plans/schemes", {"name": "2026年度考核", "text": SCHEME}).json()
    period = {"title": "年中", "first": later(-30), "last": later(30)}
    run = api.post(f"plans/schemes/{scheme['id']}/runs", period).json()
    score = next(s for s in run["scores"] if s["department"] and s["department"]["code"] == "greening")
    assert Decimal(score["total"]) == Decimal(95)
    assert [item["points"] for item in score["explained"]["items"]] == [60.0, 35.0]
    assert score["explained"]["items"][1]["steps"][1]["facts"] == {"红色督办单": 1.0}
    assert room.api("liaison").get(f"plans/assessments/{run['id']}").status_code == 404
    assert step(room, "assessments", run, "publish", "supervisor").json()["code"] == "plans.scheme_draft"
    step(room, "schemes", scheme, "publish", "supervisor")
    assert step(room, "assessments", run, "publish", "supervisor").json()["state"] == "published"
    for role, office in (("liaison", "greening"), ("neighbourhood", "M1")):
        mine = room.api(role).get(f"plans/assessments/{run['id']}").json()["scores"]
        assert {s["department"]["code"] for s in mine} == {office}
    rewritten = api.send("PUT", f"plans/schemes/{scheme['id']}/text", {"text": SCHEME, "expected": 2})
    assert rewritten.json()["code"] == "plans.scheme_published"
    book = load_workbook(io.BytesIO(api.post(f"plans/assessments/{run['id']}/export").content))
    assert book.sheetnames == ["得分", "得分说明"]


def test_figures_that_no_record_holds_are_entered_with_their_basis(room: Room) -> None:
    body = {"department": "greening", "name": "表彰次数", "day": later(0), "value": 2, "basis": "市级通报表扬"}
    assert room.api("supervisor").post("plans/figures", body).status_code == 201
    counted = room.api("supervisor").post("plans/figures", body | {"name": "红色督办单"})
    assert counted.json()["code"] == "plans.figure_counted"
    assert room.api("liaison").post("plans/figures", body).json()["code"] == "kernel.not_permitted"
    room.api("supervisor").post("plans/figures", body | {"department": "M1"})
    assert len(room.api("supervisor").get("plans/figures").json()["items"]) == 2
    mine = room.api("liaison").get("plans/figures").json()["items"]
    assert [(one["name"], one["department"]["code"], one["basis"]) for one in mine] == [
        ("表彰次数", "greening", "市级通报表扬")
    ]
    assert mine[0]["made_by"] == room.world.people["supervisor"].name


def test_a_title_is_applied_for_inspected_with_its_evidence_and_kept(room: Room) -> None:
    body = {"name": "市级绿色社区", "level": "city", "department": "greening", "review_months": 12}
    title = room.api("planner").post("plans/titles", body).json()
    listed = room.api("planner").send("PUT", f"plans/titles/{title['id']}/evidence", {
        "expected": title["version"], "entries": [{"name": "垃圾分类台账"}, {"name": "居民公约", "required": False}],
    }).json()  # fmt: skip
    assert step(room, "titles", title, "apply", "liaison").json()["state"] == "applied"
    early = step(room, "titles", title, "inspect", "liaison")
    assert (early.status_code, early.json()["code"]) == (409, "plans.evidence_missing")
    fresh = room.api("liaison").get(f"plans/titles/{title['id']}").json()
    photo = room.world.photo("liaison")
    proved = room.api("liaison").post(
        f"plans/titles/{title['id']}/evidence/{listed['evidence'][0]['id']}",
        {"expected": fresh["version"], "files": [photo]},
    )
    assert proved.json()["evidence"][0]["ready"] is True
    assert step(room, "titles", title, "inspect", "liaison").json()["state"] == "inspected"
    assert step(room, "titles", title, "name", "planner").json()["state"] == "named"
    shown = room.api("planner").get(f"plans/titles/{title['id']}").json()
    assert set(shown["moments"]) == {"apply", "inspect", "name"}
    assert shown["review_on"] > later(300)
    step(room, "titles", title, "review", "liaison")
    assert step(room, "titles", title, "keep", "planner").json()["state"] == "kept"


def built(room: Room, document: Document) -> Project:
    """A project of two stages, one of them ended."""
    project: Project = Project.objects.create(
        town_id=document.town_id, document=document, name="滨河步道（内部掌握）", state="live", investment=1200,
        department_id=room.world.departments["greening"].pk, local_day=today(now()), starts_on=today(now()),
        due_on=today(now() + timedelta(days=90)),
    )  # fmt: skip
    for n, name in enumerate(("开工", "竣工")):
        Stage.objects.create(project=project, position=n, name=name, planned_end=today(now() + timedelta(days=30)),
                             actual_end=today(now()) if n == 0 else None)  # fmt: skip
    return project


def documented(room: Room) -> tuple[Document, str]:
    uuid = room.live()
    task = Task.objects.as_system("test").select_related("document").get(uuid=uuid)
    assert task.document is not None
    return task.document, uuid


def test_money_stands_against_progress(room: Room) -> None:
    document, _ = documented(room)
    project = built(room, document)
    year = today(now()).year
    body = {"year": year, "source": "town", "amount": "800.00", "project": str(project.uuid)}
    budget = room.api("planner").post("plans/budgets", body)
    assert budget.status_code == 201, budget.content
    assert step_of_budget(room, budget.json(), "approve", "leader").json()["state"] == "approved"
    body = {"expected": project.version, "given": {"month": f"{today(now()):%Y-%m}", "planned": 300, "paid": 250}}
    paid = room.api("planner").post(f"plans/projects/{project.uuid}/verbs/pay", body)
    assert paid.status_code == 200, paid.content
    funds = room.api("planner").get(f"plans/funds?year={year}").json()
    assert [(f["budget"], f["planned"], f["paid"]) for f in funds["items"]] == [(800.0, 300.0, 250.0)]
    assert room.api("planner").post("plans/budgets", {"year": year, "source": "town", "amount": 1}).json()["code"] == (
        "plans.budget_of_what"
    )


def step_of_budget(room: Room, row: dict[str, Any], verb: str, role: str) -> Any:
    return room.api(role).post(f"plans/budgets/{row['id']}/verbs/{verb}", {"expected": row["version"], "given": {}})


def test_an_evaluation_is_drafted_edited_frozen_and_opens_in_word(room: Room) -> None:
    document, task = documented(room)
    built(room, document)
    walked(room, issued(room, task))
    body = {"document": str(document.uuid), "kind": "mid_term", "as_of": later(0)}
    row = room.api("planner").post("plans/evaluations", body)
    assert row.status_code == 201, row.content
    detail = row.json()
    assert detail["snapshot"]["supervision"]["cleared"] == 1
    edited = step(room, "evaluations", detail, "edit", "planner", block="advice", text="请按月调度。")
    assert edited.status_code == 200, edited.content
    step(room, "evaluations", detail, "reckon_again", "planner")
    assert step(room, "evaluations", detail, "freeze", "planner").json()["code"] == "kernel.not_permitted"
    assert step(room, "evaluations", detail, "freeze", "leader").json()["state"] == "frozen"
    file = room.api("liaison").get(f"plans/evaluations/{detail['id']}").json()["file"]
    answer = room.api("liaison").get(f"kernel/files/{file}")
    text = "\n".join(p.text for p in Word(io.BytesIO(answer.content)).paragraphs)
    assert "请按月调度。" in text
    assert step(room, "evaluations", detail, "edit", "planner", block="advice", text="一").status_code == 409


def test_what_is_public_leaves_names_and_internal_words_out(room: Room) -> None:
    document, task = documented(room)
    built(room, document)
    Task.objects.as_system("test").filter(uuid=task).update(
        title="新增服务点（联系人：某某 13900000000）", lead_words="某某同志"
    )
    refused = room.api("planner").post("plans/publications", {"document": str(document.uuid)})
    assert refused.json()["code"] == "plans.not_public"
    Document.objects.as_system("test").filter(pk=document.pk).update(openness="public")
    row = room.api("planner").post("plans/publications", {"document": str(document.uuid)})
    assert row.status_code == 201, row.content
    everybody = room.api("planner").client.__class__()
    table = everybody.get(f"/api/v1/plans/publications/{row.json()['id']}/table")
    cells = [str(c.value) for sheet in load_workbook(io.BytesIO(table.content)) for line in sheet for c in line]
    assert "新增服务点" in cells
    assert "滨河步道" in cells
    assert not [c for c in cells if "某某" in c or "内部" in c]
    assert step_of_publication(room, row.json()).json()["state"] == "withdrawn"
    assert everybody.get(f"/api/v1/plans/publications/{row.json()['id']}/table").status_code == 404


def step_of_publication(room: Room, row: dict[str, Any]) -> Any:
    body = {"expected": row["version"], "given": {"reason": "更新"}}
    return room.api("planner").post(f"plans/publications/{row['id']}/verbs/withdraw", body)
