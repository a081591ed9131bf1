"""The installation itself: its settings, its health, its metrics; and the search box over everything."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from chengyun.kernel.access import require
from chengyun.kernel.api.shapes import actor_of
from chengyun.kernel.health.metrics import text
from chengyun.kernel.health.settings import shown
from chengyun.kernel.health.state import state
from chengyun.kernel.health.views import PROMETHEUS
from chengyun.kernel.search import search as search_everything

router = Router(tags=["kernel: installation"])


class SettingOut(Schema):
    """One setting: its variable, what it means, what it is, and whether somebody set it. Secrets are not shown."""

    variable: str
    words: str
    value: str | None
    is_set: bool
    secret: bool


class HitOut(Schema):
    """One thing found, and the page of the client that it leads to."""

    kind: str
    id: str
    title: str
    detail: str
    link: str


class FoundOut(Schema):
    """What was found of one kind."""

    kind: str
    items: list[HitOut]


class SearchFor(Schema):
    """What to look for, and how many of each kind."""

    q: str = Field("", max_length=100)
    limit: int = Field(5, ge=1, le=20)


@router.get("/settings", response=list[SettingOut])
def settings(request: HttpRequest) -> Any:
    """How this installation is set up. Settings are changed where it is started, never here."""
    require(actor_of(request), "kernel.settings")
    return shown()


@router.get("/health", response=dict[str, Any])
def health(request: HttpRequest) -> Any:
    """How the installation is: database, worker, journal, jobs, deliveries, disk."""
    require(actor_of(request), "kernel.health")
    return state()


@router.get("/metrics", response={200: str})
def metrics(request: HttpRequest) -> HttpResponse:
    """The same and the requests of this process as Prometheus text, for a collector with a token."""
    require(actor_of(request), "kernel.health")
    return HttpResponse(text(), content_type=PROMETHEUS)


@router.get("/search", response=list[FoundOut])
def search(request: HttpRequest, wanted: Query[SearchFor]) -> Any:
    """Cases, places and whatever else you may see, by words or numbers."""
    return search_everything(actor_of(request), wanted.q, wanted.limit)
