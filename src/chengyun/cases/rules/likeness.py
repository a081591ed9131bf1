"""Which case may be about the same thing: by place, time, class and words. Pure."""

import itertools
import math
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Sight:
    """What is compared of a case. `grams` are character bigrams of its text; `point` longitude and latitude."""

    class_code: str
    point: tuple[float, float] | None
    reported_at: datetime
    grams: frozenset[str]
    facility: int | None = None


@dataclass(frozen=True)
class Likeness:
    """How alike two cases are, from 0 to 1, and why."""

    score: float
    metres: float | None
    hours: float
    same_class: bool
    words: float


def grams_of(text: str) -> frozenset[str]:
    """Character bigrams of a text, letters and digits only."""
    plain = [c for c in text.lower() if c.isalnum()]
    return frozenset(a + b for a, b in itertools.pairwise(plain))


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance in metres, good to 0.5 % over a town."""
    middle = math.radians((one[1] + other[1]) / 2)
    return math.hypot((one[0] - other[0]) * 111_320 * math.cos(middle), (one[1] - other[1]) * 110_574)


def likeness(one: Sight, other: Sight, reach: float, days: float) -> Likeness:
    """How alike two cases are. `reach` in metres and `days` are the town's windows: beyond them nothing is alike."""
    metres = metres_between(one.point, other.point) if one.point and other.point else None
    hours = abs((one.reported_at - other.reported_at).total_seconds()) / 3600
    same_class = bool(one.class_code) and one.class_code == other.class_code
    both = len(one.grams | other.grams)
    words = len(one.grams & other.grams) / both if both else 0.0
    near = 0.5 if metres is None else max(0.0, 1 - metres / reach)
    recent = max(0.0, 1 - hours / (24 * days))
    same_thing = 1.0 if one.facility is not None and one.facility == other.facility else 0.0
    score = 0.35 * near + 0.1 * recent + 0.25 * same_class + 0.3 * min(1.0, 2.5 * words)
    if (metres is not None and metres > reach) or hours > 24 * days:
        score = 0.0
    return Likeness(round(max(score, 0.9 * same_thing), 3), metres, hours, same_class, words)
