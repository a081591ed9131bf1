"""/health and /metrics of the web process, for whoever watches it: no login, and nothing in them of anybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from chengyun.kernel.health.metrics import text
from chengyun.kernel.health.state import state
from chengyun.kernel.http import problem
from chengyun.kernel.refusal import Forbidden

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
HERE = {"127.0.0.1", "::1"}


def health(request: HttpRequest) -> HttpResponseBase:
    """200 if people can work, 503 if not."""
    now = state()
    return JsonResponse(now, status=200 if now["ready"] else 503)


def metrics(request: HttpRequest) -> HttpResponseBase:
    """For a collector on this machine; from elsewhere it asks /api/v1/kernel/metrics with a token."""
    if settings.ENV.behind_proxy or request.META.get("REMOTE_ADDR") not in HERE:
        return problem(Forbidden("kernel.metrics_here_only", "ask /api/v1/kernel/metrics with a token"))
    return HttpResponse(text(), content_type=PROMETHEUS)
