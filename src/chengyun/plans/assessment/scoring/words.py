"""Words, numbers and marks of the language, each with its place in the text."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


class ScoringError(ValueError):
    """What is wrong with a text, and at which character.

    `code` is stable, `line` and `column` count from 1, `params` are the values that its words need.
    """

    def __init__(self, code: str, line: int, column: int, **params: Any) -> None:
        super().__init__(f"line {line}, column {column}: {code} {params or ''}".rstrip())
        self.code, self.line, self.column, self.params = code, line, column, params


@dataclass(frozen=True)
class Word:
    """One word. `kind`: name, number, text, mark, end (of a line) or stop (of the text)."""

    kind: str
    text: str
    line: int
    column: int

    def wrong(self, code: str, **params: Any) -> ScoringError:
        """An error at this word."""
        return ScoringError(code, self.line, self.column, **params)

    @property
    def number(self) -> Decimal:
        return Decimal(self.text)


KEYWORDS = {
    "考核语言": "scoring", "scoring": "scoring", "单项": "item", "item": "item", "加分": "bonus", "bonus": "bonus",
    "否决": "veto", "veto": "veto", "分": "points", "points": "points", "按比例": "prorata", "prorata": "prorata",
    "起点": "from", "from": "from", "每": "per", "per": "per", "扣": "deduct", "deduct": "deduct", "加": "add",
    "add": "add", "最多": "max", "最多扣": "max", "最多加": "max", "max": "max", "最低": "floor", "floor": "floor",
    "总分不超过": "cap", "cap": "cap", "且": "and", "and": "and", "或": "or", "or": "or", "较小": "least",
    "least": "least", "较大": "most", "most": "most",
}  # fmt: skip
_MARKS = {"，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "×": "*", "÷": "/", "≥": ">=", "≤": "<=", "－": "-",
          "＋": "+", "＞": ">", "＜": "<", "＝": "="}  # fmt: skip
_PATTERN = re.compile(
    r"(?P<blank>[ \t\u3000]+)|(?P<note>#[^\n]*)|(?P<end>\r?\n)"
    r"|(?P<number>\d+(?:\.\d+)?)(?P<percent>%?)"
    r"|“(?P<curly>[^”\n]*)”|\"(?P<plain>[^\"\n]*)\""
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<mark>>=|<=|[-+*/(),;:<>=，；：（）×÷≥≤－＋＞＜＝])"
)
LONGEST = 20_000
DIGITS = 12


def words_of(text: str) -> list[Word]:
    """The words of a text, ended by one of kind "stop". Raises ScoringError."""
    if len(text) > LONGEST:
        raise ScoringError("too_long", 1, 1, limit=LONGEST)
    found: list[Word] = []
    place, line, start = 0, 1, 0
    while place < len(text):
        match = _PATTERN.match(text, place)
        if match is None:
            raise ScoringError("unreadable", line, place - start + 1, sign=text[place])
        word = _word(match, line, place - start + 1)
        if word is not None:
            found.append(word)
        place = match.end()
        if match["end"]:
            line, start = line + 1, place
    return [*found, Word("stop", "", line, place - start + 1)]


def _word(match: re.Match[str], line: int, column: int) -> Word | None:
    if match["blank"] or match["note"]:
        return None
    if match["end"]:
        return Word("end", "", line, column)
    if match["number"]:
        return _number(match, line, column)
    quoted = match["curly"] if match["curly"] is not None else match["plain"]
    if quoted is not None:
        return Word("text", quoted.strip(), line, column)
    if match["name"]:
        return Word("name", match["name"], line, column)
    return Word("mark", _MARKS.get(match["mark"], match["mark"]), line, column)


def _number(match: re.Match[str], line: int, column: int) -> Word:
    if len(match["number"]) > DIGITS:
        raise ScoringError("number_long", line, column, digits=DIGITS)
    value = Decimal(match["number"]) / (100 if match["percent"] else 1)
    return Word("number", format(value, "f"), line, column)
