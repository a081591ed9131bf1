"""Lists of units as they stand in a document: split where a list is split, and nowhere inside a name."""

from __future__ import annotations

import re

from chengyun.plans.compiler.healed import Healed
from chengyun.plans.compiler.role_words import AREA_KINDS, AREA_TAIL, BEGINNINGS, UNIT_END

_OPEN, _CLOSE = "（“《〔", "）”》〕"
_BREAKS = "、，；/；,;|"
_EDGE = re.compile(r"^由(?=.{2})|^[\s、，；。：.·]+|[\s、，；。：.·]+$")
_ET_CETERA = re.compile(r"(?<=.)等(?:\d*个?)?(?:相关|有关|职能|责任|成员)*(?:部门|单位|街镇|科室)?$")
_SECOND_HALF = re.compile(
    r"公室|员会|委会|事处|办事处|人民政府|工委|卫生服务|服务站|执法|(?:局|会|门|办|科|所|站|室|队|处|院|中心|大队)(?=[\s、，；]|$)"
)
_NONE = re.compile(r"[-—/无\s]*$")


def split(names: Healed) -> list[Healed]:
    """The members of a list of units, in order, as written: 党政办（项目办）、各居民区 gives two.

    Separators inside brackets and quotes do not count; 各区、县级市 stays one member; a trailing 等 is left out.
    """
    out: list[Healed] = []
    for start, end in _ranges(names.norm):
        member = _trimmed(names[start:end])
        if len(member) and not _NONE.match(member.norm):
            out.append(member)
    return _governed(names, out)


def _ranges(norm: str) -> list[tuple[int, int]]:
    depth, start, out = 0, 0, []
    blanks = not any(mark in norm for mark in _BREAKS)  # where marks separate, a blank is only a wrapped line
    for place, char in enumerate(norm):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and (
            char in _BREAKS or (blanks and char == " " and _ends_name(norm[start:place], norm[place + 1 :]))
        ):
            out.append((start, place))
            start = place + 1
    return [*out, (start, len(norm))]


def _ends_name(part: str, rest: str) -> bool:
    """True when a blank after `part` can separate: it is a whole name, more than a kind of area, not cut in the middle
    (经济发展办 公室)."""
    part = part.strip()
    return UNIT_END.search(part) is not None and part not in BEGINNINGS and not _SECOND_HALF.match(rest.lstrip())


def _trimmed(member: Healed) -> Healed:
    member = member.stripped()
    while (edge := _EDGE.search(member.norm)) is not None and len(member):
        member = member[edge.end() :] if edge.start() == 0 else member[: edge.start()]
    if (rest := _ET_CETERA.search(member.norm)) is not None:
        member = member[: rest.start()]
    return member


def _governed(names: Healed, members: list[Healed]) -> list[Healed]:
    """Puts 各A、B back together where both are kinds of area."""
    out: list[Healed] = []
    for member in members:
        if out and _is_governed(out[-1].norm, member.norm) and member.at[0] > out[-1].at[-1]:
            first = names.at.index(out[-1].at[0])
            out[-1] = names[first : names.at.index(member.at[-1]) + 1]
        else:
            out.append(member)
    return out


def _is_governed(before: str, member: str) -> bool:
    last = before.rsplit("、", 1)[-1].removeprefix("各")
    return before.startswith("各") and last in AREA_KINDS and AREA_TAIL.sub("", member) in AREA_KINDS
