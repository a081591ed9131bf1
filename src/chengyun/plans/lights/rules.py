"""The rules by which lights are set: data with a version, so that an old month can be judged as it was then."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from importlib.resources import files
from typing import Any


class Light(StrEnum):
    """Grey: cannot be judged. Green: on pace or done. Yellow: a little behind, near due, made good. Red: behind."""

    GREY = "grey"
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


KINDS = ("task", "target", "project")
BY_KIND = ("tolerance", "near_days", "grace_days", "stale_days", "over_range")
"""What may differ between tasks, targets and projects."""


@dataclass(frozen=True)
class LightRules:
    """One version of the rules.

    `tolerance`: the share (0 to 1) of the whole way by which one may lag and be yellow. `near_days`: so many days
    before it is due, what is not done is yellow at best. `grace_days`: so many days after the due date, what is not
    done is still yellow. `stale_days`: a reading older than this says nothing (0: never too old). `over_range`: the
    light of a value beyond the upper end of a range. `kinds`: what differs for "task", "target" or "project".
    """

    version: int = 1
    tolerance: float = 0.1
    near_days: int = 15
    grace_days: int = 0
    stale_days: int = 0
    over_range: Light = Light.YELLOW
    kinds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        kinds = {kind: dict(own) for kind, own in self.kinds.items()}
        return {**asdict(self), "over_range": str(self.over_range), "kinds": kinds}

    def of(self, kind: str) -> "LightRules":
        """The rules as they hold for one kind of thing ("task", "target", "project")."""
        own = dict(self.kinds.get(kind, {}))
        if not own:
            return self
        own["over_range"] = Light(own.get("over_range", self.over_range))
        return replace(self, **own)


class BadRules(ValueError):
    """What is wrong with a set of rules; `field` says where."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(f"{field}: {words}")
        self.field = field


def read_rules(data: Mapping[str, Any]) -> LightRules:
    """Rules from JSON. Raises BadRules for what does not fit."""
    known = {f.name for f in fields(LightRules)}
    for name in data:
        if name not in known:
            raise BadRules(name, "there is no such rule")
    merged: dict[str, Any] = DEFAULT.plain() | dict(data)
    _check(merged)
    if not isinstance(merged["version"], int) or merged["version"] < 1:
        raise BadRules("version", "a number from 1")
    merged["kinds"] = _kinds(merged)
    return LightRules(**{**merged, "over_range": Light(merged["over_range"])})


def _kinds(merged: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What differs by kind: each value is held to the same bounds as the general one."""
    kinds = merged["kinds"]
    if not isinstance(kinds, Mapping) or any(not isinstance(own, Mapping) for own in kinds.values()):
        raise BadRules("kinds", "rules by kind")
    for kind, own in kinds.items():
        if kind not in KINDS:
            raise BadRules("kinds", f"one of {', '.join(KINDS)}")
        for name in own:
            if name not in BY_KIND:
                raise BadRules(name, "is no rule that differs by kind")
        _check({**merged, **own})
    return {kind: dict(own) for kind, own in kinds.items() if own}


def _check(merged: Mapping[str, Any]) -> None:
    """The bounds of every value. Raises BadRules."""
    if not _is_number(merged["tolerance"]) or not 0 <= merged["tolerance"] <= 0.5:
        raise BadRules("tolerance", "a share from 0 to 0.5")
    for name in ("near_days", "grace_days", "stale_days"):
        if not isinstance(merged[name], int) or isinstance(merged[name], bool) or not 0 <= merged[name] <= 400:
            raise BadRules(name, "whole days, from 0 to 400")
    if merged["over_range"] not in ("green", "yellow", "red"):
        raise BadRules("over_range", "green, yellow or red")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _default() -> LightRules:
    text = files("chengyun.plans.lights").joinpath("rules.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return LightRules(**{**data, "over_range": Light(data["over_range"])})


DEFAULT = _default()
"""The rules that every installation starts with (rules.json beside this file)."""
