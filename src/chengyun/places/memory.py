"""What this process holds of a town in memory: its areas and its names, until the town's revision changes."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from chengyun.kernel.ids import new_uuid
from chengyun.places.models import Revision

T = TypeVar("T")
_FRESH = 1.0  # seconds for which a revision once read is believed


@dataclass
class _Held(Generic[T]):
    token: UUID | None
    value: T
    asked: float


@dataclass
class Kept(Generic[T]):
    """Values by town, made by `make` and kept while the town's revision stands. Safe among threads."""

    make: Callable[[int], T]
    _held: dict[int, _Held[T]] = field(default_factory=dict)
    _lock: Any = field(default_factory=threading.RLock)

    def of(self, town: int) -> T:
        """The value of a town; one look at the revision a second at most."""
        held = self._held.get(town)
        if held and time.monotonic() - held.asked < _FRESH:
            return held.value
        with self._lock:
            return self._renew(town)

    def _renew(self, town: int) -> T:
        token = Revision.objects.filter(town_id=town).values_list("token", flat=True).first()
        held = self._held.get(town)
        if held is None or held.token != token:
            held = self._held[town] = _Held(token, self.make(town), 0.0)
        held.asked = time.monotonic()
        return held.value

    def doubt(self, town: int) -> None:
        """Ask for the revision at the next use."""
        held = self._held.get(town)
        if held:
            held.asked = float("-inf")


_all: list[Kept[Any]] = []


def keep(make: Callable[[int], T]) -> Kept[T]:
    """A new store, told by `changed`."""
    store = Kept(make)
    _all.append(store)
    return store


def changed(town: int) -> None:
    """Say that what is held of a town is no longer true: call inside the transaction that changes it."""
    Revision.objects.update_or_create(town_id=town, defaults={"token": new_uuid()})
    for store in _all:
        store.doubt(town)
