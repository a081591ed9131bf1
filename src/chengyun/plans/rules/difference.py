"""What differs between two versions of a document: which item is which, what was added, changed, moved, removed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chengyun.plans.rules.units import key_of

ALIKE = 0.6  # Dice coefficient of character pairs from which a changed sentence is the same item
PLACE = frozenset({"path", "label", "number"})
"""Fields that only say where an item stands."""


@dataclass(frozen=True)
class Known:
    """An item of either version: what names it, where it stands, and its fields."""

    words: str
    path: tuple[str, ...]
    fields: Mapping[str, Any]


@dataclass
class Difference:
    """By places in the two lists: pairs that are the same item, with the names of the fields that differ."""

    same: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)

    @property
    def changed(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """Pairs of which more than the place differs."""
        return [pair for pair in self.same if set(pair[2]) - PLACE]

    @property
    def moved(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """Pairs that only stand elsewhere."""
        return [pair for pair in self.same if pair[2] and not set(pair[2]) - PLACE]


def compare(before: Sequence[Known], after: Sequence[Known]) -> Difference:
    """Match the items of two versions: equal words first (the same heading before another), then alike ones."""
    pairs = _equal(before, after)
    pairs |= _alike(before, after, set(pairs), set(pairs.values()))
    found = Difference()
    for old, new in sorted(pairs.items(), key=lambda pair: pair[1]):
        found.same.append((old, new, differing(before[old].fields, after[new].fields)))
    found.added = [n for n in range(len(after)) if n not in set(pairs.values())]
    found.removed = [n for n in range(len(before)) if n not in pairs]
    return found


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the fields whose values differ, sorted."""
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))


def _equal(before: Sequence[Known], after: Sequence[Known]) -> dict[int, int]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(after):
        places[key_of(one.words)].append(n)
    pairs: dict[int, int] = {}
    for same_place in (True, False):
        for n, one in enumerate(before):
            left = places.get(key_of(one.words), [])
            match = next((m for m in left if not same_place or after[m].path == one.path), None)
            if n not in pairs and match is not None:
                pairs[n] = match
                left.remove(match)
    return pairs


def _alike(before: Sequence[Known], after: Sequence[Known], used: set[int], taken: set[int]) -> dict[int, int]:
    """The best pairs first; only items that share some characters in a row are compared."""
    grams = {m: pairs_of(one.words) for m, one in enumerate(after) if m not in taken}
    holding: defaultdict[str, set[int]] = defaultdict(set)
    for m, own in grams.items():
        for gram in own:
            holding[gram].add(m)
    scored = []
    for n, one in enumerate(before):
        if n in used:
            continue
        mine = pairs_of(one.words)
        near = {m for gram in mine for m in holding.get(gram, ())}
        scored += [(score, n, m) for m in near if (score := likeness(mine, grams[m])) >= ALIKE]
    pairs: dict[int, int] = {}
    for _, n, m in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if n not in pairs and m not in pairs.values():
            pairs[n] = m
    return pairs


def pairs_of(words: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    key = key_of(words)
    return frozenset(key[i : i + 2] for i in range(len(key) - 1)) or frozenset({key})


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
