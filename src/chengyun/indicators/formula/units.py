"""Units: what may be added, what a result may be shown in. Values are reckoned in base units (m, m2, minute, 元, t)."""

from dataclasses import dataclass, field
from functools import lru_cache

_M, _MIN, _YUAN, _T = "m", "minute", "元", "t"
_PHYSICAL = frozenset({_M, _MIN, _YUAN, _T})

_NAMED: dict[str, tuple[str, int, float]] = {
    "m": (_M, 1, 1), "米": (_M, 1, 1), "km": (_M, 1, 1e3), "公里": (_M, 1, 1e3), "m2": (_M, 2, 1), "㎡": (_M, 2, 1),
    "平方米": (_M, 2, 1), "km2": (_M, 2, 1e6), "平方公里": (_M, 2, 1e6), "ha": (_M, 2, 1e4), "公顷": (_M, 2, 1e4),
    "亩": (_M, 2, 2000 / 3), "m3": (_M, 3, 1), "立方米": (_M, 3, 1),
    "minute": (_MIN, 1, 1), "minutes": (_MIN, 1, 1), "min": (_MIN, 1, 1), "分钟": (_MIN, 1, 1),
    "hour": (_MIN, 1, 60), "hours": (_MIN, 1, 60), "h": (_MIN, 1, 60), "小时": (_MIN, 1, 60),
    "day": (_MIN, 1, 1440), "days": (_MIN, 1, 1440), "天": (_MIN, 1, 1440),
    "元": (_YUAN, 1, 1), "CNY": (_YUAN, 1, 1), "万元": (_YUAN, 1, 1e4), "亿元": (_YUAN, 1, 1e8),
    "t": (_T, 1, 1), "吨": (_T, 1, 1), "kg": (_T, 1, 1e-3), "公斤": (_T, 1, 1e-3),
    "%": ("", 0, 0.01), "‰": ("", 0, 0.001), "1": ("", 0, 1), "": ("", 0, 1),
    "person": ("person", 1, 1), "persons": ("person", 1, 1), "人": ("person", 1, 1), "people": ("person", 1, 1),
    "month": ("month", 1, 1), "月": ("month", 1, 1), "year": ("year", 1, 1), "年": ("year", 1, 1),
}  # fmt: skip
_PREFIXES = {"十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}


@dataclass(frozen=True)
class Unit:
    """`dims`: symbol and exponent; what is counted (beds, persons) is a symbol of its own. `scale`: to base units.

    `loose`: the unit of some part is not fixed (a capacity counts what its category says): it fits anything.
    """

    dims: tuple[tuple[str, int], ...] = ()
    scale: float = 1.0
    loose: bool = field(default=False)

    def times(self, other: "Unit", sign: int = 1) -> "Unit":
        """The product, or with sign -1 the quotient."""
        dims = dict(self.dims)
        for symbol, exponent in other.dims:
            dims[symbol] = dims.get(symbol, 0) + sign * exponent
        kept = tuple(sorted((s, e) for s, e in dims.items() if e))
        return Unit(kept, self.scale * other.scale**sign, self.loose or other.loose)

    def power(self, exponent: int) -> "Unit":
        """The unit of a power."""
        return Unit(tuple((s, e * exponent) for s, e in self.dims), self.scale**exponent, self.loose)

    @property
    def physical(self) -> tuple[tuple[str, int], ...]:
        """Lengths, times, money, weights; counters left out."""
        return tuple((s, e) for s, e in self.dims if s in _PHYSICAL)

    @property
    def plain(self) -> bool:
        """Whether it is a mere number."""
        return not self.dims and not self.loose

    @property
    def shared(self) -> bool:
        """Whether something stands below the line."""
        return any(e < 0 for _, e in self.dims)

    def adds_to(self, other: "Unit") -> bool:
        """Whether values of the two may be added."""
        return self.loose or other.loose or self.dims == other.dims

    def shown_in(self, other: "Unit") -> bool:
        """Whether a result of this unit can be shown in the other: counters are words, lengths and money are not."""
        if self.loose:
            return True
        if self.physical != other.physical:
            return False
        return not other.dims or self.shared == other.shared

    def words(self) -> str:
        """For messages: "m2/person"."""
        over = "·".join(_powered(s, e) for s, e in self.dims if e > 0) or "1"
        under = "/".join(_powered(s, -e) for s, e in self.dims if e < 0)
        return f"{over}/{under}" if under else over


PLAIN = Unit()
LOOSE = Unit(loose=True)


def is_unit(word: str) -> bool:
    """Whether a word after a number is its unit."""
    return word in _NAMED and bool(word)


@lru_cache(maxsize=500)
def unit_of(text: str) -> Unit:
    """A unit as written: "m2/person", "个/千人", "万m2", "places/1000 person", "t/km2·month". Any other word counts."""
    found = PLAIN
    for number, part in enumerate(text.replace("每", "/").split("/")):
        for factor in part.replace("*", "·").split("·"):
            found = found.times(_single(factor.strip()), -1 if number else 1)
    return found


def _single(text: str) -> Unit:
    head, _, rest = text.partition(" ")
    if rest and head.replace(".", "").isdigit():
        return Unit((), float(head)).times(_single(rest.strip()))
    if text in _NAMED:
        symbol, exponent, scale = _NAMED[text]
        return Unit(((symbol, exponent),) if exponent else (), scale)
    if text[:1] in _PREFIXES and len(text) > 1:
        return Unit((), _PREFIXES[text[0]]).times(_single(text[1:]))
    return Unit(((text, 1),))


def _powered(symbol: str, exponent: int) -> str:
    return symbol if exponent == 1 else f"{symbol}{exponent}"
