"""What the town makes public of its plans 信息公开: a list, one plan with its progress, a table to keep."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from chengyun.kernel.refusal import NotFound
from chengyun.kernel.tables import MIMES
from chengyun.plans.queries.publicity import published, published_one, workbook_of
from chengyun.services.views import page
from chengyun.services.words import Words, look

MOST = 100
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": ""}


@page
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Every plan that is public now."""
    plans = [
        {"title": row.title, "at": row.published_at, "address": reverse("services.plan", args=[row.uuid])}
        for row in published()[:MOST]
    ]
    return render(request, "services/plans.html", look(request) | {"plans": plans})


@page
@require_GET
def plan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One plan: its tasks, targets and projects, and how far they are."""
    row = _published(uuid)
    around_it = look(request)
    words: Words = around_it["words"]
    content = row.content
    context = around_it | {
        "plan": row, "content": content, "table": reverse("services.plan_table", args=[row.uuid]),
        "tasks": [_said(task, words) for task in content["tasks"]],
        "targets": [_said(target, words) | {"aim": _aim(target)} for target in content["targets"]],
        "projects": [_said(project, words) for project in content["projects"]],
    }  # fmt: skip
    return render(request, "services/plan.html", context)


@page
@require_GET
def table(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same as an Excel file."""
    response = HttpResponse(workbook_of(_published(uuid)), content_type=MIMES[".xlsx"])
    response["Content-Disposition"] = f'attachment; filename="plan-{uuid}.xlsx"'
    return response


def _published(uuid: UUID) -> Any:
    try:
        return published_one(uuid)
    except NotFound as error:
        raise Http404 from error


def _said(row: dict[str, Any], words: Words) -> dict[str, Any]:
    return row | {"state_words": words.of(f"plan_state.{row['state']}")}


def _aim(target: dict[str, Any]) -> str:
    upper = f"–{target['value_max']:g}" if target["value_max"] is not None else ""
    return f"{_SIGNS.get(target['comparator'], '')}{target['value']:g}{upper} {target['unit']}"


urlpatterns = [
    path("", listed, name="services.plans"),
    path("<uuid:uuid>", plan, name="services.plan"),
    path("<uuid:uuid>/table.xlsx", table, name="services.plan_table"),
]
