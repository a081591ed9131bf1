"""The tree of a formula. Names are as written until `bind` makes them full; every node knows its place in the text.

Two nodes that say the same at different places are equal, so that what is computed for one serves the other.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from chengyun.indicators.formula.problems import Pos

Metric = Literal["straight", "foot", "car"]
How = Literal["count", "distinct", "sum", "mean", "median", "min", "max", "share"]


@dataclass(frozen=True)
class During:
    """Another time than the period of the evaluation. kind: year, year_before, months, span, all."""

    kind: Literal["year", "year_before", "months", "span", "all"]
    at: Pos = field(compare=False)
    months: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Things:
    """Things of a measure; `filters` are joined by "and"."""

    name: str
    filters: tuple["Cond", ...]
    during: During | None
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Reach:
    """How far is near: metres (straight or along streets) or minutes."""

    limit: float
    timed: bool
    metric: Metric


@dataclass(frozen=True)
class Word:
    """A bare word in parentheses: a category. `bind` makes a comparison of it."""

    text: str
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class FieldOf:
    """A field of the things."""

    name: str
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Way:
    """Minutes or metres from each thing to the nearest of others."""

    timed: bool
    things: Things
    metric: Metric
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Compare:
    """A field, or a way, against words or a number. op: = != < <= > >= in."""

    what: FieldOf | Way
    op: str
    values: tuple[str | float | date, ...]
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Known:
    """Whether a field is known."""

    what: FieldOf
    wanted: bool
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Has:
    """At least `least` things belong to it, or are near it."""

    least: int
    things: Things
    reach: Reach | None
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Each:
    """every, any or no thing that belongs to it fulfils a condition."""

    which: Literal["every", "any", "no"]
    things: Things
    cond: "Cond"
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Join:
    """op: and, or."""

    op: Literal["and", "or"]
    parts: tuple["Cond", ...]
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Not:
    part: "Cond"
    at: Pos = field(compare=False)


Cond = Word | Compare | Known | Has | Each | Join | Not


@dataclass(frozen=True)
class Number:
    """A number with its unit as written ("" none)."""

    value: float
    unit: str
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Figure:
    """A measure of figures."""

    name: str
    filters: tuple[Cond, ...]
    during: During | None
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Amount:
    """A count, sum, mean … or share of things. `value`: of what, where it is not the things themselves."""

    how: How
    value: FieldOf | Way | None
    things: Things
    where: Cond | None
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Negative:
    part: "Expr"
    at: Pos = field(compare=False)


@dataclass(frozen=True)
class Binary:
    """op: + - * / ^ per. With `per` the factor says per how many ("per 1000")."""

    op: str
    left: "Expr"
    right: "Expr"
    at: Pos = field(compare=False)
    factor: float = 1.0


Expr = Number | Figure | Amount | Negative | Binary


def constant(node: Expr) -> float | None:
    """What an expression of numbers alone gives; None where things are in it, or where it gives no number."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Negative):
        part = constant(node.part)
        return None if part is None else -part
    if not isinstance(node, Binary):
        return None
    left, right = constant(node.left), constant(node.right)
    if node.op == "*" and 0 in (left, right):
        return 0.0
    if left is None or right is None or node.op not in _REDUCE:
        return None
    try:
        found = _REDUCE[node.op](left, right)
    except ArithmeticError:
        return None
    return found if isinstance(found, float) else None


_REDUCE: dict[str, Callable[[float, float], float | complex]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow,
}  # fmt: skip
