"""The live process's application: `uvicorn chengyun.config.live:app`."""

import os
from collections.abc import Mapping
from contextlib import suppress

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengyun.config.settings")
django.setup()  # whatever has a model can be imported only after this

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import close_old_connections  # noqa: E402
from django.http import HttpRequest, parse_cookie  # noqa: E402

from chengyun.accounts.authentication import SessionLogin, TokenLogin  # noqa: E402
from chengyun.kernel.actor import Actor  # noqa: E402
from chengyun.kernel.live.app import Live  # noqa: E402
from chengyun.kernel.refusal import Refusal  # noqa: E402

_LOGINS = (SessionLogin(), TokenLogin())


def authenticate(headers: Mapping[str, str]) -> Actor | None:
    """The actor of a request, by the same logins as everywhere: a session's cookie, or a token."""
    close_old_connections()
    request = HttpRequest()
    request.method = "GET"
    request.META = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    request.COOKIES = parse_cookie(headers.get("cookie", ""))
    request.session = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    with suppress(Refusal):  # a password that must be changed first opens no stream either
        for login in _LOGINS:
            if login(request):
                actor: Actor = request.actor  # type: ignore[attr-defined]
                return actor
    return None


app = Live(authenticate, settings.ENV.base_url, settings.ENV.port)
