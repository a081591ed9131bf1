"""Every kind of document that we have goes through the room whole: imported, shown, counted."""

from pathlib import Path
from typing import Any

import pytest

from plans.room import Room

OWN = sorted(p for p in Path(__file__).with_name("documents").iterdir() if p.suffix in {".txt", ".md"})
LISTS = (
    "plans/documents", "plans/conflicts", "plans/questions", "plans/tasks?view=review&limit=200",
    "plans/targets?state=proposed&limit=200", "plans/tasks/counts", "plans/tasks/board?state=proposed",
    "plans/projects?state=proposed&limit=200", "plans/tasks/gantt?state=proposed", "plans/tasks/map?state=proposed",
)  # fmt: skip


def brought_in(room: Room, files: list[Path]) -> list[dict[str, Any]]:
    """Import each file, and see that its page holds every item that was read."""
    documents = []
    for file in files:
        document = room.imported(file.read_bytes(), file.name)
        assert document["reading"]["state"] == "done", (file.name, document["reading"])
        shown = room.api("planner").get(f"plans/documents/{document['id']}/text?limit=400").json()
        counts = document["reading"]["counts"]
        if shown["next"] is None:
            assert (len(shown["tasks"]), len(shown["projects"])) == (counts["tasks"], counts["projects"]), file.name
            assert len([t for t in shown["targets"] if t["sort"] == "target"]) == counts["targets"], file.name
        for kind in ("tasks", "targets", "projects"):
            for item in shown[kind][:1]:
                assert room.api("planner").get(f"plans/{kind}/{item['id']}").status_code == 200
        documents.append(document)
    return documents


def test_documents_of_every_kind_are_imported_whole(room: Room, django_assert_max_num_queries: Any) -> None:
    assert len(brought_in(room, OWN)) == len(OWN)
    api = room.api("planner")
    for path in LISTS:
        api.get(path)
        with django_assert_max_num_queries(16):  # twelve, and four for the session and the person's rights
            answer = api.get(path)
        assert answer.status_code == 200, path


@pytest.mark.long
def test_the_five_real_documents_are_imported_for_reading(room: Room, shared_data: Path) -> None:
    files = sorted((shared_data / "plans").glob("*.txt"))
    documents = brought_in(room, files)
    assert sum(d["reading"]["seconds"] for d in documents) < 10
    assert {d["state"] for d in documents} <= {"draft", "consultation"}, "nothing of a real plan is executed here"
    found = room.api("planner").get("plans/conflicts").json()
    assert any(c["kind"] == "same" for c in found)
