"""What a formula reads: measures, categories, days. Tells which formulas a change touches, and what to load."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from chengyun.indicators.formula import tree
from chengyun.indicators.formula.catalogue import CATEGORY

LONG_AGO = date(2000, 1, 1)


@dataclass(frozen=True)
class Use:
    """One place where a measure is read. `categories`: only these; None: any."""

    measure: str
    categories: frozenset[str] | None
    during: tree.During | None
    is_figure: bool = False

    def meets(self, measure: str, categories: Iterable[str] | None) -> bool:
        """Whether a change of these categories (None: of anything) in a measure is seen here."""
        if measure != self.measure:
            return False
        return self.categories is None or categories is None or not self.categories.isdisjoint(categories)


Node = tree.Expr | tree.Cond | tree.Things | tree.Way | tree.FieldOf | None


def uses(node: Node) -> Iterator[Use]:
    """Every place of a bound tree where a measure is read."""
    if isinstance(node, tree.Things | tree.Figure):
        yield Use(node.name, categories_of(node.filters), node.during, isinstance(node, tree.Figure))
    for part in _parts(node):
        yield from uses(part)


def _parts(node: Node) -> tuple[Node, ...]:
    if isinstance(node, tree.Things | tree.Figure):
        return node.filters
    if isinstance(node, tree.Amount):
        return node.things, node.value, node.where
    if isinstance(node, tree.Binary):
        return node.left, node.right
    if isinstance(node, tree.Negative | tree.Not):
        return (node.part,)
    return _parts_of_condition(node)


def _parts_of_condition(node: Node) -> tuple[Node, ...]:
    if isinstance(node, tree.Way | tree.Has):
        return (node.things,)
    if isinstance(node, tree.Each):
        return node.things, node.cond
    if isinstance(node, tree.Join):
        return node.parts
    if isinstance(node, tree.Compare) and isinstance(node.what, tree.Way):
        return (node.what,)
    return ()


def categories_of(filters: Iterable[tree.Cond]) -> frozenset[str] | None:
    """The categories that filters allow; None if they do not say."""
    for one in filters:
        if isinstance(one, tree.Compare) and one.what == tree.FieldOf(CATEGORY, one.at) and one.op in {"=", "in"}:
            return frozenset(str(value) for value in one.values)
    return None


def window(during: tree.During | None, first: date, last: date) -> tuple[date, date]:
    """The days that a `during` means, seen from a period; both included."""
    if during is None:
        return first, last
    if during.kind == "span" and during.first and during.last:
        return during.first, min(during.last, last)
    if during.kind == "year":
        return date(last.year, 1, 1), last
    if during.kind == "year_before":
        return date(last.year - 1, 1, 1), date(last.year - 1, 12, 31)
    if during.kind == "months":
        return _months_before(last, during.months), last
    return LONG_AGO, last


def _months_before(last: date, months: int) -> date:
    """The first day of the month that makes `months` of them with that of `last`."""
    count = last.year * 12 + last.month - 1 - (months - 1)
    return date(max(count // 12, 1), count % 12 + 1, 1)
