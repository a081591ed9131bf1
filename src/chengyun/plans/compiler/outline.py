"""The heading tree: which paragraph stands under which headings, in which box or annex."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from chengyun.plans.compiler.blocks import Raw, raws
from chengyun.plans.compiler.clock import Deadline
from chengyun.plans.compiler.enumerators import IMPLICIT, SECTION, STYLE_RANKS, label
from chengyun.plans.compiler.flattened import FlatTable
from chengyun.plans.compiler.healed import Healed
from chengyun.plans.compiler.source import Grid, Source
from chengyun.plans.compiler.tails import has_tail, is_tail
from chengyun.plans.compiler.width import measure

_BOX = re.compile(r"专栏\s?[\d一二三四五六七八九十]*\s*[:：]?\s*")
_ANNEX = re.compile(r"附\s?[件表]\s?[\d一二三四五六七八九十]*\s?：?\s*([^。；]{0,60})$")
_CAPTION = re.compile(r"(?:图|表)\s?\d{1,2}(?:[-—.]\d{1,2})?(?:\s|：|(?=“))")
_CHAPTER = re.compile(
    r"(?:序\s*言|前\s*言|引\s*言|结束语|后\s*记|(?:.{0,14}(?:工作|发展|任务|情况))?(?:回顾|总结)|.{0,12}(?:主要|重点|目标)任务|"
    r".{0,12}(?:总体要求|总体目标|主要目标|发展目标|工作安排|工作打算|工作计划|工作思路|保障措施|组织保障|工作要求))$"
)
_STOP = re.compile(r"[。；！？]")
_MARKS = re.compile(r"[。，；：！？、]")
_TITLE_MAX = 52.0
_CLOSED_TITLE_MAX = 34.0
_IMPLICIT_MAX = 22.0
_FRONT = 25


@dataclass(slots=True, eq=False)
class Heading:
    """A heading of the document. `rank` orders the forms of enumerators; smaller stands higher."""

    label: str
    number: int | None
    rank: int
    title: Healed
    parent: Heading | None = None

    @property
    def path(self) -> tuple[Heading, ...]:
        return (*(self.parent.path if self.parent else ()), self)


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, a table or a flattened table, with the headings, the box and the annex that it stands in.

    `body` leaves out the enumerator, which is `label`. A heading is a block too (`is_heading`): nothing is lost.
    """

    body: Healed
    page: int
    heading: Heading | None = None
    label: str = ""
    rank: int | None = None
    number: int | None = None
    box: str = ""
    annex: str = ""
    caption: str = ""
    grid: Grid | None = None
    flat: FlatTable | None = None
    is_heading: bool = False


class Outline:
    """Blocks of a document in order, each under its headings."""

    def __init__(self, source: Source, clock: Deadline) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.headings: list[Heading] = []
        self._top: Heading | None = None
        self._box = self._annex = self._caption = ""
        found = raws(source, clock)
        self._untitled(found)
        for raw, following in zip_longest(found, found[1:]):
            clock.check()
            self._add(raw, following)

    @staticmethod
    def _untitled(found: list[Raw]) -> None:
        """The only heading of the first level, before all others, is the title of the document and heads no section."""
        levels = [raw for raw in found if raw.level is not None]
        if levels and levels[0].level == 1 and levels[0].label is None and sum(raw.level == 1 for raw in levels) == 1:
            levels[0].level = None

    def _add(self, raw: Raw, following: Raw | None) -> None:
        if raw.grid is not None or raw.flat is not None:
            self.blocks.append(self._block(raw, raw.body))
            return
        if self._is_mark(raw):
            return
        self._caption = ""
        rank = self._rank(raw, following)
        if rank is not None:
            self._open(raw, rank)
            return
        if raw.label is not None:
            self._top = self._above(raw.label.rank)
            self._leave_box(raw.label.rank)
        self.blocks.append(self._block(raw, raw.body[raw.label.length if raw.label else 0 :]))

    def _is_mark(self, raw: Raw) -> bool:
        """Titles of annexes, boxes and figures: they say where the next blocks stand and are no text themselves."""
        norm = raw.spaced.norm
        if len(norm) > 70 or _STOP.search(norm):
            return False
        if (match := _ANNEX.match(norm)) is not None and not norm.startswith(("附表格",)):
            self._top, self._box, self._caption = None, "", ""
            self._annex = match[1] or norm
            return True
        if _BOX.match(norm):
            self._box = raw.body.text
            return True
        if _CAPTION.match(norm):
            self._caption = raw.body.text
            return True
        return False

    def _rank(self, raw: Raw, following: Raw | None) -> int | None:
        """The rank of a heading; None for a paragraph, and for an item that is itself the text."""
        if raw.label is not None:
            return raw.label.rank if _is_heading(raw, following) else None
        if raw.level is not None:
            return STYLE_RANKS.get(raw.level, 90)
        if self._is_implicit(raw, following):
            return IMPLICIT
        bare = not raw.bullet and following is not None and measure(raw.body.text) <= _IMPLICIT_MAX
        return _FRONT if bare and _CHAPTER.match(raw.body.norm) and len(self.blocks) > 1 else None

    def _is_implicit(self, raw: Raw, following: Raw | None) -> bool:
        """A short line without number under 一、 and right before a first 1. is a heading of the level between."""
        above = self._top if self._top is None or self._top.rank != IMPLICIT else self._top.parent
        if above is None or above.rank >= SECTION or following is None or following.label is None or raw.bullet:
            return False
        first = following.label.number == 1 and following.label.rank > IMPLICIT
        return first and measure(raw.body.text) <= _IMPLICIT_MAX and not _MARKS.search(raw.body.norm)

    def _open(self, raw: Raw, rank: int) -> None:
        self._leave_box(rank)
        spaced_label = label(raw.spaced.norm) if raw.label else None
        title = raw.spaced[spaced_label.length if spaced_label else 0 :].stripped()
        stop = _STOP.search(title.norm)
        cut = raw.label.length if raw.label else 0
        heading = Heading(
            raw.body.text[:cut].strip(),
            raw.label.number if raw.label else None,
            rank,
            title[: stop.start()] if stop else title,
            self._above(rank),
        )
        self.headings.append(heading)
        self._top = heading
        body = raw.body[cut:]
        rest = _STOP.search(body.norm)
        self.blocks.append(self._block(raw, body, is_heading=rest is None or rest.end() >= len(body)))

    def _leave_box(self, rank: int) -> None:
        if rank <= SECTION:
            self._box = ""

    def _above(self, rank: int) -> Heading | None:
        above = self._top
        while above is not None and above.rank >= rank:
            above = above.parent
        return above

    def _block(self, raw: Raw, body: Healed, *, is_heading: bool = False) -> Block:
        shown = raw.body.text[: raw.label.length].strip() if raw.label else ""
        return Block(
            body,
            raw.page,
            self._top,
            shown,
            raw.label.rank if raw.label else None,
            raw.label.number if raw.label else None,
            self._box,
            self._annex,
            self._caption,
            raw.grid,
            raw.flat,
            is_heading,
        )


def _is_heading(raw: Raw, following: Raw | None) -> bool:
    """A numbered line is a heading when it is short and text or a lower level follows it, else it is an item."""
    if raw.label is None or raw.label.rank <= 30:
        return raw.label is not None
    body = raw.body[raw.label.length :]
    if has_tail(body) or not len(body):
        return False
    lower = following is not None and following.label is not None and following.label.rank > raw.label.rank
    plain = following is not None and following.label is None and not _is_tail(following)
    stop = _STOP.search(body.norm)
    if stop is None:
        told = "：" in body.norm[:-1] and not lower
        return (lower or plain) and not told and measure(body.text) <= _TITLE_MAX
    if stop.end() == len(body):
        return (lower or plain) and measure(body.text) <= _CLOSED_TITLE_MAX
    return lower and measure(body.text[: stop.start()]) <= _CLOSED_TITLE_MAX


def _is_tail(raw: Raw) -> bool:
    return raw.grid is None and raw.flat is None and is_tail(raw.body)
