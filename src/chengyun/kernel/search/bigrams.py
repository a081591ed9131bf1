"""Texts and queries as bigrams. Pure. Both databases see only what is made here, so both find the same.

Every character of a Chinese run gives one term that begins with it: itself with the next one, or, at the end of the
run, itself alone. Latin letters and digits stay whole words. So a phrase of bigrams is found wherever its characters
stand together, and a single character wherever a term begins with it.
"""

import re
import unicodedata
from dataclasses import dataclass

# Characters that both full-text indexes take for letters: later extensions of Unicode are not known to SQLite's.
_HAN = "\u3400-\u4dbf\u4e00-\u9fcc\U00020000-\U0002a6d6\U0002a700-\U0002b734\U0002b740-\U0002b81d\uf900-\ufa6d"
_KANA = "\u3041-\u3096\u30a1-\u30fa\u3105-\u312d\uac00-\ud7a3"
_RUN = re.compile(f"[{_HAN}{_KANA}]+|[0-9a-z]+")
LONGEST_TEXT = 5_000  # characters: within what PostgreSQL numbers as positions
LONGEST_QUERY = 100


@dataclass(frozen=True)
class Phrase:
    """Terms that stand one after the other; with `prefix` the last one is the beginning of a term."""

    terms: tuple[str, ...]
    prefix: bool = False


def normal(text: str) -> str:
    """Half width, composed, lower case, accents off, so that what looks the same is the same."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", plain)


def terms(text: str) -> list[str]:
    """The terms of a text, in order."""
    return [term for run in _RUN.findall(normal(text)) for term in _terms_of_run(run)]


def column(*texts: str) -> str:
    """The column that is indexed. Texts are set apart, so that no phrase runs from one into the next."""
    return " 0x 0x ".join(" ".join(terms(text[:LONGEST_TEXT])) for text in texts if text)


def phrases(query: str) -> list[Phrase]:
    """What a query asks for: one phrase for each word between spaces, all of which must be found."""
    words = normal(query[:LONGEST_QUERY]).split()
    return [phrase for word in words if (phrase := _phrase(_RUN.findall(word)))]


def _terms_of_run(run: str) -> list[str]:
    if run[0].isascii():
        return [run]
    return [run[i : i + 2] for i in range(len(run))]


def _phrase(runs: list[str]) -> Phrase | None:
    if not runs:
        return None
    last = runs[-1]
    found = [term for run in runs for term in _terms_of_run(run)]
    if last[0].isascii():
        return Phrase(tuple(found))
    if len(last) == 1:
        return Phrase(tuple(found), prefix=True)
    # The text may go on after the last character, so the term that says that it ends there is not asked for.
    return Phrase(tuple(found[:-1]))
