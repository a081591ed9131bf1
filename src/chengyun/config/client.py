"""The built web client: one page for every address of the screens, and the phone's service worker."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

ROOT_FILES = {
    "sw.js": "text/javascript",
    "manifest.webmanifest": "application/manifest+json",
    "favicon.svg": "image/svg+xml",
}


@require_safe
@ensure_csrf_cookie
def page(request: HttpRequest, name: str = "index.html") -> HttpResponse:
    """The desk's or the phone's page; its router reads the address."""
    built = Path(settings.STATIC_ROOT) / name
    if not built.exists():
        return HttpResponse(_("The web client is not built: run `make setup`."), status=503, content_type="text/plain")
    response = HttpResponse(built.read_bytes(), content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def root_file(request: HttpRequest, name: str) -> FileResponse:
    """A file that must stand at the root: the service worker's place decides what it may serve."""
    path = Path(settings.STATIC_ROOT) / name
    if name not in ROOT_FILES or not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=ROOT_FILES[name])
    response["Cache-Control"] = "no-cache"
    return response
