"""The part of the grammar that says which things."""

from abc import ABC, abstractmethod
from datetime import date
from typing import Literal, cast

from chengyun.indicators.formula import tree
from chengyun.indicators.formula.lexer import Token
from chengyun.indicators.formula.reader import Reader

_OPS = ("=", "!=", "<", "<=", ">", ">=")
_METRES = {"m": 1.0, "metres": 1.0, "米": 1.0, "km": 1000.0, "公里": 1000.0}
_MINUTES = {"minutes", "minute", "min", "分钟"}


class Conditions(Reader, ABC):
    """or-parts of and-parts of nots of atoms."""

    @abstractmethod
    def things(self) -> tree.Things:
        """Things, as the parser reads them."""

    def condition(self) -> tree.Cond:
        """and_ ("or" and_)*"""
        parts = [self._both()]
        while self.word("or"):
            parts.append(self._both())
        return _join("or", parts)

    def _both(self) -> tree.Cond:
        parts = [self._atom()]
        while self.word("and"):
            parts.append(self._atom())
        return _join("and", parts)

    def inside(self) -> tree.Cond:
        """A condition in the parentheses of things, where a bare word is a category."""
        alone = self.now.kind in {"name", "text"} and self.peek().value in {",", ")", "or"}
        if alone and self.peek().value != "or":
            token = self._step()
            return tree.Word(token.value, token.at)
        return self.condition()

    def _atom(self) -> tree.Cond:
        start = self.now.at
        if self.word("not"):
            part = self._atom_of("not")
            return tree.Not(part, start.to(part.at))
        if self.sign("("):
            inner = self.condition()
            self.must(")")
            return inner
        if self.word("has"):
            return self._has(self.last)
        if which := self.word("every", "any", "no"):
            return self._each(self.last, cast(Literal["every", "any", "no"], which))
        return self._compared()

    def _atom_of(self, word: str) -> tree.Cond:
        if self.now.value == word:
            raise self.expected("has", "field", "(")
        return self._atom()

    def _has(self, start: Token) -> tree.Has:
        """ "has" ["at" "least" number] things ["within" reach]"""
        least = 1
        if self.word("at"):
            self.must("least")
            number = self.take("number")
            if not number.value.isdigit() or int(number.value) < 1:
                raise self.wrong("formula.least", number.at, "at least a whole number of 1 or more")
            least = int(number.value)
        things = self.things()
        reach = self._reach() if self.word("within") else None
        return tree.Has(least, things, reach, start.at.to(self.last.at))

    def _each(self, start: Token, which: Literal["every", "any", "no"]) -> tree.Each:
        """which things ("has" … | "(" condition ")" | "where" condition)"""
        things = self.things()
        if self.word("has"):
            cond: tree.Cond = self._has(self.last)
        elif self.sign("("):
            cond = self.condition()
            self.must(")")
        elif self.word("where"):
            cond = self._atom()
        else:
            raise self.expected("has", "where")
        return tree.Each(which, things, cond, start.at.to(self.last.at))

    def _reach(self) -> tree.Reach:
        number = float(self.take("number").value)
        unit = self.take("name").value
        if unit in _METRES:
            return tree.Reach(number * _METRES[unit], timed=False, metric=self.metric("straight", "on"))
        if unit in _MINUTES:
            return tree.Reach(number, timed=True, metric=self.metric("on", "by"))
        raise self.wrong("formula.reach_unit", self.last.at, "within so many m, km or minutes")

    def metric(self, *allowed: str) -> tree.Metric:
        """ "straight" | "on foot" | "by car" """
        found = self.must(*allowed)
        if found == "straight":
            return "straight"
        self.must("foot" if found == "on" else "car")
        return "foot" if found == "on" else "car"

    def field(self) -> tree.FieldOf:
        """The name of a field."""
        token = self.take("name")
        return tree.FieldOf(token.value, token.at)

    def value(self) -> tree.FieldOf | tree.Way:
        """A field, or minutes or metres to something."""
        if self.now.value in {"minutes", "metres"} and self.peek().value == "to":
            start = self._step()
            timed = start.value == "minutes"
            self.must("to")
            things = self.things()
            metric = self.metric("on", "by") if timed else self.metric("straight", "on")
            return tree.Way(timed, things, metric, start.at.to(self.last.at))
        return self.field()

    def _compared(self) -> tree.Cond:
        what = self.value()
        if isinstance(what, tree.FieldOf) and self.word("is"):
            wanted = not self.word("not")
            self.must("known")
            return tree.Known(what, wanted, what.at.to(self.last.at))
        if self.word("in"):
            self.must("(")
            values = [self._literal()]
            while self.sign(","):
                values.append(self._literal())
            self.must(")")
            return tree.Compare(what, "in", tuple(values), what.at.to(self.last.at))
        op = self.sign(*_OPS)
        if not op:
            raise self.expected(*_OPS, "in", "is known")
        return tree.Compare(what, op, (self._literal(),), what.at.to(self.last.at))

    def _literal(self) -> str | float | date:
        if self.now.kind == "day":
            return self.day()
        negative = bool(self.sign("-"))
        if self.now.kind == "number":
            number = float(self._step().value) * (-1 if negative else 1)
            return number / 100 if self.sign("%") else number
        if not negative and self.now.kind in {"name", "text"}:
            return self._step().value
        raise self.expected("number", "word", "day")


def _join(op: Literal["and", "or"], parts: list[tree.Cond]) -> tree.Cond:
    return parts[0] if len(parts) == 1 else tree.Join(op, tuple(parts), parts[0].at.to(parts[-1].at))
