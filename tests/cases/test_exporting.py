"""The list as a file: what one may see in one's own words, nobody's name, and a line in the journal."""

import csv
import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook

from cases.world import World
from chengyun.cases.actions import exporting
from chengyun.kernel.journal.models import Entry

WORDING = {
    "headings": {"number": "案件编号", "state": "状态", "address": "地址"},
    "words": {"state.reported": "上报", "state.received": "受理"},
}


def table(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_file_is_the_list_in_the_words_of_the_reader(world: World, as_role: Any) -> None:
    world.report(address="=1+1")
    world.walk(world.report(), to="received")
    rows = table(as_role("operator").post("cases/export", WORDING | {"format": "csv"}))
    listed = as_role("operator").get("cases?order=-reported").json()["items"]
    assert [row["案件编号"] for row in rows] == [one["number"] for one in listed]
    assert [row["状态"] for row in rows] == ["受理", "上报"]
    assert rows[1]["地址"] == "'=1+1", "a spreadsheet would run it"


def test_it_is_narrowed_and_scoped_as_the_list_is(world: World, as_role: Any) -> None:
    case = world.walk(world.report(), to="dispatched")
    world.report()
    assert [row["number"] for row in table(as_role("liaison").post("cases/export", {"format": "csv"}))] == [case.number]
    assert len(table(as_role("operator").post("cases/export?state=reported", {"format": "csv"}))) == 1
    assert as_role("administrator").post("cases/export", {"format": "csv"}).status_code == 403


def test_it_opens_in_excel(world: World, as_role: Any) -> None:
    case = world.report()
    answer = as_role("operator").post("cases/export", {})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == 2
    assert sheet["A2"].value == case.number
    assert 'filename="cases.xlsx"' in answer["Content-Disposition"]


def test_who_took_it_out_is_recorded_and_what_was_searched_for_is_not(world: World, as_role: Any) -> None:
    world.report(text="王小明家门口有垃圾")
    as_role("operator").post("cases/export?view=open&q=王小明", {"format": "csv"})
    entry = Entry.objects.get(event="cases.list_exported")
    assert json.loads(bytes(entry.facts)) == {"rows": 1, "format": "csv", "filters": {"view": "open", "q": "*"}}
    assert (entry.kind, entry.actor_id) == ("export", str(world.people["operator"].uuid))


def test_more_than_a_file_holds_is_refused(world: World, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST", 1)
    world.report()
    assert as_role("operator").post("cases/export", {}).status_code == 200
    world.report()
    answer = as_role("operator").post("cases/export", {})
    assert (answer.status_code, answer.json()["code"]) == (422, "cases.export_large")
