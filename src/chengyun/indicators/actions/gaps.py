"""From a gap to work, and back: raised by a person, proposed as closed by the ruler, closed by a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chengyun.indicators.events import (
    GapClosed,
    GapMet,
    GapRaised,
    GapReceded,
    GapRefused,
    GapReturned,
    GapWithdrawn,
)
from chengyun.indicators.flow_table import GAP
from chengyun.indicators.models import Gap, Indicator
from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.measures import Row
from chengyun.kernel.refusal import Conflict, Invalid


@dataclass(frozen=True)
class Raised:
    """What is handed over, as it was found: area, value against target, failing things, owner, mode, deadline.

    `before`: value, numerator, denominator, target, failing. `routing`: why this department.
    """

    role: str
    area: int
    grid: int | None
    community: int | None
    comparator: str
    target: float
    unit: str
    deadline: date
    mode: str
    failing: int
    before: Mapping[str, float | None]
    department: int | None = None
    routing: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()


@action
def raise_gap(indicator: Indicator, *, actor: Actor, given: Raised, today: date) -> Gap:
    """Hand a gap over to be closed: one task, or one case for each of the things given."""
    indicator = lock(indicator, None)
    gap = Gap(
        town_id=indicator.town_id, indicator=indicator, number=indicator.number, role=given.role, area_id=given.area,
        grid_id=given.grid, community_id=given.community, department_id=given.department, routing=dict(given.routing),
        mode=given.mode, state=GAP.initial[0], deadline=given.deadline, target=given.target,
        comparator=given.comparator, subjects=[row.subject for row in given.rows], before=dict(given.before),
        raised_at=now(),
    )  # fmt: skip
    require(actor, "indicators.raise", at=gap)
    _check(gap, given, today)
    gap.save()
    record(raised_event(indicator, given), gap, actor)
    return gap


def _check(gap: Gap, given: Raised, today: date) -> None:
    if given.mode not in {"tasks", "cases"}:
        raise Invalid("indicators.mode", "mode: tasks or cases", field="mode")
    if given.deadline < today:
        raise Invalid("indicators.deadline_past", "deadline: not before today", field="deadline")
    if given.mode == "cases" and not given.rows:
        raise Invalid("indicators.nothing_fails", "subjects: no single thing fails here: raise a task", field="mode")
    rows = Gap.objects.as_system("a gap is open once").filter(indicator=gap.indicator, area_id=gap.area_id)
    kept = rows.filter(state__in=["raised", "proposed"]).first()
    if kept is not None:
        raise Conflict("indicators.gap_open", "this gap is being worked on already", current=kept.state_now())


def raised_event(indicator: Indicator, given: Raised) -> GapRaised:
    """What other rooms make a task or cases of."""
    return GapRaised(
        indicator.code, indicator.zh, indicator.en, indicator.number, given.mode, given.role, given.area,
        given.department, given.deadline, given.before.get("value"), given.comparator, given.target, given.unit,
        tuple(row.subject for row in given.rows), tuple(row.label for row in given.rows),
        tuple((row.lng or 0.0, row.lat or 0.0) for row in given.rows), given.failing,
    )  # fmt: skip


@action
def propose_closing(gap: Gap, *, actor: Actor, after: Mapping[str, float | None], cause: str) -> Gap:
    """The value reached its target: say so, with the evidence and the cause."""
    gap = lock(gap, None)
    require(actor, "indicators.raise", at=gap)
    gap.state = GAP.apply(gap, "propose", {}).state
    gap.after, gap.cause, gap.met_at = dict(after), cause, now()
    save(gap)
    record(GapMet(gap.indicator.code, gap.area_id, cause, after.get("value"), gap.target), gap, actor)
    return gap


@action
def recede_gap(gap: Gap, *, actor: Actor, value: float | None) -> Gap:
    """What was met is a gap again before anybody closed it."""
    gap = lock(gap, None)
    require(actor, "indicators.raise", at=gap)
    gap.state = GAP.apply(gap, "recede", {}).state
    gap.after, gap.cause, gap.met_at = {}, "", None
    save(gap)
    record(GapReceded(gap.indicator.code, gap.area_id, value), gap, actor)
    return gap


@action
def close_gap(gap: Gap, *, actor: Actor, expected: int, text: str = "") -> Gap:
    """A person looked at the evidence, and it is so."""
    gap = lock(gap, expected)
    require(actor, "indicators.raise", at=gap)
    gap.state = GAP.apply(gap, "close", {"text": text}).state
    gap.closed_at, gap.closed_by = now(), actor.actor_id[:64]
    save(gap)
    record(GapClosed(gap.indicator.code, gap.area_id, gap.cause), gap, actor, private={"text": text})
    return gap


@action
def refuse_closing(gap: Gap, *, actor: Actor, expected: int, reason: str) -> Gap:
    """A person looked, and it is not so: the work goes on."""
    gap = lock(gap, expected)
    require(actor, "indicators.raise", at=gap)
    gap.state = GAP.apply(gap, "refuse", {"reason": reason}).state
    save(gap)
    record(GapRefused(gap.indicator.code, gap.area_id), gap, actor, private={"reason": reason})
    return gap


@action
def withdraw_gap(gap: Gap, *, actor: Actor, expected: int, reason: str) -> Gap:
    """It was raised in error."""
    gap = lock(gap, expected)
    require(actor, "indicators.raise", at=gap)
    gap.state = GAP.apply(gap, "withdraw", {"reason": reason}).state
    gap.closed_at = now()
    save(gap)
    record(GapWithdrawn(gap.indicator.code, gap.area_id), gap, actor, private={"reason": reason})
    return gap


@action
def return_gap(gap: Gap, *, actor: Actor, value: float | None) -> Gap:
    """A closed gap opened again."""
    gap = lock(gap, None)
    require(actor, "indicators.raise", at=gap)
    gap.state = GAP.apply(gap, "return", {}).state
    gap.returns += 1
    gap.after, gap.cause, gap.met_at, gap.closed_at, gap.closed_by = {}, "", None, None, ""
    save(gap)
    said = GapReturned(gap.indicator.code, gap.area_id, gap.department_id, value, gap.target, gap.returns)
    record(said, gap, actor)
    return gap
