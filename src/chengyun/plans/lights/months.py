"""Every month's light as it was at its end, and when a missed month was made good.

After the three-colour warning of a district's supervision office: a month on time is green, a missed one is red, and
when a later month makes it good it turns yellow; that it was missed stays on record.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chengyun.plans.lights.aims import Aim, Every, Hold, Reading
from chengyun.plans.lights.judging import Judged, judge
from chengyun.plans.lights.pace import period_of, within_period
from chengyun.plans.lights.rules import DEFAULT, Light, LightRules


@dataclass(frozen=True)
class MonthLight:
    """A month: `first_light` is what it was at its end, `light` what it is now; `made_good` the day that changed it."""

    month: date
    first_light: Light
    light: Light
    judged: Judged
    made_good: date | None


def months(
    aim: Aim, readings: Iterable[Reading], first: date, today: date, rules: LightRules = DEFAULT, settled: int = 0
) -> list[MonthLight]:
    """The lights of all months from that of `first` until the last one that ended `settled` days before `today`.

    `settled` leaves time for what is said of a month after it: its reports.
    """
    known = sorted(readings, key=lambda r: r.day)
    return [_month(aim, known, end, today, rules) for end in _month_ends(first, today - timedelta(days=settled))]


def _month(aim: Aim, known: Sequence[Reading], end: date, today: date, rules: LightRules) -> MonthLight:
    then = judge(aim, known, end, rules)
    made_good = _made_good(aim, known, end, today, then) if then.light is Light.RED else None
    return MonthLight(end.replace(day=1), then.light, Light.YELLOW if made_good else then.light, then, made_good)


def _made_good(aim: Aim, known: Sequence[Reading], end: date, today: date, then: Judged) -> date | None:
    """The first day after `end` on which what was expected at `end` was there. A breached floor is never made good.

    Of a recurring aim only its own period can make a month good.
    """
    if aim.hold is Hold.FLOOR or then.expected is None:
        return None
    last = today if aim.every is Every.ONCE else min(today, within_period(aim, end).by or today)
    for reading in known:
        if end < reading.day <= last:
            reached = reading.value <= then.expected if aim.descending else reading.value >= then.expected
            if reached:
                return reading.day
    return aim.done if aim.done and end < aim.done <= last else None


def _month_ends(first: date, today: date) -> Iterator[date]:
    day = first
    while True:
        _, end = period_of(day, Every.MONTH)
        if end > today:
            return
        yield end
        day = end + timedelta(days=1)
