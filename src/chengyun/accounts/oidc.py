"""OpenID Connect: the city's identity provider says who somebody is; what he may do is still said here."""

import time
from typing import Any
from uuid import UUID

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import login as open_session
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import include, path
from django.utils.http import url_has_allowed_host_and_scheme

from chengyun.accounts import second_factor
from chengyun.accounts.entrance import BACKEND, arrive, begin_attempt, check_second, note_failure
from chengyun.accounts.models import Person
from chengyun.kernel.refusal import Unauthenticated

PROVIDER = "city"
PENDING = "accounts.pending"
PENDING_SECONDS = 300


class CityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Lets in whom the provider knows and a person of ours fits; makes no person and no right."""

    def is_open_for_signup(self, request: HttpRequest, _: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        person = linked(sociallogin.account) or fitting(_claims(sociallogin.account))
        if person is None or not person.is_active:
            if person is not None:
                note_failure(person, "closed")
            raise ImmediateHttpResponse(HttpResponseRedirect("/login?problem=oidc_unknown"))
        _link(sociallogin.account, person)
        if second_factor.enabled(person):
            request.session[PENDING] = [person.actor_id, time.time()]
            raise ImmediateHttpResponse(HttpResponseRedirect("/login?step=code"))
        arrive(person, "oidc")
        open_session(request, person, backend=BACKEND)
        raise ImmediateHttpResponse(HttpResponseRedirect(_onward(sociallogin.get_redirect_url(request))))

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_more: Any) -> None:
        raise ImmediateHttpResponse(HttpResponseRedirect("/login?problem=oidc_failed"))


def _claims(account: Any) -> dict[str, Any]:
    data = account.extra_data or {}
    return {**data.get("id_token", {}), **data.get("userinfo", {})} or data


def _onward(url: str | None) -> str:
    return url if url and url_has_allowed_host_and_scheme(url, allowed_hosts=None) else "/"


def linked(account: Any) -> Person | None:
    """The person that this identity was linked to before."""
    known = SocialAccount.objects.filter(provider=account.provider, uid=account.uid).select_related("user").first()
    person: Person | None = known.user if known else None
    return person


def fitting(claims: dict[str, Any]) -> Person | None:
    """The one person with the login that the provider names, or else with the e-mail that it has verified."""
    people = Person.objects.as_system("whom the identity provider means")
    name = str(claims.get("preferred_username") or "").strip().lower()
    found = list(people.filter(login=name)) if name else []
    if not found and claims.get("email") and claims.get("email_verified") is True:
        found = list(people.filter(email__iexact=claims["email"])[:2])
    return found[0] if len(found) == 1 else None


def _link(account: Any, person: Person) -> None:
    """Remember the identity by its key alone: what the provider tells about the person is not kept."""
    SocialAccount.objects.update_or_create(
        provider=account.provider, uid=account.uid, defaults={"user": person, "extra_data": {}}
    )


def finish(request: HttpRequest, code: str, address: str) -> Person:
    """The person whom the provider let in and who still owed the code of the second factor."""
    uuid, since = request.session.get(PENDING) or (None, 0.0)
    person: Person | None = None
    if uuid and time.time() - since < PENDING_SECONDS:
        person = Person.objects.as_system("who owes a code").filter(uuid=UUID(uuid), is_active=True).first()
    if person is None:
        raise Unauthenticated("accounts.login_again", "no login waits for a code: start again")
    attempt = begin_attempt(person.login, address)
    check_second(person, code)
    arrive(person, "oidc+code", attempt)
    request.session.pop(PENDING, None)
    return person


def offered() -> dict[str, str] | None:
    """The login button of the identity provider, where one is set."""
    if not settings.ENV.oidc_url:
        return None
    return {"name": settings.ENV.oidc_name or "OpenID Connect", "url": f"/auth/oidc/{PROVIDER}/login/"}


# Nothing else of allauth has an address: its own pages for signing up and logging in would pass by ours.
urlpatterns = [path("", include("allauth.socialaccount.providers.openid_connect.urls"))]
