"""Pages for what went wrong before a page could be shown: in both languages, because nothing of the request is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from chengyun.services.words import Words

Stop = Callable[..., HttpResponse]


def _stop(key: str, status: int) -> Stop:
    def stopped(request: HttpRequest, *unused: object, **more: object) -> HttpResponse:  # noqa: ARG001 (Django's form)
        zh, en = Words(english=False), Words(english=True)
        words = {"zh": zh.of(key), "en": en.of(key), "back_zh": zh.of("report_title"), "back_en": en.of("report_title")}
        return HttpResponse(render_to_string("services/stop.html", words), status=status)

    return stopped


malformed = _stop("stop.malformed", 400)
old_page = _stop("stop.old_page", 403)
missing = _stop("stop.missing", 404)
broken = _stop("stop.broken", 500)
