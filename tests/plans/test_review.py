"""From a file to tasks that run: reading, review, consent, approval."""

from plans.room import POINTS, Room, work


def test_a_file_becomes_tasks_and_targets_each_tied_to_its_words(room: Room) -> None:
    document = room.imported()
    assert document["title"] == "云岸镇2026年工作要点"
    assert document["number"] == "云政〔2026〕9号"
    assert document["reading"]["state"] == "done"
    shown = room.text(document["id"])
    text = {p["start"]: p["text"] for p in shown["paragraphs"]}
    assert len(shown["tasks"]) == 5
    whole = POINTS
    for item in [*shown["tasks"], *shown["targets"]]:
        (start, end) = item["spans"][0]
        assert whole[start:end][:4] == item["text"][:4]
    assert any("美丽街区" in line for line in text.values())
    first = shown["tasks"][0]
    assert first["state"] == "proposed"
    assert first["due_on"] == "2026-06-30"
    assert first["department"]["code"] == "construction"
    assert [p["role"] for p in first["parties"]] == ["lead", "supporting", "supporting"]
