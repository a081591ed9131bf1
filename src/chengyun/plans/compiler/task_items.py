"""Tasks that are items of a text with a tail （责任部门：…；时间节点：…）, behind the sentence or in its own line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from chengyun.plans.compiler.context import Context
from chengyun.plans.compiler.healed import Healed, heal, joined
from chengyun.plans.compiler.model import Task, quoted
from chengyun.plans.compiler.numbers import quantities
from chengyun.plans.compiler.outline import Block, Heading
from chengyun.plans.compiler.owners import due_in_text, give_tail
from chengyun.plans.compiler.tails import Tail, find_tails, is_tail
from chengyun.plans.compiler.traps import quoted_ranges
from chengyun.plans.compiler.width import measure

_STOP = re.compile(r"[。！？]")
_ACT = re.compile(
    r"(?:全面|大力|着力|持续|深入|加快|积极|扎实|有序|稳步|进一步)*(?:推进|推动|开展|实施|加强|完善|建立|健全|打造|提升|优化|落实|深化|强化|"
    r"做好|整治|构建|培育|规范|改善|巩固|拓展|统筹|严格|提高|创新|建设|打通|推广)"
)
_FRAMES = re.compile(
    r"(?:指导思想|基本原则|工作原则|总体(?:要求|思路|目标)|(?:主要|工作|发展|行动)目标|目标(?:任务|要求)|适用范围|重要意义)(?:[。：]|$)"
)
_KEYED = re.compile(
    r"(?:(?:建设|工作|任务|主要|实施|项目|具体|重点|整治|推进)?(?:内容|任务|措施|举措|目标任务|工作任务|事项))："
)
_TITLE_MAX = 30.0
_PLAIN_MAX = 16.0
_SHARE = 0.6
_LISTED = 0.6
_REST = 6


class ItemReader:
    """Goes through the blocks once; `tasks` has what it found, `blocks_of` which block each task came from."""

    def __init__(self, blocks: Sequence[Block], context: Context) -> None:
        self.blocks = list(blocks)
        self.context = context
        self.tasks: list[Task] = []
        self.block_of: list[Block] = []
        self.titled = titled_ranks(blocks)
        self._open: list[Block] = []
        self._closed = False
        self._untold: list[Block] = []
        for place, block in enumerate(self.blocks):
            context.clock.check()
            self._take(block, self.blocks[place + 1] if place + 1 < len(self.blocks) else None)
        self._add_listed()
        for task in self.tasks:
            words = heal(context.source, [(span.start, span.end) for span in task.text.spans])
            due_in_text(task, words, context)

    def _take(self, block: Block, following: Block | None) -> None:
        if block.grid is not None or block.flat is not None or block.is_heading:
            self._open, self._untold, self._closed = [], [], False
            return
        tails = find_tails(block.body)
        if block.rank is not None:
            self._open = []
        if tails and not self._open and self._closed and is_tail(block.body):
            give_tail(self.tasks[-1], block.body, tails[0], self.context)
            return
        self._closed = False
        if tails and is_tail(block.body) and self._is_shared(following):
            for item in self._untold:
                self._task([item], item.body, block.body, tails[0])
            self._open, self._untold = [], []
            return
        if not tails:
            self._open.append(block)
            self._untold += [block] if block.rank is not None else []
            return
        self._split(block, tails)

    def _is_shared(self, following: Block | None) -> bool:
        """A tail after several items without tails, at the end of their section, is meant for all of them."""
        ends = following is None or following.is_heading or following.rank is None or following.rank != self._rank()
        return len(self._untold) >= 2 and ends and len(self._open) == 1

    def _rank(self) -> int | None:
        return self._untold[-1].rank if self._untold else None

    def _split(self, block: Block, tails: list[Tail]) -> None:
        """One task per tail; what stands before the first tail goes back to where the item began."""
        if self._open and self._open[0].heading is None and self._open[0].rank is None:
            self._open = self._open[-1:] if is_tail(block.body) else []  # titles and preambles belong to no task
        parts = [open_block.body for open_block in self._open]
        first = self._open[0] if self._open else block
        begin = 0
        for tail in tails:
            self.context.clock.check()
            own = _clean(block.body[begin : tail.start])
            text = joined([*parts, own])
            if len(text):
                self._task([first], text, block.body, tail)
            else:
                self.context.ask("tail.alone", "owners without a task before them", block.body[tail.start : tail.end])
            parts, begin = [], tail.end
        if len(_clean(block.body[begin:])) >= _REST and tails[-1].end < len(block.body):
            self.context.ask("tail.rest", "words after the owners belong to no task", _clean(block.body[begin:]))
        self._open, self._closed = [], True
        self._untold = [item for item in self._untold if item is not first] if self._untold else []

    def _task(self, items: list[Block], text: Healed, body: Healed, tail: Tail) -> None:
        task = new_task(items[0], _clean(text), self.titled)
        give_tail(task, body, tail, self.context)
        self.tasks.append(task)
        self.block_of.append(items[0])

    def _add_listed(self) -> None:
        """Items beside items with tails are tasks too, where most of their kind have tails; they lack an owner."""
        ranks = {block.rank for block in self.block_of if block.rank is not None}
        if not self.tasks:
            return
        owned = set(map(id, self.block_of))
        parents = {id(block.heading) for block in self.block_of}
        for rank in ranks:
            items = [b for b in self.blocks if b.rank == rank and not b.is_heading and not b.box and not b.annex]
            told = [b for b in items if id(b) in owned]
            if len(told) < _LISTED * len(items) or len(told) < 3:
                continue
            running = _runs_on(items)
            for block in items:
                if (
                    id(block) not in owned
                    and not _FRAMES.match(block.body.norm)
                    and (running or id(block.heading) in parents)
                ):
                    self._listed(block)

    def _listed(self, block: Block) -> None:
        task = new_task(block, _clean(block.body), self.titled)
        task.origin, task.confidence = "listed", 0.6
        place = next(
            (i for i, other in enumerate(self.block_of) if other.body.at[:1] > block.body.at[:1]), len(self.tasks)
        )
        self.tasks.insert(place, task)
        self.block_of.insert(place, block)
        self.context.ask("owner.missing", "an item beside owned items names no owner", _clean(block.body))


def new_task(block: Block, text: Healed, titled: set[int]) -> Task:
    """A task of this text under the headings of its block, its run-in title as the last of its path."""
    path = [heading.title.text for heading in headings(block)]
    task = Task(quoted(text, 0.97), path, label=block.label, number=block.number, box=block.box, page=block.page)
    title = run_in(text)
    if title is not None and block.rank not in titled and not _is_plain_title(title):
        title = None
    if title is not None:
        task.title = quoted(title)
        task.path.append(title.text)
    return task


def headings(block: Block) -> tuple[Heading, ...]:
    """The headings above a block, the highest first."""
    return block.heading.path if block.heading is not None else ()


def run_in(text: Healed) -> Healed | None:
    """The first sentence of an item when it reads like a title: short, without figures, with text after it."""
    stop = _STOP.search(text.norm)
    if stop is None or len(text) - stop.end() < _REST:
        return None
    title = text[: stop.start()]
    if measure(title.text) > _TITLE_MAX or re.search(r"\d{2,}|[；：]", title.norm) or title.norm.count("，") > 1:
        return None
    counted = any(not one.chinese for one in quantities(title.norm, quoted_ranges(title.norm)))
    return None if counted else title


def _is_plain_title(title: Healed) -> bool:
    """A title even among items without titles: a verb and its object, nothing else."""
    return measure(title.text) <= _PLAIN_MAX and not re.search(r"[，、；]", title.norm) and bool(_ACT.match(title.norm))


def titled_ranks(blocks: Sequence[Block]) -> set[int]:
    """Forms of enumerator whose items mostly begin with a title of their own."""
    counts: dict[int, list[bool]] = defaultdict(list)
    for block in blocks:
        if block.rank is not None and not block.is_heading:
            tails = find_tails(block.body)
            text = block.body[: tails[0].start] if tails else block.body
            counts[block.rank].append(run_in(_clean(text)) is not None)
    return {rank for rank, votes in counts.items() if sum(votes) >= _SHARE * len(votes)}


def _clean(text: Healed) -> Healed:
    """Without marks at the start, and without a key such as 建设内容：."""
    start = len(text.norm) - len(text.norm.lstrip(" ，；。、）"))
    key = _KEYED.match(text.norm, start)
    return text[key.end() if key is not None else start :].stripped()


def _runs_on(items: Sequence[Block]) -> bool:
    """True when the items are numbered 1, 2, 3 … through the whole document."""
    numbers = [item.number for item in items]
    return len(numbers) > 3 and numbers == list(range(1, len(numbers) + 1))
