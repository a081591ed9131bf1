"""From text to tree: a recursive descent over the tokens; each method reads one line of the grammar."""

from datetime import date
from typing import Literal, cast

from chengyun.indicators.formula import tree
from chengyun.indicators.formula.conditions import Conditions
from chengyun.indicators.formula.problems import FormulaError, Pos
from chengyun.indicators.formula.reader import Reader
from chengyun.indicators.formula.units import is_unit

MOST_MONTHS = 600
"""The longest look back: fifty years."""
YEARS = (1900, 2200)
"""The years that a town's records can be of."""
_HOWS = ("count", "sum", "mean", "median", "min", "max", "share")


def parse(text: str) -> tree.Expr:
    """The tree of a formula. Raises FormulaError where it cannot be read."""
    parser = Parser(text)
    found = parser.expression()
    parser.end()
    return found


class Parser(Conditions, Reader):
    """Expressions and quantities."""

    def expression(self) -> tree.Expr:
        """product (("+" | "-") product)*"""
        left = self._product()
        while op := self.sign("+", "-"):
            right = self._product()
            left = tree.Binary(op, left, right, left.at.to(right.at))
        return left

    def _product(self) -> tree.Expr:
        """power (("*" | "/" | "per" [number]) power)*"""
        left = self._power()
        while True:
            if op := self.sign("*", "/"):
                right = self._power()
                if op == "/" and tree.constant(right) == 0:
                    raise self._by_zero(right.at)
                left = tree.Binary(op, left, right, left.at.to(right.at))
            elif self.word("per"):
                left = self._per(left)
            else:
                return left

    def _per(self, left: tree.Expr) -> tree.Expr:
        """[number] power"""
        start, factor = self.now.at, 1.0
        if self.now.kind == "number":
            factor = float(self.take("number").value)
        right = self._power()
        if factor == 0 or tree.constant(right) == 0:
            raise self._by_zero(start if factor == 0 else right.at)
        return tree.Binary("per", left, right, left.at.to(right.at), factor)

    def _by_zero(self, at: Pos) -> FormulaError:
        return self.wrong("formula.zero", at, "nothing can be divided by 0")

    def _power(self) -> tree.Expr:
        """factor ["^" power]"""
        left = self._factor()
        if self.sign("^"):
            right = self._power()
            return tree.Binary("^", left, right, left.at.to(right.at))
        return left

    def _factor(self) -> tree.Expr:
        start = self.now.at
        if self.sign("-"):
            self.deeper()
            part = self._factor()
            return tree.Negative(part, start.to(part.at))
        if self.sign("("):
            inner = self.expression()
            self.must(")")
            return inner
        if self.now.kind == "number":
            return self._number()
        if self.now.kind == "name" and self.now.value in _HOWS and self.peek().value == "of":
            return self._amount()
        if self.now.kind == "name":
            return self._figure()
        raise self.expected("number", "quantity", "(")

    def _number(self) -> tree.Number:
        token = self.take("number")
        if self.sign("%"):
            return tree.Number(float(token.value), "%", token.at.to(self.last.at))
        if self.now.kind == "name" and is_unit(self.now.value) and self.peek().value != "(":
            unit = self.take("name")
            return tree.Number(float(token.value), unit.value, token.at.to(unit.at))
        return tree.Number(float(token.value), "", token.at)

    def _figure(self) -> tree.Figure:
        things = self.things()
        return tree.Figure(things.name, things.filters, things.during, things.at)

    def _amount(self) -> tree.Amount:
        """how "of" [value "of"] things ["where" condition]"""
        start = self.take("name")
        how = cast(tree.How, start.value)
        self.must("of")
        value: tree.FieldOf | tree.Way | None = None
        if how == "count":
            if self.word("distinct"):
                how, value = "distinct", self._of(self.field())
        elif how != "share" or self._is_weighted():
            value = self._of(self.value())
        things = self.things()
        where = self.condition() if self.word("where") else None
        if how == "share" and where is None:
            raise self.expected("where")
        return tree.Amount(how, value, things, where, start.at.to(self.last.at))

    def _is_weighted(self) -> bool:
        """`share of households of buildings`: a field comes before the things."""
        return self.peek().value == "of" and self.peek().kind == "name"

    def _of(self, value: tree.FieldOf | tree.Way) -> tree.FieldOf | tree.Way:
        self.must("of")
        return value

    def things(self) -> tree.Things:
        """name ["(" condition ("," condition)* ")"] ["during" …]"""
        name = self.take("name")
        filters: list[tree.Cond] = []
        if self.sign("("):
            filters.append(self.inside())
            while self.sign(","):
                filters.append(self.inside())
            self.must(")")
        during = self._during() if self.word("during") else None
        return tree.Things(name.value, tuple(filters), during, name.at.to(self.last.at))

    def _during(self) -> tree.During:
        start = self.last.at
        if self.word("all"):
            return tree.During("all", start.to(self.last.at))
        if self.word("year"):
            kind: Literal["year", "year_before"] = "year_before" if self.word("before") else "year"
            return tree.During(kind, start.to(self.last.at))
        if self.now.kind == "number" and self.peek().value in {"months", "month"}:
            return self._months(start)
        first = self._day(first=True)
        last = self._day(first=False) if self.word("to") else None
        return self._span(start, first, last)

    def _months(self, start: Pos) -> tree.During:
        count = self.take("number")
        if not count.value.isdigit() or not 1 <= int(count.value) <= MOST_MONTHS:
            raise self.wrong("formula.months", count.at, f"from 1 to {MOST_MONTHS} whole months")
        self.take("name")
        return tree.During("months", start.to(self.last.at), months=int(count.value))

    def _span(self, start: Pos, first: tuple[date, date], last: tuple[date, date] | None) -> tree.During:
        end = (last or first)[1]
        if end < first[0]:
            raise self.wrong("formula.time_backwards", start.to(self.last.at), "the time ends before it begins")
        if (end - first[0]).days > MOST_MONTHS / 12 * 366:
            raise self.wrong("formula.time_long", start.to(self.last.at), f"more than {MOST_MONTHS // 12} years")
        return tree.During("span", start.to(self.last.at), first=first[0], last=end)

    def _day(self, *, first: bool) -> tuple[date, date]:
        """A year or a day, as its first and last day."""
        if self.now.kind == "day":
            at, day = self.now.at, self.day()
            self._in_time(day.year, at)
            return day, day
        if self.now.kind == "number" and self.now.value.isdigit() and len(self.now.value) == 4:
            token = self.take("number")
            year = self._in_time(int(token.value), token.at)
            return date(year, 1, 1), date(year, 12, 31)
        raise (
            self.expected("year", "year before", "12 months", "2025", "2025-12-31", "all")
            if first
            else self.expected("2025", "2025-12-31")
        )

    def _in_time(self, year: int, at: Pos) -> int:
        """A year that records can be of."""
        if not YEARS[0] <= year <= YEARS[1]:
            raise FormulaError(
                "formula.year", at, f"years go from {YEARS[0]} to {YEARS[1]}", first=YEARS[0], last=YEARS[1]
            )
        return year
