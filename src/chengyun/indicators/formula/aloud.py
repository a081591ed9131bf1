"""A formula as a person says it: a sentence that a reviewer can read aloud and agree with, or not."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, Protocol

from chengyun.indicators.formula import tree
from chengyun.indicators.formula.aloud_en import English
from chengyun.indicators.formula.aloud_zh import Chinese
from chengyun.indicators.formula.binding import Bound
from chengyun.indicators.formula.catalogue import CATEGORY, Catalogue
from chengyun.kernel.measures import Field, Measure

Language = Literal["zh", "en"]


class Phrases(Protocol):
    """The turns of one language. Everything handed over is in that language already."""

    place: int
    """Of the pair (Chinese, English), which one."""

    def number(self, value: float, unit: str) -> str: ...
    def things(self, name: str, conditions: Sequence[str], during: str) -> str: ...
    def during(self, node: tree.During) -> str: ...
    def count(self, things: str, where: str, unit: str) -> str: ...
    def distinct(self, field: str, things: str, where: str) -> str: ...
    def reduced(self, how: str, value: str, things: str, where: str) -> str: ...
    def share(self, things: str, where: str, weight: str) -> str: ...
    def binary(self, op: str, left: str, right: str, factor: float) -> str: ...
    def negative(self, part: str) -> str: ...
    def way(self, timed: bool, things: str, metric: tree.Metric) -> str: ...
    def compared(self, what: str, op: str, values: Sequence[str]) -> str: ...
    def flag(self, what: str, holds: bool) -> str: ...
    def known(self, what: str, wanted: bool) -> str: ...
    def has(self, least: int, things: str, reach: tree.Reach | None, unit: str) -> str: ...
    def each(self, which: str, things: str, condition: str, unit: str) -> str: ...
    def joined(self, op: str, parts: Sequence[str]) -> str: ...
    def opposite(self, part: str) -> str: ...


_PHRASES: dict[str, Phrases] = {"zh": Chinese(), "en": English()}


def read_aloud(bound: Bound, catalogue: Catalogue, language: Language) -> str:
    """The formula as a sentence in Chinese or English, without its full stop."""
    return _Reader(catalogue, _PHRASES[language]).expression(bound.tree)


class _Reader:
    def __init__(self, catalogue: Catalogue, phrases: Phrases) -> None:
        self.catalogue = catalogue
        self.say = phrases

    def expression(self, node: tree.Expr) -> str:
        """An expression."""
        if isinstance(node, tree.Number):
            return self.say.number(node.value, node.unit)
        if isinstance(node, tree.Negative):
            return self.say.negative(self._inner(node.part))
        if isinstance(node, tree.Figure):
            return self._named(node.name, node.filters, node.during)
        if isinstance(node, tree.Amount):
            return self._amount(node)
        return self.say.binary(node.op, self._inner(node.left), self._inner(node.right), node.factor)

    def _inner(self, node: tree.Expr) -> str:
        """A part of a reckoning; in brackets if it is one itself."""
        said = self.expression(node)
        return (
            f"（{said}）"
            if isinstance(node, tree.Binary) and self.say.place == 0
            else (f"({said})" if isinstance(node, tree.Binary) else said)
        )

    def _amount(self, node: tree.Amount) -> str:
        measure = self.catalogue.of(node.things.name)
        things = self._things(node.things)
        where = self.condition(node.where, measure) if node.where else ""
        if node.how == "count":
            return self.say.count(things, where, measure.unit)
        value = self._value(node.value, measure) if node.value else ""
        if node.how == "share":
            return self.say.share(things, where, value)
        if node.how == "distinct":
            return self.say.distinct(value, things, where)
        return self.say.reduced(node.how, value, things, where)

    def _value(self, node: tree.FieldOf | tree.Way, measure: Measure) -> str:
        if isinstance(node, tree.Way):
            return self.say.way(node.timed, self._things(node.things), node.metric)
        return self._label(measure, node.name)

    def _things(self, node: tree.Things) -> str:
        return self._named(node.name, node.filters, node.during)

    def _named(self, name: str, filters: Sequence[tree.Cond], during: tree.During | None) -> str:
        """Things or figures: by their category if there is just one, and what they are narrowed to."""
        measure = self.catalogue.of(name)
        called, rest = (measure.zh, measure.en)[self.say.place], list(filters)
        for one in filters:
            if isinstance(one, tree.Compare) and one.what == tree.FieldOf(CATEGORY, one.at) and one.op == "=":
                called = self.catalogue.label(name, CATEGORY, str(one.values[0]))[self.say.place]
                rest.remove(one)
                break
        said = [self.condition(one, measure) for one in rest]
        return self.say.things(called, said, self.say.during(during) if during else "")

    def _label(self, measure: Measure, name: str) -> str:
        field = measure.field(name)
        return (field.zh, field.en)[self.say.place] if field else name

    def condition(self, node: tree.Cond, measure: Measure) -> str:
        """A condition on things of a measure."""
        if isinstance(node, tree.Join):
            return self.say.joined(node.op, [self.condition(part, measure) for part in node.parts])
        if isinstance(node, tree.Not):
            return self.say.opposite(self.condition(node.part, measure))
        if isinstance(node, tree.Known):
            return self.say.known(self._label(measure, node.what.name), node.wanted)
        if isinstance(node, tree.Compare):
            return self._compared(node, measure)
        if isinstance(node, tree.Word):
            return node.text
        child = self.catalogue.of(node.things.name)
        if isinstance(node, tree.Has):
            return self.say.has(node.least, self._things(node.things), node.reach, child.unit)
        said = self.condition(node.cond, child)
        return self.say.each(node.which, self._things(node.things), said, child.unit)

    def _compared(self, node: tree.Compare, measure: Measure) -> str:
        if isinstance(node.what, tree.Way):
            return self.say.compared(self._value(node.what, measure), node.op, [_plain(v) for v in node.values])
        field = measure.field(node.what.name)
        label = self._label(measure, node.what.name)
        if field and field.kind == "flag" and node.op in {"=", "!="}:
            return self.say.flag(label, (node.values[0] == 1) == (node.op == "="))
        words = [self._word(measure, field, value) for value in node.values]
        return self.say.compared(label, node.op, words)

    def _word(self, measure: Measure, field: Field | None, value: str | float | date) -> str:
        if field and field.kind == "choice":
            return self.catalogue.label(measure.name, field.name, str(value))[self.say.place]
        return _plain(value) + (field.unit if field and isinstance(value, float) else "")


def _plain(value: str | float | date) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
