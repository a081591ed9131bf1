"""The words of the resident's pages, in the language that the visitor chose."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse

YEAR = 365 * 24 * 3600


@cache
def _texts() -> dict[str, tuple[str, str]]:
    text = files("chengyun.services").joinpath("texts.yaml").read_text(encoding="utf-8")
    return {key: (pair[0], pair[1]) for key, pair in yaml.safe_load(text).items()}


class Words:
    """Texts by key: `words.send` in a template; keys with a dot by `words.of("state.closed")`."""

    def __init__(self, english: bool) -> None:
        self.english = english

    def of(self, key: str) -> str:
        """The text of a key. Raises KeyError for one that is not there."""
        return _texts()[key][self.english]

    def has(self, key: str) -> bool:
        return key in _texts()

    def __getitem__(self, key: str) -> str:
        return self.of(key)


def language(request: HttpRequest) -> bool:
    """Whether the visitor reads English: as chosen, else as the browser says."""
    chosen = request.GET.get("lang") or request.COOKIES.get("r_lang")
    if chosen in ("zh", "en"):
        return chosen == "en"
    first = request.headers.get("Accept-Language", "zh").split(",")[0].strip().lower()
    return bool(first) and not first.startswith("zh")


def look(request: HttpRequest) -> dict[str, Any]:
    """What every page needs: words, language, and whether the large text is wanted."""
    english = language(request)
    large = (request.GET.get("large") or request.COOKIES.get("r_large", "0")) == "1"
    return {
        "words": Words(english),
        "english": english,
        "large": large,
        "here": request.path,
        "demo": settings.ENV.demo,
    }


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep what the visitor chose, for the next page."""
    for name, cookie, allowed in (("lang", "r_lang", ("zh", "en")), ("large", "r_large", ("0", "1"))):
        if request.GET.get(name) in allowed:
            response.set_cookie(cookie, request.GET[name], max_age=YEAR, samesite="Lax", httponly=True)
    return response
