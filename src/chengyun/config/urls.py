"""Addresses of the web process."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from chengyun.config.api import api
from chengyun.config.client import page, root_file
from chengyun.kernel.health.views import health, metrics
from chengyun.kernel.http import problem
from chengyun.kernel.refusal import NotFound

CLIENT_PAGES = r"^(?!api/|static/|tiles/|r/|auth/|live/)"


def missing(request: HttpRequest, unused: str = "") -> HttpResponse:
    """An address below /api/v1 that is not there."""
    return problem(NotFound("kernel.not_found", f"there is nothing at {request.path}"))


handler400, handler404, handler500 = (f"chengyun.services.stops.{name}" for name in ("malformed", "missing", "broken"))

urlpatterns = [
    path("api/v1/", api.urls),
    path("api/<path:unused>", missing),
    path("health", health),
    path("metrics", metrics),
    path("", include("chengyun.places.urls")),
    path("auth/", include("chengyun.accounts.oidc")),
    path("r", RedirectView.as_view(pattern_name="services.report", permanent=True)),
    path("r/", include("chengyun.services.urls")),
    path("open/plans/", include("chengyun.services.open_plans")),
    re_path(r"^(?P<name>sw\.js|manifest\.webmanifest|favicon\.svg)$", root_file),
    re_path(r"^m(?:/|$)", page, {"name": "m.html"}),
    re_path(CLIENT_PAGES, page),
]
