"""Live updates over a real server: who hears what, resuming, other origins, and streams that end with the login."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from django.db import connections

from accounts.conftest import Api
from accounts.world import TownWorld, full_world
from chengyun.config.live import authenticate
from chengyun.kernel.access import Scope, Where
from chengyun.kernel.actor import Actor
from chengyun.kernel.delivery.sequencer import last_position, sequence_all
from chengyun.kernel.live import app as live_app
from chengyun.kernel.live import registry
from chengyun.kernel.live.app import Live
from chengyun.kernel.live.hub import MOST_WAITING, Hub, Message, Stream
from kernel.world import ANNA, BERT, Policy, Thing, happen

ACTORS = {"anna": ANNA, "bert": BERT}
ORIGIN = "http://town.test"
WEB_PORT = 8123


class Server:
    """The live process, in a thread of the test."""

    def __init__(self, known: Callable[[Any], Actor | None]) -> None:
        app = Live(known, ORIGIN, WEB_PORT)
        config = uvicorn.Config(app, port=0, log_config=None, timeout_graceful_shutdown=0)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        until(lambda: self.server.started)
        self.url = f"http://127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join()

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = httpx.get(f"{self.url}/health").json()
        return state


def until(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_app, "POLL", 0.02)


@pytest.fixture
def server(transactional_db: None, policy: Policy, quick: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(registry, "_exposed", {"thing": "kernel.audit"})
    policy.allow(ANNA, "kernel.audit", scope=Scope(towns=frozenset({7})))
    running = Server(lambda headers: ACTORS.get(headers.get("x-who", "")))
    yield running
    running.stop()


class Reader:
    """A browser's EventSource, as far as the tests need one."""

    def __init__(self, url: str, query: str = "", **headers: str) -> None:
        self.messages: list[dict[str, Any]] = []
        self.events: list[str] = []
        self.status = 0
        self.over = False
        self._headers = headers
        self._url = f"{url}/live{query}"
        threading.Thread(target=self._read, daemon=True).start()
        until(lambda: self.status)

    def _read(self) -> None:
        with httpx.stream("GET", self._url, headers=self._headers, timeout=20) as answer:
            self.status = answer.status_code
            event = "message"
            try:
                for line in answer.iter_lines():
                    event = self._take(line, event)
            except httpx.HTTPError:
                pass
            self.over = True

    def _take(self, line: str, event: str) -> str:
        if line.startswith("event: "):
            self.events.append(line[7:])
            return line[7:]
        if line.startswith("data: ") and event == "message":
            self.messages.append(json.loads(line[6:]))
        return "message" if not line else event

    @property
    def subjects(self) -> list[str]:
        return [message["id"] for message in self.messages]


@contextmanager
def happened(*things: Thing) -> Iterator[None]:
    for thing in things:
        happen(thing)
    sequence_all()
    yield


def test_one_hears_of_what_one_may_see_and_of_nothing_else(server: Server) -> None:
    anna, bert = Reader(server.url, **{"X-Who": "anna"}), Reader(server.url, **{"X-Who": "bert"})
    until(lambda: server.state()["streams"] == 2)
    mine, elsewhere, told = Thing(town=7), Thing(town=8), Thing(town=8, people=frozenset({"bert"}))
    with happened(elsewhere, mine, told):
        until(lambda: anna.messages and bert.messages)
    assert anna.subjects == [str(mine.uuid)]
    assert bert.subjects == [str(told.uuid)]
    assert anna.messages[0] == {
        "position": 2, "event": "kernel.test_done", "kind": "thing", "id": str(mine.uuid), "version": 1,
    }  # fmt: skip


def test_a_kind_that_no_room_exposed_is_heard_by_nobody(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_exposed", {})
    anna = Reader(server.url, **{"X-Who": "anna"})
    with happened(Thing(town=7)):
        until(lambda: server.state()["position"] == 1)
    assert anna.messages == []


def test_after_a_break_one_hears_what_one_missed(server: Server) -> None:
    things = [Thing() for _ in range(3)]
    with happened(*things):
        until(lambda: server.state()["position"] == 3)
    again = Reader(server.url, **{"X-Who": "anna", "Last-Event-ID": "1"})
    asked = Reader(server.url, "?last_event_id=1", **{"X-Who": "anna"})
    for reader in (again, asked):
        until(lambda r=reader: len(r.messages) == 2)
        assert reader.subjects == [str(thing.uuid) for thing in things[1:]]
        assert reader.events == ["hello"]


def test_who_missed_too_much_is_told_to_read_everything_again(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_app, "MOST_BEHIND", 1)
    with happened(Thing(), Thing(), Thing()):
        until(lambda: server.state()["position"] == 3)
    late = Reader(server.url, **{"X-Who": "anna", "Last-Event-ID": "1"})
    until(lambda: late.events)
    assert (late.events, late.messages) == (["reset"], [])


def test_without_a_login_there_is_no_stream(server: Server) -> None:
    answer = httpx.get(f"{server.url}/live")
    assert (answer.status_code, answer.json()["code"]) == (401, "kernel.login_needed")
    assert httpx.get(f"{server.url}/other").status_code == 404
    assert httpx.post(f"{server.url}/live", headers={"X-Who": "anna"}).status_code == 405


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (ORIGIN, 204),
        (f"http://127.0.0.1:{WEB_PORT}", 204),
        ("http://127.0.0.1:9", 403),
        ("http://evil.test", 403),
        (f"http://evil.test:{WEB_PORT}", 403),
        ("null", 403),
    ],
)
def test_only_pages_of_the_web_process_may_listen(server: Server, origin: str, status: int) -> None:
    answer = httpx.options(f"{server.url}/live", headers={"Origin": origin})
    assert answer.status_code == status
    allowed = answer.headers.get("access-control-allow-origin")
    assert allowed == (origin if status == 204 else None)


def test_grants_are_asked_again_when_they_may_have_changed(server: Server, policy: Policy) -> None:
    anna = Reader(server.url, **{"X-Who": "anna"})
    until(lambda: server.state()["streams"] == 1)
    policy.scopes.clear()
    hub = server.server.config.app._hub  # type: ignore[union-attr]
    hub.doubt_all()
    until(lambda: not any(stream.stale for stream in hub.streams))
    with happened(Thing(town=7)):
        until(lambda: server.state()["position"] == 1)
    assert (anna.messages, anna.over) == ([], False)


def test_a_stream_ends_when_its_reader_goes(server: Server) -> None:
    with httpx.stream("GET", f"{server.url}/live", headers={"X-Who": "anna"}):
        until(lambda: server.state()["streams"] == 1)
    until(lambda: server.state()["streams"] == 0)


def test_a_stop_with_open_streams_takes_a_moment_only(server: Server) -> None:
    for _ in range(5):
        Reader(server.url, **{"X-Who": "anna"})
    begun = time.monotonic()
    server.stop()
    assert time.monotonic() - begun < 15


@pytest.fixture
def town() -> TownWorld:
    return full_world()[0]


@pytest.mark.django_db(transaction=True)
def test_a_session_hears_and_is_cut_off_at_logout(town: TownWorld, quick: None) -> None:
    api = Api().be(town.people["operator"])
    running = Server(authenticate)
    try:
        cookie = f"chengyun_session={api.client.cookies['chengyun_session'].value}"
        reader = Reader(running.url, Cookie=cookie)
        assert reader.status == 200
        assert api.post("accounts/logout").status_code in {200, 204}
        sequence_all()
        until(lambda: running.state()["position"] == last_position())
        until(lambda: reader.over)
        assert httpx.get(f"{running.url}/live", headers={"Cookie": cookie}).status_code == 401
        assert httpx.get(f"{running.url}/live", headers={"Authorization": "Bearer cy_wrong"}).status_code == 401
    finally:
        running.stop()
        connections.close_all()


def test_who_does_not_read_is_closed() -> None:
    hub, stream = Hub(), Stream(ANNA, {"thing": Scope(everything=True)})
    hub.streams.add(stream)
    hub.tell(Message(n, "a.b", "thing", "x", 1, Where()) for n in range(MOST_WAITING + 1))
    assert stream.closed
