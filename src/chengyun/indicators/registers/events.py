"""What registers tell."""

from dataclasses import dataclass

from chengyun.kernel.events import event


@event("indicators.register_set")
@dataclass(frozen=True)
class RegisterSet:
    """A register was made, or its columns, words or completeness changed."""

    code: str
    columns: tuple[str, ...]
    complete: bool


@event("indicators.register_retired")
@dataclass(frozen=True)
class RegisterRetired:
    code: str


@event("indicators.entry_set")
@dataclass(frozen=True)
class EntrySet:
    """A record was added by hand or changed: which of its columns. `entry` is its key."""

    register: str
    entry: int
    columns: tuple[str, ...]


@event("indicators.entry_removed")
@dataclass(frozen=True)
class EntryRemoved:
    register: str
    entry: int


@event("indicators.entries_imported")
@dataclass(frozen=True)
class EntriesImported:
    """Some records of a file were taken in; a long file comes in several of these."""

    register: str
    new: int
    changed: int
    same: int
