"""Who acts. Free of Django, so that rules and engines can name an actor."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@runtime_checkable
class Actor(Protocol):
    """Whoever does something: a person, a token, the system itself, or a resident without an account."""

    @property
    def actor_id(self) -> str:
        """Opaque id, unique within the kind."""

    @property
    def actor_kind(self) -> str:
        """One of "person", "token", "system", "resident"."""


@dataclass(frozen=True)
class System:
    """A part of the platform acting on its own account: the worker, the simulator, an import."""

    name: str

    @property
    def actor_id(self) -> str:
        return self.name

    @property
    def actor_kind(self) -> str:
        return "system"


@dataclass(frozen=True)
class Resident:
    """Someone outside, without an account, known only by what was handed to them (a case number and code)."""

    ref: str

    @property
    def actor_id(self) -> str:
        return self.ref

    @property
    def actor_kind(self) -> str:
        return "resident"


@dataclass(frozen=True)
class Known:
    """An actor of whom only kind and id are at hand: who started a job, who wrote an entry."""

    actor_kind: str
    actor_id: str


def actor_of(kind: str, ref: str) -> Actor:
    """The actor that `kind` and `ref` name, as a part of the platform or as one who is known."""
    return System(ref) if kind == "system" else Known(kind, ref)
