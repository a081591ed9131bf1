"""Addresses and points."""

from typing import Any

from ninja import Router

from chengyun.kernel.access import require
from chengyun.kernel.http import ActorRequest
from chengyun.places import queries
from chengyun.places.api import schemas
from chengyun.places.queries.answers import address_answers, spot_answer

router = Router()


@router.get("/address", response=schemas.AddressList, summary="Suggest while typing, or resolve a whole address")
def address(request: ActorRequest, q: str, limit: int = 8, whole: bool = False, town: str | None = None) -> Any:
    require(request.actor, "places.read")
    here = queries.town_for(request.actor, town)
    return {"items": address_answers(here, q[:200], max(1, min(limit, 20)), whole)}


@router.get("/at", response=schemas.SpotOut, summary="The areas at a point (WGS 84)")
def at(request: ActorRequest, lng: float, lat: float, town: str | None = None) -> Any:
    require(request.actor, "places.read")
    return spot_answer(queries.town_for(request.actor, town), lng, lat)
