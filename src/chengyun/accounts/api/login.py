"""Coming in, going out, and who I am."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login as open_session
from django.contrib.auth import logout as close_session
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router, Status

from chengyun.accounts import oidc
from chengyun.accounts.api.schemas import CodeIn, CsrfOut, EntrancesOut, LoginIn, MeOut, self_of
from chengyun.accounts.authentication import SessionLogin, address_of, demand_csrf
from chengyun.accounts.demo_logins import shown
from chengyun.accounts.entrance import BACKEND, Key, enter, leave
from chengyun.accounts.models import Person
from chengyun.accounts.queries.me import me
from chengyun.kernel.clock import now
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.refusal import Forbidden

router = Router()


@router.get("/csrf", response=CsrfOut, auth=None, summary="A CSRF token, also set as a cookie")
def csrf(request: HttpRequest) -> Any:
    return {"csrf": get_token(request)}


@router.post("/login", response=MeOut, auth=None, summary="Log in with a session")
def log_in(request: HttpRequest, given: LoginIn) -> Any:
    demand_csrf(request)
    person = enter(Key(given.login, given.password, given.code), address_of(request))
    open_session(request, person, backend=BACKEND)
    return answer(request, person)


@router.post("/login/code", response=MeOut, auth=None, summary="The code that a login by identity provider still owes")
def log_in_code(request: HttpRequest, given: CodeIn) -> Any:
    demand_csrf(request)
    person = oidc.finish(request, given.code, address_of(request))
    open_session(request, person, backend=BACKEND)
    return answer(request, person)


@router.get("/entrances", response=EntrancesOut, auth=None, summary="Which ways lead in")
def entrances(request: HttpRequest) -> Any:
    return {"password": True, "oidc": oidc.offered(), "demo": settings.ENV.demo, "demo_logins": shown()}


@router.post("/logout", response={204: None}, auth=SessionLogin(fresh=False), summary="End the session")
def log_out(request: ActorRequest) -> Any:
    leave(person_of(request))
    close_session(request)
    return Status(204, None)


@router.get("/me", response=MeOut, auth=SessionLogin(fresh=False), summary="Who I am and what I may do")
def who_am_i(request: ActorRequest) -> Any:
    return answer(request, person_of(request))


def person_of(request: ActorRequest) -> Person:
    """The person behind a request that only a session may make."""
    if not isinstance(request.actor, Person):
        raise Forbidden("accounts.person_only", "this is for a person with a session")
    return request.actor


def answer(request: HttpRequest, person: Person) -> dict[str, Any]:
    """The account of a person who is logged in."""
    mine = me(person)
    return {
        "person": self_of(mine),
        "roles": mine.roles,
        "permissions": mine.permissions,
        "grants": mine.grants,
        "posts": [{"id": post.uuid, "name": post.title} for post in mine.posts],
        "home": mine.home,
        "town": {"code": mine.town.code, "name": mine.town.name} if mine.town else None,
        "live_url": settings.ENV.stream_url,
        "csrf": get_token(request),
        "demo": settings.ENV.demo,
        "now": now(),
    }
