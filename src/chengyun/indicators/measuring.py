"""Indicators evaluated over a town: which are stale, what they come to, and what is kept of it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b
from math import isfinite, isnan
from typing import Any

import numpy as np

from chengyun.indicators.formula.binding import Bound, bind
from chengyun.indicators.formula.catalogue import Catalogue
from chengyun.indicators.formula.evaluate import Result, evaluate
from chengyun.indicators.formula.problems import FormulaError
from chengyun.indicators.formula.uses import Use, uses, window
from chengyun.indicators.formula.world import Held, World
from chengyun.indicators.models import Indicator, IndicatorTarget, IndicatorVersion
from chengyun.indicators.rules.levels import adds, reaches
from chengyun.indicators.rules.periods import Span
from chengyun.indicators.rules.scoring import Measured, judge

COLUMNS = (
    "role", "area_id", "value", "low", "high", "numerator", "denominator", "confidence", "estimated", "target", "state",
    "reason",
)  # fmt: skip
Row = tuple[Any, ...]
"""Values of COLUMNS: one area's."""


@dataclass(frozen=True)
class Ready:
    """An indicator with the version that holds, its formula bound (or what is wrong with it), and what was promised."""

    indicator: Indicator
    version: IndicatorVersion
    bound: Bound | None
    problem: dict[str, Any] = field(default_factory=dict)
    targets: tuple[IndicatorTarget, ...] = ()

    @cached_property
    def reads(self) -> tuple[Use, ...]:
        """Every place of its formula where a measure is read."""
        return tuple(uses(self.bound.tree)) if self.bound else ()

    @property
    def is_timed(self) -> bool:
        """Whether it reads other days than those of its period."""
        return any(use.during is not None for use in self.reads)


@dataclass(frozen=True)
class Measurement:
    """What an indicator came to over a period."""

    ready: Ready
    period: Span
    rows: list[Row]
    missing: list[dict[str, str]]
    sources: list[str]
    inputs: str


def make_ready(
    indicator: Indicator, version: IndicatorVersion, targets: Iterable[IndicatorTarget], catalogue: Catalogue
) -> Ready:
    """Bind the formula of a version. What is wrong with it is kept, not raised: the others go on."""
    try:
        bound = bind(version.formula, catalogue, version.unit)
    except FormulaError as error:
        return Ready(indicator, version, None, error.shown(version.formula), tuple(targets))
    return Ready(indicator, version, bound, {}, tuple(targets))


def prepare(ready: Sequence[Ready], world: World, periods: Sequence[Span]) -> None:
    """Load every measure once, for all the days that will be asked."""
    spans: dict[str, tuple[date, date]] = {}
    for one in ready:
        for use in one.reads:
            for period in periods if not use.is_figure else ():
                first, last = window(use.during, period.first, period.last)
                known = spans.get(use.measure, (first, last))
                spans[use.measure] = min(first, known[0]), max(last, known[1])
    for name, (first, last) in sorted(spans.items()):
        world.prepare(name, first, last)


def measure_one(ready: Ready, world: World, catalogue: Catalogue, period: Span) -> Measurement:
    """Evaluate an indicator over a period, in every area that it is kept for."""
    if ready.bound is None:
        return Measurement(ready, period, [], [], [], "")
    result = _result(ready, ready.bound, world, period)
    rows = list(_rows(ready, world, result, _promised(ready, world, catalogue, period)))
    missing = [asdict(one) for one in result.missing]
    return Measurement(ready, period, rows, missing, list(result.sources), _digest(ready, world, period))


def rows_of(ready: Ready, world: World, catalogue: Catalogue, period: Span) -> list[Row]:
    """What `measure_one` finds, without what is kept beside it: for what is only tried."""
    if ready.bound is None:
        return []
    result = _result(ready, ready.bound, world, period)
    return list(_rows(ready, world, result, _promised(ready, world, catalogue, period)))


def _result(ready: Ready, bound: Bound, world: World, period: Span) -> Result:
    strategy: Any = ready.version.missing  # constrained in the table
    return evaluate(bound, world, period.first, period.last, unit=ready.version.unit, strategy=strategy)


def _promised(ready: Ready, world: World, catalogue: Catalogue, period: Span) -> dict[Any, tuple[str, float | None]]:
    """By area, or by role: comparator and value."""
    found: dict[Any, tuple[str, float | None]] = {}
    for one in ready.targets:
        value = one.value if one.value is not None else _benchmark(one, ready, world, catalogue, period)
        found[one.area_id if one.area_id is not None else one.level] = (one.comparator, value)
    return found


def _benchmark(target: IndicatorTarget, ready: Ready, world: World, catalogue: Catalogue, period: Span) -> float | None:
    """A target that is itself measured: the town's value of its formula; None while that is not known."""
    try:
        bound = bind(target.value_formula, catalogue, ready.version.unit)
    except FormulaError:
        return None
    found = evaluate(bound, world, period.first, period.last, unit=ready.version.unit).span.value
    value = float(found[0]) if len(found) else float("nan")
    return None if isnan(value) else value


def _rows(ready: Ready, world: World, result: Result, promised: dict[Any, tuple[str, float | None]]) -> Iterable[Row]:
    bound = ready.bound
    everywhere = None if bound is None or adds(bound.tree) else promised.get("town")
    span = result.span
    columns = [a.tolist() for a in (span.value, span.low, span.high, span.confidence, span.estimated)]
    ratio = [a.tolist() for a in (result.numerator, result.denominator)]
    for number, level in enumerate(world.levels):
        if not reaches(level.role, ready.version.least_level):
            continue
        start = int(world.starts[number])
        for place, area in enumerate(level.areas, start):
            value, low, high, confidence, estimated = (column[place] for column in columns)
            comparator, target = promised.get(area) or promised.get(level.role) or everywhere or ("", None)
            verdict = judge(Measured(value, low, high, estimated, bool(result.missing)), comparator or ">=", target)
            numbers = (_number(value), _number(low), _number(high), *(_number(part[place]) for part in ratio))
            yield (level.role, area, *numbers, confidence, estimated, target, verdict.state, verdict.reason)


def _number(value: float) -> float | None:
    return value if isfinite(value) else None


def _digest(ready: Ready, world: World, period: Span) -> str:
    """A hash of the definition and of every table that was read: the same digest, the same value."""
    if ready.bound is None:
        return ""
    said = f"{ready.version.formula}|{ready.version.unit}|{ready.version.missing}|{period.first}|{period.last}"
    whole = blake2b(said.encode(), digest_size=16)
    for use in sorted({(u.measure, u.is_figure) for u in ready.reads}):
        if not use[1]:
            whole.update(digest_of(world.held(use[0], period.first, period.last)))
    return whole.hexdigest()


def digest_of(held: Held) -> bytes:
    """A hash of a table's rows."""
    if "digest" not in held.found:
        whole = blake2b(held.table.key.tobytes(), digest_size=16)
        for name in sorted(held.table.columns):
            column = held.table.columns[name]
            whole.update(column.tobytes() if isinstance(column, np.ndarray) else column.codes.tobytes())
        whole.update(held.points.tobytes())
        held.found["digest"] = whole.digest()
    found: bytes = held.found["digest"]
    return found
