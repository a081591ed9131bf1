"""Who a request comes from."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth


class SessionLogin(SessionAuth):
    """A person with a session cookie; unsafe methods need the CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        person = request.user
        if not person.is_authenticated:
            return None
        request.actor = person  # type: ignore[attr-defined]
        return person


class TokenLogin(HttpBearer):
    """A program with a scoped API token."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return None
