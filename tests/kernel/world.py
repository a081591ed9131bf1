"""Actors, a subject with a table of its own, and events: what the kernel's tests act with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chengyun.kernel.access import EVERYTHING, NOTHING, Scope, Where
from chengyun.kernel.actor import Actor, Known, System
from chengyun.kernel.events import event
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.journal.record import record

SYSTEM = System("test")
ANNA = Known("person", "anna")
BERT = Known("person", "bert")


@event("kernel.test_done")
@dataclass(frozen=True)
class Done:
    what: int


class Thing:
    """As much of a subject as the journal reads."""

    subject_kind = "thing"

    def __init__(self, town: int | None = 7, people: frozenset[str] = frozenset()) -> None:
        self.uuid, self.version = new_uuid(), 1
        self._where = Where(town=town, areas=frozenset({3}), people=people)

    def where(self) -> Where:
        return self._where


def happen(thing: Thing, what: int = 0, private: Mapping[str, str] | None = None) -> Entry:
    return record(Done(what), thing, SYSTEM, private=private)  # type: ignore[arg-type]


@dataclass
class Policy:
    """Scopes by actor and permission, where accounts would look into its tables."""

    scopes: dict[tuple[str, str], Scope] = field(default_factory=dict)

    def scope(self, actor: Actor, permission: str) -> Scope:
        return self.scopes.get((actor.actor_id, permission), NOTHING)

    def allow(self, actor: Actor, *permissions: str, scope: Scope = EVERYTHING) -> None:
        for permission in permissions:
            self.scopes[actor.actor_id, permission] = scope
