"""The city's identity provider says who somebody is: linked to a person of ours, or turned away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client

from accounts.conftest import Api
from accounts.provider import CLIENT, SECRET, Provider, serve
from accounts.test_login import a_step_later, happened, totp, with_second_factor
from accounts.world import PASSWORD, TownWorld, add_person, grant
from chengyun.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """A provider that this installation is set to."""
    with serve() as server:
        app = {"provider_id": "city", "name": "随申办政务云", "client_id": CLIENT, "secret": SECRET,
               "settings": {"server_url": server.issuer}}  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        settings.ENV = replace(settings.ENV, oidc_url=server.issuer, oidc_name="随申办政务云")
        yield server


@pytest.fixture
def operator(town: TownWorld) -> Person:
    person = add_person(town, "operator", email="operator@example.org", password=PASSWORD)
    grant(person, "operator")
    return person


def come(api: Api, provider: Provider, claims: dict[str, Any], code: str = "the-code") -> str:
    """Go to the provider and come back; returns where one is sent then."""
    provider.claims = claims
    client: Client = api.client
    asked = client.get("/auth/oidc/city/login/?next=/cases")
    assert asked.status_code == 302
    address = urlsplit(asked["Location"])
    assert f"{address.scheme}://{address.netloc}" == provider.issuer
    wanted = parse_qs(address.query)
    assert "openid" in wanted["scope"][0]
    back = client.get("/auth/oidc/city/login/callback/", {"code": code, "state": wanted["state"][0]})
    assert back.status_code == 302, back.content[:500]
    return str(back["Location"])


def test_the_login_button_is_there_only_if_it_is_set(api: Api, provider: Provider) -> None:
    assert api.get("accounts/entrances").json()["oidc"] == {"name": "随申办政务云", "url": "/auth/oidc/city/login/"}
    settings.ENV = replace(settings.ENV, oidc_url="")
    assert api.get("accounts/entrances").json()["oidc"] is None


@pytest.mark.parametrize(
    "claims",
    [{"sub": "1", "preferred_username": "Operator"},
     {"sub": "1", "email": "OPERATOR@example.org", "email_verified": True}],
)  # fmt: skip
def test_a_known_person_comes_in_and_is_known_by_the_key_next_time(
    api: Api, provider: Provider, operator: Person, claims: dict[str, Any]
) -> None:
    assert come(api, provider, claims | {"phone_number": "13812345678"}) == "/cases"
    assert api.get("accounts/me").json()["person"]["login"] == "operator"
    assert happened(operator) == ["accounts.logged_in"]
    assert SocialAccount.objects.get().extra_data == {}
    assert come(Api(), provider, {"sub": "1", "preferred_username": "renamed"}) == "/cases"


@pytest.mark.parametrize(
    "claims",
    [{"sub": "2", "preferred_username": "stranger"}, {"sub": "2", "email": "operator@example.org"},
     {"sub": "2", "email": "operator@example.org", "email_verified": False}, {"sub": "2"}],
)  # fmt: skip
def test_nobody_is_made_and_no_unverified_address_counts(
    api: Api, provider: Provider, operator: Person, claims: dict[str, Any]
) -> None:
    assert come(api, provider, claims) == "/login?problem=oidc_unknown"
    assert api.get("accounts/me").status_code == 401
    assert Person._base_manager.count() == 1


def test_an_address_that_two_people_have_names_nobody(api: Api, provider: Provider, operator: Person) -> None:
    add_person(None, "second", email="operator@example.org")
    claims = {"sub": "3", "email": "operator@example.org", "email_verified": True}
    assert come(api, provider, claims) == "/login?problem=oidc_unknown"


def test_a_closed_person_is_turned_away(api: Api, provider: Provider, operator: Person) -> None:
    Person._base_manager.filter(pk=operator.pk).update(is_active=False)
    assert come(api, provider, {"sub": "1", "preferred_username": "operator"}) == "/login?problem=oidc_unknown"
    assert happened(operator) == ["accounts.login_failed"]


def test_the_second_factor_is_still_owed(api: Api, provider: Provider, operator: Person) -> None:
    api.post("accounts/login", {"login": "operator", "password": PASSWORD})
    secret, _ = with_second_factor(api)
    door = Api()
    assert come(door, provider, {"sub": "1", "preferred_username": "operator"}) == "/login?step=code"
    assert door.get("accounts/me").status_code == 401
    assert door.post("accounts/login/code", {"code": "1"}).json()["code"] == "accounts.code_wrong"
    with a_step_later():
        assert door.post("accounts/login/code", {"code": totp(secret)}).status_code == 200
    assert door.get("accounts/me").status_code == 200
    assert door.post("accounts/login/code", {"code": totp(secret)}).json()["code"] == "accounts.login_again"


def test_a_code_that_the_provider_does_not_know_is_no_login(api: Api, provider: Provider, operator: Person) -> None:
    claims = {"sub": "1", "preferred_username": "operator"}
    assert come(api, provider, claims, code="stolen") == "/login?problem=oidc_failed"
    answer = Client().get("/auth/oidc/city/login/callback/", {"code": "the-code", "state": "made-up"})
    assert answer["Location"] == "/login?problem=oidc_failed"


@pytest.mark.parametrize("path", ["signup/", "login/", "password/reset/", "3rdparty/", "2fa/", "confirm-email/"])
def test_the_library_s_own_pages_have_no_address(api: Api, db: None, path: str) -> None:
    assert api.client.get(f"/auth/{path}").status_code == 404


def test_without_a_provider_there_is_nothing(api: Api, db: None) -> None:
    assert api.client.get("/auth/oidc/city/login/").status_code == 404
