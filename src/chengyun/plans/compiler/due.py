"""When a task is due: the words of a tail or a cell, read with the rules for bare, relative and several dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chengyun.plans.compiler.dates import Calendar, When, dates

_FILL = re.compile(
    r"完成|完工|全部|办结|前|底|实施|启动|开工|竣工|建成|到位|落实|并|和|及|至|到|于|力争|确保|全面|基本|推进|持续|长期|按|时序|节点|"
    r"计划|预计|上报|报送|开展|阶段|性|任务|工作|要求|通报|调度|主体|封顶|投用|部署|验收|公示|总结|第?[一二三四]轮|\d+%|过半|"
    r"[\s，、；。：（）/]"
)
_ANY = Calendar(2000, "2000-01", "2000-12")  # of any year and month: 月底前 and 全月 are dates too
_START_WORDS = re.compile(r"启动|开工|开始|起")


@dataclass(frozen=True, slots=True)
class Due:
    """When a task starts and is due. `rule` says how it was given: absolute, month (the year is the plan's), relative,
    recurring, event (open until it is recorded), open (no end), unknown (words that were not understood)."""

    rule: str
    start: str | None = None
    due: str | None = None
    all: tuple[str, ...] = ()
    every: str | None = None
    event: str | None = None
    months: int | None = None


def is_due(text: str) -> bool:
    """True when `text` is nothing but dates and words around dates (6月底前完成, 长期坚持)."""
    found = dates(text, _ANY)
    if not found:
        return False
    rest = text
    for when in reversed(found):
        rest = rest[: when.at] + rest[when.end :]
    return not _FILL.sub("", rest)


def read_due(text: str, calendar: Calendar) -> Due:
    """The chief date of a deadline's words: the last of several; an event or no end leaves it open."""
    found = dates(text, calendar)
    ends = [when.last for when in found if when.last]
    event = next((when for when in found if when.kind == "event"), None)
    recurring = next((when for when in found if when.kind == "recurring"), None)
    if event is not None and not ends:
        return Due("event", event=event.words, months=event.months)
    if ends:
        return Due(
            _rule(found, calendar, text),
            _start(found, text),
            max(ends, key=_late),
            tuple(dict.fromkeys(ends)),
            recurring.every if recurring else None,
        )
    if recurring is not None:
        return Due("recurring", every=recurring.every)
    if any(when.kind in {"open", "relative"} for when in found):
        return Due(
            "open" if any(when.kind == "open" for when in found) else "relative",
            next((when.first for when in found if when.first), None),
        )
    return Due("unknown")


def _late(date: str) -> str:
    """A key that puts a year after its months but its last one: 2024 means its end, and 12月底 says more."""
    return date if len(date) > 4 else f"{date}-11-99"


def _rule(found: list[When], calendar: Calendar, text: str) -> str:
    last = [when for when in found if when.last][-1]
    if last.kind == "relative":
        return "relative"
    bare = last.last is not None and last.last[:4] not in text and calendar.year is not None
    return "month" if bare else "absolute"


def _start(found: list[When], text: str) -> str | None:
    for when in found:
        ranged = when.kind in {"range", "open", "relative"}
        if when.first and (ranged or _START_WORDS.match(text, when.end)):
            return when.first
    return None
