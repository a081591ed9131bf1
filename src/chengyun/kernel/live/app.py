"""The live process as an ASGI application: GET /live is a stream of server-sent events, GET /health says how it is.

Django's own views would do, at several times the cost for each of a thousand streams; so this speaks ASGI itself.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from chengyun.kernel.access import Scope
from chengyun.kernel.actor import Actor
from chengyun.kernel.health.log import place_of
from chengyun.kernel.live.hub import Hub, Stream
from chengyun.kernel.live.source import BATCH, grants_of, messages_after, newest_position

log = logging.getLogger(__name__)

POLL = 0.25  # seconds; what is told within one poll is sent at once
HEARTBEAT = 15.0
ASK_AGAIN = 60.0  # how long a session that ended without a word may still hear
MOST_STREAMS = 5_000
MOST_BEHIND = BATCH  # entries; who missed more reads everything again

T = TypeVar("T")
Headers = Mapping[str, str]
Authenticate = Callable[[Headers], Actor | None]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Origin = Callable[[Headers], str | None]


class Live:
    """The application. `authenticate` finds the actor of a request's headers (in a thread, it may ask the database);
    `web_port` is where pages come from that may open a stream here, beside those of `web_origin`."""

    def __init__(self, authenticate: Authenticate, web_origin: str, web_port: int) -> None:
        self._authenticate = authenticate
        self._web_origin = web_origin
        self._web_port = web_port
        self._hub = Hub()
        self._who: dict[Stream, Headers] = {}
        self._database = ThreadPoolExecutor(max_workers=2, thread_name_prefix="database")
        self._told_at = 0.0
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Start with the server, stop with it."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._hub.position = await self._ask(newest_position)
                self._told_at = time.monotonic()
                self._task = asyncio.create_task(self._follow())
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _stop(self) -> None:
        self._hub.close_all()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._database.shutdown(wait=False, cancel_futures=True)

    async def _follow(self) -> None:
        """Tell what happened, again and again."""
        beat = asked = time.monotonic()
        while True:
            try:
                messages = await self._ask(messages_after, self._hub.position)
                self._told_at = time.monotonic()
                self._hub.doubt(messages)
                if self._told_at - asked > ASK_AGAIN:
                    asked = self._told_at
                    self._hub.doubt_all()
                await self._renew()
                self._hub.tell(messages)
                if self._told_at - beat > HEARTBEAT:
                    beat = self._told_at
                    self._hub.heartbeat()
            except Exception as error:  # noqa: BLE001  a database that is away comes back
                log.error("live updates in trouble", extra={"error": place_of(error)})
                await asyncio.sleep(1)
            await asyncio.sleep(POLL)

    async def _renew(self) -> None:
        """Ask again who is there and what he may hear, where either may have changed."""
        for stream in [stream for stream in self._hub.streams if stream.stale]:
            headers = self._who.get(stream)
            known = await self._ask(self._admit, headers) if headers is not None else None
            if known is None or known[0].actor_id != stream.actor.actor_id:
                stream.close()
            else:
                stream.grants, stream.stale = known[1], False

    def _admit(self, headers: Headers) -> tuple[Actor, Mapping[str, Scope]] | None:
        actor = self._authenticate(headers)
        return (actor, grants_of(actor)) if actor is not None else None

    async def _answer(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        allowed = self._origin(headers)
        cors = _cors(headers["origin"]) if "origin" in headers and allowed else []
        if scope["path"] == "/health":
            await _reply(send, 200, self._state(), cors)
        elif scope["path"] != "/live":
            await _refuse(send, 404, "kernel.not_found", cors)
        elif not allowed:
            await _refuse(send, 403, "kernel.other_origin", cors)
        elif scope["method"] != "GET":
            await _reply(send, 204 if scope["method"] == "OPTIONS" else 405, None, cors)
        else:
            await self._admit_stream(headers, scope, receive, (send, cors))

    async def _admit_stream(
        self, headers: Headers, scope: MutableMapping[str, Any], receive: Receive, out: tuple[Send, list[Any]]
    ) -> None:
        known = await self._ask(self._admit, headers)
        if known is None:
            await _refuse(out[0], 401, "kernel.login_needed", out[1])
        elif len(self._hub.streams) >= MOST_STREAMS:
            await _refuse(out[0], 503, "kernel.busy", out[1])
        else:
            await self._stream(Stream(*known), headers, _last(headers, scope), receive, out)

    async def _stream(
        self, stream: Stream, headers: Headers, last: int | None, receive: Receive, out: tuple[Send, list[Any]]
    ) -> None:
        """Send until either side has had enough."""
        send, cors = out
        since = self._hub.position
        self._hub.streams.add(stream)  # from here on it hears what comes after `since`
        self._who[stream] = headers
        watch = asyncio.create_task(_watch(stream, receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": [*_STREAM, *cors]})
            await send(_part(await self._missed(stream, last, since)))
            while (data := await stream.next()) is not None:
                await send(_part(data))
            await send({"type": "http.response.body", "body": b""})
        except OSError:
            log.debug("a stream broke off")
        finally:
            watch.cancel()
            self._hub.streams.discard(stream)
            self._who.pop(stream, None)

    async def _missed(self, stream: Stream, last: int | None, since: int) -> bytes:
        """What happened while the client was away; if that was too much, the word to read everything again."""
        hello = f'retry: 2000\nid: {since}\nevent: hello\ndata: {{"position":{since}}}\n\n'.encode()
        if last is None or last >= since:
            return hello
        if since - last > MOST_BEHIND:
            return f'id: {since}\nevent: reset\ndata: {{"position":{since}}}\n\n'.encode()
        missed = await self._ask(messages_after, last, since)
        return b"".join(message.text for message in missed if stream.hears(message)) + hello

    def _origin(self, headers: Headers) -> bool:
        """Only pages of the web process may read along with somebody's session, whatever name the machine goes by."""
        origin = headers.get("origin")
        if origin is None or origin == self._web_origin:
            return True
        here, there = urlsplit(f"//{headers.get('host', '')}").hostname, urlsplit(origin)
        return there.hostname == here and there.port == self._web_port

    def _state(self) -> dict[str, Any]:
        silent = time.monotonic() - self._told_at
        return {
            "live": True,
            "ready": silent < 10,
            "streams": len(self._hub.streams),
            "position": self._hub.position,
            "silent_seconds": round(silent, 1),
        }

    async def _ask(self, function: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._database, function, *arguments)


async def _watch(stream: Stream, receive: Receive) -> None:
    """Notice that the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.close()


def _last(headers: Headers, scope: MutableMapping[str, Any]) -> int | None:
    """The position after which the client missed what happened: from the header, else from `?last_event_id=`."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("last_event_id", [""])[0]
    text = headers.get("last-event-id") or asked
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


_STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


def _cors(origin: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"access-control-allow-headers", b"last-event-id, cache-control"),
        (b"vary", b"origin"),
    ]


def _part(data: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": True}


async def _refuse(send: Send, status: int, code: str, headers: list[tuple[bytes, bytes]]) -> None:
    body = {"type": f"urn:chengyun:{code}", "status": status, "code": code}
    await _reply(send, status, body, headers, b"application/problem+json")


async def _reply(
    send: Send,
    status: int,
    body: dict[str, Any] | None,
    headers: list[tuple[bytes, bytes]],
    mime: bytes = b"application/json",
) -> None:
    data = json.dumps(body).encode() if body is not None else b""
    length = [(b"content-length", str(len(data)).encode())] if status != 204 else []
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"content-type", mime), *length, *headers]}
    )
    await send({"type": "http.response.body", "body": data})
