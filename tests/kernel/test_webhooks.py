"""Webhooks: signed, of the events and the town that were asked for, tried again, and never with personal data."""

import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from chengyun.kernel.access import Scope
from chengyun.kernel.clock import frozen, now
from chengyun.kernel.delivery.feed import feed_all, parcels
from chengyun.kernel.delivery.queries import webhooks
from chengyun.kernel.delivery.sequencer import sequence_all
from chengyun.kernel.delivery.subscriptions import change, subscribe, unsubscribe
from chengyun.kernel.delivery.webhooks import check_address, receivers, signature
from chengyun.kernel.env import Env
from chengyun.kernel.refusal import Forbidden, Invalid
from kernel.world import ANNA, SYSTEM, Policy, Thing, happen

pytestmark = [pytest.mark.django_db, pytest.mark.db]


class Address:
    """A server outside, that remembers what it was sent."""

    def __init__(self) -> None:
        self.status = 200
        self.calls: list[tuple[dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.calls.append((dict(self.headers), body))
                self.send_response(outer.status)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"


@pytest.fixture
def address() -> Iterator[Address]:
    there = Address()
    thread = threading.Thread(target=there.server.serve_forever, args=(0.01,))
    thread.start()
    yield there
    there.server.shutdown()
    thread.join()
    there.server.server_close()


def test_an_event_is_sent_signed_and_without_private_texts(address: Address) -> None:
    hook = subscribe("city", actor=SYSTEM, url=address.url, events=["kernel.test_*"])
    entry = happen(Thing(), 4, private={"note": "张三 13800138000"})
    sequence_all()
    assert feed_all(receivers()) == 1
    headers, body = address.calls[0]
    moment, digest = (part.partition("=")[2] for part in headers["Chengyun-Signature"].split(","))
    wanted = hmac.new(hook.secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(digest, wanted)
    sent = json.loads(body)
    assert (sent["event"], sent["facts"], sent["town"]) == ("kernel.test_done", {"what": 4}, 7)
    assert sent["subject"]["id"] == entry.subject
    assert headers["Chengyun-Delivery"] == str(sent["position"])
    assert "张三" not in body.decode()


def test_only_the_events_and_the_town_asked_for_are_sent_and_only_new_ones(address: Address) -> None:
    happen(Thing(), 0)
    sequence_all()
    subscribe("seven", actor=SYSTEM, url=address.url, events=["kernel.test_done"], town=7)
    subscribe("other", actor=SYSTEM, url=address.url, events=["cases.*"])
    happen(Thing(town=8), 1)
    happen(Thing(town=7), 2)
    sequence_all()
    feed_all(receivers())
    assert [json.loads(body)["facts"]["what"] for _, body in address.calls] == [2]


@pytest.mark.parametrize("status", [500, 302, 404])
def test_what_is_not_taken_is_sent_again(address: Address, status: int) -> None:
    subscribe("city", actor=SYSTEM, url=address.url, events=["kernel.test_done"])
    happen(Thing(), 1)
    sequence_all()
    address.status = status
    assert feed_all(receivers()) == 0
    assert parcels().count() == 1
    address.status = 204
    with frozen(now() + timedelta(minutes=1)):
        assert feed_all(receivers()) == 1
    assert len(address.calls) == 2


def test_a_webhook_is_paused_changed_and_removed(address: Address) -> None:
    hook = subscribe("city", actor=SYSTEM, url=address.url, events=["kernel.test_done"])
    hook = change(hook, actor=SYSTEM, expected=hook.version, url=None, events=None, active=False)
    assert receivers() == []
    hook = change(hook, actor=SYSTEM, expected=hook.version, url=None, events=["a.*"], active=True)
    assert (hook.events, len(receivers())) == (["a.*"], 1)
    unsubscribe(hook, actor=SYSTEM, expected=hook.version)
    assert (receivers(), list(webhooks(SYSTEM))) == ([], [])


def test_only_who_may_set_the_town_up_sees_and_makes_its_webhooks(policy: Policy) -> None:
    policy.allow(ANNA, "kernel.settings", scope=Scope(towns=frozenset({7})))
    mine = subscribe("mine", actor=ANNA, url="http://example.test/", events=["a.*"], town=7)
    subscribe("other", actor=SYSTEM, url="http://example.test/", events=["a.*"], town=8)
    assert list(webhooks(ANNA)) == [mine]
    for town in (8, None):
        with pytest.raises(Forbidden):
            subscribe("x", actor=ANNA, url="http://example.test/", events=["a.*"], town=town)


@pytest.mark.parametrize(
    "url",
    ["ftp://a.test/", "file:///etc/passwd", "http://", "http://u:p@a.test/", "a.test", "",
     "http://a.test/\r\nX-Evil: 1", "http://a.test/a b", "http://a.test:99999/"],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid):
        check_address(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "[::1]", "localhost", "no-such.invalid", "2130706433"])
def test_private_addresses_are_refused_where_the_setting_says_so(host: str) -> None:
    check_address(f"http://{host}/")
    with override_settings(ENV=Env(webhook_private=False)), pytest.raises(Invalid):
        check_address(f"http://{host}/")


@pytest.mark.parametrize("host", ["169.254.169.254", "[::ffff:169.254.169.254]", "[fe80::1]", "224.0.0.1", "0.0.0.0"])
def test_where_no_receiver_can_live_is_never_called(host: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_address(f"http://{host}/")
    assert refused.value.code == "kernel.webhook_private"


def test_the_address_that_was_checked_is_the_one_that_is_called(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(address.url.split(":")[2].partition("/")[0])
    real, asked = socket.getaddrinfo, []

    def names(host: str, *more: Any, **named: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1" if host == "city.test" else host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", names)
    subscribe("city", actor=SYSTEM, url=f"http://city.test:{port}/hook", events=["kernel.test_done"])
    happen(Thing(), 1)
    sequence_all()
    asked.clear()
    assert feed_all(receivers()) == 1
    assert asked.count("city.test") == 1
    assert address.calls[0][0]["Host"] == f"city.test:{port}"


@pytest.mark.parametrize(("name", "events"), [("", ["a.*"]), ("x", []), ("x", [""]), ("x", ["a"] * 51)])
def test_a_webhook_has_a_name_and_events(name: str, events: list[str]) -> None:
    with pytest.raises(Invalid):
        subscribe(name, actor=SYSTEM, url="http://a.test/", events=events)


def test_the_check_in_the_guide_works() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "integrate" / "webhooks.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(guide.partition("```python\n")[2].partition("```")[0], names)
    is_genuine = names["is_genuine"]
    fresh, old = int(time.time()), int(time.time()) - 3600
    assert is_genuine("secret", signature("secret", fresh, b"{}"), b"{}")
    assert not is_genuine("secret", signature("secret", fresh, b"{}"), b"{ }")
    assert not is_genuine("secret", signature("other", fresh, b"{}"), b"{}")
    assert not is_genuine("secret", signature("secret", old, b"{}"), b"{}")
