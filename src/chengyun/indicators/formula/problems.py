"""What is wrong with a formula, where, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process


@dataclass(frozen=True)
class Pos:
    """A stretch of the text, as offsets from 0: the first character and the one after the last."""

    start: int
    end: int

    def to(self, other: "Pos") -> "Pos":
        """From here to the end of another."""
        return Pos(self.start, other.end)


class FormulaError(ValueError):
    """A formula that cannot be read or makes no sense. `code` is stable, `params` what its words need."""

    def __init__(self, code: str, at: Pos, detail: str, **params: Any) -> None:
        super().__init__(detail)
        self.code = code
        self.at = at
        self.detail = detail
        self.params = params

    def shown(self, text: str) -> dict[str, Any]:
        """As the editor marks it: line and column from 1, and the stretch as offsets."""
        before = text[: self.at.start]
        return {
            "code": self.code,
            "detail": self.detail,
            "params": self.params,
            "start": self.at.start,
            "end": max(self.at.end, self.at.start + 1),
            "line": before.count("\n") + 1,
            "column": len(before) - (before.rfind("\n") + 1) + 1,
        }


def near(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """What somebody who wrote `word` may have meant."""
    return [match for match, _, _ in process.extract(word, list(known), limit=count, score_cutoff=60)]


def hint(suggestions: list[str]) -> str:
    """The suggestions as the end of a sentence."""
    return f"; did you mean {' or '.join(suggestions)}?" if suggestions else ""
