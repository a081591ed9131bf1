"""What leaves the room: files that are journalled, scores that people see of themselves, what would be public."""

import io
from datetime import timedelta
from typing import Any

from openpyxl import load_workbook

from chengyun.accounts.models import Post, Tenure
from chengyun.kernel.clock import now
from chengyun.kernel.journal.models import Entry
from chengyun.plans.models import Document, Export, Task
from plans.room import Room
from plans.test_meetings import SCHEME
from plans.test_supervision import later, step


def taken_out() -> list[tuple[str, str, int]]:
    rows = Export.objects.as_system("test").order_by("id")
    assert Entry.objects.filter(event="plans.taken_out").count() == rows.count()
    return [(row.what, row.format, row.rows) for row in rows]


def test_a_list_is_taken_out_with_the_rights_of_the_viewer_and_journalled(room: Room) -> None:
    room.live()
    answer = room.api("liaison").post("plans/tasks/export?q=可回收物&view=live")
    assert answer.status_code == 200, answer.content
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0][:4] == ("灯", "任务", "状态", "牵头部门")
    assert [(row[2], row[3], row[4]) for row in rows[1:]] == [("执行中", "绿化市容管理所", "东浦居民区")]
    assert room.api("operator").post("plans/tasks/export").json()["code"] == "kernel.not_permitted"
    taken = Export.objects.as_system("test").order_by("id").first()
    assert taken is not None
    assert (taken.who, taken.filters) == (str(room.world.people["liaison"].uuid), {"view": "live", "q": "*"})
    assert taken_out()[0] == ("tasks", "xlsx", 1)


def test_the_wall_map_and_the_report_are_journalled_too(room: Room) -> None:
    room.live()
    document = Document.objects.as_system("test").get()
    Task.objects.as_system("test").filter(state="live").update(minx=121.1, miny=31.1, maxx=121.1, maxy=31.1)
    assert room.api("leader").post("plans/tasks/printed").json() == {"count": 1}
    body = {"document": str(document.uuid), "kind": "yearly", "as_of": later(0)}
    row = room.api("planner").post("plans/evaluations", body).json()
    assert room.api("planner").post(f"plans/evaluations/{row['id']}/word").content.startswith(b"PK")
    assert taken_out() == [("wall", "paper", 1), ("evaluation", "docx", 1)]


def published_assessment(room: Room) -> dict[str, Any]:
    api = room.api("supervisor")
    scheme = api.post("plans/schemes", {"name": "考核", "text": SCHEME}).json()
    period = {"first": later(-30), "last": later(30)}
    run: dict[str, Any] = api.post(f"plans/schemes/{scheme['id']}/runs", period).json()
    step(room, "schemes", scheme, "publish", "supervisor")
    step(room, "assessments", run, "publish", "supervisor")
    return run


def test_who_holds_a_post_sees_the_score_of_the_post_and_no_other(room: Room) -> None:
    task = room.live(due_on=later(1))
    posts = [
        Post.objects.create(
            town=room.world.town, department=room.world.departments["greening"], code=code, title=code, kind="leader"
        )
        for code in ("own", "other")
    ]
    Tenure.objects.create(post=posts[0], person=room.world.people["liaison"], starts_at=now() - timedelta(days=1))
    first = Task.objects.as_system("test").get(uuid=task)
    second = Task.objects.as_system("test").get(uuid=room.live(due_on=later(1)))
    for row, post in ((first, posts[0]), (second, posts[1])):
        Task.objects.as_system("test").filter(pk=row.pk).update(lead_post_id=post.pk)
    run = published_assessment(room)
    mine = room.api("liaison").get(f"plans/assessments/{run['id']}").json()["scores"]
    assert [(s["kind"], (s["post"] or s["department"])["code"]) for s in mine] == [
        ("department", "greening"), ("post", "own"),
    ]  # fmt: skip
    every = room.api("supervisor").get(f"plans/assessments/{run['id']}").json()["scores"]
    assert {"department", "post"} == {s["kind"] for s in every}


def test_what_would_be_public_is_seen_before_by_who_may_publish(room: Room) -> None:
    task = room.live()
    document = Document.objects.as_system("test").get()
    Task.objects.as_system("test").filter(uuid=task).update(title="新增服务点（联系人：某某 13900000000）")
    shown = room.api("planner").get(f"plans/documents/{document.uuid}/public")
    assert shown.status_code == 200, shown.content
    assert [(row["name"], row["state"]) for row in shown.json()["tasks"]] == [("新增服务点", "pending")]
    refused = room.api("liaison").get(f"plans/documents/{document.uuid}/public")
    assert refused.json()["code"] == "kernel.not_permitted"


def test_names_of_units_are_listed_settled_and_taken_back(room: Room) -> None:
    api = room.api("planner")
    derived = {one["department"]["code"]: one["names"] for one in api.get("plans/units/derived").json()}
    full = "规划建设和生态环境办公室(城建中心)"
    assert derived["construction"] == [full, "规划建设和生态环境办公室", "城建中心"]
    made = api.post("plans/units", {"name": "绿容所", "kind": "former", "departments": ["greening"]}).json()
    assert [one["name"] for one in api.get("plans/units").json()] == ["绿容所"]
    assert room.api("liaison").send("DELETE", f"plans/units/{made['id']}").json()["code"] == "kernel.not_permitted"
    assert api.send("DELETE", f"plans/units/{made['id']}").status_code == 204
    assert api.get("plans/units").json() == []
    assert room.api("liaison").get("plans/units/derived").status_code == 403
