"""Addresses outside the API: the tile archives."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path

from chengyun.kernel.files.ranges import Served, serve
from chengyun.kernel.http import problem
from chengyun.kernel.refusal import NotFound
from chengyun.places.models import BaseMap

_YEAR = "public, max-age=31536000, immutable"  # the name holds the hash of the content


def tiles(request: HttpRequest, name: str) -> HttpResponseBase:
    """A base map's archive, whole or in ranges."""
    rows = BaseMap.objects.as_system("the ground is public: residents draw it too")
    if request.method not in {"GET", "HEAD"} or not rows.filter(name=name).exists():
        return problem(NotFound("places.no_tiles", f"there is no archive {name}"))
    file = Served(settings.ENV.tiles_dir / name, "application/vnd.pmtiles", name.removesuffix(".pmtiles"), _YEAR)
    try:
        return serve(request, file)
    except FileNotFoundError:
        return problem(NotFound("places.no_tiles", f"the archive {name} is gone: make the base map again"))


urlpatterns = [path("tiles/<str:name>", tiles)]
