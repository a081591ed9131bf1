"""Figures as files."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Schema

from chengyun.indicators.actions import note_export
from chengyun.indicators.api.router import router
from chengyun.indicators.models import Export
from chengyun.indicators.queries import exporting, rows
from chengyun.kernel.access import require
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.tables import MIMES, table_bytes
from chengyun.places.queries import town_for


class ExportQuery(Schema):
    """`codes` by commas, none: all; `level` of areas; `language` of the headings."""

    town: str | None = None
    codes: str = Field("", max_length=4000)
    level: str = Field("town", max_length=20)
    period: str = Field("", max_length=7)
    language: str = Field("zh", max_length=2)

    def wanted(self) -> list[str]:
        """The codes as a list."""
        return [code for code in self.codes.split(",") if code]


@router.get("/export.xlsx", summary="Figures as a workbook")
def workbook(request: ActorRequest, asked: Query[ExportQuery]) -> HttpResponse:
    return _file(request, asked, ".xlsx")


@router.get("/export.csv", summary="Figures as a table")
def table(request: ActorRequest, asked: Query[ExportQuery]) -> HttpResponse:
    return _file(request, asked, ".csv")


@router.get("/{uuid:id}/failing.xlsx", summary="What fails an indicator, as a workbook")
def fails(request: ActorRequest, id: UUID, area: UUID | None = None, language: str = "zh") -> HttpResponse:  # noqa: A002
    row = rows.indicator_of(request.actor, id)
    town = rows.town_of_row(row)
    body, count = exporting.failing_workbook(request.actor, town, row, rows.area_for(town, area), language)
    asked = {"code": row.code} | ({"area": str(area)} if area else {})
    note_export(Export(what="failing", format="xlsx", rows=count, filters=asked), actor=request.actor)
    return _answer(body, ".xlsx", f"{row.code}-failing")


def _file(request: ActorRequest, asked: ExportQuery, kind: str) -> HttpResponse:
    require(request.actor, "indicators.read")
    town = town_for(request.actor, asked.town)
    head, *lines = exporting.figures(request.actor, town, asked.wanted(), asked.level, asked.period, asked.language)
    said = {name: value for name, value in asked.dict(include={"codes", "level", "period"}).items() if value}
    note_export(Export(what="figures", format=kind[1:], rows=len(lines), filters=said), actor=request.actor)
    return _answer(table_bytes(kind, head, lines, exporting.SHEET), kind, f"{town.code}-indicators-{asked.level}")


def _answer(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=MIMES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}{kind}"'
    return response
