"""The parser's view of the tokens: what is next, what must be, and what is said when it is not."""

from datetime import date

from chengyun.indicators.formula.lexer import Token, tokens
from chengyun.indicators.formula.problems import FormulaError, Pos

DEEPEST = 60
"""How deep parentheses and conditions may nest: no formula that a person reads is deeper."""


class Reader:
    """Tokens of one formula, read from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._place = 0
        self._depth = 0
        self.last = Token("start", "", Pos(0, 0))

    @property
    def now(self) -> Token:
        return self._tokens[self._place]

    def peek(self) -> Token:
        """The token after the next."""
        return self._tokens[min(self._place + 1, len(self._tokens) - 1)]

    def take(self, kind: str) -> Token:
        """The next token, which must be of this kind."""
        if self.now.kind != kind:
            raise self.expected(kind)
        return self._step()

    def sign(self, *signs: str) -> str:
        """The next sign if it is one of these, else ""."""
        if self.now.kind == "sign" and self.now.value in signs:
            if self.now.value == "(":
                self.deeper()
            return self._step().value
        return ""

    def word(self, *words: str) -> str:
        """The next word if it is one of these, else ""."""
        if self.now.kind == "name" and self.now.value in words:
            return self._step().value
        return ""

    def must(self, *wanted: str) -> str:
        """The next word or sign, which must be one of these."""
        found = self.word(*wanted) or self.sign(*wanted)
        if not found:
            raise self.expected(*wanted)
        if found == ")":
            self._depth -= 1
        return found

    def end(self) -> None:
        """Nothing must follow."""
        if self.now.kind != "end":
            raise self.expected("end", "+ - * /", "per")

    def day(self) -> date:
        """A day of the calendar."""
        token = self.take("day")
        try:
            return date.fromisoformat(token.value)
        except ValueError as error:
            raise self.wrong("formula.no_such_day", token.at, f"there is no day {token.value}") from error

    def expected(self, *wanted: str) -> FormulaError:
        """What would be right here."""
        found = self.now.value or "end"
        listed = ", ".join(wanted)
        return FormulaError(
            "formula.expected", self.now.at, f"expected {listed}, found {found!r}", expected=list(wanted), found=found
        )

    def wrong(self, code: str, at: Pos, detail: str) -> FormulaError:
        """Something that can be read and cannot be meant."""
        return FormulaError(code, at, detail)

    def deeper(self) -> None:
        """One step further in; never so deep that reading would exhaust the stack."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError("formula.too_deep", self.now.at, f"more than {DEEPEST} parentheses within each other")

    def _step(self) -> Token:
        self.last = self._tokens[self._place]
        self._place = min(self._place + 1, len(self._tokens) - 1)
        return self.last
