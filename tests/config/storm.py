"""A storm over a served town: clients that work on, a hand that kills processes, and ears that must miss nothing."""

import contextlib
import json
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from cases.world import PIXEL
from chengyun.kernel.ids import new_uuid

PATIENCE = 60.0  # seconds in which a call must have its answer, however often the server dies
CALL = httpx.Timeout(20.0, connect=2.0)
STARTING = 20.0  # seconds in which a process is there again
DEAF = 0.1  # the share of calls whose answer does not arrive in time


@dataclass(frozen=True)
class Kept:
    """What a client was told is done: the verb, on which case, and the version that the case then had."""

    case: str
    verb: str
    version: int


class Desk:
    """Everybody who works in the town, logged in: a session for each role, in all clients the same."""

    def __init__(self, url: str, password: str) -> None:
        self.url = url
        self.password = password
        self.cookies: dict[str, dict[str, str]] = {}

    def log_in(self, role: str) -> None:
        with httpx.Client(base_url=self.url, timeout=CALL) as client:
            client.get("/api/v1/accounts/csrf")
            headers = {"X-CSRFToken": client.cookies["chengyun_csrf"], "Referer": self.url}
            body = {"login": f"ya.{role}", "password": self.password}
            answer = client.post("/api/v1/accounts/login", json=body, headers=headers)
            assert answer.status_code == 200, answer.text
            self.cookies[role] = dict(client.cookies)


class Worker(threading.Thread):
    """A client that takes one case after the other from its report to its close, and loses patience with nothing.

    Each call has a key of its own; a call that was cut off is sent again with the same key. Its network is a bad one:
    now and then it hears no answer, although the server may have done what it asked.
    """

    def __init__(self, desk: Desk, shared: str, over: threading.Event, chance: random.Random) -> None:
        super().__init__(daemon=True)
        self.desk, self.shared, self.over, self.chance = desk, shared, over, chance
        self.kept: list[Kept] = []
        self.reported: list[str] = []
        self.photos: list[str] = []
        self.codes: Counter[int] = Counter()
        self.cut = self.replayed = 0
        self.fault = ""
        self.client = httpx.Client(base_url=desk.url, timeout=CALL)

    def run(self) -> None:
        try:
            while not self.over.is_set():
                self.one_case()
        except Exception as error:  # noqa: BLE001  told by the test, in the thread that may fail
            self.fault = f"{type(error).__name__}: {error}"
        finally:
            self.client.close()

    def one_case(self) -> None:
        photo = self.photo("operator")
        case = self.report(photo)
        for verb, role, given in WAY:
            evidence = {"photo:after": [self.photo(role)]} if verb in ("answer", "verify_pass") else {}
            case = self.take(case, verb, role, given | evidence)
            if self.over.is_set():
                return
        self.remark()

    def report(self, photo: str) -> dict[str, Any]:
        body = {"text": "人行道上有一堆垃圾。", "point": [121.205, 31.405], "photos": [photo]}
        answer = self.call("operator", "/api/v1/cases", json=body)
        assert answer.status_code == 201, answer.text
        case: dict[str, Any] = answer.json()
        self.reported.append(case["id"])
        return case

    def take(self, case: dict[str, Any], verb: str, role: str, given: dict[str, Any]) -> dict[str, Any]:
        body = {"expected": case["version"], "given": given}
        answer = self.call(role, f"/api/v1/cases/{case['id']}/verbs/{verb}", json=body)
        assert answer.status_code == 200, f"{verb}: {answer.text}"
        after: dict[str, Any] = answer.json()
        self.kept.append(Kept(case["id"], verb, after["version"]))
        return after

    def remark(self) -> None:
        """On the case that all clients share: whoever comes second is told so, and looks again."""
        while True:
            case = self.call("operator", f"/api/v1/cases/{self.shared}").json()
            body = {"expected": case["version"], "given": {"text": "又来一次。"}}
            answer = self.call("operator", f"/api/v1/cases/{self.shared}/verbs/remark", json=body)
            if answer.status_code == 200:
                self.kept.append(Kept(self.shared, "remark", answer.json()["version"]))
                return
            assert answer.status_code == 409, answer.text

    def photo(self, role: str) -> str:
        # A picture of its own each time: the same one sent twice would be one file. What follows the end is dropped.
        picture = PIXEL + os.urandom(8)
        answer = self.call(role, "/api/v1/kernel/files", files={"file": ("x.png", picture)}, data={"purpose": "photo"})
        assert answer.status_code == 200, answer.text
        self.photos.append(answer.json()["id"])
        return self.photos[-1]

    def call(self, role: str, path: str, **body: Any) -> httpx.Response:
        """The answer, in the end. Raises AssertionError on a failure of the server, or after PATIENCE."""
        cookies = self.desk.cookies[role]
        headers = {
            "X-CSRFToken": cookies["chengyun_csrf"],
            "Referer": self.desk.url,
            "Idempotency-Key": str(new_uuid()),
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                answer = self.client.request(
                    "POST" if body else "GET", path, headers=headers, timeout=self.timeout(), **body
                )
            except httpx.TransportError:
                self.cut += 1
                time.sleep(0.1)
                continue
            self.codes[answer.status_code] += 1
            self.replayed += "Idempotency-Replayed" in answer.headers
            assert answer.status_code < 500, f"{path}: {answer.status_code} {answer.text[:300]}"
            if answer.status_code != 409 or answer.json()["code"] != "kernel.busy":
                return answer
            time.sleep(0.1)
        raise AssertionError(f"{path}: no answer within {PATIENCE:.0f} s")

    def timeout(self) -> httpx.Timeout:
        return httpx.Timeout(self.chance.uniform(0.01, 0.2)) if self.chance.random() < DEAF else CALL


WAY: list[tuple[str, str, dict[str, Any]]] = [
    ("receive", "operator", {}),
    ("file", "operator", {"class": "E0101"}),
    ("dispatch", "operator", {"department": "greening", "reason": "就近处置"}),
    ("remark", "operator", {"text": "请尽快。"}),
    ("sign", "liaison", {}),
    ("start", "handler", {}),
    ("answer", "handler", {"text": "已清理"}),
    ("send_verify", "operator", {}),
    ("verify_pass", "grid_worker", {}),
    ("close", "operator", {}),
]


class Subscriber(threading.Thread):
    """An ear at the live updates, that comes again with the last position whenever it is cut off."""

    def __init__(self, desk: Desk, url: str) -> None:
        super().__init__(daemon=True)
        self.url = f"{url}/live"
        self.cookie = f"chengyun_session={desk.cookies['operator']['chengyun_session']}"
        self.heard: list[int] = []
        self.begin: int | None = None  # the position at which it began to listen
        self.last = ""
        self.connections = self.resets = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            with contextlib.suppress(httpx.TransportError):
                self._listen()
            self.over.wait(0.2)

    def _listen(self) -> None:
        headers = {"Cookie": self.cookie, **({"Last-Event-ID": self.last} if self.last else {})}
        with httpx.stream("GET", self.url, headers=headers, timeout=httpx.Timeout(20, connect=2)) as answer:
            assert answer.status_code == 200
            self.connections += 1
            word: dict[str, str] = {}
            for line in answer.iter_lines():
                if self.over.is_set():
                    return
                if line:
                    name, _, value = line.partition(":")
                    word[name] = value.strip()
                elif "data" in word:
                    self._take(word)
                    word = {}

    def _take(self, word: dict[str, str]) -> None:
        self.last = word["id"]
        if word.get("event") == "reset":
            self.resets += 1
        elif word.get("event") == "hello":
            self.begin = int(word["id"]) if self.begin is None else self.begin
        else:
            said = json.loads(word["data"])
            if said["kind"] == "case":
                self.heard.append(said["position"])


class Address:
    """An address outside that webhooks call; it keeps the positions that it was sent."""

    def __init__(self) -> None:
        self.taken: Counter[int] = Counter()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.taken[said["position"]] += 1
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"

    @contextlib.contextmanager
    def open(self) -> Iterator["Address"]:
        thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        thread.start()
        yield self
        self.server.shutdown()
        self.server.server_close()
        thread.join()


@dataclass
class Hand:
    """What kills each of web, a worker process of web, live and worker `times`, at moments that the seed decides."""

    pids: Callable[[], dict[str, int]]
    chance: random.Random
    killed: Counter[str] = field(default_factory=Counter)

    def rage(self, seconds: float, times: int) -> None:
        begin = time.monotonic()
        names = ["web", "web of web", "live", "worker"] * times
        self.chance.shuffle(names)
        moments = sorted(self.chance.uniform(1.0, seconds) for _ in names)
        for name, moment in zip(names, moments, strict=True):
            time.sleep(max(begin + moment - time.monotonic(), 0))
            for victim in self.victims(name):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                    self.killed[name] += 1

    def victims(self, name: str) -> list[int]:
        """Whom to kill; a worker process of web is waited for, on a busy machine it takes its time to be there."""
        end = time.monotonic() + STARTING
        while True:
            part = self.pids()[name.rpartition(" ")[2]]
            found = children(part) if name == "web of web" else [part]
            if found or time.monotonic() > end:
                return found
            time.sleep(0.1)


def children(pid: int) -> list[int]:
    """The processes that `pid` started."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []
