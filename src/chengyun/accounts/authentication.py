"""Who a request comes from: a session, or a token."""

import hashlib
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth
from ninja.utils import check_csrf

from chengyun.accounts.models import ApiToken, Person
from chengyun.kernel.clock import now
from chengyun.kernel.refusal import Forbidden

TOKEN_MARK = "cy_"  # noqa: S105 - no secret: so that a key found lying about can be told for what it is
USED_STEP = timedelta(minutes=1)  # how exactly the last use is kept: not one write for each call


def digest_of(secret: str) -> str:
    """What is kept of a token. It is long and random, so that one round suffices."""
    return hashlib.sha256(secret.encode()).hexdigest()


def demand_csrf(request: HttpRequest) -> None:
    """Refuse an unsafe request without the CSRF token."""
    if check_csrf(request) is not None:
        raise Forbidden("kernel.csrf", "the CSRF token is missing or old: load the page again")


def address_of(request: HttpRequest) -> str:
    """Whom tries are counted for: the address that the request came from; behind a proxy, what the nearest proxy says.

    Of an IPv6 address the first 64 bits: the others are the guest's own to choose.
    """
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    near = forwarded.rpartition(",")[2].strip() if settings.ENV.behind_proxy and forwarded else ""
    said = near or str(request.META.get("REMOTE_ADDR", ""))
    return str(ip_network(f"{said}/64", strict=False)) if _is_six(said) else said


def _is_six(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return found.version == 6 and found.ipv4_mapped is None


class PersonOfSession(BaseBackend):
    """Finds the person of a session; who is closed is logged out at once."""

    def get_user(self, user_id: int) -> Person | None:
        people = Person.objects.as_system("the person of a session")
        found: Person | None = people.select_related("department").filter(pk=user_id, is_active=True).first()
        return found


class SessionLogin(SessionAuth):
    """A person with a session cookie; unsafe methods need the CSRF token.

    Whoever got his password from somebody else must change it before anything else: only doors with `fresh=False` open.
    """

    def __init__(self, *, fresh: bool = True) -> None:
        super().__init__()
        self.fresh = fresh

    def __call__(self, request: HttpRequest) -> Any:
        if request.headers.get("Authorization"):
            return None
        person = get_user(request)  # the row itself, read once: request.user is a lazy wrapper
        if not isinstance(person, Person):
            return None
        demand_csrf(request)
        if self.fresh and person.must_change_password:
            raise Forbidden("accounts.password_must_change", "change the password that you were given first")
        request.user = person
        request.actor = person  # type: ignore[attr-defined]
        return person


class TokenLogin(HttpBearer):
    """A program with a scoped API token; a token that is sent counts, whatever session there is beside it."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        if not token.startswith(TOKEN_MARK):
            return None
        moment = now()
        found = (
            ApiToken.objects.as_system("the token of a request")
            .select_related("person")
            .filter(digest=digest_of(token), revoked_at=None, expires_at__gt=moment, person__is_active=True)
            .first()
        )
        if found is None:
            return None
        if found.last_used_at is None or moment - found.last_used_at > USED_STEP:
            ApiToken.objects.as_system("when a token was last used").filter(pk=found.pk).update(last_used_at=moment)
        request.actor = found  # type: ignore[attr-defined]
        return found
