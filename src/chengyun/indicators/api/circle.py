"""The life circle: the map, a resident's card, what-if."""

from typing import Any

from django.http import HttpResponse
from ninja import Field, Query, Schema

from chengyun.indicators.actions import note_export
from chengyun.indicators.api.router import router
from chengyun.indicators.api.schemas import circle as out
from chengyun.indicators.circle import buildings, card, files, gaps, summing, trying
from chengyun.indicators.circle.state import circle_of
from chengyun.indicators.models import Export
from chengyun.indicators.queries.trying import Change
from chengyun.kernel.access import require
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.tables import MIMES
from chengyun.places.models import Town
from chengyun.places.queries import town_for


class CircleQuery(Schema):
    """`age`: at whose pace one walks."""

    town: str | None = None
    age: out.Age = "adult"


class ReachCardQuery(CircleQuery):
    """A point in degrees (WGS 84)."""

    lng: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)


class FileQuery(CircleQuery):
    language: str = Field("zh", max_length=2)


def _town(request: ActorRequest, code: str | None) -> Town:
    require(request.actor, "indicators.read")
    return town_for(request.actor, code)


@router.get("/circle", response=out.CircleOut, summary="What people have in reach on foot, building by building")
def whole(request: ActorRequest, asked: Query[CircleQuery]) -> Any:
    with circle_of(_town(request, asked.town)) as (kept, circle):
        return summing.whole(kept, circle, asked.age)


@router.get("/circle/buildings.geojson", summary="The homes that the life circle is about, GeoJSON")
def homes(request: ActorRequest, town: str | None = None) -> HttpResponse:
    here = _town(request, town)
    with circle_of(here) as (_, circle):
        return HttpResponse(buildings.layer(here, circle), content_type="application/geo+json")


@router.get("/circle/card", response=out.ReachCard, summary="What is in reach of an address on foot")
def reach_card(request: ActorRequest, asked: Query[ReachCardQuery]) -> Any:
    here = _town(request, asked.town)
    with circle_of(here) as (kept, circle):
        return card.card(request.actor, here, kept, circle, (asked.lng, asked.lat), asked.age)


@router.post("/circle/try", response=out.CircleTried, summary="What would be in reach if")
def attempt(request: ActorRequest, given: out.CircleTryIn, town: str | None = None) -> Any:
    here = _town(request, town)
    changes = [Change(**one.dict()) for one in given.changes]
    ways = [trying.WayChange(**one.dict()) for one in given.ways]
    with circle_of(here) as (kept, circle):
        return trying.attempt(here, kept, circle, trying.Tried(changes, ways), given.age)


@router.get("/circle/indicators", response=list[out.CategoryIndicator], summary="Indicators that read a category")
def of_category(request: ActorRequest, category: str, town: str | None = None) -> Any:
    return gaps.indicators_of(_town(request, town), category[:30])


@router.get("/circle/areas.xlsx", summary="The life circle of every area, as a workbook")
def workbook(request: ActorRequest, asked: Query[FileQuery]) -> HttpResponse:
    here = _town(request, asked.town)
    with circle_of(here) as (kept, circle):
        body = files.workbook(summing.whole(kept, circle, asked.age), asked.language)
    note_export(Export(what="circle", format="xlsx", rows=1, filters={"age": asked.age}), actor=request.actor)
    return _file(body, MIMES[".xlsx"], f"{here.code}-circle.xlsx")


@router.get("/circle/homes.geojson", summary="The homes with minutes and states, to be taken elsewhere")
def layer(request: ActorRequest, asked: Query[CircleQuery]) -> HttpResponse:
    here = _town(request, asked.town)
    with circle_of(here) as (_, circle):
        body = files.layer(buildings.layer(here, circle), circle, asked.age)
    note_export(Export(what="circle", format="geojson", rows=1, filters={"age": asked.age}), actor=request.actor)
    return _file(body, "application/geo+json", f"{here.code}-circle.geojson")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
