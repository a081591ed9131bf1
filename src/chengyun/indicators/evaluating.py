"""The ruler at work: what is stale is measured again, what is news is told, gaps that are met are proposed closed."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chengyun.indicators.actions import keep_measurement, propose_closing, recede_gap, return_gap
from chengyun.indicators.formula.catalogue import Catalogue
from chengyun.indicators.measuring import Measurement, Ready, Row, make_ready, measure_one, prepare
from chengyun.indicators.models import Evaluation, Gap, Indicator, IndicatorTarget, IndicatorVersion
from chengyun.indicators.rules.periods import Span, before, period_of
from chengyun.indicators.rules.scoring import GAP, MET, cause_of
from chengyun.indicators.worlds import TARGETS, Kept, Touched, world_of
from chengyun.kernel.actor import System
from chengyun.kernel.clock import local_day, now
from chengyun.places.models import Town

PLATFORM = System("indicators")
BACK = {"month": 12, "quarter": 8, "year": 5}
"""How many periods before the present one are reckoned once, for what the journal or the registers remember."""


@dataclass(frozen=True)
class Summary:
    """What an evaluation did: indicators measured again, values written, seconds."""

    measured: int
    changed: int
    seconds: float


def today_in(town: Town) -> date:
    """The day that it is in a town."""
    return local_day(now(), town.zone)


def ready_of(town: Town, kept: Kept, rows: Iterable[Indicator] | None = None) -> list[Ready]:
    """The indicators of a town with their formulas bound. Three queries."""
    listed = Indicator.objects.as_system("the ruler measures everything").filter(town_id=town.pk, retired_at=None)
    indicators = list(listed if rows is None else rows)
    ids = [one.pk for one in indicators]
    versions = {(v.indicator_id, v.number): v for v in IndicatorVersion.objects.filter(indicator_id__in=ids)}
    targets: dict[int, list[IndicatorTarget]] = {}
    for target in IndicatorTarget.objects.as_system("what was promised").filter(indicator_id__in=ids):
        targets.setdefault(target.indicator_id, []).append(target)
    return [
        make_ready(one, versions[one.pk, one.number], targets.get(one.pk, ()), kept.catalogue) for one in indicators
    ]


_bound: dict[int, tuple[Any, Catalogue, list[Ready]]] = {}


def bound_of(town: Town, kept: Kept) -> list[Ready]:
    """The same for all indicators of a town, kept while none of them nor of their targets changed: to be read only."""
    rows = Indicator.objects.as_system("the ruler measures everything").filter(town_id=town.pk, retired_at=None)
    promised = IndicatorTarget.objects.as_system("what was promised").filter(town_id=town.pk)
    stamp = [list(each.order_by("pk").values_list("pk", "version")) for each in (rows, promised)]
    known = _bound.get(town.pk)
    if known is None or known[0] != stamp or known[1] is not kept.catalogue:
        known = _bound[town.pk] = (stamp, kept.catalogue, ready_of(town, kept))
    return known[2]


def evaluate_town(town: Town, *, everything: bool = False, going: Callable[[int], None] = lambda _: None) -> Summary:
    """Measure what is stale (or everything) and keep it. `going(n)` hears of progress and may stop it."""
    started, today = time.perf_counter(), today_in(town)
    with world_of(town) as kept:
        touched = kept.take_touched()
        every = ready_of(town, kept)
        stale = every if everything else _stale(every, touched, today, _evaluated(every))
        prepare(stale, kept.world, [period for one in stale for period in _periods(one, today, kept)])
        changed = 0
        for number, one in enumerate(stale):
            going(number)
            changed += _measure(one, kept, today)
    return Summary(len(stale), changed, time.perf_counter() - started)


def _evaluated(every: Sequence[Ready]) -> dict[int, tuple[str, int, date]]:
    """For each indicator the latest evaluation: its period, the version used, the day up to which it went."""
    rows = Evaluation.objects.filter(indicator_id__in=[one.indicator.pk for one in every]).order_by("first")
    found = rows.values_list("indicator_id", "period", "used__number", "last")
    return {indicator: (period, number, last) for indicator, period, number, last in found}


def _stale(
    every: Sequence[Ready], touched: list[Touched] | None, today: date, evaluated: dict[int, tuple[str, int, date]]
) -> list[Ready]:
    """What must be measured again: what a change touches, what was written anew, and all of it on a new day."""
    if touched is None:
        return list(every)
    return [one for one in every if _is_old(one, today, evaluated) or _is_touched(one, touched)]


def _is_old(one: Ready, today: date, evaluated: dict[int, tuple[str, int, date]]) -> bool:
    return evaluated.get(one.indicator.pk, ("", 0, date.min))[1:] != (one.indicator.number, today)


def _is_touched(one: Ready, touched: list[Touched]) -> bool:
    if any(change.measure == TARGETS and one.indicator.code in (change.categories or ()) for change in touched):
        return True
    return any(use.meets(change.measure, change.categories) for use in one.reads for change in touched)


def _periods(one: Ready, today: date, kept: Kept) -> list[Span]:
    """The present period, and for records with days those before it that were never reckoned."""
    present = period_of(today, one.version.frequency)
    if one.bound is None or not _has_days(one, kept):
        return [present.until(today)]
    known = set(Evaluation.objects.filter(indicator=one.indicator).values_list("period", flat=True))
    past = [p for p in before(present, one.version.frequency, BACK[one.version.frequency]) if p.key not in known]
    return [*reversed(past), present.until(today)]


def _has_days(one: Ready, kept: Kept) -> bool:
    """Whether the formula counts records by their day, so that past periods can be reckoned today."""
    things = [use for use in one.reads if not use.is_figure and use.during is None]
    return bool(things) and all(kept.world.has_days(use.measure) for use in things)


def _measure(one: Ready, kept: Kept, today: date) -> int:
    changed = 0
    for period in _periods(one, today, kept):
        found = measure_one(one, kept.world, kept.catalogue, period)
        present = period.last >= today
        if found.missing and not present:
            continue  # a register that comes later is reckoned back then
        news = keep_measurement(found, actor=PLATFORM, position=kept.position, tell=present)
        changed += len(news)
        if present:
            watch_gaps(found)
    return changed


def watch_gaps(found: Measurement) -> None:
    """Propose closing what is met, take back what is a gap again, bring back what was closed."""
    rows = Gap.objects.as_system("gaps that were raised").filter(indicator=found.ready.indicator)
    by_area = {row[1]: row for row in found.rows}
    for gap in rows.filter(state__in=["raised", "proposed", "closed"]).select_related("indicator").order_by("id"):
        if gap.area_id in by_area:
            _watch(gap, by_area[gap.area_id], found.ready.indicator.number)


def _watch(gap: Gap, row: Row, number: int) -> None:
    state, value = row[10], row[2]
    if gap.state == "raised" and state == MET:
        after = evidence(row)
        propose_closing(gap, actor=PLATFORM, after=after, cause=cause_of(gap.before, after, number != gap.number))
    elif gap.state == "proposed" and state == GAP:
        recede_gap(gap, actor=PLATFORM, value=value)
    elif gap.state == "closed" and state == GAP and _is_last(gap):
        return_gap(gap, actor=PLATFORM, value=value)


def _is_last(gap: Gap) -> bool:
    """Whether no later gap of the same place was raised."""
    rows = Gap.objects.as_system("gaps that were raised").filter(indicator=gap.indicator, area_id=gap.area_id)
    return not rows.filter(pk__gt=gap.pk).exists()


def evidence(row: Row) -> dict[str, float | None]:
    """What is remembered of a value when it is raised, and when it is met."""
    return {"value": row[2], "numerator": row[5], "denominator": row[6], "target": row[9]}
