"""The resident's pages: no account, no script needed, small enough for an old phone."""

import io
from collections.abc import Callable
from functools import wraps
from importlib.resources import files
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chengyun.cases import around
from chengyun.cases.models import Case
from chengyun.kernel.files.queries import file, served
from chengyun.kernel.files.ranges import serve
from chengyun.kernel.refusal import NotFound, Refusal
from chengyun.places.models import Facility
from chengyun.services import residents
from chengyun.services.forms import plain, told_in
from chengyun.services.residents import Followed
from chengyun.services.throttle import admit, knock
from chengyun.services.words import Words, look, remember

View = Callable[..., HttpResponseBase]
ASSETS = {"r.css": "text/css", "r.js": "text/javascript"}


def page(view: View) -> View:
    """Keep the visitor's choices, and never let a page with a code be kept by anyone between."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "\x00" in request.path:  # no database keeps one
            raise Http404
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return remember(request, response) if isinstance(response, HttpResponse) else response

    return shown


@page
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, plate: str = "") -> HttpResponse:
    """The form, with what the plate presets; a POST reports."""
    facility = around.facility_by(plate) if plate else None
    if request.method == "GET":
        return _form(request, facility, missing=bool(plate) and facility is None)
    try:
        knock(request, "report")
        receipt = residents.report(told_in(request), facility)
    except Refusal as refusal:
        return _form(request, facility, refusal=refusal)
    return HttpResponseRedirect(reverse("services.case", args=[receipt.case.number, receipt.code]) + "?new=1")


def _form(
    request: HttpRequest, facility: Facility | None, refusal: Refusal | None = None, missing: bool = False
) -> HttpResponse:
    around_it = look(request)
    words: Words = around_it["words"]
    classes = around.standards().book.of_facility(facility.category.code) if facility else []
    context = around_it | {
        "plate": facility,
        "classes": [{"code": c.code, "name": c.en if around_it["english"] else c.zh} for c in classes],
        "only_one": len(classes) == 1,
        "there": [_there(case, around_it["english"]) for case in residents.open_here(facility)] if facility else [],
        "filled": request.POST,
        "error": error_of(refusal, words) if refusal else "",
        "missing": missing,
        "most_bytes": settings.ENV.upload_megabytes * 1_000_000,
        "photo_large": words.of("photo_large").format(most=settings.ENV.upload_megabytes),
    }
    return render(request, "services/report.html", context, status=refusal.status if refusal else 200)


def _there(case: Case, english: bool) -> dict[str, Any]:
    kind = around.standards().book.classes.get(case.class_code)
    return {"id": case.uuid, "name": (kind.en if english else kind.zh) if kind else "", "at": case.reported_at}


@page
@require_POST
def me_too(request: HttpRequest, plate: str, case: UUID) -> HttpResponse:
    """One more who has the same problem."""
    facility = around.facility_by(plate)
    found = next((c for c in residents.open_here(facility) if c.uuid == case), None) if facility else None
    if found is None:
        raise Http404
    try:
        knock(request, "report")
        receipt = residents.me_too(found)
    except Refusal as refusal:
        return _form(request, facility, refusal=refusal)
    return HttpResponseRedirect(reverse("services.case", args=[receipt.case.number, receipt.code]) + "?new=1")


@page
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Number and code, and then the case."""
    if request.method == "GET":
        return render(request, "services/follow.html", look(request))
    number, code = (plain(request.POST.get(name, "")).upper() for name in ("number", "code"))
    try:
        _followed(request, number, code)
    except Refusal as refusal:
        return _wrong_code(request, refusal)
    return HttpResponseRedirect(reverse("services.case", args=[number, code]))


def _followed(request: HttpRequest, number: str, code: str) -> Followed:
    """The case of a receipt. Raises NotFound; TooMany, whatever is shown, after too many that were wrong."""
    admit(request, "code")
    try:
        return residents.follow(number, code)
    except NotFound:
        knock(request, "code")
        raise


def _wrong_code(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    around_it = look(request)
    words: Words = around_it["words"]
    error = words.of("not_found" if isinstance(refusal, NotFound) else "error.too_many")
    return render(request, "services/follow.html", around_it | {"error": error}, status=refusal.status)


@page
@require_GET
def case(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """How a case stands, for whoever holds its receipt."""
    try:
        followed = _followed(request, number, code)
    except Refusal as refusal:
        return _wrong_code(request, refusal)
    return _case(request, followed, code)


def _case(request: HttpRequest, followed: Followed, code: str, refusal: Refusal | None = None) -> HttpResponse:
    around_it = look(request)
    words: Words = around_it["words"]
    context = around_it | {
        "case": followed.case, "lead": followed.lead, "code": code, "new": "new" in request.GET,
        "state": words.of(f"state.{followed.lead.state}"), "result": residents.result_of(followed),
        "photos": residents.photos_after(followed), "may_rate": residents.may_rate(followed),
        "may_ask_again": residents.may_ask_again(followed), "grades": [(n, words.of(f"s{n}")) for n in (5, 4, 3, 2, 1)],
        "error": error_of(refusal, words) if refusal else "",
    }  # fmt: skip
    return render(request, "services/case.html", context, status=refusal.status if refusal else 200)


def _rate(request: HttpRequest, followed: Followed) -> None:
    grade = request.POST.get("satisfied", "")
    solved = request.POST.get("solved") == "yes"
    residents.rate(followed, solved=solved, satisfied=int(grade) if grade.isdecimal() else 0)


_VERBS: dict[str, Callable[[HttpRequest, Followed], None]] = {
    "rate": _rate,
    "reopen": lambda request, followed: residents.ask_again(followed, request.POST.get("reason", "")),
}


@page
@require_POST
def act(request: HttpRequest, number: str, code: str, verb: str) -> HttpResponse:
    """Rate, or ask again."""
    if verb not in _VERBS:
        raise Http404
    try:
        followed = _followed(request, number, code)
    except Refusal as refusal:
        return _wrong_code(request, refusal)
    try:
        _VERBS[verb](request, followed)
    except Refusal as refusal:
        return _case(request, followed, code, refusal)
    return HttpResponseRedirect(reverse("services.case", args=[number, code]))


@page
@require_GET
def photo(request: HttpRequest, number: str, code: str, uuid: UUID) -> HttpResponseBase:
    """A picture of the result."""
    try:
        followed = _followed(request, number, code)
        if str(uuid) not in residents.photos_after(followed):
            raise Http404
        return serve(request, served(file(followed.who, uuid), "thumb"))
    except Refusal as refusal:
        raise Http404 from refusal


@require_GET
def qr(request: HttpRequest, plate: str) -> HttpResponse:
    """The QR code of a plate, to be printed: SVG."""
    if around.facility_by(plate) is None:
        raise Http404
    address = settings.ENV.base_url + reverse("services.plate", args=[plate])
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=8, border=4, title=plate)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@require_GET
def asset(request: HttpRequest, name: str) -> HttpResponse:
    """The one style sheet and the one script."""
    if name not in ASSETS:
        raise Http404
    body = files("chengyun.services").joinpath("assets", name).read_bytes()
    response = HttpResponse(body, content_type=f"{ASSETS[name]}; charset=utf-8")
    response["Cache-Control"] = "max-age=3600"
    return response


def error_of(refusal: Refusal, words: Words) -> str:
    """What went wrong, in the visitor's words."""
    code = refusal.code.partition(".")[2]
    if refusal.code.startswith("kernel.") and refusal.status in (413, 415, 422):
        return words.of("error.photo")
    key = f"error.{code}"
    return words.of(key if words.has(key) else "error.other")
