"""Facilities and their categories."""

from typing import Any
from uuid import UUID

import shapely
from django.http import HttpResponse
from ninja import Query, Router, Schema, Status

from chengyun.kernel.access import require
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.paging import page
from chengyun.places import actions, queries
from chengyun.places.api import schemas
from chengyun.places.queries.facilities import FacilityFilter, box_of

router = Router()


@router.get("/categories", response=list[schemas.CategoryOut], summary="Categories of facilities")
def categories(request: ActorRequest) -> Any:
    require(request.actor, "places.read")
    return queries.categories()


@router.get("/lists", response=list[schemas.ListOut], summary="How whole the list of each category is")
def lists(request: ActorRequest, town: str | None = None) -> Any:
    require(request.actor, "places.read")
    return queries.lists(queries.town_for(request.actor, town))


@router.post("/lists", response=list[schemas.ListOut], summary="Confirm that lists are whole, or take that back")
def check_lists(request: ActorRequest, given: schemas.ListsIn, town: str | None = None) -> Any:
    here = queries.town_for(request.actor, town)
    actions.check_lists(here, actor=request.actor, **given.dict())
    return queries.lists(here)


class FacilityQuery(Schema):
    town: str | None = None
    category: list[str] = []
    bbox: str = ""
    area: UUID | None = None
    state: str = ""
    q: str = ""


def wanted(request: ActorRequest, asked: FacilityQuery) -> FacilityFilter:
    """The filter of a query."""
    area = queries.area_of(request.actor, asked.area).id if asked.area else None
    return FacilityFilter(tuple(asked.category), box_of(asked.bbox), area, asked.state, asked.q.strip())


@router.get("/facilities", response=schemas.FacilityPage, summary="Facilities, page by page")
def facilities(request: ActorRequest, asked: Query[FacilityQuery], cursor: str | None = None, limit: int = 50) -> Any:
    town = queries.town_for(request.actor, asked.town)
    rows = queries.facilities(request.actor, town.id, wanted(request, asked))
    found = page(rows, ("name", "id"), cursor, limit)
    return {**vars(found), "items": [queries.facility_row(row) for row in found.items]}


@router.get("/facilities.geojson", summary="Facilities as points, GeoJSON; at most 20,000")
def facilities_geojson(request: ActorRequest, asked: Query[FacilityQuery]) -> HttpResponse:
    town = queries.town_for(request.actor, asked.town)
    rows = queries.facilities(request.actor, town.id, wanted(request, asked))
    return HttpResponse(queries.facilities_geojson(rows), content_type="application/geo+json")


@router.get("/facilities/{key}", response=schemas.FacilityOut, summary="One facility")
def facility(request: ActorRequest, key: UUID) -> Any:
    return queries.facility_row(queries.facility_of(request.actor, key))


@router.post("/facilities", response={201: schemas.FacilityOut}, summary="Add a facility; it gets a plate")
def add_facility(request: ActorRequest, given: schemas.FacilityIn, town: str | None = None) -> Any:
    here = queries.town_for(request.actor, town)
    values = given.dict() | {"point": shapely.Point(given.point)}
    row = actions.add_facility(here, actor=request.actor, given=actions.FacilityGiven(**values))
    return Status(201, queries.facility_row(row))


@router.patch("/facilities/{key}", response=schemas.FacilityOut, summary="Change a facility")
def change_facility(request: ActorRequest, key: UUID, given: schemas.FacilityChange) -> Any:
    row = queries.facility_of(request.actor, key)
    values = given.dict(exclude_unset=True)
    expected = values.pop("expected")
    return queries.facility_row(actions.change_facility(row, actor=request.actor, expected=expected, **values))


@router.get("/nearest", response=list[schemas.FacilityOut], summary="The nearest facilities of a category")
def nearest(
    request: ActorRequest, category: str, lng: float, lat: float, town: str | None = None, limit: int = 5
) -> Any:
    require(request.actor, "places.read")
    here = queries.town_for(request.actor, town)
    return [queries.facility_row(row) for row, _ in queries.nearest(here.id, category, lng, lat, min(limit, 20))]
