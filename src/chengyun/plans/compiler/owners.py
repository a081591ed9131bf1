"""Owners and deadlines of a task from the words of a tail or a cell, by role."""

from __future__ import annotations

import re
from dataclasses import replace

from chengyun.plans.compiler.context import Context
from chengyun.plans.compiler.dates import When, dates
from chengyun.plans.compiler.due import Due, is_due, read_due
from chengyun.plans.compiler.healed import Healed, heal, joined
from chengyun.plans.compiler.model import Deadline, Party, Task, quoted
from chengyun.plans.compiler.parties import split
from chengyun.plans.compiler.people import is_name
from chengyun.plans.compiler.role_words import GENERIC, UNIT_END, VERBS
from chengyun.plans.compiler.tails import Tail, find_tails, spoken

_BY = re.compile(r"(?:到|至|于|力争|确保|争取|在|力争于|力争在|力争到)$")
_DONE = re.compile(r"(?:全面|基本|全部|力争|确保)*(?:完成|建成|实现|达到|竣工|投用|通车|开工|到位|启用|上线|试运行)")
_EMPTY = frozenset("-—/无")
_SPOKEN = ("牵头", "配合", "负责", "会同")
_NOTE = re.compile(
    r"[，；。、（\s]*(?:除[^，。；]{2,30}外[，,]?)?(?:[排列](?:名)?(?:在)?(?:第一|首)|第一[个家](?:单位|部门)?为|标\S?[*★#]|以下(?:同|均)|下同).*$"
)
_LEADS = re.compile(r"（(?:牵头|主办|总牵头|牵头单位|牵头部门|主要责任单位)）$")


def give(task: Task, role: str, words: Healed, context: Context) -> None:
    """Adds what `words` say under `role` (lead, department, support, due, start, …) to `task`."""
    words = words.stripped()
    bare = words.norm.strip(" 。；，、")
    if not bare or set(bare) <= _EMPTY:
        return
    if role == "lead":
        _lead(task, words)
    elif role in {"department", "support"}:
        _parties(task, role, words, context)
    elif role == "due":
        _due(task, words, context)
    elif role == "start":
        task.deadline.start = read_due(words.norm, context.calendar).due or task.deadline.start
    else:
        task.notes[role] = words.text


def give_tail(task: Task, body: Healed, tail: Tail, context: Context) -> None:
    """Adds every role of a tail."""
    for role, ranges in tail.roles.items():
        for start, end in ranges:
            give(task, role, body[start:end], context)


def _lead(task: Task, words: Healed) -> None:
    """A person's words go to the lead; a unit under 责任人 is a department after all."""
    trimmed = _trim(words)
    if task.lead is not None:
        task.lead = quoted(joined([heal(words.source, [(s.start, s.end) for s in task.lead.spans]), trimmed]), 0.8)
        return
    task.lead = quoted(trimmed, 0.97 if is_name(trimmed.norm) else 0.6)


def _trim(words: Healed) -> Healed:
    end = len(words.norm.rstrip(" 。；，、"))
    start = len(words.norm) - len(words.norm.lstrip(" 。；，、："))
    clean = words[start:end]
    return heal(clean.source, [(span.start, span.end) for span in clean.spans()])


def _parties(task: Task, role: str, words: Healed, context: Context) -> None:
    """Splits a list; a value such as A牵头，B、C配合 or (in a cell) with keys of its own gives each part its role."""
    words = _unnoted(words)
    if any(verb in words.norm for verb in _SPOKEN) and _nested(task, words, context):
        return
    into = task.departments if role == "department" else task.supporting
    for member in split(words):
        if is_due(member.norm):
            _due(task, member, context)
        else:
            _party(into, member)


def _unnoted(words: Healed) -> Healed:
    """Without what a list says of itself: 排第一位的为牵头单位，下同."""
    note = _NOTE.search(words.norm)
    return words[: note.start()] if note is not None and note.start() else words


def _party(into: list[Party], member: Healed) -> None:
    """Adds a unit once; the one that the words call the lead comes first, without that word."""
    mark = _LEADS.search(member.norm)
    named = member[: mark.start()] if mark is not None and mark.start() else member
    clean = heal(named.source, [(span.start, span.end) for span in named.spans()])
    if any(party.name.value == clean.text for party in into):
        return
    generic = GENERIC.match(clean.norm) is not None
    known = generic or UNIT_END.search(clean.norm) is not None
    party = Party(quoted(clean, 0.97 if known else 0.75), generic=generic, lead=named is not member)
    into.insert(0 if party.lead else len(into), party)


def _nested(task: Task, words: Healed, context: Context) -> bool:
    told = spoken(words)
    tails = find_tails(words) if told is None else [told]
    if not tails:
        wrapped = _free_roles(words)
        for role, part in wrapped:
            _parties(task, role, part, context)
        return bool(wrapped)
    for tail in tails:
        give_tail(task, words, tail, context)
    return True


def _free_roles(words: Healed) -> list[tuple[str, Healed]]:
    """Parts of 党建办牵头，各居民区配合 with their roles; empty when no part ends in such a verb."""
    out: list[tuple[str, Healed]] = []
    start = 0
    for place, char in enumerate(words.norm + "，"):
        if char not in "，；。":
            continue
        part = words[start:place].stripped()
        start = place + 1
        for role, pattern in VERBS:
            match = pattern.search(part.norm)
            if match is not None and match.start() > 1:
                out.append((role, part[: match.start()]))
                break
    return out


def _due(task: Task, words: Healed, context: Context) -> None:
    read = read_due(words.norm, context.calendar)
    if read.rule == "unknown":
        context.ask("due.unknown", "these words about time were not understood", words)
    task.deadline = deadline(read, words, context)


def deadline(read: Due, words: Healed, context: Context) -> Deadline:
    """The deadline that `read` gives; one before the document's own date is marked, not changed."""
    chief = read.due[:7] if read.due else None
    issued = context.calendar.issued
    before = bool(read.due and issued and _latest(read.due) < issued)
    return Deadline(
        read.rule,
        quoted(words, 0.97 if read.due else 0.8),
        read.start,
        chief,
        read.due if read.due and len(read.due) > 7 else None,
        read.all,
        read.every,
        read.event,
        read.months,
        before,
    )


def due_in_text(task: Task, text: Healed, context: Context) -> None:
    """A task whose tail names no time may name it in its sentence: 5年内, 2025年底前, 到2025年. The last one counts."""
    if task.deadline.rule != "none":
        return
    found = [when for when in dates(text.norm, context.calendar) if _is_deadline(text.norm, when, context)]
    if not found:
        return
    last = max(found, key=lambda when: (when.last or "") + ("-13" if len(when.last or "") == 4 else ""))
    words = text[last.at : last.end]
    task.deadline = deadline(read_due(words.norm, context.calendar), words, context)
    task.deadline.all = tuple(dict.fromkeys(when.last for when in found if when.last))
    if task.deadline.words is not None:
        task.deadline.words = replace(task.deadline.words, confidence=0.7, inferred=True)


def _is_deadline(norm: str, when: When, context: Context) -> bool:
    """True for a date by which something is to be done, not one that names a plan or a past year."""
    if when.last is None or when.kind not in {"year", "month", "day", "range", "relative"}:
        return False
    opened = norm.rfind("《", 0, when.at) > norm.rfind("》", 0, when.at)
    issued = context.calendar.issued or context.calendar.start
    if opened or (issued is not None and when.last[:4] < issued[:4]):
        return False
    led = _BY.search(norm[: when.at]) is not None
    return when.kind == "relative" or when.ends or led or _DONE.match(norm, when.end) is not None


def _latest(date: str) -> str:
    """The last day that a date can mean, for comparing with a day."""
    return {4: f"{date}-12-31", 7: f"{date}-31"}.get(len(date), date)
