"""An indicator as a file says it: what `library/*.yaml` hold, what the editor sends. Free of Django."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml

Missing = Literal["any", "all", "never"]
Comparator = Literal[">=", ">", "<=", "<", "="]


@dataclass(frozen=True)
class TargetShape:
    """What was promised: value (in the indicator's unit) or a formula for it, by when, how often it falls due.

    `value_formula`: a benchmark that is itself measured ("the city's average"); then `value` is None.
    `recurrence`: once (by `by`), yearly, monthly. `level`: the role of the areas it is promised for ("town").
    `implicit`: the source gives a bare number; `approx`: it says "about".
    """

    comparator: Comparator
    value: float | None = None
    by: date | None = None
    recurrence: Literal["once", "yearly", "monthly"] = "once"
    level: str = "town"
    value_formula: str = ""
    baseline: float | None = None
    baseline_on: date | None = None
    implicit: bool = False
    approx: bool = False


@dataclass(frozen=True)
class Definition:
    """One indicator: `code` is stable, [a-z0-9_-]; `formula` in the language of `chengyun.indicators.formula`.

    unit: what the formula's result is converted to and shown in ("%", "个", "m2/person", "个/km2", "个/千人", "万m2").
    ascending: more is better. `least_level`: the finest role of areas at which it means something ("compound",
    "micro_grid", "community", "cell", "grid", "sector", "town"). `frequency`: the period that it is kept by.
    `basis`: what population it stands on, if any. `source`: document, line and the words it was read from, as data.
    `group`: its heading on the scorecard. `owner_code`: the subject code by which the responsibility table finds who
    answers.
    `mode`: where a value goes to work: `tasks` (one task) or `cases` (one case for each failing thing).
    """

    code: str
    zh: str
    en: str
    formula: str
    unit: str
    decimals: int = 1
    ascending: bool = True
    missing: Missing = "any"
    least_level: str = "community"
    frequency: Literal["month", "quarter", "year"] = "month"
    basis: str = ""
    group: str = ""
    owner_code: str = ""
    mode: Literal["tasks", "cases"] = "tasks"
    note_zh: str = ""
    note_en: str = ""
    source: dict[str, Any] = field(default_factory=dict)
    target: TargetShape | None = None


@dataclass(frozen=True)
class ThresholdShape:
    """A limit that a standard sets for a category, and where it says so.

    jurisdiction: "national", "shanghai", … ; district_class: "main_city", "new_city", "new_town", "" any; circle: 5,
    10, 15 (minutes) or None; category: of facilities, "" for another quota. metric: straight | street | time | quota;
    value with unit (m, minutes, "m2/1000 person", "places/1000 person", "%"); comparator: "<=" or ">=".
    denominator: resident, actual, registered, registered elderly, household, "" none. clause: the standard and the
    clause; verified: whether somebody has read it in the official text (if not, it is shown as to be checked).
    """

    code: str
    zh: str
    en: str
    jurisdiction: str
    category: str
    metric: Literal["straight", "street", "time", "quota"]
    comparator: Comparator
    value: float
    unit: str
    clause: str
    mode: Literal["foot", "car", ""] = ""
    circle: int | None = None
    district_class: str = ""
    denominator: str = ""
    verified: bool = False


def read_definitions(path: Path) -> list[Definition]:
    """The indicators of a YAML file: {indicators: [{code: …, target: {…}}, …]}. Raises TypeError if not."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["indicators"]
    return list(_definitions(rows))


def read_thresholds(path: Path) -> list[ThresholdShape]:
    """The thresholds of a YAML file: {thresholds: [{…}, …]}."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["thresholds"]
    return [ThresholdShape(**row) for row in rows]


def _definitions(rows: Iterable[dict[str, Any]]) -> Iterable[Definition]:
    for row in rows:
        target = row.pop("target", None)
        yield Definition(**row, target=TargetShape(**target) if target else None)
