"""Scorecards, values, what fails."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Schema

from chengyun.indicators.api import schemas as out
from chengyun.indicators.api.router import router
from chengyun.indicators.models import Threshold
from chengyun.indicators.queries import details, failing, formulas, rows, trying, values
from chengyun.kernel.access import require
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.paging import page
from chengyun.places.queries import town_for

_GEOJSON = "application/geo+json"


class CardQuery(Schema):
    """`area`: whose figures (the town's); `state`: met, gap, unknown, by commas; `source`: a document's code."""

    town: str | None = None
    area: UUID | None = None
    group: str = Field("", max_length=40)
    state: str = Field("", max_length=40)
    q: str = Field("", max_length=60)
    source: str = Field("", max_length=20)
    retired: bool = False
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(100, ge=1, le=200)

    def wanted(self) -> rows.Wanted:
        """As the query takes it."""
        return rows.Wanted(self.group, self.state, self.q.strip(), self.source, self.retired)


class ValueQuery(Schema):
    """`level`: a role of areas (town, sector, grid, cell, community, micro_grid, compound)."""

    level: str = Field("grid", max_length=20)
    period: str = Field("", max_length=7)
    within: UUID | None = None


@router.get("", response=out.CardPage, by_alias=True, summary="Scorecards of a town or of an area")
def cards(request: ActorRequest, asked: Query[CardQuery]) -> Any:
    require(request.actor, "indicators.read")
    town = town_for(request.actor, asked.town)
    area = rows.area_for(town, asked.area)
    found = page(rows.indicators(request.actor, town, asked.wanted(), area), rows.ORDER, asked.cursor, asked.limit)
    items = rows.cards(request.actor, town, found.items, area)
    return {**vars(found), "items": items, "area": values.area_row(area), "groups": rows.groups(request.actor, town)}


@router.get("/measures", response=list[out.MeasureOffered], summary="What formulas may measure")
def measures(request: ActorRequest, town: str | None = None) -> Any:
    require(request.actor, "indicators.read")
    return formulas.offered(town_for(request.actor, town))


@router.get("/thresholds", response=list[out.ThresholdOut], by_alias=True, summary="Limits of standards")
def thresholds(request: ActorRequest, town: str | None = None, category: str = "") -> Any:
    require(request.actor, "indicators.read")
    here = town_for(request.actor, town)
    found = Threshold.objects.within(request.actor, "indicators.read").filter(town_id=here.pk)
    return found.filter(category=category) if category else found


class CompareQuery(Schema):
    """`codes` by commas; none: all of a group."""

    town: str | None = None
    codes: str = Field("", max_length=2000)
    level: str = Field("community", max_length=20)
    period: str = Field("", max_length=7)


@router.get("/compare", response=out.ComparedOut, summary="Indicators beside each other over areas")
def compare(request: ActorRequest, asked: Query[CompareQuery]) -> Any:
    require(request.actor, "indicators.read")
    town = town_for(request.actor, asked.town)
    chosen = rows.by_codes(request.actor, town, [code for code in asked.codes.split(",") if code])
    return values.compare(town, chosen, asked.level, [asked.period] if asked.period else [])


@router.post("/check", response=out.CheckedOut, summary="Whether a formula is right, and how it reads")
def check(request: ActorRequest, given: out.CheckIn, town: str | None = None) -> Any:
    require(request.actor, "indicators.read")
    return formulas.check(town_for(request.actor, town), given.formula, given.unit)


@router.post("/preview", response=out.PreviewOut, by_alias=True, summary="What a definition would give now")
def preview(request: ActorRequest, given: out.DefinitionIn, town: str | None = None) -> Any:
    require(request.actor, "indicators.read")
    return formulas.preview(town_for(request.actor, town), given.definition())


@router.post("/try", response=list[out.TriedOut], summary="What would be if facilities were other")
def tried(request: ActorRequest, given: out.TryIn, town: str | None = None) -> Any:
    require(request.actor, "indicators.read")
    changes = [trying.Change(**one.dict()) for one in given.changes]
    return trying.try_changes(town_for(request.actor, town), changes, given.codes)


@router.get("/{uuid:id}", response=out.IndicatorDetail, by_alias=True, summary="One indicator")
def one(request: ActorRequest, id: UUID, area: UUID | None = None) -> Any:  # noqa: A002  the name in the address
    row = rows.indicator_of(request.actor, id)
    return details.detail(request.actor, row, rows.area_for(rows.town_of_row(row), area))


@router.get("/{uuid:id}/values", response=list[out.AreaFigure], summary="Its value in every area of a level")
def of_areas(request: ActorRequest, id: UUID, asked: Query[ValueQuery]) -> Any:  # noqa: A002
    row = rows.indicator_of(request.actor, id)
    town = rows.town_of_row(row)
    within = rows.area_for(town, asked.within) if asked.within else None
    return values.values(town, row, asked.level, asked.period, within)


@router.get("/{uuid:id}/values.geojson", summary="The same as polygons, GeoJSON")
def of_areas_geojson(request: ActorRequest, id: UUID, asked: Query[ValueQuery]) -> HttpResponse:  # noqa: A002
    row = rows.indicator_of(request.actor, id)
    text = values.areas_geojson(rows.town_of_row(row), row, asked.level, asked.period)
    return HttpResponse(text, content_type=_GEOJSON)


@router.get("/{uuid:id}/history", response=list[out.PeriodFigure], summary="Its value over time in an area")
def history(request: ActorRequest, id: UUID, area: UUID | None = None) -> Any:  # noqa: A002
    row = rows.indicator_of(request.actor, id)
    return values.history(row, rows.area_for(rows.town_of_row(row), area))


@router.get("/{uuid:id}/failing", response=out.FailingOut, summary="Which things fail it in an area")
def fails(request: ActorRequest, id: UUID, area: UUID | None = None, limit: int = 200) -> Any:  # noqa: A002
    row = rows.indicator_of(request.actor, id)
    town = rows.town_of_row(row)
    found = failing.failing_in(request.actor, town, row, rows.area_for(town, area), max(1, limit))
    return {**vars(found), "items": failing.shown_rows(found)}


@router.get("/{uuid:id}/failing.geojson", summary="The same as a layer, GeoJSON")
def fails_geojson(request: ActorRequest, id: UUID, area: UUID | None = None) -> HttpResponse:  # noqa: A002
    row = rows.indicator_of(request.actor, id)
    town = rows.town_of_row(row)
    found = failing.failing_in(request.actor, town, row, rows.area_for(town, area), failing.MOST)
    return HttpResponse(failing.layer(found), content_type=_GEOJSON)
