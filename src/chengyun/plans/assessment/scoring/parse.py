"""From words to a scheme, by descent; an error stands at the character where it is."""

from collections.abc import Collection
from decimal import Decimal
from difflib import get_close_matches

from chengyun.plans.assessment.scoring.scheme import (
    VERSION,
    Binary,
    Bonus,
    Comparison,
    Condition,
    Deduction,
    Expression,
    Fact,
    Item,
    Joined,
    Number,
    Scheme,
    Share,
    Veto,
)
from chengyun.plans.assessment.scoring.words import KEYWORDS, ScoringError, Word, words_of

DEEPEST = 30  # parentheses within parentheses
MOST_SIGNS = 60  # of arithmetic in one line
MOST_LINES = 200


def parse(text: str, facts: Collection[str] | None = None) -> Scheme:
    """The scheme that `text` says. `facts` are the names that may be read; None takes any.

    Raises ScoringError.
    """
    return _Reader(text, facts).scheme()


class _Reader:
    def __init__(self, text: str, facts: Collection[str] | None) -> None:
        self.lines = text.splitlines() or [""]
        self.words = words_of(text)
        self.place = 0
        self.depth = self.signs = 0
        self.allowed = facts
        self.read: dict[str, None] = {}
        self.names: set[str] = set()

    # words

    @property
    def here(self) -> Word:
        return self.words[self.place]

    def take(self) -> Word:
        word = self.here
        self.place += word.kind != "stop"
        return word

    def is_key(self, *keys: str) -> bool:
        return self.here.kind == "name" and KEYWORDS.get(self.here.text) in keys

    def is_mark(self, *marks: str) -> bool:
        return self.here.kind == "mark" and self.here.text in marks

    def expect_key(self, key: str) -> Word:
        if not self.is_key(key):
            raise self.here.wrong("expected_word", wanted=key, found=self.here.text)
        return self.take()

    def expect_mark(self, mark: str) -> Word:
        if not self.is_mark(mark):
            raise self.here.wrong("expected_mark", wanted=mark, found=self.here.text)
        return self.take()

    def number(self) -> Decimal:
        if self.here.kind != "number":
            raise self.here.wrong("expected_number", found=self.here.text)
        return self.take().number

    def skip_ends(self) -> None:
        while self.here.kind == "end":
            self.take()

    def source(self, first: Word) -> str:
        """The words from `first` up to here as they stand in the text."""
        last = self.here
        line = self.lines[first.line - 1] if first.line <= len(self.lines) else ""
        end = last.column - 1 if last.line == first.line else len(line)
        return line[first.column - 1 : end].strip(" \t\u3000，,；;")

    # sentences

    def scheme(self) -> Scheme:
        self.skip_ends()
        self.expect_key("scoring")
        at = self.here
        version = self.number()
        if version != VERSION:
            raise at.wrong("version_unknown", version=str(version), known=VERSION)
        items, bonuses, vetoes = self.sentences()
        if not items:
            raise self.here.wrong("no_item")
        return Scheme(VERSION, tuple(items), tuple(bonuses), tuple(vetoes), tuple(self.read))

    def sentences(self) -> tuple[list[Item], list[Bonus], list[Veto]]:
        items: list[Item] = []
        bonuses: list[Bonus] = []
        vetoes: list[Veto] = []
        self.end_of_line()
        while self.here.kind != "stop":
            if len(items) + len(bonuses) + len(vetoes) >= MOST_LINES:
                raise self.here.wrong("too_many_lines", limit=MOST_LINES)
            self.signs = 0
            if self.is_key("item"):
                items.append(self.item())
            elif self.is_key("bonus"):
                bonuses.append(self.bonus())
            elif self.is_key("veto"):
                vetoes.append(self.veto())
            else:
                raise self.here.wrong("expected_sentence", found=self.here.text)
            self.end_of_line()
        return items, bonuses, vetoes

    def end_of_line(self) -> None:
        if self.here.kind not in {"end", "stop"}:
            raise self.here.wrong("unexpected", found=self.here.text)
        self.skip_ends()

    def name(self) -> str:
        at = self.here
        if at.kind != "text" or not at.text:
            raise at.wrong("expected_name")
        if at.text in self.names:
            raise at.wrong("name_twice", name=at.text)
        self.names.add(at.text)
        return self.take().text

    def item(self) -> Item:
        line = self.take().line
        name, at = self.name(), self.here
        full = self.number()
        if full <= 0:
            raise at.wrong("no_points")
        if self.is_key("points"):
            self.take()
        self.expect_mark(":")
        share = self.share() if self.is_key("prorata") else None
        deductions = [] if share else [self.deduction()]
        floor = Decimal(0)
        while self.is_mark(";"):
            self.take()
            if self.is_key("floor"):
                floor = self.floor(full)
                break
            deductions.append(self.deduction())
        return Item(name, full, share, tuple(deductions), floor, line)

    def share(self) -> Share:
        first = self.take()
        of = self.expression()
        text, start = self.source(first), Decimal(0)
        if self.is_mark(","):
            self.take()
            self.expect_key("from")
            at = self.here
            start = self.number()
            if start > 1:
                raise at.wrong("start_above_one")
        return Share(of, start, text)

    def floor(self, full: Decimal) -> Decimal:
        self.take()
        at = self.here
        floor = self.number()
        if floor > full:
            raise at.wrong("floor_above_full", full=str(full))
        return floor

    def deduction(self) -> Deduction:
        first = self.expect_key("per")
        each = self.expression()
        self.expect_key("deduct")
        points = self.number()
        text = self.source(first)
        return Deduction(each, points, self.most(), text)

    def most(self) -> Decimal | None:
        if not self.is_mark(","):
            return None
        self.take()
        self.expect_key("max")
        return self.number()

    def bonus(self) -> Bonus:
        line = self.take().line
        name = self.name()
        self.expect_mark(":")
        first = self.expect_key("per")
        each = self.expression()
        self.expect_key("add")
        points = self.number()
        text = self.source(first)
        return Bonus(name, each, points, self.most(), text, line)

    def veto(self) -> Veto:
        line = self.take().line
        name = self.name()
        self.expect_mark(":")
        first = self.here
        when = self.condition()
        text = self.source(first)
        self.expect_mark(",")
        self.expect_key("cap")
        return Veto(name, when, self.number(), text, line)

    # conditions and expressions

    def condition(self) -> Condition:
        left: Condition = self.both()
        while self.is_key("or"):
            self.longer()
            self.take()
            left = Joined("or", left, self.both())
        return left

    def both(self) -> Condition:
        left: Condition = self.comparison()
        while self.is_key("and"):
            self.longer()
            self.take()
            left = Joined("and", left, self.comparison())
        return left

    def comparison(self) -> Comparison:
        left = self.expression()
        if not self.is_mark(">", "<", ">=", "<=", "="):
            raise self.here.wrong("expected_comparison", found=self.here.text)
        op = self.take().text
        return Comparison(op, left, self.expression())

    def expression(self) -> Expression:
        left = self.term()
        while self.is_mark("+", "-"):
            self.longer()
            left = Binary(self.take().text, left, self.term())
        return left

    def term(self) -> Expression:
        left = self.factor()
        while self.is_mark("*", "/"):
            self.longer()
            left = Binary(self.take().text, left, self.factor())
        return left

    def factor(self) -> Expression:
        word = self.here
        if word.kind == "number":
            return Number(self.take().number)
        if self.is_key("least", "most"):
            return self.pair()
        if self.is_mark("("):
            return self.inside()
        if word.kind == "name" and word.text not in KEYWORDS:
            return self.fact()
        raise word.wrong("expected_value", found=word.text)

    def pair(self) -> Expression:
        op = KEYWORDS[self.take().text]
        self.deeper()
        self.expect_mark("(")
        left = self.expression()
        self.expect_mark(",")
        right = self.expression()
        self.expect_mark(")")
        self.depth -= 1
        return Binary(op, left, right)

    def inside(self) -> Expression:
        self.deeper()
        self.take()
        found = self.expression()
        self.expect_mark(")")
        self.depth -= 1
        return found

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.here.wrong("too_deep", limit=DEEPEST)

    def longer(self) -> None:
        """Count the signs of a line: what is nested by the hundred, no stack holds."""
        self.signs += 1
        if self.signs > MOST_SIGNS:
            raise self.here.wrong("too_deep", limit=MOST_SIGNS)

    def fact(self) -> Fact:
        word = self.take()
        if self.allowed is not None and word.text not in self.allowed:
            near = get_close_matches(word.text, self.allowed, 1, 0.5)
            raise ScoringError("fact_unknown", word.line, word.column, name=word.text, near=near[0] if near else "")
        self.read[word.text] = None
        return Fact(word.text)
