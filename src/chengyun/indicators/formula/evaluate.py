"""The value of a formula in every area of a town."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np

from chengyun.indicators.formula import spans, tree
from chengyun.indicators.formula.amounts import Parts, amount
from chengyun.indicators.formula.binding import Bound
from chengyun.indicators.formula.holding import Conditions
from chengyun.indicators.formula.spans import Flags, Floats, Span
from chengyun.indicators.formula.units import unit_of
from chengyun.indicators.formula.uses import uses, window
from chengyun.indicators.formula.world import World
from chengyun.kernel.measures import Filter, Ints, Missing, Period

Strategy = Literal["any", "all", "never"]
_BINARY = {"+": spans.plus, "*": spans.times, "/": spans.over, "per": spans.over, "^": spans.power}


@dataclass(frozen=True)
class Result:
    """Over the areas of the world, in the unit that was asked for. `missing`: the registers that are not there."""

    span: Span
    numerator: Floats
    denominator: Floats
    missing: tuple[Missing, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failing:
    """Things of one measure by row: which fail, and of which it is not known."""

    measure: str
    keys: Ints
    fails: Flags
    unknown: Flags


@dataclass
class _Leaves:
    """What was read on the way."""

    gone: list[Flags] = field(default_factory=list)
    missing: dict[str, Missing] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)


def evaluate(
    bound: Bound, world: World, first: date, last: date, *, unit: str = "", strategy: Strategy = "any"
) -> Result:
    """The value of a formula in every area over the days of a period.

    Missing values, as a strategy says: `any`: one missing leaves no value; `all`: none only if all are missing, else
    they count as zero; `never`: they count as zero.
    """
    leaves = _Leaves()
    run = _Run(world, first, last, leaves, zeros=strategy != "any")
    found = run.value(bound.tree)
    if strategy == "all" and leaves.gone:
        found = Parts(found.span.emptied(np.all(leaves.gone, axis=0)), found.numerator, found.denominator)
    nothing = np.full(world.size, np.nan)
    return Result(
        _shown(found.span, unit),
        nothing if found.numerator is None else found.numerator,
        nothing if found.denominator is None else found.denominator,
        tuple(leaves.missing.values()),
        tuple(leaves.sources),
    )


def failing(bound: Bound, world: World, first: date, last: date, *, ascending: bool = True) -> Failing | None:
    """The things that keep a formula from being fulfilled; None for one that is not about single things.

    Where more is better (`ascending`) those fail that the condition leaves out; where less is better (a rework rate),
    those that it counts.
    """
    node = _asked(bound.tree)
    if node is None or node.where is None:
        return None
    conditions = Conditions(world, first, last)
    chosen = conditions.things(node.things)
    where = conditions.holds(node.where, chosen.held)
    bad, good = (~where.possible, where.sure) if ascending else (where.sure, ~where.possible)
    fails = chosen.truth.sure & bad & where.asked
    unknown = chosen.truth.possible & ~fails & ~(chosen.truth.sure & good) & where.asked
    return Failing(node.things.name, chosen.held.table.key, fails, unknown)


def _asked(node: tree.Expr) -> tree.Amount | None:
    """The first quantity with a condition, from the left."""
    if isinstance(node, tree.Amount):
        return node if node.where is not None else None
    if isinstance(node, tree.Negative):
        return _asked(node.part)
    if isinstance(node, tree.Binary):
        return _asked(node.left) or _asked(node.right)
    return None


def _shown(span: Span, unit: str) -> Span:
    scale = unit_of(unit).scale if unit else 1.0
    if scale == 1.0:
        return span
    return Span(span.value / scale, span.low / scale, span.high / scale, span.confidence, span.estimated)


class _Run:
    def __init__(self, world: World, first: date, last: date, leaves: _Leaves, *, zeros: bool) -> None:
        self.world = world
        self.conditions = Conditions(world, first, last)
        self.leaves = leaves
        self.zeros = zeros

    def value(self, node: tree.Expr) -> Parts:
        """The value of a node."""
        if isinstance(node, tree.Number):
            return Parts(Span.constant(node.value * unit_of(node.unit).scale, self.world.size))
        if isinstance(node, tree.Negative):
            return Parts(spans.negative(self.value(node.part).span))
        if isinstance(node, tree.Figure):
            return self._leaf(self._figure(node))
        if isinstance(node, tree.Amount):
            self._note(node)
            return self._leaf(amount(node, self.conditions))
        return self._binary(node)

    def _binary(self, node: tree.Binary) -> Parts:
        left, right = self.value(node.left).span, self.value(node.right).span
        if node.op == "-":
            return Parts(spans.plus(left, spans.negative(right)))
        found = _BINARY[node.op](left, right)
        if node.op in {"/", "per"}:
            return Parts(found, left.value, right.value)
        return Parts(found)

    def _leaf(self, found: Parts) -> Parts:
        gone = found.span.missing
        self.leaves.gone.append(gone)
        if not (self.zeros and gone.any()):
            return found
        return Parts(found.span.zeroed(gone), found.numerator, found.denominator)

    def _note(self, node: tree.Amount) -> None:
        """Remember the registers that are not there, and where the rest comes from."""
        for use in uses(node):
            held = self.world.held(use.measure, *window(use.during, self.conditions.first, self.conditions.last))
            if held.table.missing is not None:
                self.leaves.missing[held.table.missing.register] = held.table.missing
            if held.table.source:
                self.leaves.sources[held.table.source] = None

    def _figure(self, node: tree.Figure) -> Parts:
        period = Period(*window(node.during, self.conditions.first, self.conditions.last))
        filters = tuple(_filter(one) for one in node.filters)
        levels = self.world.figures(node.name, filters, period)
        for one in levels:
            if one.missing is not None:
                self.leaves.missing[one.missing.register] = one.missing
            if one.source:
                self.leaves.sources[one.source] = None
        scale = unit_of(self.world.measure(node.name).unit).scale
        value = np.concatenate([one.values for one in levels]) * scale
        unknown = np.isnan(value)
        low, high = np.where(unknown, -np.inf, value), np.where(unknown, np.inf, value)
        estimated = np.concatenate([one.estimated for one in levels])
        return Parts(Span(value, low, high, np.where(unknown, 0.0, 1.0), estimated))


def _filter(node: tree.Cond) -> Filter:
    if not isinstance(node, tree.Compare) or isinstance(node.what, tree.Way):
        raise TypeError(f"{node!r} was not bound")
    values = tuple(v.isoformat() if isinstance(v, date) else v for v in node.values)
    return Filter(node.what.name, node.op, values)
