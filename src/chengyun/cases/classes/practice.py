"""How a town works its cases: limits of stages, windows, counts, and which post approves what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from chengyun.cases.classes.book import PRIORITIES, CaseClass
from chengyun.cases.classes.checks import BadTable, Fault
from chengyun.cases.classes.limits import StageLimit, parse_limit

POSTS = ("duty_officer", "centre_head", "leader")
STAGES = ("receive", "check", "file", "dispatch", "sign", "review", "verify", "close", "part")
ORDER_STAGES = ("upper_sign", "first_contact", "upper")

Limits = Mapping[tuple[str, str], StageLimit]


@dataclass(frozen=True)
class Practice:
    """The values of practice.yaml, read and checked."""

    stages: Limits
    orders: Limits
    amber: float
    return_window_hours: int
    bounces: int
    reopen_days: int
    extensions: tuple[str, ...]
    sample_percent: int
    rework: StageLimit | None
    similar: Mapping[str, int]
    approvals: Mapping[str, str]
    levels: tuple[str, ...]
    base: str
    departments: Mapping[str, tuple[str, str]]

    def limit(self, stage: str, priority: str, kind: CaseClass | None, *, rework: bool = False) -> StageLimit:
        """The limit that holds for a stage of a case of this class (None: not classed yet)."""
        if stage == "handle" and rework and self.rework:
            return self.rework
        own = kind.limit(stage, priority) if kind else None
        return own or self.stages.get((stage, priority)) or self.orders.get((stage, priority)) or _UNCLASSED


_UNCLASSED = parse_limit("5 work_days")  # of handling, for a case that reached a department without a class


def read_practice(text: str) -> Practice:
    """Read practice.yaml. Raises BadTable with every fault."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise BadTable([Fault(line, "practice", f"cannot be read: {getattr(error, 'problem', error)}")]) from error
    if not isinstance(data, dict):
        raise BadTable([Fault(0, "practice", "is not a table of settings")])
    faults = [Fault(0, name, "is missing") for name in _NEEDED if name not in data]
    if faults:
        raise BadTable(faults)
    stages = _limits("stages", data["stages"], STAGES, faults)
    orders = _limits("orders", data["orders"], ORDER_STAGES, faults)
    faults += [Fault(0, f"approvals.{k}", f"{v!r} is none of {', '.join(POSTS)}") for k, v in data["approvals"].items()
               if v not in POSTS]  # fmt: skip
    faults += [
        Fault(0, "extensions", f"{p!r} is none of {', '.join(POSTS)}") for p in data["extensions"] if p not in POSTS
    ]
    faults += [Fault(0, name, "is a whole number of at least 0") for name in _COUNTS if not _is_count(data[name])]
    if not 0 < float(data["amber"]) < 1:
        faults.append(Fault(0, "amber", "is a share between 0 and 1"))
    rework = _one(str(data["rework"]), "rework", faults) if data["rework"] else None
    if faults:
        raise BadTable(faults)
    return Practice(
        stages=stages, orders=orders, amber=float(data["amber"]), rework=rework,
        **{name: int(data[name]) for name in _COUNTS},
        extensions=tuple(data["extensions"]), similar=dict(data["similar"]), approvals=dict(data["approvals"]),
        levels=tuple(data["levels"]), base=str(data["base"]),
        departments={code: (names[0], names[1]) for code, names in data["departments"].items()},
    )  # fmt: skip


_COUNTS = ("return_window_hours", "bounces", "reopen_days", "sample_percent")
_NEEDED = ("stages", "orders", "amber", *_COUNTS, "extensions", "rework", "similar", "approvals", "levels", "base",
           "departments")  # fmt: skip


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and value >= 0


def _limits(name: str, data: Any, needed: tuple[str, ...], faults: list[Fault]) -> dict[tuple[str, str], StageLimit]:
    found: dict[tuple[str, str], StageLimit] = {}
    for stage in needed:
        for priority in PRIORITIES:
            field = f"{name}.{stage}.{priority}"
            text = (data.get(stage) or {}).get(priority)
            read = _one(str(text or ""), field, faults)
            if read:
                found[stage, priority] = read
    return found


def _one(text: str, field: str, faults: list[Fault]) -> StageLimit | None:
    try:
        return parse_limit(text)
    except ValueError as error:
        faults.append(Fault(0, field, str(error)))
        return None
