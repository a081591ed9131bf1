"""A value for each area with how low and how high it may really be, and what it stands on."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Span:
    """Arrays over areas. `value` is NaN where there is none; `low` ≤ truth ≤ `high`.

    `confidence`: the share of what it rests on that is known, 0 to 1. `estimated`: derived, never scored.
    """

    value: Floats
    low: Floats
    high: Floats
    confidence: Floats
    estimated: Flags

    @classmethod
    def exact(cls, value: Floats) -> "Span":
        """A value without doubt."""
        return cls(value, value, value, np.ones(len(value)), np.zeros(len(value), dtype=bool))

    @classmethod
    def constant(cls, number: float, length: int) -> "Span":
        """One number for all areas."""
        return cls.exact(np.full(length, number))

    @classmethod
    def nothing(cls, length: int) -> "Span":
        """No value anywhere, and no idea."""
        none, infinite = np.full(length, np.nan), np.full(length, np.inf)
        return cls(none, -infinite, infinite, np.zeros(length), np.zeros(length, dtype=bool))

    @property
    def missing(self) -> Flags:
        return np.isnan(self.value)

    def zeroed(self, where: Flags) -> "Span":
        """Zero instead of nothing, at these areas."""
        gone = self.missing & where
        zero = [np.where(gone, 0.0, a) for a in (self.value, self.low, self.high)]
        return replace(self, value=zero[0], low=zero[1], high=zero[2])

    def emptied(self, where: Flags) -> "Span":
        """Nothing at these areas."""
        value = np.where(where, np.nan, self.value)
        low, high = np.where(where, -np.inf, self.low), np.where(where, np.inf, self.high)
        return replace(self, value=value, low=low, high=high, confidence=np.where(where, 0.0, self.confidence))


def negative(a: Span) -> Span:
    """-a."""
    return replace(a, value=-a.value, low=-a.high, high=-a.low)


def plus(a: Span, b: Span) -> Span:
    """a + b."""
    with np.errstate(invalid="ignore"):
        return _both(a, b, a.value + b.value, _clean(a.low + b.low, -np.inf), _clean(a.high + b.high, np.inf))


def times(a: Span, b: Span) -> Span:
    """a * b."""
    return _corners(a, b, np.multiply)


def over(a: Span, b: Span) -> Span:
    """a / b; nothing where b is zero."""
    zero = b.value == 0
    found = _corners(a, b, _divide)
    if np.any((b.low <= 0) & (b.high >= 0) & ~zero):
        wide = (b.low <= 0) & (b.high >= 0)
        found = replace(found, high=np.where(wide, np.inf, found.high))
    return found.emptied(zero) if zero.any() else found


def power(a: Span, b: Span) -> Span:
    """a ^ b; nothing where a negative number is raised to a broken power."""
    found = _corners(a, b, np.power)
    below = (a.low < 0) & (a.low != a.high)  # the corners of an infinite negative base say nothing
    return replace(found, low=np.where(below, -np.inf, found.low), high=np.where(below, np.inf, found.high))


def _divide(a: Floats, b: Floats) -> Floats:
    return np.asarray(np.divide(a, b, out=np.full(len(a), np.nan), where=b != 0))


def _corners(a: Span, b: Span, op: Callable[[Floats, Floats], Floats]) -> Span:
    """The least and the most of an operation that is monotone in each part, from the four corners."""
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        value = op(a.value, b.value)
        corners = np.stack([op(x, y) for x in (a.low, a.high) for y in (b.low, b.high)])
        unknown = np.isnan(corners).any(axis=0)
        low = np.where(
            unknown, -np.inf, np.min(np.nan_to_num(corners, nan=np.inf, posinf=np.inf, neginf=-np.inf), axis=0)
        )
        high = np.where(
            unknown, np.inf, np.max(np.nan_to_num(corners, nan=-np.inf, posinf=np.inf, neginf=-np.inf), axis=0)
        )
    exact = (a.low == a.high) & (b.low == b.high) & ~np.isnan(value)
    return _both(a, b, value, np.where(exact, value, low), np.where(exact, value, high))


def _both(a: Span, b: Span, value: Floats, low: Floats, high: Floats) -> Span:
    return Span(value, low, high, np.minimum(a.confidence, b.confidence), a.estimated | b.estimated)


def _clean(values: Floats, instead: float) -> Floats:
    return np.where(np.isnan(values), instead, values)
