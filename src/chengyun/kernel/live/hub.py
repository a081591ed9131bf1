"""Who listens, and what each of them is told. Free of Django: grants are compiled outside and handed in."""

import asyncio
import json
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from chengyun.kernel.access import Scope, Where
from chengyun.kernel.actor import Actor

MOST_WAITING = 2_000  # messages; who is so far behind is told to read everything again
HEARTBEAT = b": \n\n"


@dataclass(frozen=True)
class Message:
    """What is sent of an entry: enough to fetch it, nothing to learn from it."""

    position: int
    event: str
    kind: str
    subject: str
    version: int
    where: Where

    @cached_property
    def text(self) -> bytes:
        """The message as an event of a stream; encoded once for all who hear it."""
        said = {
            "position": self.position,
            "event": self.event,
            "kind": self.kind,
            "id": self.subject,
            "version": self.version,
        }
        return f"id: {self.position}\ndata: {json.dumps(said, separators=(',', ':'))}\n\n".encode()


@dataclass(eq=False)
class Stream:
    """One open stream: whose, what may be heard, what waits to be sent."""

    actor: Actor
    grants: Mapping[str, Scope]
    waiting: deque[bytes] = field(default_factory=deque)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    closed: bool = False
    stale: bool = False  # grants or login may have changed: asked again before anything else is sent

    def hears(self, message: Message) -> bool:
        """Whether the grants reach the place of the subject, or it concerns the person himself."""
        if self.actor.actor_id in message.where.people:
            return True
        scope = self.grants.get(message.kind)
        return scope is not None and scope.holds(message.where)

    def offer(self, data: bytes) -> None:
        """Put something into the queue; who does not read is closed, and comes again."""
        if len(self.waiting) >= MOST_WAITING:
            self.close()
            return
        self.waiting.append(data)
        self.wake.set()

    def close(self) -> None:
        """End the stream once what it is sending now is sent."""
        self.closed = True
        self.wake.set()

    async def next(self) -> bytes | None:
        """What is to be sent now, all at once; None when the stream is over."""
        while not self.waiting and not self.closed:
            self.wake.clear()
            await self.wake.wait()
        if self.closed:
            return None
        data = b"".join(self.waiting)
        self.waiting.clear()
        return data


class Hub:
    """All open streams of this process."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self.position = 0  # the last entry that was told

    def tell(self, messages: Iterable[Message]) -> None:
        """Tell everyone what he may hear. Streams with the same grants are asked once."""
        for message in messages:
            asked: dict[int, bool] = {}
            for stream in self.streams:
                if self._hears(stream, message, asked):
                    stream.offer(message.text)
            self.position = max(self.position, message.position)

    def _hears(self, stream: Stream, message: Message, asked: dict[int, bool]) -> bool:
        scope = stream.grants.get(message.kind)
        if scope is None or message.where.people:
            return stream.hears(message)
        known = asked.get(id(scope))
        if known is None:
            known = asked[id(scope)] = scope.holds(message.where)
        return known

    def doubt(self, messages: Iterable[Message]) -> None:
        """Mark the streams whose rights or login an entry of `accounts` may have changed."""
        for message in messages:
            if message.event.startswith("accounts."):
                own = message.kind == "person"
                for stream in self.streams:
                    if not own or stream.actor.actor_id == message.subject:
                        stream.stale = True

    def doubt_all(self) -> None:
        """Mark every stream: sessions end without an entry, too."""
        for stream in self.streams:
            stream.stale = True

    def heartbeat(self) -> None:
        """A comment to each stream, so that nothing between takes it for dead."""
        for stream in self.streams:
            if not stream.waiting:
                stream.offer(HEARTBEAT)

    def close_all(self) -> None:
        """End every stream: the process stops."""
        for stream in self.streams:
            stream.close()
