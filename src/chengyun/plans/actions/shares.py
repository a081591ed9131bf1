"""分解: a task or target is decomposed by year, area or department; the parts add up."""

from collections.abc import Mapping, Sequence
from typing import Any

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.plans import around, events
from chengyun.plans.actions.common import number_of, text_up_to
from chengyun.plans.models import Share, Target, Task
from chengyun.plans.rules.shares import Part, add_up, repeated

MOST = 300


@action
def set_shares(
    item: Task | Target, shares: Sequence[Mapping[str, Any]], *, actor: Actor, expected: int
) -> Task | Target:
    """Set the shares of a task or target: [{year, area, department, value, label}]. Raises Invalid if parts lack.

    Shares of a countable target add up to its value at least; those of a rate each stand for themselves.
    """
    item = lock(item, expected)
    require(actor, "plans.write", at=item)
    if item.state in ("rejected", "merged", "withdrawn", "closed"):
        raise Conflict("plans.not_open", "this is not worked on any more", current=item.state_now())
    rows = read_shares(item, shares)
    _check(item, rows)
    item.shares.all().delete()
    Share.objects.bulk_create(rows)
    save(item)
    whole = item.value if isinstance(item, Target) else None
    record(events.SharesSet(item.subject_kind, len(rows), whole), item, actor)
    return item


def read_shares(item: Task | Target, shares: Sequence[Mapping[str, Any]]) -> list[Share]:
    """The rows of what was sent, not saved. Raises Invalid."""
    if len(shares) > MOST:
        raise Invalid("plans.shares_wrong", f"shares: at most {MOST}", field="shares")
    tie = {"target" if isinstance(item, Target) else "task": item}
    rows = []
    for one in shares:
        year = number_of(one.get("year"), "shares.year", 2000, 2100)
        area, department = one.get("area"), one.get("department")
        rows.append(Share(
            **tie, year=None if year is None else int(year),
            area_id=around.area_by(item.town_id, str(area)).pk if area else None,
            department_id=around.department_by(item.town_id, str(department), "shares.department").pk
            if department else None,
            value=number_of(one.get("value"), "shares.value"),
            label=text_up_to(200)(one.get("label") or "", "shares.label"),
        ))  # fmt: skip
    return rows


def _check(item: Task | Target, rows: Sequence[Share]) -> None:
    parts = [Part(row.value, row.year, row.area_id, row.department_id) for row in rows]
    if repeated(parts):
        raise Invalid("plans.share_twice", "shares: the same year, area and department twice", field="shares")
    if isinstance(item, Target):
        found = add_up(parts, item.value, item.aggregation)
        if not found.fits and item.ascending:
            raise Invalid(
                "plans.shares_short", f"shares: add up to {found.total:g} of {item.value:g}", field="shares",
                params={"total": found.total, "whole": item.value},
            )  # fmt: skip
