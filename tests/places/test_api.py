"""Places over HTTP, by a person with a session."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from shapely.geometry import mapping

from accounts.conftest import Api
from accounts.world import add_person, grant
from chengyun.accounts.seed import seed_roles
from chengyun.kernel.actor import System
from chengyun.kernel.jobs.models import Job
from chengyun.kernel.jobs.run import Run
from chengyun.places import queries
from chengyun.places.bulk import load_town
from chengyun.places.importing.runs import Origin
from chengyun.places.jobs import import_upload
from chengyun.places.models import Area, Facility, ImportRun, Town
from places.sample import at, small_town, square

CSV = "编号,类别,经度,纬度\nH1,消火栓,121.2031,31.4042\nH2,登月舱,121.2031,31.4042\n"


@pytest.fixture
def api(town: Town) -> Api:
    seed_roles()
    person = add_person(SimpleNamespace(town=town), "administrator")
    grant(person, "administrator")
    return Api().be(person)


def area(code: str) -> Area:
    return Area._base_manager.get(code=code)


def test_areas_come_as_a_tree_and_as_outlines(api):
    tree = {row["code"]: row for row in api.get("places/areas").json()}
    assert tree["C00"]["parent"] == tree["G0"]["id"]
    assert tree["G0"]["role"] == "grid"
    outlines = api.get("places/areas.geojson?role=grid&role=sector").json()
    assert {feature["properties"]["code"] for feature in outlines["features"]} == {"S0", "S1", "G0", "G1"}
    assert outlines["features"][0]["geometry"]["type"] == "Polygon"
    assert [scheme["code"] for scheme in api.get("places/schemes").json()] == ["community", "grid"]
    assert [one["code"] for one in api.get("places/towns").json()] == ["SY"]


def test_a_point_and_an_address_are_answered(api):
    spot = api.get(f"places/at?lng={at(0.3, 0.3).x}&lat={at(0.3, 0.3).y}").json()
    assert (spot["cell"]["code"], spot["compound"]["name"], spot["inside"]) == ("C00", "云岸新村", True)
    typed = api.get("places/address?q=云岸新").json()["items"]
    assert typed[0]["text"] == "云岸新村"
    assert typed[0]["detail"] == "东风居民区 · 网格0"
    whole = api.get("places/address?q=云岸路88弄12号&whole=1").json()["items"]
    assert whole[0]["kind"] in {"number", "lane", "between"}
    assert whole[0]["reasons"]
    assert whole[0]["spot"]["grid"]["code"] == "G0"
    assert api.get("places/address?q=").json()["items"] == []


def test_facilities_are_listed_page_by_page_and_as_points(api):
    first = api.get("places/facilities?limit=2").json()
    rest = api.get(f"places/facilities?limit=2&cursor={first['next']}").json()
    assert [row["plate"] for row in first["items"] + rest["items"]].__len__() == first["total"] == 3
    points = api.get("places/facilities.geojson?category=market&bbox=121.2,31.4,121.3,31.5").json()
    assert [feature["properties"]["name"] for feature in points["features"]] == ["东风菜市场"]
    assert api.get("places/facilities?bbox=nonsense").status_code == 422
    assert api.get("places/nearest?category=childcare&lng=121.2&lat=31.41").json()[0]["name"] == "晨光托育园"
    assert "hydrant" in [row["code"] for row in api.get("places/categories").json()]


def test_a_facility_is_added_and_changed(api):
    given = {"category": "clinic", "point": [121.203, 31.403], "name": "东风诊所"}
    made = api.post("places/facilities", given).json()
    changed = api.patch(f"places/facilities/{made['id']}", {"expected": made["version"], "capacity": 3})
    assert changed.json()["capacity"] == 3
    stale = api.patch(f"places/facilities/{made['id']}", {"expected": made["version"], "capacity": 4})
    assert stale.status_code == 409
    assert stale.json()["current"]["version"] == 2
    assert api.post("places/facilities", given | {"category": "moon"}).status_code == 422


def test_an_area_is_drawn_redrawn_and_retired(api):
    parent = str(area("Q0").uuid)
    given = {
        "scheme": "community", "level": "micro_grid", "code": "W1", "name": "微网格1", "parent": parent,
        "polygon": mapping(square(0, 0)),
    }  # fmt: skip
    made = api.post("places/areas", given)
    assert made.status_code == 201
    path = f"places/areas/{made.json()['id']}"
    redrawn = api.send("PUT", path, given | {"expected": 1, "name": "微网格一"})
    assert (redrawn.json()["name"], redrawn.json()["version"]) == ("微网格一", 2)
    assert api.post(f"{path}/retire", {"expected": 1}).status_code == 409
    assert api.post(f"{path}/retire", {"expected": 2}).status_code == 200
    assert api.get(path + "/people").status_code == 404


@pytest.mark.parametrize(
    "polygon", [{"type": "Polygon"}, {"type": "Polygon", "coordinates": [[[500, 0], [1, 1], [0, 1], [500, 0]]]}, {}]
)
def test_what_is_no_polygon_is_refused(api, polygon):
    given = {"scheme": "community", "level": "community", "code": "Q9", "name": "坏", "polygon": polygon}
    assert api.post("places/areas", given).status_code == 422


def test_checks_and_gaps_are_drawn(api):
    report = api.get("places/checks").json()
    assert report["flaws"] == []
    assert [gap["name"] for gap in report["gaps"]] == ["科创园区"]
    gap = {
        "scheme": "community",
        "name": "公园",
        "managed_by": "绿容所",
        "polygon": mapping(square(1.5, 1.5, 0.1, 0.1)),
    }
    assert api.post("places/gaps", gap).status_code == 201
    assert api.get(f"places/areas/{area('Q0').uuid}/people").json()["count"] == 9200


def send(api: Api, name: str = "消火栓.csv", content: str = CSV) -> Any:
    file = SimpleUploadedFile(name, content.encode("gb18030"))
    return api.client.post("/api/v1/places/uploads", {"file": file}, headers={"X-CSRFToken": api.csrf})


def test_a_file_is_sent_previewed_and_imported_by_the_worker(api, town):
    sent = send(api).json()
    asked = {"upload": sent["id"], "layer": "facilities"}
    seen = api.post("places/imports/preview", asked).json()
    assert seen["columns"]["lng"] == "经度"
    assert seen["bad"] == {"facilities": 1}
    assert seen["problems"][0]["field"] == "category"
    assert not Facility._base_manager.filter(external_id="H1").exists()
    begun = api.post("places/imports", asked)
    assert begun.status_code == 202
    again = api.post("places/imports", asked)
    assert again.json() == begun.json(), "one file is imported once at a time"
    job = Job._base_manager.get(uuid=begun.json()["job"])
    result = import_upload(Run(run_now(job), lambda: False), job.params)
    assert result["rows"] == {"facilities": 1}
    assert Facility._base_manager.filter(town=town, external_id="H1").exists()
    (run,) = [row for row in api.get("places/imports").json()["items"] if row["kind"] == "table"]
    assert (run["state"], run["counts"]["facilities"]["new"]) == ("done", 1)
    assert api.get(f"places/imports/{run['id']}/bad").json()[0]["value"] == "登月舱"


def run_now(job: Job) -> Job:
    """The job as a worker has it in hand."""
    job.state, job.worker = Job.State.RUNNING, "test"
    job.save()
    return job


def test_somebody_elses_file_and_strange_files_are_refused(api, town):
    sent = send(api).json()
    other = add_person(SimpleNamespace(town=town), "other")
    grant(other, "administrator")
    asked = {"upload": sent["id"], "layer": "facilities"}
    assert Api().be(other).post("places/imports/preview", asked).status_code == 404
    assert send(api, "virus.exe").status_code == 415
    hostile = send(api, "x.gpkg", "<OGRVRTDataSource><OGRVRTLayer name='p'></OGRVRTLayer></OGRVRTDataSource>").json()
    answer = api.post("places/imports/preview", {"upload": hostile["id"], "layer": "areas"})
    assert answer.status_code == 422
    assert "content" in json.dumps(answer.json())


def test_an_import_can_be_given_up(api, town):
    run = ImportRun._base_manager.get(town=town)
    assert api.post(f"places/imports/{run.uuid}/cancel").status_code == 409, "it is done"


def test_another_town_is_asked_for_by_its_code(api):
    def other(data):
        data.code, data.name = "TY", "乙镇"

    load_town(small_town(other), System("test"), origin=Origin("bulk", "sample", draw=False))
    assert api.get("places/areas?town=SY").json()[0]["code"]
    assert api.get("places/areas?town=XX").status_code == 404
    stranger = add_person(SimpleNamespace(town=Town._base_manager.get(code="TY")), "stranger")
    grant(stranger, "planner")
    assert Api().be(stranger).get("places/schemes").status_code == 200
    assert queries.town_for(stranger).code == "TY"
    grid = add_person(None, "walker")
    grant(grid, "grid_worker", "area", area=Area._base_manager.get(town__code="TY", code="G0"))
    assert queries.town_for(grid).code == "TY"


def test_lists_need_few_queries(api, django_assert_max_num_queries):
    for path in ("places/areas", "places/facilities", "places/areas.geojson", "places/address?q=云", "places/checks"):
        api.get(path)
        with django_assert_max_num_queries(12):
            assert api.get(path).status_code == 200
