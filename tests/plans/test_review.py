"""From a file to tasks that people accepted: reading, correcting, splitting, merging, naming, new versions."""

from typing import Any

import pytest
from click.testing import CliRunner

from chengyun.cli.imports.group import imports
from chengyun.kernel.env import Env
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.refusal import Refusal
from chengyun.kernel.search.models import SearchText
from chengyun.plans.models import Document, Task
from plans.room import POINTS, Room, work


def task_with(room: Room, document: dict[str, Any], words: str) -> dict[str, Any]:
    return next(t for t in room.tasks(document) if words in t["text"])


def test_a_file_becomes_tasks_and_targets_each_tied_to_its_words(room: Room) -> None:
    document = room.imported()
    assert document["title"] == "云岸镇2026年工作要点"
    assert document["number"] == "云政〔2026〕9号"
    assert document["reading"]["state"] == "done"
    shown = room.text(document["id"])
    assert len(shown["tasks"]) == 5
    for item in [*shown["tasks"], *shown["targets"]]:
        start, end = item["spans"][0]
        assert POINTS[start:end][:4] == item["text"][:4]
    assert all(POINTS[p["start"] : p["end"]] == p["text"] for p in shown["paragraphs"])
    first = shown["tasks"][0]
    assert (first["state"], first["due_on"]) == ("proposed", "2026-06-30")
    assert first["department"]["code"] == "construction"
    assert [p["role"] for p in first["parties"]] == ["lead", "supporting", "supporting"]


def test_the_text_comes_in_pages_that_hold_every_item_once(room: Room) -> None:
    document = room.imported()
    first, seen, places = 0, [], []
    while first is not None:
        page = room.api("planner").get(f"plans/documents/{document['id']}/text?first={first}&limit=4").json()
        seen += [t["id"] for t in page["tasks"]]
        places += [p["n"] for p in page["paragraphs"]]
        first = page["next"]
    assert len(seen) == len(set(seen)) == 5
    assert places == list(range(page["total"]))


@pytest.mark.parametrize("content", [b"%PDF-1.4 broken", b"PK\x03\x04" + b"\0" * 100, b"\x00\x01\x02" * 40])
def test_garbage_is_refused_with_a_code(room: Room, content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        room.imported(content, "x.pdf")
    assert refused.value.code.startswith("kernel.")


def test_what_is_no_document_is_said_with_its_reason(room: Room) -> None:
    document = room.imported(" \n \n", "空.txt")
    assert (document["reading"]["state"], document["reading"]["error"]) == ("failed", "empty")
    assert document["tasks"] == {}


def test_a_correction_keeps_who_when_and_what_stood_there(room: Room) -> None:
    document = room.imported()
    task = task_with(room, document, "加装电梯")
    corrected = room.correct(task["id"], due_on="2026-11-30", title="加装电梯").json()
    assert corrected["due_on"] == "2026-11-30"
    kept = corrected["corrected"]["due_on"][0]
    assert kept["before"] == "2026-12-31"
    assert kept["by"] == room.world.people["planner"].actor_id
    stale = room.api("planner").patch(f"plans/tasks/{task['id']}", {"expected": 1, "changes": {"title": "x"}})
    assert stale.status_code == 409
    assert room.correct(task["id"], state="live").json()["code"] == "plans.no_field"
    assert room.correct(task["id"], due_on="soon").json()["code"] == "plans.date_wrong"


def test_a_task_is_split_and_its_parts_keep_owner_and_date(room: Room) -> None:
    document = room.imported()
    task = task_with(room, document, "可回收物")
    parts = ["新增可回收物服务点5个", "改造垃圾房9座"]
    answer = room.api("planner").post(f"plans/tasks/{task['id']}/split", {"expected": task["version"], "parts": parts})
    rows = answer.json()
    assert [row["text"] for row in rows] == parts
    assert {row["department"]["code"] for row in rows} == {"greening"}
    assert {row["due_on"] for row in rows} == {"2026-09-30"}
    for row in rows:
        start, end = row["spans"][0]
        assert row["text"] in POINTS[start:end]
    assert set(rows[0]["corrected"]) >= {"title", "text"}  # a new version leaves both as they were divided


def test_tasks_are_merged_rejected_restored_and_added(room: Room) -> None:
    document = room.imported()
    one, other = task_with(room, document, "可回收物"), task_with(room, document, "垃圾专项检查")
    assert room.take(other["id"], "merge", "planner", into=one["id"]).json()["state"] == "merged"
    third = task_with(room, document, "防汛")
    assert room.take(third["id"], "reject", "planner").json()["code"] == "kernel.evidence_missing"
    assert room.take(third["id"], "reject", "planner", reason="另有安排").json()["state"] == "rejected"
    assert room.take(third["id"], "restore", "planner").json()["state"] == "proposed"
    added = room.api("planner").post(
        f"plans/documents/{document['id']}/tasks",
        {
            "values": {
                "text": "补种行道树",
                "due_on": "2026-10-31",
                "owners": [{"department": "greening", "role": "lead"}],
            }
        },
    )
    assert added.status_code == 201
    assert added.json()["department"]["code"] == "greening"
    shown = room.api("planner").get(f"plans/tasks?document={document['id']}&state=proposed").json()
    assert "补种行道树" in [t["text"] for t in shown["items"]]


def test_a_generic_name_expands_to_named_shares_that_add_up(room: Room) -> None:
    document = room.imported()
    task = task_with(room, document, "可回收物")
    generic = next(p for p in task["parties"] if p["generic"])
    answer = room.api("planner").post(
        f"plans/tasks/{task['id']}/expand", {"expected": task["version"], "party": generic["id"]}
    )
    assert [p["department"]["code"] for p in answer.json()["parties"]] == ["greening", "M1"]
    detail = room.api("planner").get(f"plans/tasks/{task['id']}").json()
    shares = [room.api("planner").get(f"plans/targets/{t['id']}").json() for t in detail["targets"]]
    assert all(sum(s["value"] for s in t["shares"]) == t["value"] for t in shares)


def test_an_unknown_unit_is_a_question_until_it_is_named_for_good(room: Room) -> None:
    document = room.imported()
    api = room.api("planner")
    open_ones = api.get(f"plans/documents/{document['id']}/questions").json()["items"]
    assert [(q["code"], q["words"]) for q in open_ones if q["code"] == "unit.unknown"] == [
        ("unit.unknown", "综合执法大队")
    ]
    named = api.post("plans/units", {"name": "综合执法大队", "kind": "former", "departments": ["enforcement"]})
    assert named.status_code == 200, named.content
    assert task_with(room, document, "专项检查")["department"]["code"] == "enforcement"
    left = api.get(f"plans/documents/{document['id']}/questions").json()["items"]
    assert "unit.unknown" not in [q["code"] for q in left]
    again = room.imported(POINTS.replace("9号", "10号").replace("2026年工作要点", "2026年补充工作要点"))
    assert task_with(room, again, "专项检查")["department"]["code"] == "enforcement"


def test_a_new_version_shows_the_difference_and_keeps_what_people_corrected(room: Room) -> None:
    document = room.imported()
    lift = task_with(room, document, "加装电梯")
    room.correct(lift["id"], due_on="2026-10-31")
    room.take(task_with(room, document, "美丽街区")["id"], "accept", "planner")
    text = (
        POINTS.replace("竣工28台", "竣工30台").replace("2.推进既有", "2.推进既有")
        .replace("时间节点：6月", "时间节点：7月")
        .replace("5.建立防汛物资储备库，配齐移动泵车3台。（责任部门：城运中心；时间节点：交地后3个月）\n", "")
        + "\n6.编制无障碍环境建设导则。（责任部门：城建中心；时间节点：11月）\n"
    )  # fmt: skip
    row = Document.objects.as_system("test").get(uuid=document["id"])
    api = room.api("planner")
    answer = api.post(
        f"plans/documents/{document['id']}/versions",
        {"file": room.upload(text), "name": "第二稿.txt", "expected": row.version},
    )
    assert answer.status_code == 201, answer.content
    room.imported(POINTS.replace("云岸镇2026", "云岸镇2025"), "other.txt")  # runs the jobs
    told = api.get(f"plans/documents/{document['id']}/readings/2/difference").json()
    tasks = told["difference"]["task"]
    assert [told["items"][i]["title"] for i in tasks["added"]] == ["编制无障碍环境建设导则"] or len(tasks["added"]) == 1
    assert len(tasks["removed"]) == 1
    changed = {one["id"]: one for one in tasks["changed"]}
    assert (
        changed[lift["id"]]["fields"]["text"][1].endswith("竣工30台")
        or "30台" in changed[lift["id"]]["fields"]["text"][1]
    )
    now = room.fresh(lift["id"])
    assert "30台" in now.text
    assert str(now.due_on) == "2026-10-31"
    street = task_with(room, document, "美丽街区")
    assert (street["state"], street["due_on"]) == ("proposed", "2026-07-31")
    assert Task.objects.as_system("test").get(document=row, text__contains="防汛").state == "rejected"


def test_a_draft_can_be_read_and_not_executed(room: Room) -> None:
    document = room.imported()
    assert document["state"] == "draft"
    task = task_with(room, document, "加装电梯")
    for verb, role in (("accept", "planner"), ("consult", "planner")):
        assert room.take(task["id"], verb, role).status_code == 200
    assert room.take(task["id"], "consent", "planner").status_code in (403, 404, 422)
    assert room.move(document["id"], "put_in_force", "planner").status_code == 403


def test_everything_looked_through_is_accepted_at_once(room: Room) -> None:
    document = room.imported()
    row = Document.objects.as_system("test").get(uuid=document["id"])
    body = {"expected": row.version, "least": 0.5, "kinds": ["task"]}
    assert room.api("planner").post(f"plans/documents/{document['id']}/accept", body).json()["count"] == 5
    assert room.document(document["id"])["tasks"] == {"accepted": 5}


def test_nobody_else_reviews_and_departments_do_not_see_proposals(room: Room) -> None:
    document = room.imported()
    task = room.tasks(document)[0]
    for role in ("liaison", "handler", "neighbourhood", "operator", "administrator", "grid_worker"):
        assert room.api(role).get(f"plans/tasks/{task['id']}").status_code == 404
        assert room.api(role).get(f"plans/documents/{document['id']}").status_code == 404
    for role in ("leader", "supervisor"):
        assert room.api(role).get(f"plans/tasks/{task['id']}").status_code == 200
        assert room.api(role).get(f"plans/tasks/{task['id']}").json()["verbs"] == []
    assert room.api("liaison").post("plans/documents", {"file": task["id"], "name": "x"}).status_code == 403


def test_reading_a_page_costs_few_queries(room: Room, django_assert_max_num_queries: Any) -> None:
    document = room.imported()
    api = room.api("planner")
    for path in (
        "plans/documents", f"plans/documents/{document['id']}/text", "plans/tasks?view=review",
        "plans/targets?state=proposed", "plans/tasks/counts", "plans/tasks/board?state=proposed",
        "plans/tasks/gantt?state=proposed", "plans/conflicts",
        "plans/questions", f"plans/tasks/{room.tasks(document)[0]['id']}",
        f"plans/documents/{document['id']}/alignment",
    ):  # fmt: skip
        api.get(path)
        with django_assert_max_num_queries(12 + 4):  # the session and the person's rights take four
            assert api.get(path).status_code == 200, path


def test_a_document_comes_in_by_the_command_line_too(room: Room, tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(Env, "stands", True)  # the database of tests stands in no data folder
    file = tmp_path / "工作要点.txt"
    file.write_text(POINTS, encoding="utf-8")
    done = CliRunner().invoke(imports, ["plan", str(file), "--town", room.world.town.code])
    assert done.exit_code == 0, done.output
    work()
    listed = room.api("planner").get("plans/documents").json()["items"]
    assert [d["title"] for d in listed] == ["云岸镇2026年工作要点"]


def test_who_leads_stands_with_the_task_and_nowhere_else(room: Room) -> None:
    """A leader named in a document is shown with his task, and found neither in the journal nor by searching."""
    text = POINTS.replace("（责任部门：社会建设办公室；", "（责任领导：程远帆；责任部门：社会建设办公室；")
    document = room.imported(text)
    lift = task_with(room, document, "加装电梯")
    assert lift["lead_words"] == "程远帆"
    room.correct(lift["id"], lead_words="程远航")
    room.take(lift["id"], "reject", "planner", reason="程远帆已调离")
    facts = b"".join(bytes(entry.facts) for entry in Entry.objects.all()).decode()
    assert "程远" not in facts
    grams = "".join(SearchText.objects.filter(kind="plan_task").values_list("grams", flat=True))
    assert "程远" not in grams
    assert "电梯" in grams


def test_a_running_task_that_a_new_version_changes_is_a_question_and_stays(room: Room) -> None:
    task = room.live()
    document = Document.objects.as_system("test").get(tasks__uuid=task)
    text = POINTS.replace("改造垃圾房9座", "改造垃圾房12座")
    answer = room.api("planner").post(
        f"plans/documents/{document.uuid}/versions",
        {"file": room.upload(text), "name": "第二稿.txt", "expected": document.version},
    )
    assert answer.status_code == 201
    work()
    assert "9座" in room.fresh(task).text
    assert room.fresh(task).state == "live"
    asked = room.api("planner").get(f"plans/documents/{document.uuid}/questions").json()["items"]
    question = next(q for q in asked if q["code"] == "version.changed")
    assert question["task"]["id"] == task
    body = {"expected": question["version"], "answer": "按新稿走调整"}
    settled = room.api("planner").post(f"plans/questions/{question['id']}", body).json()
    assert (settled["state"], settled["answer"]) == ("answered", "按新稿走调整")


def test_the_first_part_keeps_its_title_and_targets_go_with_their_words(room: Room) -> None:
    task = task_with(room, room.imported(), "可回收物")
    room.correct(task["id"], title="新增可回收物服务点")
    api, version = room.api("planner"), room.fresh(task["id"]).version
    given = {"expected": version, "parts": ["新增可回收物服务点5个", "改造垃圾房9座"]}
    first, other = api.post(f"plans/tasks/{task['id']}/split", given).json()
    assert first["title"] == "新增可回收物服务点"
    assert other["title"] == "改造垃圾房9座"
    kept, gone = (api.get(f"plans/tasks/{one['id']}").json()["targets"] for one in (first, other))
    assert [one["value"] for one in kept] == [5]
    assert [one["value"] for one in gone] == [9]


def test_what_was_added_or_divided_by_hand_is_found_again_in_a_new_version(room: Room) -> None:
    document = room.imported()
    api = room.api("planner")
    task = task_with(room, document, "可回收物")
    parts = ["新增可回收物服务点5个", "改造垃圾房9座"]
    api.post(f"plans/tasks/{task['id']}/split", {"expected": task["version"], "parts": parts})
    kept, gone = "推动街区更新提质", "深化垃圾分类实效"
    for words in (kept, gone):
        at = POINTS.index(words)
        values = {"text": words, "spans": [[at, at + len(words)]]}
        assert api.post(f"plans/documents/{document['id']}/tasks", {"values": values}).status_code == 201
    later = "关于印发的通知\n" + POINTS.replace("时间节点：9月", "时间节点：10月").replace(gone, "做实垃圾分类")
    sent = {"file": room.upload(later), "name": "第二稿.txt", "expected": room.document(document["id"])["version"]}
    assert api.post(f"plans/documents/{document['id']}/versions", sent).status_code == 201
    work()
    rows = {row["text"]: row for row in room.tasks(document)}
    for words in (*parts, kept):
        (span,) = rows[words]["spans"]
        assert later[slice(*span)] == words
    assert {rows[words]["due_on"] for words in parts} == {"2026-10-31"}
    assert rows[gone]["spans"] == []
    asked = api.get(f"plans/documents/{document['id']}/questions").json()["items"]
    assert gone in {one["words"] for one in asked if one["code"] == "version.removed"}


def test_items_that_refer_to_nothing_are_refused(room: Room) -> None:
    document, api = room.imported(), room.api("planner")
    path = f"plans/documents/{document['id']}"
    assert api.post(f"{path}/targets", {"values": {"object": "x", "task": "zzz"}}).json()["code"] == "plans.no_task"
    for spans in ([[5, 1]], [[-3, 4]], [[0, 10**18]]):
        answer = api.post(f"{path}/tasks", {"values": {"text": "x", "spans": spans}})
        assert answer.json()["code"] == "plans.spans_wrong"
