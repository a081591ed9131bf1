"""What would be right in the place of what stands there: words, and the code by which any language says it."""

from collections.abc import Mapping
from typing import Any


class Right(str):
    """English words that also carry their code and its values. Free of Django."""

    __slots__ = ("code", "params")
    code: str
    params: Mapping[str, Any]


def right(code: str, words: str, **params: Any) -> Right:
    """The words of a code, with its values filled in."""
    made = Right(words.format(**params))
    made.code, made.params = code, params
    return made


def code_of(words: str) -> str:
    """The code that words carry; empty if they carry none."""
    return words.code if isinstance(words, Right) else ""


def params_of(words: str) -> dict[str, Any]:
    """The values that words carry."""
    return dict(words.params) if isinstance(words, Right) else {}
