"""Counts, sums, means and shares over areas, each with how low and how high it may be."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from chengyun.indicators.formula import tree
from chengyun.indicators.formula.holding import Chosen, Conditions
from chengyun.indicators.formula.reaching import FARTHEST_METRES, FARTHEST_MINUTES
from chengyun.indicators.formula.spans import Flags, Floats, Span
from chengyun.indicators.formula.truth import Truth
from chengyun.indicators.formula.units import unit_of
from chengyun.indicators.formula.world import Held, World
from chengyun.kernel.measures import Coded, Ints

Reduce = Callable[[Floats], float]
_REDUCE: dict[str, Reduce] = {
    "mean": lambda v: float(np.mean(v)),
    "median": lambda v: float(np.median(v)),
    "min": lambda v: float(np.min(v)),
    "max": lambda v: float(np.max(v)),
}


@dataclass(frozen=True)
class Parts:
    """A quantity with what it is a ratio of, where it is one."""

    span: Span
    numerator: Floats | None = None
    denominator: Floats | None = None


def amount(node: tree.Amount, conditions: Conditions) -> Parts:
    """A quantity in every area."""
    world, chosen = conditions.world, conditions.things(node.things)
    if chosen.held.table.missing is not None:
        return Parts(Span.nothing(world.size))
    where = conditions.holds(node.where, chosen.held) if node.where else None
    blind = conditions.blind(node.things, chosen.held)
    if node.how == "share":
        found = _share(node, conditions, chosen, where or Truth.always(len(chosen.held)), blind)
    else:
        base = chosen.truth.both(where) if where else chosen.truth
        span = _QUANTITIES[node.how](node, conditions, chosen.held, base)
        found = Parts(replace(span, high=np.full(world.size, np.inf)) if blind else span)
    absent = ~world.placed(chosen.held)
    return Parts(found.span.emptied(absent), found.numerator, found.denominator) if absent.any() else found


def _count(unused: tree.Amount, conditions: Conditions, held: Held, base: Truth) -> Span:
    world = conditions.world
    sure = world.sums(held, base.sure)
    most = sure if base.sure is base.possible else world.sums(held, base.possible)
    return Span(sure, sure, most, _ratio(sure, most), np.zeros(world.size, dtype=bool))


def _distinct(node: tree.Amount, conditions: Conditions, held: Held, base: Truth) -> Span:
    """How many different values: of a reference, a word or a number."""
    world = conditions.world
    name = node.value.name if isinstance(node.value, tree.FieldOf) else ""
    column = held.table.columns[name]
    codes = column.codes if isinstance(column, Coded) else np.unique(column, return_inverse=True)[1]
    known = codes >= 0 if isinstance(column, Coded) else column >= 0

    def counted(rows: Flags) -> Floats:
        index = np.flatnonzero(rows & known)
        found = np.zeros(world.size)
        for places in held.groups[:, index]:
            pairs = np.unique(np.stack([places, codes[index]]), axis=1) if len(index) else np.zeros((2, 0), int)
            found += np.bincount(pairs[0], minlength=world.size + 1)[: world.size]
        return found

    sure, most = counted(base.sure), counted(base.possible)
    return Span(sure, sure, most, _ratio(sure, most), np.zeros(world.size, dtype=bool))


def _sum(node: tree.Amount, conditions: Conditions, held: Held, base: Truth) -> Span:
    """A sum; where a number is not known it may be anything from nothing up."""
    world, (values, least) = conditions.world, _values(node, conditions, held)
    known = ~np.isnan(values)
    sure = world.sums(held, base.sure & known, values)
    maybe = base.possible & known & ~base.sure
    low = world.sums(held, base.sure & known, least) + world.sums(held, maybe & (values < 0), values)
    high = sure + world.sums(held, maybe & (values > 0), values)
    blank, rows = world.sums(held, base.possible & ~known), world.sums(held, base.possible)
    high = np.where(blank > 0, np.inf, high)
    surely = world.sums(held, base.sure & known & (least == values))
    span = Span(sure, low, high, _ratio(surely, rows), np.zeros(world.size, dtype=bool))
    nothing = (rows > 0) & (blank == rows)
    return span.emptied(nothing) if nothing.any() else span


def _reduced(node: tree.Amount, conditions: Conditions, held: Held, base: Truth) -> Span:
    """Mean, median, least or most of what is known; nothing where nothing is.

    What lies beyond the farthest that was looked at leaves no value, and a bound.
    """
    world, (values, least) = conditions.world, _values(node, conditions, held)
    known = base.sure & ~np.isnan(values)
    beyond = known & ~np.isfinite(values)
    reduce, far = _REDUCE[node.how], _farthest(node)
    bounded, from_below = np.where(beyond, far, values), np.where(beyond, np.fmin(least, far), least)
    found = _each_area(world, held, known, bounded, reduce)
    low = found if least is values else _each_area(world, held, known, from_below, reduce)
    over, high = world.sums(held, beyond) > 0, found.copy()
    if node.how != "min":
        found, high = np.where(over, np.nan, found), np.where(over, np.inf, high)
    if node.how == "max":
        high = np.where(world.sums(held, base.possible & ~known) > 0, np.inf, high)
    confidence = _ratio(world.sums(held, known & (least == values)), world.sums(held, base.possible))
    span = Span(found, low, high, confidence, np.zeros(world.size, dtype=bool))
    none = np.isnan(low)
    return span.emptied(none) if none.any() else span


def _farthest(node: tree.Amount) -> float:
    """How far was looked: what lies beyond is at least that far."""
    if not isinstance(node.value, tree.Way):
        return np.inf
    return FARTHEST_MINUTES if node.value.timed else FARTHEST_METRES


_QUANTITIES: dict[str, Callable[[tree.Amount, Conditions, Held, Truth], Span]] = {
    "count": _count, "distinct": _distinct, "sum": _sum, "mean": _reduced, "median": _reduced, "min": _reduced,
    "max": _reduced,
}  # fmt: skip


def _share(node: tree.Amount, conditions: Conditions, chosen: Chosen, where: Truth, blind: bool) -> Parts:
    """The share of the things (or of a number of theirs) that fulfil the condition, among those where it is known.

    Of a list that is not known to be whole (`blind`) it may be anything.
    """
    world, held, base = conditions.world, chosen.held, chosen.truth
    weights = _values(node, conditions, held)[0] if node.value else None
    if weights is not None:
        weights = np.nan_to_num(weights, nan=0.0)
    asked = where.asked
    yes = world.sums(held, base.sure & where.sure & asked, weights)
    no = world.sums(held, base.sure & ~where.possible & asked, weights)
    every = world.sums(held, base.possible & asked, weights)
    most = world.sums(held, base.possible & where.possible & asked, weights)
    span = Span(
        _ratio(yes, yes + no, np.nan),
        np.zeros(world.size) if blind else _ratio(yes, every, -np.inf),
        np.ones(world.size) if blind else _ratio(most, most + no, np.inf),
        _ratio(yes + no, every),
        np.zeros(world.size, dtype=bool),
    )
    return Parts(span, yes, yes + no)


def _values(node: tree.Amount, conditions: Conditions, held: Held) -> tuple[Floats, Floats]:
    """The number of each row in base units, NaN where it is not known; and the least that it may really be."""
    if isinstance(node.value, tree.Way):
        key = ("way", node.value, conditions.first, conditions.last)
        if key not in held.found:
            held.found[key] = conditions.way(node.value, held)
        found: tuple[Floats, Floats] = held.found[key]
        return found
    name = node.value.name if node.value else ""
    field = held.measure.field(name)
    scale = unit_of(field.unit).scale if field and field.unit else 1.0
    column = held.table.columns[name]
    values = np.asarray(column if isinstance(column, np.ndarray) else column.codes, dtype=np.float64) * scale
    return values, values


def _each_area(world: World, held: Held, rows: Flags, values: Floats, reduce: Reduce) -> Floats:
    """A reduction in every area that has any of the rows; NaN elsewhere."""
    index: Ints = np.flatnonzero(rows)
    places: NDArray[np.int64] = held.groups[:, index].ravel()
    spread = np.tile(values[index], len(world.levels))
    order = np.argsort(places, kind="stable")
    places, spread = places[order], spread[order]
    starts = np.flatnonzero(np.diff(places, prepend=-1))
    found = np.full(world.size, np.nan)
    for start, part in zip(starts, np.split(spread, starts[1:]) if len(starts) else [], strict=True):
        if places[start] < world.size:
            found[places[start]] = reduce(part)
    return found


def _ratio(a: Floats, b: Floats, otherwise: float = 1.0) -> Floats:
    return np.asarray(np.divide(a, b, out=np.full(len(a), otherwise), where=b != 0))
