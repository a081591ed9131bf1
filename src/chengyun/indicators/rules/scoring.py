"""Met, in a gap, or not known; how far it is, and how far it should be by now."""

import operator
from dataclasses import dataclass
from datetime import date
from math import inf, isnan

MET, GAP, UNKNOWN, NONE = "met", "gap", "unknown", ""
_OPS = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}
_UPWARDS = {">=", ">"}
CLOSE = 1e-9
"""How far apart two figures may be and yet be the same: that of sums of floats, not of anything measured."""


@dataclass(frozen=True)
class Measured:
    """A value with its bounds. NaN: none."""

    value: float
    low: float
    high: float
    estimated: bool = False
    is_missing: bool = False


@dataclass(frozen=True)
class Verdict:
    """`reason` says why it is not known: missing (a register), estimated, unsure (too little is known), empty."""

    state: str
    reason: str = ""


def judge(measured: Measured, comparator: str, target: float | None) -> Verdict:
    """Whether a value reaches a target. Met only if the worst that it may be does; a gap only if the best does not."""
    reason = _reason(measured)
    if target is None or isnan(target):
        return Verdict(NONE, reason)
    if measured.estimated:
        return Verdict(UNKNOWN, "estimated")
    worst, best = _ends(measured, comparator)
    if holds(worst, comparator, target):
        return Verdict(MET)
    if not holds(best, comparator, target):
        return Verdict(GAP)
    return Verdict(UNKNOWN, reason or "unsure")


def holds(value: float, comparator: str, target: float) -> bool:
    """Whether a plain value fulfils a comparison; the last digits of sums of floats never decide."""
    if isnan(value):
        return False
    slack = CLOSE * max(1.0, abs(target))
    same = abs(value - target) <= slack
    if comparator == "=":
        return same
    return comparator in {">=", "<="} if same else bool(_OPS[comparator](value, target))


def _ends(measured: Measured, comparator: str) -> tuple[float, float]:
    """The worst and the best end of what it may be. For "=" both ends must be there: an open span decides nothing."""
    if comparator in _UPWARDS:
        return measured.low, measured.high
    if comparator == "=":
        return (measured.value, measured.value) if measured.low == measured.high else (inf, measured.value)
    return measured.high, measured.low


def _reason(measured: Measured) -> str:
    if measured.is_missing and isnan(measured.value):
        return "missing"
    if isnan(measured.value):
        return "empty" if measured.low in {-inf, measured.high} else "unsure"
    return "estimated" if measured.estimated else ""


def distance(value: float | None, comparator: str, target: float | None) -> float | None:
    """How much is lacking, in the unit of the value: 0 where it is met."""
    if value is None or target is None:
        return None
    if holds(value, comparator, target):
        return 0.0
    return target - value if comparator in _UPWARDS else value - target


@dataclass(frozen=True)
class Promise:
    """What was promised, for reckoning where it should be by a day."""

    value: float
    by: date | None = None
    baseline: float | None = None
    baseline_on: date | None = None


def expected(promise: Promise, day: date) -> float | None:
    """Where a value should be on a day, if it went evenly from its baseline to the target. None without either."""
    if promise.by is None or promise.baseline is None or promise.baseline_on is None:
        return None
    whole = (promise.by - promise.baseline_on).days
    if whole <= 0:
        return promise.value
    share = min(max((day - promise.baseline_on).days / whole, 0.0), 1.0)
    return promise.baseline + (promise.value - promise.baseline) * share


def cause_of(before: dict[str, float | None], after: dict[str, float | None], definition_changed: bool) -> str:
    """Why a gap is met now: added (more above the line), removed (fewer failing because things went), denominator
    (only what is below the line changed), target, definition, changed (other), unclear."""
    if definition_changed:
        return "definition"
    above, below = _moved(before, after, "numerator"), _moved(before, after, "denominator")
    if above is None or below is None:
        moved = _moved(before, after, "value")
        return "target" if _moved(before, after, "target") else "changed" if moved else "unclear"
    if above > 0:
        return "added"
    if above < 0:
        return "removed"
    return "denominator" if below else "target" if _moved(before, after, "target") else "unclear"


def _moved(before: dict[str, float | None], after: dict[str, float | None], name: str) -> float | None:
    first, second = before.get(name), after.get(name)
    return None if first is None or second is None else second - first
