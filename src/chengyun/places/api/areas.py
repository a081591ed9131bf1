"""Towns, schemes, areas and their checks."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from chengyun.kernel.access import found
from chengyun.kernel.api.shapes import Expected
from chengyun.kernel.http import ActorRequest
from chengyun.places import actions, queries
from chengyun.places.api import schemas
from chengyun.places.api.shapes import area_given, checks_out, geojson_shape

router = Router()


@router.get("/towns", response=list[schemas.TownOut], summary="The towns of this installation")
def towns(request: ActorRequest) -> Any:
    return queries.visible_towns(request.actor)


@router.get("/schemes", response=list[schemas.SchemeOut], summary="Area schemes of a town and their levels")
def schemes(request: ActorRequest, town: str | None = None) -> Any:
    return queries.schemes(request.actor, queries.town_for(request.actor, town))


@router.get("/areas", response=list[schemas.AreaOut], summary="The areas of a town, as a flat tree")
def areas(request: ActorRequest, asked: Query[schemas.AreaQuery]) -> Any:
    return queries.area_rows(request.actor, queries.town_for(request.actor, asked.town), asked.role)


@router.get("/areas.geojson", summary="Outlines of areas, GeoJSON")
def areas_geojson(request: ActorRequest, asked: Query[schemas.AreaQuery]) -> HttpResponse:
    text = queries.areas_geojson(request.actor, queries.town_for(request.actor, asked.town), asked.role)
    return HttpResponse(text, content_type="application/geo+json")


@router.post("/areas", response={201: schemas.AreaOut}, summary="Draw a new area")
def add_area(request: ActorRequest, given: schemas.AreaIn, town: str | None = None) -> Any:
    here = queries.town_for(request.actor, town)
    level = queries.level_of(here, given.scheme, given.level)
    area = actions.add_area(here, level, actor=request.actor, given=area_given(request.actor, given))
    return Status(201, queries.area_row(area))


@router.put("/areas/{key}", response=schemas.AreaOut, summary="Redraw or rename an area")
def redraw_area(request: ActorRequest, key: UUID, given: schemas.AreaChange) -> Any:
    area = queries.area_of(request.actor, key)
    new = area_given(request.actor, given)
    return queries.area_row(actions.redraw_area(area, actor=request.actor, expected=given.expected, given=new))


@router.post("/areas/{key}/retire", response=schemas.AreaOut, summary="Take an area out of use")
def retire_area(request: ActorRequest, key: UUID, given: Expected) -> Any:
    area = queries.area_of(request.actor, key)
    return queries.area_row(actions.retire_area(area, actor=request.actor, expected=given.expected))


@router.get("/areas/{key}/people", response=schemas.PeopleOut | None, summary="People of an area, basis stated")
def people(request: ActorRequest, key: UUID, basis: str = "resident", age_from: int = 0, age_to: int = 200) -> Any:
    return queries.people(queries.area_of(request.actor, key), basis, (age_from, age_to))


@router.get("/checks", response=schemas.ChecksOut, summary="What is wrong with the areas, as polygons")
def checks(request: ActorRequest, town: str | None = None) -> Any:
    return checks_out(queries.check_areas(request.actor, queries.town_for(request.actor, town)))


@router.post("/gaps", response={201: schemas.GapOut}, summary="Name land that a scheme leaves out on purpose")
def name_gap(request: ActorRequest, given: schemas.GapIn, town: str | None = None) -> Any:
    here = queries.town_for(request.actor, town)
    scheme = found(queries.schemes(request.actor, here).filter(code=given.scheme).first(), "scheme")
    gap = actions.name_gap(
        scheme, actor=request.actor, name=given.name, managed_by=given.managed_by, polygon=geojson_shape(given.polygon)
    )
    return Status(201, queries.gap_row(gap))
