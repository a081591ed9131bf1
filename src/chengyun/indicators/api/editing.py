"""Writing definitions, targets and thresholds; asking for a new evaluation."""

from typing import Any
from uuid import UUID

from ninja import Status

from chengyun.indicators import actions
from chengyun.indicators.api import schemas as out
from chengyun.indicators.api.router import router
from chengyun.indicators.definitions import ThresholdShape
from chengyun.indicators.jobs import EVALUATE
from chengyun.indicators.queries import details, rows
from chengyun.kernel.access import require
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.jobs.queue import enqueue
from chengyun.places.queries import town_for


@router.post("", response={201: out.IndicatorDetail}, by_alias=True, summary="A new indicator")
def create(request: ActorRequest, given: out.DefinitionIn, town: str | None = None) -> Any:
    here = town_for(request.actor, town)
    row = actions.save_indicator(here, actor=request.actor, given=given.definition())
    if given.target:
        actions.set_target(row, actor=request.actor, given=given.target.shape())
    return Status(201, details.detail(request.actor, row, rows.area_for(here, None)))


@router.put("/{uuid:id}", response=out.IndicatorDetail, by_alias=True, summary="A new version of an indicator")
def change(request: ActorRequest, id: UUID, given: out.DefinitionChange) -> Any:  # noqa: A002  the name in the address
    row = rows.indicator_of(request.actor, id)
    town = rows.town_of_row(row)
    row = actions.save_indicator(town, actor=request.actor, given=given.definition(), row=row, expected=given.expected)
    if given.target:
        actions.set_target(row, actor=request.actor, given=given.target.shape())
    return details.detail(request.actor, row, rows.area_for(town, None))


@router.post("/{uuid:id}/retire", response=out.IndicatorDetail, by_alias=True, summary="Take an indicator out of use")
def retire(request: ActorRequest, id: UUID, expected: int) -> Any:  # noqa: A002
    row = actions.retire_indicator(rows.indicator_of(request.actor, id), actor=request.actor, expected=expected)
    return details.detail(request.actor, row, rows.area_for(rows.town_of_row(row), None))


@router.put("/{uuid:id}/target", response=out.IndicatorTargetOut, summary="What is promised of an indicator")
def target(request: ActorRequest, id: UUID, given: out.TargetSetIn) -> Any:  # noqa: A002
    row = rows.indicator_of(request.actor, id)
    area = rows.area_for(rows.town_of_row(row), given.area) if given.area else None
    return rows.target_row(actions.set_target(row, actor=request.actor, given=given.shape(), area=area))


@router.put("/thresholds/{code}", response=out.ThresholdOut, by_alias=True, summary="A limit of a standard")
def threshold(request: ActorRequest, code: str, given: out.ThresholdIn, town: str | None = None) -> Any:
    shape = ThresholdShape(code=code, **given.dict())
    return actions.keep_threshold(town_for(request.actor, town), actor=request.actor, given=shape)


@router.post("/evaluate", response={202: out.EvaluationStarted}, summary="Measure everything again")
def evaluate(request: ActorRequest, town: str | None = None) -> Any:
    here = town_for(request.actor, town)
    require(request.actor, "indicators.write", at=here)
    job = enqueue(EVALUATE, {"town": here.pk, "all": True}, request.actor, key=f"all-{here.pk}", town=here.pk)
    return Status(202, {"job": job.uuid})
