"""From a gap to work."""

from typing import Any
from uuid import UUID

from ninja import Field, Query, Schema, Status

from chengyun.indicators import actions, raising
from chengyun.indicators.api import schemas as out
from chengyun.indicators.api.router import router
from chengyun.indicators.evaluating import today_in
from chengyun.indicators.queries import gaps, rows
from chengyun.kernel.access import require
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.idempotency.keys import idempotent
from chengyun.kernel.paging import page
from chengyun.places.queries import town_for


class GapQuery(Schema):
    """`state`: raised, proposed, closed, withdrawn, by commas."""

    town: str | None = None
    state: str = Field("", max_length=60)
    indicator: UUID | None = None
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)


@router.get("/gaps", response=out.IndicatorGapPage, summary="Gaps that became work, by deadline")
def listed(request: ActorRequest, asked: Query[GapQuery]) -> Any:
    town = town_for(request.actor, asked.town)
    found = page(
        gaps.gaps(request.actor, town, asked.state, asked.indicator), ("deadline", "id"), asked.cursor, asked.limit
    )
    return {**vars(found), "items": gaps.gap_rows(request.actor, found.items)}


@router.get("/gaps/{uuid:id}", response=out.IndicatorGapOut, summary="One gap")
def one(request: ActorRequest, id: UUID) -> Any:  # noqa: A002  the name in the address
    return gaps.gap_rows(request.actor, [gaps.gap_of(request.actor, id)])[0]


@router.post("/{uuid:id}/gaps", response={201: out.IndicatorGapOut}, summary="Turn a gap into a task or cases")
@idempotent
def raise_gap(request: ActorRequest, id: UUID, given: out.RaiseIn) -> Any:  # noqa: A002
    row = rows.indicator_of(request.actor, id)
    town = rows.town_of_row(row)
    area = rows.area_for(town, given.area)
    require(request.actor, "indicators.raise", at=area)
    wish = raising.Wish(given.mode, given.deadline, given.subjects)
    handed = raising.raised_of(request.actor, town, row, area, wish)
    gap = actions.raise_gap(row, actor=request.actor, given=handed, today=today_in(town))
    return Status(201, gaps.gap_rows(request.actor, [gap])[0])


@router.post("/gaps/{uuid:id}/close", response=out.IndicatorGapOut, summary="Confirm that a gap is closed")
def close(request: ActorRequest, id: UUID, given: out.GapVerbIn) -> Any:  # noqa: A002
    gap = gaps.gap_of(request.actor, id)
    done = actions.close_gap(gap, actor=request.actor, expected=given.expected, text=given.text)
    return gaps.gap_rows(request.actor, [done])[0]


@router.post("/gaps/{uuid:id}/refuse", response=out.IndicatorGapOut, summary="Say that it is not closed")
def refuse(request: ActorRequest, id: UUID, given: out.GapVerbIn) -> Any:  # noqa: A002
    gap = gaps.gap_of(request.actor, id)
    done = actions.refuse_closing(gap, actor=request.actor, expected=given.expected, reason=given.reason)
    return gaps.gap_rows(request.actor, [done])[0]


@router.post("/gaps/{uuid:id}/withdraw", response=out.IndicatorGapOut, summary="Take back a gap raised in error")
def withdraw(request: ActorRequest, id: UUID, given: out.GapVerbIn) -> Any:  # noqa: A002
    gap = gaps.gap_of(request.actor, id)
    done = actions.withdraw_gap(gap, actor=request.actor, expected=given.expected, reason=given.reason)
    return gaps.gap_rows(request.actor, [done])[0]
