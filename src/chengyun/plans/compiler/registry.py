"""Short names of units beside their full names: full, short, bracketed and former names are one unit, or a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chengyun.plans.compiler.context import Context
from chengyun.plans.compiler.healed import heal
from chengyun.plans.compiler.model import Group, Party, Post, Task

_BRACKET = re.compile(r"（([^（）]+)）")
_CALLED = re.compile(r"([\u4e00-\u9fff]{4,24})（(?:以下)?简称[：:]?“?([\u4e00-\u9fff]{2,10})”?）")
_FORMER = re.compile(r"([\u4e00-\u9fff]{2,20})（(?:原|曾用名[：:]?)([\u4e00-\u9fff]{2,20})）")
_PREFIX = re.compile(r"^(?:社区|街道|镇|区|市|县|新区)+")
_WIDE_ENDS = ("会", "委员会", "局", "中心")


class Registry:
    """Full names from the caller, from the posts of the document and from what the text itself abbreviates."""

    def __init__(self, units: Iterable[str], posts: Sequence[Post], context: Context) -> None:
        self.context = context
        self.names: dict[str, str] = {}
        for unit in [*units, *(post.unit for post in posts if post.unit)]:
            self._know(unit.strip())
        for match in (*_CALLED.finditer(context.source), *_FORMER.finditer(context.source)):
            self.names[match[2]] = match[1]
            self._know(match[1])

    def _know(self, unit: str) -> None:
        """A full name, the name without its bracket, and the name inside the bracket all mean this unit."""
        if len(unit) < 2:
            return
        unit = unit.replace("(", "（").replace(")", "）")
        self.names.setdefault(unit, unit)
        for alias in (_BRACKET.sub("", unit), *_BRACKET.findall(unit)):
            if len(alias) > 1:
                self.names.setdefault(alias, unit)

    def resolve(self, tasks: Sequence[Task], groups: Sequence[Group]) -> None:
        """Sets `Party.unit`; where a register is known and gives none or several, a question. The first owner leads."""
        for task in tasks:
            if task.departments and not task.departments[0].lead:
                task.departments[0].lead = task.departments[0].inferred = True
            for party in (*task.departments, *task.supporting):
                self._one(party)
        for group in groups:
            for party in group.members:
                self._one(party)

    def _one(self, party: Party) -> None:
        if party.generic or not self.names:
            return
        found = self.find(party.name.value)
        if len(found) == 1:
            party.unit = found[0]
            return
        party.question = "several units may be meant: " + "、".join(found) if found else "no unit of this name is known"
        if len(found) > 1:
            words = heal(self.context.source, [(span.start, span.end) for span in party.name.spans])
            self.context.ask("unit.ambiguous", party.question, words)

    def find(self, name: str) -> list[str]:
        """The units that `name` can mean: the exact one, else every one that it abbreviates."""
        name = name.replace("(", "（").replace(")", "）")
        bare = _BRACKET.sub("", name)
        for shown in (name, bare, *_BRACKET.findall(name)):
            if shown in self.names:
                return [self.names[shown]]
        return sorted({unit for known, unit in self.names.items() if abbreviates(bare, known)})


def abbreviates(short: str, full: str) -> bool:
    """城运中心 for 城市运行管理中心: its characters in order, the same start (after 社区, 镇 …) and a matching end."""
    core = _BRACKET.sub("", full)
    stem = _PREFIX.sub("", core) or core
    if len(short) < 2 or len(short) >= len(core) or short[0] not in (core[0], stem[0]):
        return False
    letters = iter(core)
    if not all(char in letters for char in short):
        return False
    return short[-1] == core[-1] or (core.endswith(_WIDE_ENDS) and short[-1] in "联会委协")
