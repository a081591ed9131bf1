"""From what was written to what is meant: full names, codes for words, units. Says what makes no sense, and where."""

from dataclasses import dataclass, replace
from datetime import date

from chengyun.indicators.formula import tree
from chengyun.indicators.formula.catalogue import CATEGORY, Catalogue
from chengyun.indicators.formula.parser import parse
from chengyun.indicators.formula.problems import FormulaError, Pos
from chengyun.indicators.formula.units import LOOSE, PLAIN, Unit, unit_of
from chengyun.kernel.measures import Field, Measure

_MINUTE, _METRE = unit_of("minute"), unit_of("m")
_WORD_OPS = ("=", "!=", "in")


@dataclass(frozen=True)
class Bound:
    """A formula that makes sense: its text, its tree with full names, the unit of its result."""

    text: str
    tree: tree.Expr
    unit: Unit


def bind(text: str, catalogue: Catalogue, unit: str = "") -> Bound:
    """Read and check a formula; `unit` is what its result is to be shown in. Raises FormulaError."""
    key = (text, unit)
    if key not in catalogue.bound:
        catalogue.bound[key] = _bind(text, catalogue, unit)
    known: Bound = catalogue.bound[key]
    return known


def _bind(text: str, catalogue: Catalogue, unit: str) -> Bound:
    found, its = _Binder(catalogue).expression(parse(text))
    wanted = unit_of(unit)
    if unit and not its.shown_in(wanted):
        raise FormulaError(
            "formula.unit", Pos(0, len(text)), f"the result is in {its.words()}, which cannot be shown in {unit}",
            found=its.words(), wanted=unit,
        )  # fmt: skip
    return Bound(text, found, its)


class _Binder:
    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def expression(self, node: tree.Expr) -> tuple[tree.Expr, Unit]:
        """The node with full names, and its unit."""
        if isinstance(node, tree.Number):
            return node, unit_of(node.unit)
        if isinstance(node, tree.Negative):
            part, unit = self.expression(node.part)
            return replace(node, part=part), unit
        if isinstance(node, tree.Figure):
            return self._figure(node)
        if isinstance(node, tree.Amount):
            return self._amount(node)
        return self._binary(node)

    def _binary(self, node: tree.Binary) -> tuple[tree.Expr, Unit]:
        left, first = self.expression(node.left)
        right, second = self.expression(node.right)
        both = replace(node, left=left, right=right)
        if node.op in "+-":
            if not (first.adds_to(second) or _is_bare(left, first) or _is_bare(right, second)):
                raise FormulaError(
                    "formula.unlike", node.at, f"{first.words()} and {second.words()} cannot be added",
                    left=first.words(), right=second.words(),
                )  # fmt: skip
            return both, first if first.dims or first.loose else second
        if node.op == "^":
            return both, self._powered(node, first, second)
        return both, first.times(second, 1 if node.op == "*" else -1)

    def _powered(self, node: tree.Binary, first: Unit, second: Unit) -> Unit:
        exponent = node.right
        if isinstance(exponent, tree.Number) and exponent.value.is_integer() and not exponent.unit:
            return first.power(int(exponent.value))
        if second.plain and not first.physical:
            return PLAIN
        raise FormulaError("formula.power", node.at, "only a ratio can be raised to a broken power")

    def _figure(self, node: tree.Figure) -> tuple[tree.Expr, Unit]:
        named = self.catalogue.named(node.name, node.at)
        measure = named.measure
        if measure.figures is None:
            raise FormulaError(
                "formula.not_a_figure", node.at, f"{measure.en} are things: say count of {node.name}",
                name=node.name, zh=measure.zh,
            )  # fmt: skip
        filters = tuple(self._condition(one, measure) for one in node.filters)
        for one in filters:
            if not isinstance(one, tree.Compare) or isinstance(one.what, tree.Way):
                raise FormulaError("formula.figure_filter", one.at, f"of {measure.en} only fields can be compared")
        said = {
            one.what.name for one in filters if isinstance(one, tree.Compare) and not isinstance(one.what, tree.Way)
        }
        lacking = next((one for one in measure.fields if one.required and one.name not in said), None)
        if lacking is not None:
            words = [row[0] for row in self.catalogue.words(measure, lacking) or ()]
            raise FormulaError(
                "formula.required", node.at, f"say which {lacking.en}: {measure.en}({lacking.name} = …)",
                name=lacking.name, zh=lacking.zh, suggestions=words,
            )  # fmt: skip
        return replace(node, name=measure.name, filters=filters), unit_of(measure.unit)

    def _amount(self, node: tree.Amount) -> tuple[tree.Expr, Unit]:
        things, measure = self.things(node.things)
        where = self._condition(node.where, measure) if node.where else None
        value, unit = self._value(node.value, measure, node.how) if node.value else (None, unit_of(measure.unit))
        unit = PLAIN if node.how == "share" else unit
        return replace(node, things=things, where=where, value=value), unit

    def things(self, node: tree.Things) -> tuple[tree.Things, Measure]:
        """The things with the full name of their measure; a category's name becomes a filter."""
        named = self.catalogue.named(node.name, Pos(node.at.start, node.at.start + len(node.name)))
        measure = named.measure
        if measure.load is None:
            raise FormulaError(
                "formula.not_things", node.at, f"{measure.en} cannot be counted one by one", zh=measure.zh
            )
        filters = tuple(self._condition(one, measure) for one in node.filters)
        if named.category:
            own = tree.Compare(tree.FieldOf(CATEGORY, node.at), "=", (named.category,), node.at)
            filters = (own, *filters)
        return replace(node, name=measure.name, filters=filters), measure

    def _value(self, node: tree.FieldOf | tree.Way, measure: Measure, how: str) -> tuple[tree.FieldOf | tree.Way, Unit]:
        if isinstance(node, tree.Way):
            return replace(node, things=self.things(node.things)[0]), _MINUTE if node.timed else _METRE
        field = self.catalogue.field(measure, node.name, node.at)
        if how == "distinct":
            return replace(node, name=field.name), unit_of(self._counter(field))
        if field.kind not in {"number", "flag"}:
            raise FormulaError(
                "formula.not_a_number", node.at, f"{field.en} is no number: {how} cannot be taken of it",
                name=field.name, zh=field.zh,
            )  # fmt: skip
        return replace(node, name=field.name), unit_of(field.unit) if field.unit else LOOSE

    def _counter(self, field: Field) -> str:
        of = self.catalogue.measures.get(field.of)
        return of.unit if of else "个"

    def _condition(self, node: tree.Cond, measure: Measure) -> tree.Cond:
        if isinstance(node, tree.Word):
            node = tree.Compare(tree.FieldOf(CATEGORY, node.at), "=", (node.text,), node.at)
        if isinstance(node, tree.Compare):
            return self._compare(node, measure)
        if isinstance(node, tree.Known):
            field = self.catalogue.field(measure, node.what.name, node.what.at)
            return replace(node, what=replace(node.what, name=field.name))
        if isinstance(node, tree.Join):
            return replace(node, parts=tuple(self._condition(part, measure) for part in node.parts))
        if isinstance(node, tree.Not):
            return replace(node, part=self._condition(node.part, measure))
        return self._related(node, measure)

    def _related(self, node: tree.Has | tree.Each, measure: Measure) -> tree.Cond:
        things, child = self.things(node.things)
        if isinstance(node, tree.Each):
            self._must_belong(child, measure, node.things.at)
            return replace(node, things=things, cond=self._condition(node.cond, child))
        if node.reach is None:
            self._must_belong(child, measure, node.things.at)
        return replace(node, things=things)

    def _must_belong(self, child: Measure, parent: Measure, at: Pos) -> None:
        if link_between(child, parent.name) is None:
            raise FormulaError(
                "formula.not_belonging", at, f"nothing says which {child.en} belong to which {parent.en}; "
                f"say within how many metres", child=child.zh, parent=parent.zh,
            )  # fmt: skip

    def _compare(self, node: tree.Compare, measure: Measure) -> tree.Compare:
        if isinstance(node.what, tree.Way):
            self._must_be(node, float, "number")
            way = replace(node.what, things=self.things(node.what.things)[0])
            return replace(node, what=way)
        field = self.catalogue.field(measure, node.what.name, node.what.at)
        what = replace(node.what, name=field.name)
        if field.kind in {"number", "flag"}:
            self._must_be(node, float, "number")
            return replace(node, what=what)
        if field.kind == "day":
            self._must_be(node, date, "day")
            return replace(node, what=what)
        if node.op not in _WORD_OPS:
            raise FormulaError(
                "formula.no_order", node.at, f"{field.en} has no order: use =, != or in", name=field.name, zh=field.zh
            )
        words = tuple(self.catalogue.word(measure, field, _text(value), node.at) for value in node.values)
        return replace(node, what=what, values=words)

    def _must_be(self, node: tree.Compare, kind: type, called: str) -> None:
        for value in node.values:
            if not isinstance(value, kind):
                raise FormulaError(
                    "formula.expected", node.at, f"expected a {called}, found {value!r}",
                    expected=[called], found=str(value),
                )  # fmt: skip


def link_between(child: Measure, parent: str) -> Field | None:
    """The field of a child that leads to the things of `parent`, if any."""
    return next((one for one in child.fields if one.kind == "ref" and one.of == parent), None)


def _is_bare(node: tree.Expr, unit: Unit) -> bool:
    """A number without a unit adds to anything that is counted."""
    return unit.plain and isinstance(node, tree.Number)


def _text(value: str | float | date) -> str:
    """A word that looks like a number, as an enumerated code may."""
    return f"{value:g}" if isinstance(value, float) else str(value)
