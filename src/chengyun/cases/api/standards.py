"""The town's classes and practice, for forms and for whoever edits them."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from ninja import Schema

from chengyun.cases.api.router import router
from chengyun.cases.around import standards
from chengyun.cases.classes import CaseClass, Major, export_standards
from chengyun.cases.queries.details import standard_of
from chengyun.kernel.http import ActorRequest


class SmallClassOut(Schema):
    code: str
    name: str
    en: str
    kind: str
    priority: str
    keywords: list[str]
    facilities: list[str]
    gb: str
    hotline: str
    accept: str
    close: str
    simple: bool
    photo: bool
    handle: str
    handle_urgent: str
    department: str


class MajorOut(Schema):
    code: str
    name: str
    en: str
    kind: str
    classes: list[SmallClassOut]


class StandardsOut(Schema):
    majors: list[MajorOut]
    levels: list[str]
    reopen_days: int
    return_window_hours: int
    extensions: int


@router.get("/classes", response=StandardsOut, summary="Classes of case with their standards")
def classes(request: ActorRequest) -> Any:
    held = standards()
    practice = held.practice
    return {
        "majors": [_major(major, list(held.book.classes.values())) for major in held.book.majors.values()],
        "levels": practice.levels,
        "reopen_days": practice.reopen_days,
        "return_window_hours": practice.return_window_hours,
        "extensions": len(practice.extensions),
    }


@router.get("/classes.csv", summary="The table of classes in force, to edit and import again")
def classes_file(request: ActorRequest) -> HttpResponse:
    # Spreadsheets take a file for UTF-8 only by its mark.
    text = export_standards(settings.ENV.data, "classes").encode("utf-8-sig")
    name = {"Content-Disposition": 'attachment; filename="classes.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=name)


def _major(major: Major, classes: list[CaseClass]) -> dict[str, Any]:
    own = [_small(kind) for kind in classes if kind.major == major.code]
    return {"code": major.code, "name": major.zh, "en": major.en, "kind": major.kind, "classes": own}


def _small(kind: CaseClass) -> dict[str, Any]:
    names = ("code", "en", "kind", "priority", "keywords", "facilities", "gb", "hotline")
    return {name: getattr(kind, name) for name in names} | {"name": kind.zh} | (standard_of(kind) or {})
