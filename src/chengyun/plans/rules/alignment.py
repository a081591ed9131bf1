"""Which items of two documents belong together, and which contradict each other."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import log, sqrt

from chengyun.plans.rules.difference import likeness, pairs_of
from chengyun.plans.rules.units import key_of

SERVES = 0.08  # a yearly task uses other words than the one it serves: measured on work points and their plan
SAME_TARGET = 0.35  # the name of a target is short: below this, pairs of the same plans were about different things
CLEARLY = 1.4
PHRASE = 4  # characters in a row that both have: fewer (市民健, 位新增) were chance in every pair that was looked at
_COMMON = re.compile(
    "[^\u4e00-\u9fffA-Za-z]+|进一步|高质量|高品质|公共服务|服务设施|基础设施|建设|推进|推动|提升|加强|加快|加大|完善|健全"
    "|强化|优化|深化|实施|开展|落实|完成|持续|全面|积极|不断|打造|改造|工作|项目|工程|体系|机制|水平|平方米"
)
"""What stands in the tasks of every plan, and says nothing of whether two are about the same thing."""
SAME_THING = 0.6
_STEP = re.compile("意愿征询|征询|签约|签订|立项|启动|开工|完工|竣工|建成|验收|投用|投产")
_MOST_FREQUENT = 200


@dataclass(frozen=True)
class Piece:
    """A task or target as it is compared: its key, the document that it stands in, its words, a target's base unit."""

    key: int
    document: int
    words: str
    unit: str = ""


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
    town: int = 0


@dataclass(frozen=True)
class Clash:
    """Two targets about the same thing at the same time: the same number twice, or different ones."""

    one: int
    other: int
    kind: str


def propose(lower: Sequence[Piece], upper: Sequence[Piece], least: float = SERVES) -> list[tuple[int, int, float]]:
    """For each piece of the lower document the one of the upper that it most likely serves: (lower, upper, likeness).

    Pairs of neighbouring characters count by how rare they are in both documents (cosine, 0 to 1). What is not clearly
    more alike than the second best, or shares no phrase that tells what it is about, is not proposed: a person would
    have to look for it anyway.
    """
    weights = _weights([*lower, *upper])
    above = [(piece, pairs_of(piece.words)) for piece in upper]
    lengths = {piece.key: _length(grams, weights) for piece, grams in above}
    phrases = {piece.key: _phrases(piece.words) for piece in upper}
    found = []
    for piece in lower:
        mine = pairs_of(piece.words)
        own = _length(mine, weights)
        scored = sorted(
            (
                (_shared(mine & grams, weights) / (own * lengths[other.key]), other.key)
                for other, grams in above
                if piece.unit == other.unit or not (piece.unit and other.unit)
            ),
            reverse=True,
        )
        best, second = [*scored, (0.0, 0), (0.0, 0)][:2]
        if best[0] < max(least, CLEARLY * second[0]):
            continue
        if _phrases(piece.words) & phrases[best[1]]:
            found.append((piece.key, best[1], round(best[0], 3)))
    return found


def _phrases(words: str) -> frozenset[str]:
    """The runs of `PHRASE` characters of a text, without those that stand in every plan."""
    parts = _COMMON.split(key_of(words))
    return frozenset(part[i : i + PHRASE] for part in parts for i in range(len(part) - PHRASE + 1))


def _weights(pieces: Sequence[Piece]) -> dict[str, float]:
    """How much a pair of characters tells: what stands in every piece tells little."""
    counted = Counter(gram for piece in pieces for gram in pairs_of(piece.words))
    return {gram: log(1 + len(pieces) / n) ** 2 for gram, n in counted.items()}


def _shared(grams: frozenset[str], weights: dict[str, float]) -> float:
    return sum(weights[gram] for gram in grams)


def _length(grams: frozenset[str], weights: dict[str, float]) -> float:
    return sqrt(_shared(grams, weights)) or 1.0


def clashes(promises: Sequence[Promise]) -> list[Clash]:
    """Pairs of targets that say the same thing twice, or different numbers for the same thing and time."""
    found = []
    for one, other in _neighbours(promises):
        if likeness(pairs_of(one.object), pairs_of(other.object)) < SAME_THING or _steps(one) != _steps(other):
            continue
        same = (one.value, one.value_max, one.comparator) == (other.value, other.value_max, other.comparator)
        found.append(Clash(one.key, other.key, "same" if same else "conflict"))
    return found


def _neighbours(promises: Sequence[Promise]) -> Iterator[tuple[Promise, Promise]]:
    """Pairs of one town with the same unit, time and rhythm."""
    groups: defaultdict[tuple[int, str, date | None, str], list[Promise]] = defaultdict(list)
    for promise in promises:
        groups[promise.town, promise.unit, promise.by, promise.recurrence].append(promise)
    for group in groups.values():
        for place, one in enumerate(group[:_MOST_FREQUENT]):
            for other in group[place + 1 : _MOST_FREQUENT]:
                yield one, other


def _steps(promise: Promise) -> frozenset[str]:
    """Which steps of a work are counted: 25 begun and 25 finished are two promises."""
    return frozenset(_STEP.findall(promise.object))
