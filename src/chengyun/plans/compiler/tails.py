"""Tails such as （责任部门：A、B；时间节点：5月） or （A牵头，B配合）: where they stand and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from chengyun.plans.compiler.due import is_due
from chengyun.plans.compiler.healed import Healed
from chengyun.plans.compiler.people import is_name
from chengyun.plans.compiler.role_words import BARE_KEY, GENERIC, KEY, UNIT_END, VERBS

_PAIRS = {"（": "）", "〔": "〕"}
_WITH = "会同"
_PARTS = re.compile(rf"[，；。]+|(?={_WITH})")
_LIST = re.compile(r"[、，；]")
_BEFORE_KEY = re.compile(r"[\s，；。、）〕]*$")
_OTHER_KEY = re.compile(r"[\u4e00-\u9fff]{2,8}：")  # a field that no role is known for
_LEAD_KEY = re.compile(r"(?:领导|负责人|责任人|牵头人)$")
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4})*")
_SEPARATE = 4  # a key this long ends the words before it even where a blank was the only mark between
_LONGEST = 400


@dataclass(slots=True)
class Tail:
    """A tail at `start:end` of a paragraph; each role with the ranges of its words in that paragraph."""

    start: int
    end: int
    roles: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def add(self, role: str, start: int, end: int) -> None:
        if start < end:
            self.roles.setdefault(role, []).append((start, end))


def find_tails(body: Healed) -> list[Tail]:
    """All tails of a paragraph in order; neighbours that only punctuation separates are one."""
    return list(_tails(body.norm))


@lru_cache(maxsize=256)
def _tails(norm: str) -> tuple[Tail, ...]:
    """Kept for a while: the outline, the items and the targets ask for the same paragraph one after another."""
    if not _may_hold(norm):
        return ()
    found = [tail for start, end in _brackets(norm) if (tail := _bracketed(norm, start, end))]
    if not found and (bare := _unbracketed(norm)):
        found = [bare]
    return tuple(_merged(norm, found))


def _may_hold(norm: str) -> bool:
    return (
        norm.endswith(("）", "）。", "〕", "〕。"))
        or "：" in norm
        or "牵头" in norm
        or "负责" in norm
        or "配合" in norm
        or "部门" in norm
        or "单位" in norm
    )


def has_tail(body: Healed) -> bool:
    """True when the paragraph ends in a tail or is one."""
    return any(body.norm[tail.end :].strip(" 。；，") == "" for tail in find_tails(body))


def is_tail(body: Healed) -> bool:
    """True when the paragraph is nothing but a tail: it belongs to the paragraph before it."""
    tails = find_tails(body)
    return bool(tails) and tails[0].start <= 1 and body.norm[tails[-1].end :].strip(" 。；") == ""


def _brackets(norm: str) -> list[tuple[int, int]]:
    """Outermost bracketed ranges, the brackets included; one left open reaches to the end."""
    out: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for place, char in enumerate(norm):
        if char in _PAIRS:
            stack.append((_PAIRS[char], place))
        elif stack and char == stack[-1][0]:
            _, start = stack.pop()
            if not stack:
                out.append((start, place + 1))
    if stack and len(norm) - stack[0][1] <= _LONGEST:
        out.append((stack[0][1], len(norm)))
    return out


def _bracketed(norm: str, start: int, end: int) -> Tail | None:
    inner_end = end - 1 if norm[end - 1] in _PAIRS.values() else end
    return _parsed(norm, start, end, (start + 1, inner_end))


def _unbracketed(norm: str) -> Tail | None:
    """A tail without brackets: it fills the paragraph or follows its last sentence."""
    match = KEY.search(norm) or BARE_KEY.match(norm)
    if match is None:
        return None
    start = match.start()
    opened = norm.count("（", 0, start) > norm.count("）", 0, start)
    if opened or (start and norm[start - 1] not in "。；！？ ）〕”"):
        return None
    if KEY.match(norm, start) is None:
        tail = Tail(start, len(norm))
        tail.add("support" if norm.startswith(("配合", "协办")) else "department", match.end(), len(norm))
        return tail
    end = _last_value_end(norm, start)
    return _parsed(norm, start, end, (start, end))


def _last_value_end(norm: str, start: int) -> int:
    last = [match.end() for match in KEY.finditer(norm, start)][-1]
    stop = norm.find("。", last)
    return len(norm) if stop < 0 else stop + 1


def _parsed(norm: str, start: int, end: int, inner: tuple[int, int]) -> Tail | None:
    if inner[1] - inner[0] > _LONGEST or inner[1] <= inner[0]:
        return None
    keys = _keys(norm, *inner)
    tail = Tail(start, end)
    if not keys:
        if not _free(norm, inner, tail) and _closes(norm, start, end) and _are_units(norm[inner[0] : inner[1]]):
            tail.add("department", *inner)
        return tail if tail.roles else None
    ahead = (inner[0], keys[0].start())
    if norm[slice(*ahead)].strip(" ，；。") and not _free(norm, ahead, tail):
        role = _unkeyed(norm, ahead, keys[0])
        if role is None:
            return None
        tail.add(role, *ahead)
    for match, following in zip(keys, [*keys[1:], None], strict=True):
        value = (match.end(), following.start() if following else inner[1])
        role = str(match.lastgroup)
        if role not in {"department", "support"} or not _free(norm, value, tail):
            tail.add(role, *value)
    return tail


def _unkeyed(norm: str, ahead: tuple[int, int], key: re.Match[str]) -> str | None:
    """The role of words before the first known key: owners in （甲局；配合单位：乙局）, a note behind a key."""
    if key.lastgroup != "department" and _are_units(norm[slice(*ahead)].strip(" ，；。")):
        return "department"
    return "note" if _OTHER_KEY.match(norm, ahead[0]) is not None else None


def _closes(norm: str, start: int, end: int) -> bool:
    """True for a bracket after the last full stop of a paragraph: if nothing but units is in it, they are owners."""
    return start > 0 and norm[start - 1] in "。；！" and not norm[end:].strip(" 。；")


def _keys(norm: str, start: int, end: int) -> list[re.Match[str]]:
    """Keys that stand at the start or after punctuation, outside inner brackets."""
    out = []
    for match in KEY.finditer(norm, start, end):
        before = norm[start : match.start()]
        if (
            not before
            or ((_BEFORE_KEY.search(before) is not None and before[-1:] in " ，；。、）〕") or _parted(before, match))
        ) and (before.count("（") == before.count("）")):
            out.append(match)
    return out


def _parted(before: str, key: re.Match[str]) -> bool:
    """责任单位：城运中心 完成时间：11月底: a long key right behind the name of a unit or a person, or behind a date."""
    value = before[before.rfind("：") + 1 :].strip()
    leads = _LEAD_KEY.search(before[: before.rfind("：")]) is not None and _SHORT_NAME.fullmatch(value) is not None
    named = leads or is_due(value) or is_name(value) or is_name(value.split("、")[-1])
    return len(key[0]) > _SEPARATE and "：" in before and (_are_units(value) or named)


def _free(norm: str, inner: tuple[int, int], tail: Tail) -> bool:
    """Reads A、B牵头，C、D配合，6月底前完成 part by part; False (and nothing added) when it is no such sentence."""
    waiting: int | None = None
    found: list[tuple[str, int, int]] = []
    for start, end in _parts(norm, *inner):
        role, stop = _part(norm, start, end, waiting)
        if role is None:
            return False
        if role == "with":
            found += [("department", waiting, start)] if waiting is not None else []
            found.append(("support", start + len(_WITH), stop))
            waiting = None
            continue
        begin = start if waiting is None or role == "due" else waiting
        waiting = begin if role == "waiting" else waiting if role == "due" else None
        if role != "waiting":
            found.append((role, begin, stop))
    if waiting is not None and found:
        found.append(("support" if found[-1][0] == "support" else "department", waiting, inner[1]))
    if not any(role in {"department", "support"} for role, _, _ in found):
        return False
    for role, start, end in found:
        tail.add(role, start, end)
    return True


def _part(norm: str, start: int, end: int, waiting: int | None) -> tuple[str | None, int]:
    """The role of a part and where its units end: waiting when its verb comes in a later part, None for other words."""
    role, stop = _verb(norm, start, end)
    if norm.startswith(_WITH, start):
        return ("with" if _are_units(norm[start + len(_WITH) : stop]) else None), stop
    begin = start if waiting is None else waiting
    if role is not None:
        return (role, stop) if _are_units(norm[begin:stop]) else (None, end)
    if is_due(norm[start:end].strip()):
        return "due", end
    return ("waiting" if _are_units(norm[start:end]) else None), end


def _parts(norm: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at marks, and before 会同: the units behind it work with the one before."""
    cuts = [match.span() for match in _PARTS.finditer(norm, start, end)]
    starts, ends = [start, *(after for _, after in cuts)], [*(before for before, _ in cuts), end]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if norm[a:b].strip()]


def spoken(body: Healed) -> Tail | None:
    """The roles of a cell such as 甲局牵头，乙局配合 or 甲局会同乙局; None when it is no such sentence."""
    tail = Tail(0, len(body))
    return tail if _free(body.norm, (0, len(body)), tail) else None


def _verb(norm: str, start: int, end: int) -> tuple[str | None, int]:
    part = norm[start:end].rstrip(" 。；，、等")
    for role, pattern in VERBS:
        match = pattern.search(part)
        if match is not None and match.start() > 0:
            return role, start + match.start()
    return None, end


def _are_units(text: str) -> bool:
    """True when every member of the list looks like the name of a unit or a generic member."""
    names = [name.strip(" 由") for name in _LIST.split(text) if name.strip()]
    return bool(names) and all(
        len(name) <= 30 and (UNIT_END.search(name.removesuffix("等")) is not None or GENERIC.match(name) is not None)
        for name in names
    )


def _merged(norm: str, tails: list[Tail]) -> list[Tail]:
    out: list[Tail] = []
    for tail in tails:
        if out and norm[out[-1].end : tail.start].strip(" ，；。") == "":
            out[-1].end = tail.end
            for role, ranges in tail.roles.items():
                out[-1].roles.setdefault(role, []).extend(ranges)
        else:
            out.append(tail)
    return out
