"""Headers that keep the browser on this host: nothing is loaded from, or sent to, anywhere else."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chengyun.kernel.http import problem
from chengyun.kernel.refusal import Forbidden
from chengyun.services.stops import old_page


def policy(live_url: str) -> str:
    """The Content-Security-Policy. Blobs are the map's worker and pictures not yet sent; styles are set by the map."""
    return "; ".join(
        (
            "default-src 'self'",
            f"connect-src 'self' {live_url}",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "style-src 'self' 'unsafe-inline'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
            "form-action 'self'",
        )
    )


class OwnHostOnly:
    """Middleware that sends the policy with every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = policy(settings.ENV.stream_url)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", self.policy)
        response.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        return response


def csrf_failure(request: HttpRequest, **unused: str) -> HttpResponse:
    """The answer to a write without the CSRF token: a page to a resident, else in the form of every other refusal."""
    if request.path.startswith("/r/"):
        return old_page(request)
    return problem(Forbidden("kernel.csrf", "the CSRF token is missing or old: load the page again"))
