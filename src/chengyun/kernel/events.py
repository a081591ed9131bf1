"""What rooms tell each other: one frozen dataclass per event, registered by name. Free of Django."""

import fnmatch
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

E = TypeVar("E", bound=type)

_events: dict[str, type[Any]] = {}


def event(name: str) -> Callable[[E], E]:
    """Register a frozen dataclass as the event `name` ("cases.dispatched": room, dot, past tense).

    Its fields are the facts: ids, codes, numbers, moments. Personal data and free text go to Private.
    """

    def register(kind: E) -> E:
        if not is_dataclass(kind):
            raise TypeError(f"{name}: an event is a frozen dataclass")
        if name in _events and _events[name].__qualname__ != kind.__qualname__:
            raise ValueError(f"two events are called {name}")
        _events[name] = kind
        kind.event_name = name  # type: ignore[attr-defined]
        return kind

    return register


def name_of(happened: Any) -> str:
    """The registered name of an event."""
    return str(type(happened).event_name)


def events() -> dict[str, type[Any]]:
    """All registered events by name, sorted."""
    return dict(sorted(_events.items()))


def facts_of(happened: Any) -> dict[str, Any]:
    """The facts of an event as plain JSON values."""
    kind: Any = type(happened)
    return {name: plain(getattr(happened, name)) for name in fields_of(kind)}


def plain(value: Any) -> Any:
    """A value as JSON knows it: ids and moments become text, sets become sorted lists."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(v) for v in value)
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return facts_of(value) if is_dataclass(value) else value


@dataclass(frozen=True)
class EntryView:
    """An entry of the journal as listeners see it."""

    position: int
    event: str
    kind: str
    subject: str
    number: int
    actor_kind: str
    actor_id: str
    town: int | None
    happened_at: datetime
    recorded_at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Listener:
    """A plain function that hears of events after their commit, at least once, in order per subject."""

    name: str
    patterns: tuple[str, ...]
    reads: tuple[str, ...]
    hear: Callable[[EntryView], None]
    past: bool = False

    def wants(self, name: str) -> bool:
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in self.patterns)


_listeners: dict[str, Listener] = {}


def listen(
    *patterns: str, name: str, reads: tuple[str, ...] = (), past: bool = False
) -> Callable[[Callable[[EntryView], None]], Callable[[EntryView], None]]:
    """Register a reaction to events by name or pattern ("cases.*"). `reads` are the facts that it uses.

    One that comes with an update hears what happens from then on; with `past`, also what happened before.
    """

    def register(function: Callable[[EntryView], None]) -> Callable[[EntryView], None]:
        _listeners[name] = Listener(name, patterns, reads, function, past)
        return function

    return register


def listeners() -> dict[str, Listener]:
    """All registered listeners by name, sorted."""
    return dict(sorted(_listeners.items()))


@cache
def fields_of(kind: type[Any]) -> tuple[str, ...]:
    """The names of an event's facts."""
    return tuple(f.name for f in fields(kind))
