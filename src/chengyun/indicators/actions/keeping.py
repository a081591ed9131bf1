"""Keeping what was measured: one evaluation with the values of all areas, and the news among them."""

from collections.abc import Sequence
from typing import Any

from chengyun.indicators.events import StateChanged
from chengyun.indicators.measuring import COLUMNS, Measurement, Row
from chengyun.indicators.models import Evaluation, Indicator, Value
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.rows import insert_rows

_MOST_NEWS = 50  # areas of one level whose news are told one by one; a new target for all is no news of each


@action
def keep_measurement(found: Measurement, *, actor: Actor, position: int, tell: bool = True) -> list[Row]:
    """Write what differs from what was kept. Returns the rows of areas whose state is another now.

    `tell`: the journal hears of states that changed; not of what is measured for the first time, or long past.
    """
    indicator = lock(found.ready.indicator, None)
    require(actor, "indicators.write", at=indicator)
    known = _kept(indicator, found.period.key)
    changed = [row for row in found.rows if known.get(row[1]) != row]
    gone = set(known) - {row[1] for row in found.rows}
    _evaluation(found, indicator, position).save()
    _write(indicator, found.period.key, changed, gone | {row[1] for row in changed if row[1] in known})
    news = [row for row in changed if _state(known.get(row[1])) != _state(row)]
    for row in _told([row for row in news if row[1] in known]) if tell else ():
        record(_news(indicator, found.period.key, known.get(row[1]), row), indicator, actor)
    return news


def _kept(indicator: Indicator, period: str) -> dict[int, Row]:
    rows = Value.objects.filter(indicator=indicator, period=period).values_list(*COLUMNS)
    return {row[1]: tuple(row) for row in rows}


def _evaluation(found: Measurement, indicator: Indicator, position: int) -> Evaluation:
    row = Evaluation.objects.filter(indicator=indicator, period=found.period.key).first()
    row = row or Evaluation(indicator=indicator, period=found.period.key)
    row.used, row.first, row.last = found.ready.version, found.period.first, found.period.last
    row.missing, row.sources, row.problem = found.missing, found.sources, found.ready.problem
    row.position, row.inputs, row.evaluated_at = position, found.inputs, now()
    return row


def _write(indicator: Indicator, period: str, rows: Sequence[Row], replaced: set[int]) -> None:
    if replaced:
        Value.objects.filter(indicator=indicator, period=period, area_id__in=replaced).delete()
    columns = ("indicator_id", "period", *COLUMNS)
    insert_rows(Value, columns, [(indicator.pk, period, *row) for row in rows])


def _told(news: list[Row]) -> list[Row]:
    """What is worth an entry: places where something is promised, a few of each level."""
    by_role: dict[str, list[Row]] = {}
    for row in news:
        if row[9] is not None:
            by_role.setdefault(row[0], []).append(row)
    return [row for rows in by_role.values() if len(rows) <= _MOST_NEWS for row in rows]


def _state(row: Row | None) -> Any:
    return row[10] if row is not None else ""


def _news(indicator: Indicator, period: str, old: Row | None, new: Row) -> StateChanged:
    return StateChanged(indicator.code, new[1], new[0], period, _state(old), new[10], new[2], new[9])
