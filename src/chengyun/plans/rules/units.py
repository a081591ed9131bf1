"""Whom a name in a document means: full, short, bracketed and former names of departments, or a question."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chengyun.plans.compiler.registry import abbreviates

_BRACKET = re.compile(r"\(([^()]+)\)")
_EACH = re.compile(r"^(?:各|相关|有关|所有)")
_GENERIC = {"居": "neighbourhood", "村": "village"}


def key_of(name: str) -> str:
    """A name in one width, without spaces."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def aliases(name: str) -> list[str]:
    """What a department is called by its own name: in full, without what stands in brackets, and that alone."""
    full = key_of(name)
    found = (full, _BRACKET.sub("", full), *_BRACKET.findall(full))
    return list(dict.fromkeys(alias for alias in found if len(alias) > 1))


@dataclass(frozen=True)
class Unit:
    """A department as names are compared with it."""

    id: int
    name: str
    kind: str = "department"


@dataclass
class Register:
    """The departments of a town and what else they are called. `named` are names that a person settled."""

    units: Iterable[Unit]
    named: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = list(self.units)
        self._known: dict[str, set[int]] = {}
        for unit in self.units:
            for alias in aliases(unit.name):
                self._known.setdefault(alias, set()).add(unit.id)

    def find(self, name: str) -> tuple[int, ...]:
        """The departments that a name can mean: one is sure, several are a question, none is unknown."""
        key = key_of(name)
        bare = _BRACKET.sub("", key)
        for shown in (key, bare, *_BRACKET.findall(key)):
            if shown in self.named:
                return tuple(self.named[shown])
            if shown in self._known:
                return tuple(sorted(self._known[shown]))
        return tuple(sorted({i for full, ids in self._known.items() if abbreviates(bare, full) for i in ids}))

    def members(self, name: str) -> tuple[int, ...]:
        """The departments that a generic name stands for: what a person settled, else all 居 and 村 of the town."""
        key = key_of(name)
        if key in self.named:
            return tuple(self.named[key])
        kinds = {kind for sign, kind in _GENERIC.items() if sign in key}
        return tuple(unit.id for unit in self.units if unit.kind in kinds)


def is_generic(name: str) -> bool:
    """Whether a name stands for several units (各居村, 相关部门)."""
    return _EACH.match(key_of(name)) is not None
