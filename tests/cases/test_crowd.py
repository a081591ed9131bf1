"""Eight clients changing one case at once: only 200 and 409, no lost change, the chain whole. On both databases."""

import json
import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection, connections

from cases.conftest import Session
from cases.world import World, make_world
from chengyun.kernel.journal.chain import GENESIS
from chengyun.kernel.journal.models import Entry

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]
CLIENTS, ACTS = 8, 5


@pytest.fixture
def town(transactional_db: None) -> World:
    """A town whose rows other connections see."""
    return make_world()


def crowd(work: Any) -> list[Any]:
    """`work(number)` in eight threads that begin together; what each returned."""
    begin, answers = threading.Barrier(CLIENTS), []

    def run(number: int) -> None:
        try:
            begin.wait(60)
            answers.extend(work(number))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return answers


def entries_of(case: Any) -> list[Entry]:
    return list(Entry.objects.filter(stream=f"case:{case.uuid}").order_by("number"))


def assert_chain(entries: list[Entry]) -> None:
    assert [e.number for e in entries] == list(range(1, len(entries) + 1))
    previous = GENESIS
    for entry in entries:
        assert bytes(entry.previous) == previous
        previous = bytes(entry.hash)


def test_remarks_at_once_are_all_kept_or_told_of(town: World) -> None:
    case = town.report()
    sessions = [Session().be(town.people["operator"]) for _ in range(CLIENTS)]

    def work(number: int) -> list[int]:
        codes = []
        for _ in range(ACTS):
            seen = sessions[number].get(f"cases/{case.uuid}").json()
            codes.append(sessions[number].take(seen, "remark", text=f"第{number}位的说明").status_code)
        return codes

    codes = Counter(crowd(work))
    assert set(codes) <= {200, 409}, codes
    assert sum(codes.values()) == CLIENTS * ACTS
    entries = entries_of(case)
    assert_chain(entries)
    assert len(entries) == 1 + codes[200]
    assert town.fresh(case).version == 1 + codes[200]


def test_one_of_eight_receives_the_case(town: World) -> None:
    case = town.report()
    sessions = [Session().be(town.people["operator"]) for _ in range(CLIENTS)]
    body = {"expected": case.version, "given": {}}
    answers = crowd(lambda n: [sessions[n].post(f"cases/{case.uuid}/verbs/receive", body)])
    assert Counter(a.status_code for a in answers) == {200: 1, 409: CLIENTS - 1}
    stale = [json.loads(a.content) for a in answers if a.status_code == 409]
    assert all(a["code"] in {"kernel.stale", "kernel.busy"} for a in stale)
    assert [e.event for e in entries_of(case)] == ["cases.reported", "cases.received"]


def test_reports_at_once_have_numbers_of_their_own(town: World) -> None:
    sessions = [Session().be(town.people["operator"]) for _ in range(CLIENTS)]
    body = {"text": "同时上报"}
    answers = crowd(lambda n: [sessions[n].post("cases", body) for _ in range(3)])
    codes = Counter(a.status_code for a in answers)
    assert set(codes) <= {201, 409}, codes
    numbers = [a.json()["number"] for a in answers if a.status_code == 201]
    assert len(numbers) == len(set(numbers)) >= CLIENTS
    assert connection.is_usable()


def test_the_same_key_at_once_is_one_case(town: World) -> None:
    key = "01890000-0000-7000-8000-000000000001"
    sessions = [Session().be(town.people["operator"]) for _ in range(CLIENTS)]
    body = {"text": "同一件事"}
    answers = crowd(lambda n: [sessions[n].post("cases", body, **{"Idempotency-Key": key})])
    made = {a.json()["id"] for a in answers if a.status_code == 201}
    assert len(made) == 1
    assert {a.status_code for a in answers} <= {201, 409}
