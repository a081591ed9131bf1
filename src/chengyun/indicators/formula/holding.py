"""Which things fulfil a condition."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from chengyun.indicators.formula import tree
from chengyun.indicators.formula.binding import link_between
from chengyun.indicators.formula.reaching import (
    FARTHEST_METRES,
    FARTHEST_MINUTES,
    beyond_sight,
    cost_to_edge,
    counts,
    nearest,
)
from chengyun.indicators.formula.spans import Flags, Floats
from chengyun.indicators.formula.truth import Truth
from chengyun.indicators.formula.uses import categories_of, window
from chengyun.indicators.formula.world import Held, World
from chengyun.kernel.measures import NOWHERE, Coded, Ints

_OPS = {
    "=": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip


@dataclass(frozen=True)
class Chosen:
    """Things of a table that a formula speaks of, and which of them it surely means."""

    held: Held
    truth: Truth


class Conditions:
    """Conditions over the days of one period. What was found is kept with the tables."""

    def __init__(self, world: World, first: date, last: date) -> None:
        self.world = world
        self.first = first
        self.last = last

    def things(self, node: tree.Things) -> Chosen:
        """The things that a node means."""
        first, last = window(node.during, self.first, self.last)
        held = self.world.held(node.name, first, last)
        return Chosen(held, self._kept(held, ("things", node), lambda: self._things(node, held, first, last)))

    def _things(self, node: tree.Things, held: Held, first: date, last: date) -> Truth:
        found = Truth.always(len(held))
        if held.table.day is not None:
            found = Truth.plain(_among_days(held.table.day, first, last)).but(np.isnat(held.table.day))
        for one in node.filters:
            found = found.both(self.holds(one, held))
        return found

    def holds(self, node: tree.Cond, held: Held) -> Truth:
        """For each row of a table, whether it fulfils a condition."""
        return self._kept(held, ("holds", node), lambda: self._holds(node, held))

    def _kept(self, held: Held, key: tuple[Any, ...], make: Any) -> Truth:
        whole = (*key, self.first, self.last)
        if whole not in held.found:
            held.found[whole] = make()
        found: Truth = held.found[whole]
        return found

    def _holds(self, node: tree.Cond, held: Held) -> Truth:
        if isinstance(node, tree.Not):
            return self.holds(node.part, held).opposite()
        if isinstance(node, tree.Join):
            return self._joined(node, held)
        if isinstance(node, tree.Has):
            return self._near(node, held, node.reach) if node.reach else self._owns(node, held)
        if isinstance(node, tree.Each):
            return self._each(node, held)
        if isinstance(node, tree.Known):
            return _known(held, node)
        if isinstance(node, tree.Compare):
            return self._within(node, held) if isinstance(node.what, tree.Way) else _compared(held, node)
        raise TypeError(f"{node!r} was not bound")

    def _joined(self, node: tree.Join, held: Held) -> Truth:
        found = self.holds(node.parts[0], held)
        for part in node.parts[1:]:
            other = self.holds(part, held)
            found = found.both(other) if node.op == "and" else found.either(other)
        return found

    def _near(self, node: tree.Has, held: Held, reach: tree.Reach) -> Truth:
        """Whether enough of the things lie within reach of each row."""
        targets, rows = self.things(node.things), np.arange(len(held))
        sure = self._enough(node, held, rows, (targets.held, np.flatnonzero(targets.truth.sure)), reach)
        if (targets.truth.sure != targets.truth.possible).any():
            possible = self._enough(node, held, rows, (targets.held, np.flatnonzero(targets.truth.possible)), reach)
        else:
            possible = sure
        blind = self.blind(node.things, targets.held) or beyond_sight(self.world, held, rows, reach)
        return Truth(sure, possible | blind)

    def _enough(self, node: tree.Has, held: Held, rows: Ints, targets: tuple[Held, Ints], reach: tree.Reach) -> Flags:
        if node.least > 1:
            return np.asarray(counts(self.world, held, rows, targets, reach) >= node.least)
        with np.errstate(invalid="ignore"):
            return np.asarray(nearest(self.world, held, rows, targets, reach) <= reach.limit)

    def blind(self, node: tree.Things, held: Held) -> bool:
        """Whether the list of these things is not known to be whole: what is not found may yet be there."""
        if held.table.missing is not None or held.table.partial:
            return True
        wanted = categories_of(node.filters)
        return bool(held.table.unverified) and (wanted is None or not held.table.unverified.isdisjoint(wanted))

    def way(self, node: tree.Way, held: Held) -> tuple[Floats, Floats]:
        """Minutes or metres from each row (inf beyond the farthest, NaN not known), and the least that it may be.

        It may be less where the data ends nearer than what was found, and where the list of targets is not whole.
        """
        far = FARTHEST_MINUTES if node.timed else FARTHEST_METRES
        reach, rows = tree.Reach(far, node.timed, node.metric), np.arange(len(held))
        targets = self.things(node.things)
        found = nearest(self.world, held, rows, (targets.held, np.flatnonzero(targets.truth.sure)), reach)
        if self.blind(node.things, targets.held):
            return found, np.zeros(len(held))
        return found, np.fmin(found, cost_to_edge(self.world, held, rows, reach))

    def _within(self, node: tree.Compare, held: Held) -> Truth:
        """`minutes to X by car <= 10`: up to the limit as with `has … within`."""
        way, limit = node.what, float(node.values[0])  # type: ignore[arg-type]
        if not isinstance(way, tree.Way):
            raise TypeError(f"{node!r} was not bound")
        near = tree.Has(1, way.things, tree.Reach(limit, way.timed, way.metric), node.at)
        inside = self.holds(near, held)
        if node.op in {"<=", "<"}:
            return inside
        return inside.opposite()

    def _owns(self, node: tree.Has, held: Held) -> Truth:
        """Whether enough of the things belong to each row."""
        chosen = self.things(node.things)
        of = self._owner(chosen.held, held)
        sure = _counted(of, chosen.truth.sure, len(held)) >= node.least
        possible = _counted(of, chosen.truth.possible, len(held)) >= node.least
        return Truth(sure, possible | self.blind(node.things, chosen.held))

    def _each(self, node: tree.Each, held: Held) -> Truth:
        """Whether every, any or no thing that belongs to each row fulfils the condition."""
        chosen = self.things(node.things)
        of, cond = self._owner(chosen.held, held), self.holds(node.cond, chosen.held)
        here, perhaps = chosen.truth.sure, chosen.truth.possible
        if node.which == "every":
            sure = _counted(of, perhaps & ~cond.sure, len(held)) == 0
            possible = _counted(of, here & ~cond.possible, len(held)) == 0
            return Truth(sure, possible, _counted(of, perhaps, len(held)) == 0)
        any_of = Truth(
            _counted(of, here & cond.sure, len(held)) > 0, _counted(of, perhaps & cond.possible, len(held)) > 0
        )
        return any_of if node.which == "any" else any_of.opposite()

    def _owner(self, child: Held, parent: Held) -> Ints:
        by = link_between(child.measure, parent.measure.name)
        if by is None or not len(child):
            return np.full(len(child), NOWHERE)
        return self.world.link(child, by, parent)


def _counted(of: Ints, rows: Flags, length: int) -> Ints:
    """How many of the rows belong to each of `length` things."""
    used = of[rows]
    return np.bincount(used[used >= 0], minlength=length)


def _among_days(days: Any, first: date, last: date) -> Flags:
    return np.asarray((days >= np.datetime64(first, "D")) & (days <= np.datetime64(last, "D")))


def _known(held: Held, node: tree.Known) -> Truth:
    known = ~_unknown(held.table.columns[node.what.name])
    return Truth.plain(known if node.wanted else ~known)


def _unknown(column: Any) -> Flags:
    if isinstance(column, Coded):
        return np.asarray(column.codes < 0)
    if column.dtype.kind == "M":
        return np.asarray(np.isnat(column))
    return np.asarray(np.isnan(column) if column.dtype.kind == "f" else column < 0)


def _compared(held: Held, node: tree.Compare) -> Truth:
    """A field against words, a number or a day; not known where the field is not."""
    if isinstance(node.what, tree.Way):
        raise TypeError(f"{node!r} is a way")
    column = held.table.columns[node.what.name]
    unknown = _unknown(column)
    if isinstance(column, Coded):
        among = column.among(str(value) for value in node.values)
        return Truth.plain(~among if node.op == "!=" else among).but(unknown)
    if node.op == "in":
        return Truth.plain(np.isin(column, [_plain(v) for v in node.values])).but(unknown)
    with np.errstate(invalid="ignore"):
        return Truth.plain(np.asarray(_OPS[node.op](column, _plain(node.values[0])))).but(unknown)


def _plain(value: str | float | date) -> Any:
    return np.datetime64(value, "D") if isinstance(value, date) else value
