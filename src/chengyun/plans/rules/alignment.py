"""Which items of two documents belong together, and which contradict each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chengyun.plans.rules.difference import likeness, pairs_of

SERVES = 0.34  # a yearly task says less or more than the one it serves
SAME_THING = 0.6
_MOST_FREQUENT = 200


@dataclass(frozen=True)
class Piece:
    """A task or target as it is compared: its key, the document that it stands in, and its words."""

    key: int
    document: int
    words: str


@dataclass(frozen=True)
class Promise:
    """A target as it is compared with others: what is measured, by when, and the number in its base unit."""

    key: int
    document: int | None
    object: str
    unit: str
    comparator: str
    value: float
    value_max: float | None
    by: date | None
    recurrence: str = ""


@dataclass(frozen=True)
class Clash:
    """Two targets about the same thing at the same time: the same number twice, or different ones."""

    one: int
    other: int
    kind: str


def propose(lower: Sequence[Piece], upper: Sequence[Piece], threshold: float = SERVES) -> list[tuple[int, int, float]]:
    """For each piece of the lower document the most alike one of the upper: (lower key, upper key, likeness)."""
    grams = [(piece.key, pairs_of(piece.words)) for piece in upper]
    found = []
    for piece in lower:
        mine = pairs_of(piece.words)
        scored = [(containment(mine, theirs), key) for key, theirs in grams]
        best = max(scored, default=(0.0, 0))
        if best[0] >= threshold:
            found.append((piece.key, best[1], round(best[0], 3)))
    return found


def containment(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter text stands in the longer, held down where lengths differ much. 0 to 1."""
    shared = len(one & other)
    return 0.5 * (shared / max(1, min(len(one), len(other))) + likeness(one, other))


def clashes(promises: Sequence[Promise]) -> list[Clash]:
    """Pairs of targets that say the same thing twice, or different numbers for the same thing and time."""
    found = []
    for one, other in _neighbours(promises):
        if likeness(pairs_of(one.object), pairs_of(other.object)) < SAME_THING:
            continue
        same = (one.value, one.value_max, one.comparator) == (other.value, other.value_max, other.comparator)
        found.append(Clash(one.key, other.key, "same" if same else "conflict"))
    return found


def _neighbours(promises: Sequence[Promise]) -> Iterator[tuple[Promise, Promise]]:
    """Pairs with the same unit, time and rhythm, of different sentences."""
    groups: defaultdict[tuple[str, date | None, str], list[Promise]] = defaultdict(list)
    for promise in promises:
        groups[promise.unit, promise.by, promise.recurrence].append(promise)
    for group in groups.values():
        for place, one in enumerate(group[:_MOST_FREQUENT]):
            for other in group[place + 1 : _MOST_FREQUENT]:
                yield one, other
