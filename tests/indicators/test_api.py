"""The endpoints: who may do what, and what comes back."""

import json
from typing import Any
from uuid import uuid4

import pytest

from chengyun.indicators.evaluating import evaluate_town
from chengyun.kernel.delivery.sequencer import sequence
from chengyun.kernel.journal.models import Entry
from chengyun.places.models import Town
from indicators.conftest import HYDRANTS

pytestmark = pytest.mark.django_db
PLACES = {"code": "places", "zh": "托位", "formula": "sum of capacity of childcare", "unit": "个"}


def test_a_scorecard_says_value_target_gap_and_verbs(measured: Town, keep: Any, session: Any) -> None:
    keep("places", PLACES["formula"], target=80)
    evaluate_town(measured)
    page = session("planner").get("indicators").json()
    card = page["items"][0]
    assert (card["value"], card["target"]["value"], card["lacking"], card["state"]) == (60, 80, 20, "gap")
    assert set(card["verbs"]) == {"edit", "set_target", "retire", "raise"}
    assert card["areas"][0] == {"role": "town", "met": 0, "gap": 1, "unknown": 0}
    assert session("leader").get("indicators?state=gap").json()["items"][0]["verbs"] == []


def test_a_gap_is_unknown_until_somebody_vouches_for_the_list(measured: Town, keep: Any, session: Any) -> None:
    keep("places", PLACES["formula"], target=80)
    keep("enough", PLACES["formula"], target=60)
    administrator, planner = session("administrator"), session("planner")

    def states() -> dict[str, str]:
        sequence(1000)
        evaluate_town(measured)
        return {one["code"]: one["state"] for one in planner.get("indicators").json()["items"]}

    assert planner.post("places/lists", {"categories": ["childcare"], "whole": False}).status_code == 403
    assert administrator.post("places/lists", {"categories": ["no such"], "whole": True}).status_code == 422
    doubted = administrator.post("places/lists", {"categories": ["childcare"], "whole": False})
    assert next(one for one in doubted.json() if one["code"] == "childcare")["checked_at"] is None
    assert states() == {"places": "unknown", "enough": "met"}
    administrator.post("places/lists", {"categories": ["childcare"], "whole": True, "note": "普查"})
    assert states() == {"places": "gap", "enough": "met"}


def test_one_without_the_right_sees_nothing(measured: Town, keep: Any, session: Any) -> None:
    keep("places", PLACES["formula"])
    outsider = session("contractor")
    assert outsider.get("indicators").status_code == 403
    assert outsider.get("indicators/compare").status_code == 403
    assert session("leader").post("indicators", PLACES).status_code == 403
    assert session("planner").get(f"indicators/{uuid4()}").status_code == 404


def test_an_indicator_is_written_checked_and_written_anew(measured: Town, session: Any) -> None:
    planner = session("planner")
    made = planner.post("indicators", PLACES | {"target": {"comparator": ">=", "value": 80}})
    assert made.status_code == 201
    body = made.json()
    assert body["checked"]["aloud"]["zh"] == "托育机构的容量合计"
    assert [one["value"] for one in body["targets"]] == [80]
    bad = PLACES | {"formula": "count of hydrnt", "expected": body["version"]}
    wrong = planner.send("PUT", f"indicators/{body['id']}", bad)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "indicators.formula")
    assert wrong.json()["params"] | {"start": 9, "end": 15, "line": 1} == wrong.json()["params"]
    stale = planner.send("PUT", f"indicators/{body['id']}", PLACES | {"zh": "托位数", "expected": 99})
    assert stale.status_code == 409
    new = planner.send("PUT", f"indicators/{body['id']}", PLACES | {"zh": "托位数", "expected": body["version"]})
    assert (new.status_code, new.json()["zh"], new.json()["number"]) == (200, "托位数", 1)
    assert planner.post("indicators", PLACES).json()["code"] == "indicators.code_taken"


def test_a_formula_is_checked_and_tried_before_it_is_kept(measured: Town, session: Any) -> None:
    planner = session("planner")
    found = planner.post("indicators/check", {"formula": "count of hydrnt"}).json()
    assert (found["ok"], found["problem"]["code"], found["problem"]["start"]) == (False, "formula.unknown_name", 9)
    tried = planner.post("indicators/preview", PLACES | {"target": {"comparator": ">=", "value": 80}}).json()
    town = tried["values"][0]
    assert (tried["ok"], town["area"]["role"], town["value"], town["state"]) == (True, "town", 60, "gap")
    names = {one["name"] for one in planner.get("indicators/measures").json()}
    assert {"places.facilities", "places.people"} <= names


def test_values_layers_comparisons_and_files(measured: Town, keep: Any, session: Any) -> None:
    row = keep("hydrants", HYDRANTS, "%", 100, least_level="compound")
    evaluate_town(measured)
    planner = session("planner")
    values = planner.get(f"indicators/{row.uuid}/values?level=compound").json()
    assert [(one["area"]["name"], one["value"], one["state"]) for one in values] == [("云岸新村", 100, "met")]
    layer = planner.get(f"indicators/{row.uuid}/values.geojson?level=compound").json()
    assert layer["features"][0]["properties"]["state"] == "met"
    assert planner.get(f"indicators/{row.uuid}/history").json()[0]["value"] == 100
    assert planner.get(f"indicators/{row.uuid}/failing").json()["items"] == []
    beside = planner.get("indicators/compare?codes=hydrants&level=grid").json()
    assert len(beside["areas"]) == len(beside["indicators"][0]["values"]) == 2
    assert planner.get("indicators/export.csv").content.startswith(b"\xef\xbb\xbf")
    assert planner.get("indicators/export.xlsx").content.startswith(b"PK")
    assert planner.get(f"indicators/{row.uuid}/failing.xlsx").content.startswith(b"PK")
    exported = Entry.objects.filter(event="indicators.figures_exported").order_by("id")
    taken = [json.loads(bytes(one.facts)) for one in exported]
    kinds = [("figures", "csv"), ("figures", "xlsx"), ("failing", "xlsx")]
    assert [(one["what"], one["format"]) for one in taken] == kinds


def test_a_gap_is_raised_listed_and_withdrawn_with_a_reason(measured: Town, keep: Any, session: Any) -> None:
    row = keep("places", PLACES["formula"], target=80)
    evaluate_town(measured)
    planner = session("planner")
    made = planner.post(f"indicators/{row.uuid}/gaps", {"mode": "tasks", "deadline": "2099-12-31"})
    assert (made.status_code, made.json()["state"]) == (201, "raised")
    gap = planner.get("indicators/gaps").json()["items"][0]
    assert [verb["name"] for verb in gap["verbs"]] == ["withdraw"]
    assert planner.post(f"indicators/gaps/{gap['id']}/close", {"expected": gap["version"]}).status_code == 409
    assert planner.post(f"indicators/gaps/{gap['id']}/withdraw", {"expected": gap["version"]}).status_code == 422
    back = planner.post(f"indicators/gaps/{gap['id']}/withdraw", {"expected": gap["version"], "reason": "重复"})
    assert back.json()["state"] == "withdrawn"
    assert session("leader").post(f"indicators/{row.uuid}/gaps", {}).status_code == 403


def test_what_if_answers_before_and_after(measured: Town, keep: Any, session: Any) -> None:
    keep("places", PLACES["formula"], target=80)
    evaluate_town(measured)
    change = {"act": "add", "category": "childcare", "point": [121.215, 31.402], "capacity": 40}
    found = session("planner").post("indicators/try", {"changes": [change]}).json()
    assert found[0]["areas"][0]["after"]["value"] == 100


def test_lists_ask_the_database_a_fixed_number_of_times(
    measured: Town, keep: Any, session: Any, django_assert_max_num_queries: Any
) -> None:
    planner = session("planner")
    for number in range(12):
        keep(f"n{number}", f"count of facilities + {number}", target=number)
    evaluate_town(measured)
    planner.get("indicators")
    with django_assert_max_num_queries(18):
        assert len(planner.get("indicators").json()["items"]) == 12


def test_a_target_that_cannot_be_reckoned_keeps_nothing(measured: Town, session: Any) -> None:
    planner = session("planner")
    body = {"code": "half", "zh": "半", "formula": "count of childcare", "unit": "个"}
    wrong = planner.post("indicators", body | {"target": {"comparator": ">=", "value_formula": "count of nothing"}})
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (
        422, "indicators.formula", "value_formula",
    )  # fmt: skip
    made = planner.post("indicators", body)
    assert made.status_code == 201, made.content
    assert made.json()["versions"][0]["author"] == planner.get("accounts/me").json()["person"]["name"]
