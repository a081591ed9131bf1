"""From text to words, numbers and signs, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chengyun.indicators.formula.problems import FormulaError, Pos

_SIGNS = {"（": "(", "）": ")", "，": ",", "、": ",", "＝": "=", "≥": ">=", "≤": "<=", "≠": "!=", "＞": ">", "＜": "<",
          "％": "%", "＋": "+", "－": "-", "×": "*", "÷": "/", "／": "/"}  # fmt: skip

_PATTERN = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>"[^"\n]*"|“[^”\n]*”)
    |(?P<day>\d{4}-\d{2}-\d{2})
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>[^\W\d][\w]*(?:\.[^\W\d][\w]*)*)
    |(?P<sign><=|>=|!=|[()+\-*/^,=<>%（），、＝≥≤≠＞＜％＋－×÷／])""",
    re.VERBOSE,
)


LONGEST = 18
"""Characters of a number: more than any figure of a town needs, and far from what overflows."""


@dataclass(frozen=True)
class Token:
    """kind: name, number, day, text, sign, end. `value`: as the grammar reads it (quotes and wide signs gone)."""

    kind: str
    value: str
    at: Pos


def tokens(text: str) -> list[Token]:
    """All tokens, the last one of kind "end". Raises FormulaError at a character that no formula has."""
    found = list(_scan(text))
    return [*found, Token("end", "", Pos(len(text), len(text)))]


def _scan(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        match = _PATTERN.match(text, place)
        if match is None:
            raise FormulaError(
                "formula.character", Pos(place, place + 1), f"a formula has no {text[place]!r}", found=text[place]
            )
        kind, value, at = str(match.lastgroup), match.group(), Pos(match.start(), match.end())
        place = match.end()
        if kind == "number" and len(value) > LONGEST:
            raise FormulaError("formula.number_too_long", at, f"a number has at most {LONGEST} characters")
        if kind != "space":
            yield Token(kind, _plain(kind, value), at)


def _plain(kind: str, value: str) -> str:
    if kind == "text":
        return value[1:-1]
    return _SIGNS.get(value, value) if kind == "sign" else value
