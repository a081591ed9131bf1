"""The same call sent twice is done once and answered twice; nobody else's key is touched by it."""

import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from accounts.conftest import Api
from accounts.world import TownWorld, add_person, full_world, grant
from chengyun.accounts.models import Person
from chengyun.kernel.calendar.models import OfficeHours
from chengyun.kernel.clock import now
from chengyun.kernel.delivery.housekeeping import tidy
from chengyun.kernel.idempotency.models import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.db]

LATE = {"code": "late", "name": "晚间", "hours": {"ordinary": ["10:00-20:00"]}}


@pytest.fixture
def towns(db: None) -> tuple[TownWorld, TownWorld]:
    return full_world()


def admin(login: str) -> Api:
    person = add_person(None, login)
    grant(person, "administrator", "all")
    return Api().be(person)


@pytest.fixture
def head(towns: object) -> Api:
    return admin("head")


def send(api: Api, key: object, **changed: Any) -> Any:
    return api.post("kernel/calendar/hours", LATE | changed, **{"Idempotency-Key": str(key)})


def rows() -> int:
    return OfficeHours.objects.as_system("a test counts").filter(code="late").count()


def test_the_second_time_the_first_answer_is_given(head: Api) -> None:
    key = uuid4()
    first, second = send(head, key), send(head, key)
    assert (first.status_code, second.status_code, rows()) == (201, 201, 1)
    assert first.content == second.content
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"


def test_without_a_key_or_with_another_it_is_another_call(head: Api) -> None:
    send(head, uuid4())
    assert head.post("kernel/calendar/hours", LATE).status_code == 409
    assert send(head, uuid4()).status_code == 409


def test_a_key_used_for_other_content_is_refused(head: Api) -> None:
    key = uuid4()
    send(head, key)
    answer = send(head, key, name="夜间")
    assert (answer.status_code, answer.json()["code"]) == (422, "kernel.key_reused")


def test_a_refusal_is_not_kept_so_that_the_call_may_be_sent_again(head: Api) -> None:
    key = uuid4()
    assert send(head, key, hours={}).status_code == 422
    assert not Answer.objects.exists()
    assert send(head, key).status_code == 201


def test_keys_belong_to_a_person(head: Api) -> None:
    key = uuid4()
    send(head, key)
    assert send(admin("other"), key).status_code == 409  # asked for itself, and there is one already


def test_nobody_gets_an_answer_without_a_login(head: Api) -> None:
    key = uuid4()
    send(head, key)
    assert send(Api(), key).status_code == 401


def test_a_key_is_a_uuid(head: Api) -> None:
    answer = send(head, "1")
    assert (answer.status_code, answer.json()["code"]) == (400, "kernel.bad_key")


def test_answers_are_kept_for_ninety_days(head: Api) -> None:
    send(head, uuid4())
    job: Any = None
    assert tidy(job, {})["answers"] == 0
    Answer.objects.update(given_at=now() - timedelta(days=91))
    assert tidy(job, {})["answers"] == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_call_at_the_same_moment_is_done_once() -> None:
    full_world()
    clients = [admin("head")]
    clients += [Api().be(_person("head")) for _ in range(5)]
    key, answers = uuid4(), []

    def one(api: Api) -> None:
        answers.append(send(api, key))
        connection.close()

    threads = [threading.Thread(target=one, args=(api,)) for api in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.content for answer in answers}) == 1
    assert rows() == 1


def _person(login: str) -> Any:
    return Person.objects.as_system("a test looks").get(login=login)
