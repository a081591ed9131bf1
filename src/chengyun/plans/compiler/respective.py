"""分别: which of several subjects or years each number of a chain belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chengyun.plans.compiler.phrases import LEAD, Head

_WORD = re.compile("分别")
_YEARS = re.compile(r"(?:20\d\d年?(?:底|末)?[、和及与]?){2,}$")
_JOIN = re.compile(r"(?:以上|以下|以内|左右)?[、和及与]")
_SUBJECT = re.compile(r"[^、和及与]{2,}")
_MARKS = re.compile(r"[，；：。！？]")
_VERB = 14


@dataclass(frozen=True, slots=True)
class Share:
    """What 分别 gives to one number: the range of its subject in the sentence, or its year."""

    subject: tuple[int, int] | None = None
    year: str = ""


def shares(norm: str, heads: Sequence[Head]) -> dict[int, Share]:
    """By place in `heads`: A率、B率分别达到90%、95% pairs the first with the first; nothing where the counts differ."""
    out: dict[int, Share] = {}
    for word in _WORD.finditer(norm):
        chain = _chain(norm, heads, word.end())
        given = _given(norm, word.start())
        if len(chain) > 1 and len(chain) == len(given):
            out.update(zip(chain, given, strict=True))
    return out


def _chain(norm: str, heads: Sequence[Head], start: int) -> list[int]:
    """Places of the numbers that stand behind each other after 分别, with at most a verb before the first."""
    out: list[int] = []
    for place, head in enumerate(heads):
        if head.start < start:
            continue
        between = norm[heads[out[-1]].quantity.end if out else start : head.start]
        if not out and (len(between) > _VERB or _MARKS.search(between)):
            return []
        if out and not _JOIN.fullmatch(between):
            break
        out.append(place)
    return out


def _given(norm: str, end: int) -> list[Share]:
    begin = max((match.end() for match in _MARKS.finditer(norm, 0, end)), default=0)
    years = _YEARS.search(norm[begin:end])
    if years is not None:
        return [Share(year=year) for year in re.findall(r"20\d\d", years[0])]
    lead = LEAD.match(norm[begin:end])
    begin += lead.end() if lead is not None else 0
    return [Share(subject=match.span()) for match in _SUBJECT.finditer(norm, begin, end)]
