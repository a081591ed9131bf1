"""Text that was put together again from broken lines and still knows where each character stood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from chengyun.plans.compiler.width import canonical, is_wide

_GAP = re.compile(r"[\s*\u200b\ufeff\xad]*")
_DROPPED = frozenset("*\u200b\ufeff\xad")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters of the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Healed:
    """A run of text: as written (`text`), in one width (`norm`, same length), and where each stands (`at`)."""

    text: str
    norm: str
    at: tuple[int, ...]
    source: str

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, cut: slice) -> Healed:
        return Healed(self.text[cut], self.norm[cut], self.at[cut], self.source)

    def spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Where characters `start:end` stand in the source; several ranges where other words stand between them."""
        at = self.at[start:end]
        if not at:
            return ()
        out: list[Span] = []
        first = at[0]
        for here, following in pairwise(at):
            if following != here + 1 and not self._only_gap(here + 1, following):
                out.append(Span(first, here + 1))
                first = following
        out.append(Span(first, at[-1] + 1))
        return tuple(out)

    def _only_gap(self, start: int, end: int) -> bool:
        return start <= end and _GAP.fullmatch(self.source, start, end) is not None

    def stripped(self) -> Healed:
        """Without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : start + len(self.text.strip())]


def heal(source: str, ranges: Iterable[tuple[int, int]], *, spaces: bool = False) -> Healed:
    """The characters of `source` in `ranges` as one run.

    White space between Chinese characters and marks of emphasis go (they are wrapping, not words); between two Latin
    words one space stays. With `spaces` every run of white space is kept as one space.
    """
    at = [i for start, end in ranges for i in range(start, end) if source[i] not in _DROPPED]
    kept: list[int] = []
    pending: int | None = None
    wrapped = False
    for i in at:
        char = source[i]
        if char.isspace():
            pending = i if pending is None else pending
            wrapped = wrapped or char == "\n"
            continue
        if kept and pending is not None and (spaces or _separates(source[kept[-1]], char, wrapped)):
            kept.append(pending)
        pending, wrapped = None, False
        kept.append(i)
    text = "".join(" " if source[i].isspace() else source[i] for i in kept)
    return Healed(text, canonical(text), tuple(kept), source)


def _separates(left: str, right: str, wrapped: bool) -> bool:
    """True between two Latin words; a number that the end of a line cut in two is one number."""
    if wrapped and left.isdigit() and right.isdigit():
        return False
    return not is_wide(left) and not is_wide(right) and left.isalnum() and right.isalnum()


def joined(parts: Iterable[Healed]) -> Healed:
    """Several runs as one, in order, with nothing between them."""
    runs = [part for part in parts if len(part)]
    if not runs:
        return Healed("", "", (), "")
    text = "".join(run.text for run in runs)
    at = tuple(i for run in runs for i in run.at)
    return Healed(text, "".join(run.norm for run in runs), at, runs[0].source)
