"""The kernel's endpoints, as people and programs meet them."""

import hashlib
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.conftest import Api
from accounts.world import TownWorld, add_person, full_world, grant
from chengyun.kernel.actor import System
from chengyun.kernel.clock import now
from chengyun.kernel.delivery.models import Parcel
from chengyun.kernel.delivery.sequencer import sequence_all
from chengyun.kernel.jobs import enqueue
from chengyun.kernel.jobs.models import Job
from kernel.pictures import photo
from kernel.world import Thing, happen

pytestmark = [pytest.mark.django_db]

DIGEST = hashlib.sha256(photo()).hexdigest()


@pytest.fixture
def towns(db: None) -> tuple[TownWorld, TownWorld]:
    return full_world()


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def head(towns: tuple[TownWorld, TownWorld]) -> Api:
    """Whoever sees to the whole installation."""
    person = add_person(None, "head")
    grant(person, "administrator", "all")
    return Api().be(person)


@pytest.fixture
def local(towns: tuple[TownWorld, TownWorld]) -> Api:
    """The administrator of the first town alone."""
    return Api().be(towns[0].people["administrator"])


@pytest.fixture
def worker(towns: tuple[TownWorld, TownWorld]) -> Api:
    return Api().be(towns[0].people["grid_worker"])


def upload(api: Api, data: bytes, purpose: str = "photo", **headers: str) -> Any:
    form = {"file": SimpleUploadedFile("x.bin", data), "purpose": purpose}
    return api.client.post("/api/v1/kernel/files", form, headers={"X-CSRFToken": api.csrf, **headers})


PATHS = [
    "files/by-digest/" + "0" * 64,
    "jobs",
    "dead-letters",
    "webhooks",
    "journal",
    "calendar/years",
    "calendar/hours",
    "settings",
    "health",
    "metrics",
    "search?q=a",
]


@pytest.mark.parametrize("path", PATHS)
def test_nobody_sees_anything_without_a_login(api: Api, path: str) -> None:
    assert api.get(f"kernel/{path}").status_code == 401


@pytest.mark.parametrize("path", ["settings", "health", "metrics"])
def test_the_installation_is_for_who_sees_to_it(worker: Api, head: Api, path: str) -> None:
    assert worker.get(f"kernel/{path}").status_code == 403
    assert head.get(f"kernel/{path}").status_code == 200


def test_a_photo_goes_in_is_known_by_its_digest_and_comes_out_in_parts(worker: Api) -> None:
    assert worker.get(f"kernel/files/by-digest/{DIGEST}").status_code == 404
    made = upload(worker, photo())
    assert made.status_code == 200, made.content
    body = made.json()
    assert (body["mime"], body["width"], body["sha256"], body["attached"]) == ("image/jpeg", 640, DIGEST, False)
    assert body["position"] == pytest.approx([121.2, 31.41], abs=1e-6)
    assert worker.get(f"kernel/files/by-digest/{DIGEST}").json()["id"] == body["id"]
    path = f"kernel/files/{body['id']}"
    whole = worker.get(path)
    assert whole["Content-Type"] == "image/jpeg"
    assert "sandbox" in whole["Content-Security-Policy"]
    part = worker.get(path, Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert worker.get(path, **{"If-None-Match": whole["ETag"]}).status_code == 304
    assert worker.get(f"{path}?size=thumb").content != whole.content
    assert worker.send("HEAD", path)["Content-Length"] == str(len(whole.content))


def test_another_person_does_not_even_see_the_file(worker: Api, local: Api) -> None:
    made = upload(worker, photo()).json()
    assert local.get(f"kernel/files/{made['id']}").status_code == 404


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"<svg onload=alert(1)>", 415, "kernel.file_active"),
        (b"\xff" * 20_500_000, 413, "kernel.file_too_large"),
        (b"\xff" * 50_000_000, 413, "kernel.body_too_large"),
        (b"", 422, "kernel.file_empty"),
    ],
)
def test_a_refused_upload_says_why(worker: Api, data: bytes, status: int, code: str) -> None:
    answer = upload(worker, data)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_an_upload_without_a_file_is_refused(worker: Api) -> None:
    answer = worker.client.post("/api/v1/kernel/files", {"purpose": "photo"}, headers={"X-CSRFToken": worker.csrf})
    assert (answer.status_code, answer.json()["field"]) == (422, "file")


def test_a_town_sees_its_own_jobs_and_dead_deliveries_only(
    towns: tuple[TownWorld, TownWorld], local: Api, head: Api
) -> None:
    for world in towns:
        enqueue("kernel.tidy", {}, System("test"), town=world.town.pk)
        Parcel.objects.create(
            town_id=world.town.pk, listener="x", position=world.town.pk, stream="thing:1", event="a.b", state="dead",
            next_at=now(), attempts=8, error="ValueError",
        )  # fmt: skip
    for path in ("jobs", "dead-letters"):
        assert (local.get(f"kernel/{path}").json()["total"], head.get(f"kernel/{path}").json()["total"]) == (1, 2)


def test_a_dead_delivery_is_replayed_or_skipped_once(towns: tuple[TownWorld, TownWorld], head: Api) -> None:
    happen(Thing())
    sequence_all()
    parcel = Parcel.objects.create(listener="x", position=1, stream="thing:1", event="a.b", state="dead", next_at=now())
    path = f"kernel/dead-letters/{parcel.uuid}"
    assert head.post(f"{path}/skip", {"expected": 1, "reason": ""}).status_code == 422
    replayed = head.post(f"{path}/replay", {"expected": 1}).json()
    assert (replayed["state"], replayed["version"]) == ("waiting", 2)
    assert head.post(f"{path}/replay", {"expected": 1}).status_code == 409
    assert head.post(f"{path}/skip", {"expected": 2, "reason": "x"}).json()["code"] == "kernel.delivery_not_dead"


def test_a_job_is_cancelled_and_queued_again(towns: tuple[TownWorld, TownWorld], head: Api, worker: Api) -> None:
    job = enqueue("kernel.tidy", {}, System("test"))
    path = f"kernel/jobs/{job.uuid}"
    assert worker.get(path).status_code == 404
    assert head.post(f"{path}/cancel").json()["state"] == "cancelled"
    assert head.post(f"{path}/cancel").status_code == 409
    version = Job.objects.as_system("a test looks").get().version
    assert head.post(f"{path}/retry", {"expected": version}).json()["state"] == "queued"


def test_a_webhooks_secret_is_shown_once(towns: tuple[TownWorld, TownWorld], head: Api, local: Api) -> None:
    made = head.post("kernel/webhooks", {"name": "city", "url": "http://a.test/", "events": ["cases.*"]})
    assert made.status_code == 201
    hook = made.json()
    assert len(hook["secret"]) > 30
    assert "secret" not in head.get("kernel/webhooks").json()["items"][0]
    assert local.get("kernel/webhooks").json()["total"] == 0
    assert local.post("kernel/webhooks", {"name": "x", "url": "http://a.test/", "events": ["a"]}).status_code == 403
    changed = head.patch(f"kernel/webhooks/{hook['id']}", {"expected": 1, "active": False}).json()
    assert (changed["active"], changed["events"]) == (False, ["cases.*"])
    assert head.send("DELETE", f"kernel/webhooks/{hook['id']}?expected=2").status_code == 204
    assert head.get("kernel/webhooks").json()["total"] == 0


def test_the_journal_is_read_by_town_and_without_private_texts(
    towns: tuple[TownWorld, TownWorld], head: Api, local: Api
) -> None:
    here, there = (happen(Thing(town=world.town.pk), 5, {"note": "张三"}) for world in towns)
    mine = local.get("kernel/journal?event=kernel.test_*").json()["items"]
    assert [entry["subject"] for entry in mine] == [here.subject]
    assert mine[0]["facts"] == {"what": 5}
    both = head.get("kernel/journal?event=kernel.test_done&kind=thing").json()["items"]
    assert [entry["subject"] for entry in both] == [there.subject, here.subject]
    one = head.get(f"kernel/journal?kind=thing&subject={here.subject}").json()
    assert one["total"] == 1
    assert head.get("kernel/journal?since=2999-01-01T00:00:00Z").json()["total"] == 0
    assert head.get("kernel/journal?since=2999-01-01").status_code == 422


def test_settings_hide_what_is_secret(head: Api) -> None:
    shown = {setting["variable"]: setting for setting in head.get("kernel/settings").json()}
    assert shown["CHENGYUN_SECRET_KEY"]["value"] is None
    assert shown["CHENGYUN_OIDC_SECRET"]["secret"] is True
    assert shown["CHENGYUN_PORT"]["value"] == "8000"


def test_a_year_is_published_by_form_and_by_file(head: Api, local: Api) -> None:
    notice = {"year": 2027, "holidays": [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"}], "workdays": []}
    assert local.post("kernel/calendar/years", {"notice": notice}).status_code == 403
    made = head.post("kernel/calendar/years", {"notice": notice})
    assert (made.status_code, len(made.json()["days"])) == (201, 3)
    assert head.post("kernel/calendar/years", {"notice": notice}).status_code == 409
    form = {"file": SimpleUploadedFile("n.json", json.dumps(notice).encode()), "expected": made.json()["version"]}
    again = head.client.post("/api/v1/kernel/calendar/years/file", form, headers={"X-CSRFToken": head.csrf})
    assert (again.status_code, again.json()["revision"]) == (201, 2)
    years = head.get("kernel/calendar/years").json()
    assert [year["year"] for year in years] == [2024, 2025, 2026, 2027]


def test_a_file_alone_publishes_a_year_that_is_not_there(head: Api) -> None:
    notice = {"year": 2028, "holidays": [{"name": "元旦", "from": "2028-01-01", "to": "2028-01-03"}], "workdays": []}
    form = {"file": SimpleUploadedFile("n.json", json.dumps(notice).encode())}
    made = head.client.post("/api/v1/kernel/calendar/years/file", form, headers={"X-CSRFToken": head.csrf})
    assert (made.status_code, made.json().get("revision")) == (201, 1), made.content


def test_a_due_time_can_be_tried_out(worker: Api) -> None:
    ask = {"start": "2026-09-30T10:00:00+08:00", "limit": {"amount": 3, "unit": "work_days"}}
    assert worker.post("kernel/calendar/due", ask).json() == {"at": "2026-10-10T09:30:00Z", "provisional": False}
    for wrong in ({"limit": {"amount": -1, "unit": "work_days"}}, {"start": "1990-01-01T00:00:00Z"}, {"limit": {}}):
        assert worker.post("kernel/calendar/due", ask | wrong).status_code == 422
    assert worker.post("kernel/calendar/due", ask | {"start": "2026-09-30T10:00:00"}).status_code == 422


def test_office_hours_are_published(head: Api) -> None:
    made = head.post("kernel/calendar/hours", {"code": "late", "name": "晚间", "hours": {"ordinary": ["10:00-20:00"]}})
    assert (made.status_code, made.json()["hours"]["week"][5]) == (201, [])
    assert [row["code"] for row in head.get("kernel/calendar/hours").json()] == ["always", "late", "office"]


def test_health_and_metrics_are_open_to_whoever_watches_this_machine(api: Api) -> None:
    health = api.client.get("/health")
    assert (health.status_code, health.json()["ready"]) == (200, True)
    assert health.json()["parts"]["worker"] == {"alive": False}
    metrics = api.client.get("/metrics").content.decode()
    assert "chengyun_journal_lag 0.0" in metrics
    assert 'chengyun_requests_total{method="GET",route="health",status="200"}' in metrics
    assert api.client.get("/metrics", REMOTE_ADDR="10.0.0.9").status_code == 403


@pytest.mark.db
@pytest.mark.parametrize(
    "value", ['"a\\u0000b"', '"a\\ud800b"', "NaN", "-Infinity", "1e999", "[" * 100_000, "{", '"\x00"']
)
def test_what_no_database_holds_is_refused_at_the_edge(worker: Api, value: str) -> None:
    body = f'{{"start": "2026-09-30T10:00:00Z", "limit": {{"amount": 1, "unit": "work_days"}}, "hours": {value}}}'
    answer = worker.client.post(
        "/api/v1/kernel/calendar/due", body, content_type="application/json", headers={"X-CSRFToken": worker.csrf}
    )
    assert answer.status_code == 400, answer.content


@pytest.mark.db
@pytest.mark.parametrize(
    "path",
    [
        "journal?event=a%00b",
        "jobs?state=%00",
        "search?q=%00",
        "search?q=%F0%9F",
        "calendar/years?town=99999999999999999999999",
        "calendar/hours?town=-99999999999999999999999",
        "jobs?cursor=%00",
        "jobs?cursor=bm90aGluZw",
        "jobs?limit=0",
        "dead-letters?limit=-5",
        "journal?limit=99999999999999999999",
    ],
)
def test_an_odd_question_gets_an_answer_and_never_a_failure(head: Api, path: str) -> None:
    assert head.get(f"kernel/{path}").status_code < 500


@pytest.mark.db
def test_a_number_that_no_column_holds_is_refused(head: Api) -> None:
    late = {"code": "late", "name": "x", "hours": {"ordinary": ["10:00-20:00"]}, "town": 10**30}
    assert head.post("kernel/calendar/hours", late).status_code == 422
