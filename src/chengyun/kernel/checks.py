"""What `chengyun doctor` asks: a registry that every room fills in its checks.py. Free of Django."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["good", "note", "wrong"]


@dataclass(frozen=True)
class Finding:
    """One thing that a check saw, in both languages. "note" is worth knowing, "wrong" wants a hand; say which."""

    level: Level
    zh: str
    en: str


def good(zh: str, en: str) -> Finding:
    """Something is as it should be."""
    return Finding("good", zh, en)


def note(zh: str, en: str) -> Finding:
    """Something to know, which keeps nothing from working."""
    return Finding("note", zh, en)


def wrong(zh: str, en: str) -> Finding:
    """Something that keeps a part from working, with what to do about it."""
    return Finding("wrong", zh, en)


@dataclass(frozen=True)
class Check:
    """A question with its title. A `quick` one is asked before every start, so it takes milliseconds."""

    name: str
    zh: str
    en: str
    ask: Callable[[], Iterable[Finding]]
    quick: bool = False


_checks: dict[str, Check] = {}


def check(
    name: str, *, zh: str, en: str, quick: bool = False
) -> Callable[[Callable[[], Iterable[Finding]]], Callable[[], Iterable[Finding]]]:
    """Register a check as "<room>.<what>"; it yields its findings, and none means that there was nothing to see."""

    def register(function: Callable[[], Iterable[Finding]]) -> Callable[[], Iterable[Finding]]:
        _checks[name] = Check(name, zh, en, function, quick)
        return function

    return register


def checks() -> dict[str, Check]:
    """All registered checks, in the order of registration."""
    return dict(_checks)
