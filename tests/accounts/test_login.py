"""Coming in: passwords, throttling, the second factor, tokens; and what the journal keeps of it."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.test import override_settings

from accounts.conftest import Api
from accounts.world import PASSWORD, TownWorld, add_person, grant
from chengyun.accounts.checks import sealed
from chengyun.accounts.models import ApiToken, LoginAttempt, Person
from chengyun.kernel.clock import frozen
from chengyun.kernel.journal.models import Entry

pytestmark = pytest.mark.db
HASHERS = settings.PASSWORD_HASHERS
PERIOD = 30.0  # seconds that a code is shown
T0 = datetime(2026, 11, 22, 8, tzinfo=UTC)


def happened(person: Person) -> list[str]:
    """The events of a person, oldest first."""
    return list(Entry.objects.filter(stream=f"person:{person.uuid}").order_by("number").values_list("event", flat=True))


def totp(secret: str) -> str:
    """What an authenticator shows now for a secret."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@contextmanager
def a_step_later() -> Iterator[None]:
    """The authenticator's next code: half a minute on."""
    with mock.patch("time.time", return_value=time.time() + PERIOD):
        yield


@pytest.fixture
def operator(town: TownWorld) -> Person:
    person = add_person(town, "operator", password=PASSWORD)
    grant(person, "operator")
    return person


def test_login_me_and_logout(api: Api, operator: Person) -> None:
    answer = api.post("accounts/login", {"login": " Operator ", "password": PASSWORD})
    assert answer.status_code == 200
    me = api.get("accounts/me").json()
    assert me["person"]["login"] == "operator"
    assert me["roles"] == ["operator"]
    assert "cases.dispatch" in me["permissions"]
    assert me["town"] == {"code": "YA", "name": "YA镇"}
    assert me["home"] == "desk"
    assert api.post("accounts/logout").status_code == 204
    assert api.get("accounts/me").status_code == 401
    assert happened(operator) == ["accounts.logged_in", "accounts.logged_out"]


def test_a_login_without_the_csrf_token_is_refused(api: Api, operator: Person) -> None:
    answer = api.send("POST", "accounts/login", {"login": "operator", "password": PASSWORD}, **{"X-CSRFToken": ""})
    assert (answer.status_code, answer.json()["code"]) == (403, "kernel.csrf")
    api.be(operator)
    answer = api.send("POST", "accounts/logout", {}, **{"X-CSRFToken": "wrong"})
    assert (answer.status_code, answer.json()["code"]) == (403, "kernel.csrf")


def test_an_unknown_name_and_a_wrong_password_look_the_same(api: Api, operator: Person) -> None:
    answers = [
        api.post("accounts/login", {"login": login, "password": "wrong"})
        for login in ("operator", "nobody-of-that-name")
    ]
    assert [a.status_code for a in answers] == [401, 401]
    assert answers[0].content == answers[1].content
    assert happened(operator) == ["accounts.login_failed"]


def test_a_closed_person_gets_the_same_answer_and_loses_the_session(api: Api, operator: Person) -> None:
    api.post("accounts/login", {"login": "operator", "password": PASSWORD})
    Person._base_manager.filter(pk=operator.pk).update(is_active=False)
    assert api.get("accounts/me").status_code == 401
    answer = Api().post("accounts/login", {"login": "operator", "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (401, "accounts.login_wrong")


def test_the_sixth_try_must_wait_even_with_the_right_password(api: Api, operator: Person) -> None:
    with frozen(T0):
        for _ in range(settings.ENV.login_attempts):
            assert api.post("accounts/login", {"login": "operator", "password": "wrong"}).status_code == 401
        answer = api.post("accounts/login", {"login": "operator", "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (429, "accounts.too_many_logins")
    wait = answer.json()["params"]["retry_after"]
    assert answer["Retry-After"] == str(wait)
    assert 0 < wait <= settings.ENV.login_wait_minutes * 60 + 1
    with frozen(T0 + timedelta(seconds=wait + 1)):
        assert api.post("accounts/login", {"login": "operator", "password": PASSWORD}).status_code == 200


def test_an_address_that_tries_many_names_must_wait_too(api: Api, operator: Person) -> None:
    with frozen(T0):
        limit = settings.ENV.login_attempts * 10
        first = api.post("accounts/login", {"login": "n0", "password": "x"})
        assert first.status_code == 401
        row = LoginAttempt.objects.get()
        LoginAttempt.objects.bulk_create(
            LoginAttempt(name=f"{n}", address=row.address, at=row.at) for n in range(limit - 1)
        )
        assert api.post("accounts/login", {"login": "operator", "password": PASSWORD}).status_code == 429


def test_success_forgives_the_failures_of_the_name(api: Api, operator: Person) -> None:
    for _ in range(2):
        for _ in range(settings.ENV.login_attempts - 1):
            api.post("accounts/login", {"login": "operator", "password": "wrong"})
        assert api.post("accounts/login", {"login": "operator", "password": PASSWORD}).status_code == 200


def test_neither_name_nor_address_of_an_attempt_is_kept_in_the_clear(api: Api, operator: Person) -> None:
    api.post("accounts/login", {"login": "my-password-typed-here", "password": "x"})
    row = LoginAttempt.objects.get()
    assert "my-password" not in row.name
    assert "127.0.0.1" not in row.address


def test_passwords_are_kept_with_argon2(api: Api, town: TownWorld, settings: Any) -> None:
    settings.PASSWORD_HASHERS = HASHERS
    person = add_person(town, "careful", password=PASSWORD)
    assert person.password.startswith("argon2$argon2id$")
    assert api.post("accounts/login", {"login": "careful", "password": PASSWORD}).status_code == 200


def test_a_given_password_must_be_changed_before_anything_else(api: Api, operator: Person) -> None:
    Person._base_manager.filter(pk=operator.pk).update(must_change_password=True)
    me = api.post("accounts/login", {"login": "operator", "password": PASSWORD}).json()
    assert me["person"]["must_change_password"] is True
    assert api.get("accounts/people").json()["code"] == "accounts.password_must_change"
    for new, code in (("short", "accounts.password_weak"), (PASSWORD, "accounts.password_same")):
        answer = api.post("accounts/me/password", {"old": PASSWORD, "password": new})
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert api.post("accounts/me/password", {"old": "x", "password": "another long one"}).status_code == 422
    assert api.post("accounts/me/password", {"old": PASSWORD, "password": "another long one"}).status_code == 204
    assert api.get("accounts/people").status_code == 200
    assert "accounts.password_changed" in happened(operator)


def test_another_password_ends_the_other_sessions(operator: Person) -> None:
    here, there = Api(), Api()
    for api in (here, there):
        api.post("accounts/login", {"login": "operator", "password": PASSWORD})
    here.post("accounts/me/password", {"old": PASSWORD, "password": "another long one"})
    assert here.get("accounts/me").status_code == 200
    assert there.get("accounts/me").status_code == 401


def with_second_factor(api: Api) -> tuple[str, list[str]]:
    """Set up a second factor; returns secret and recovery codes."""
    begun = api.post("accounts/me/second_factor/begin").json()
    assert begun["url"].startswith("otpauth://totp/operator")
    assert "issuer=Chengyun" in begun["url"]
    assert api.post("accounts/me/second_factor/confirm", {"code": "000000"}).status_code == 422
    done = api.post("accounts/me/second_factor/confirm", {"code": totp(begun["secret"])})
    assert done.status_code == 200
    return begun["secret"], done.json()["codes"]


def test_the_second_factor_is_asked_accepted_once_and_recovered(api: Api, operator: Person) -> None:
    api.post("accounts/login", {"login": "operator", "password": PASSWORD})
    secret, spare = with_second_factor(api)
    key = {"login": "operator", "password": PASSWORD}
    door = Api()
    assert door.post("accounts/login", key).json()["code"] == "accounts.code_needed"
    assert door.post("accounts/login", key | {"code": "123"}).json()["code"] == "accounts.code_wrong"
    with a_step_later():
        code = totp(secret)
        assert door.post("accounts/login", key | {"code": code}).status_code == 200
        assert Api().post("accounts/login", key | {"code": code}).json()["code"] == "accounts.code_wrong"
    assert Api().post("accounts/login", key | {"code": spare[0]}).status_code == 200
    assert Api().post("accounts/login", key | {"code": spare[0]}).json()["code"] == "accounts.code_wrong"
    fresh = api.post("accounts/me/second_factor/codes", {"old": PASSWORD}).json()["codes"]
    assert not set(fresh) & set(spare)
    assert api.post("accounts/me/second_factor/disable", {"old": "x"}).status_code == 422
    assert api.post("accounts/me/second_factor/disable", {"old": PASSWORD}).status_code == 204
    assert Api().post("accounts/login", key).status_code == 200


def test_the_code_that_set_up_the_second_factor_opens_nothing_more(api: Api, operator: Person) -> None:
    api.be(operator)
    with mock.patch("time.time", return_value=time.time()):
        secret, _ = with_second_factor(api)
        key = {"login": "operator", "password": PASSWORD, "code": totp(secret)}
        assert Api().post("accounts/login", key).json()["code"] == "accounts.code_wrong"
    with a_step_later():
        assert Api().post("accounts/login", key | {"code": totp(secret)}).status_code == 200


def test_what_the_second_factor_stands_on_is_kept_encrypted(api: Api, operator: Person) -> None:
    api.be(operator)
    secret, spare = with_second_factor(api)
    kept = json.dumps(list(Authenticator.objects.filter(user=operator).values_list("data", flat=True)))
    assert len(kept) > 200
    assert secret not in kept
    assert not any(code in kept for code in spare)
    key = {"login": "operator", "password": PASSWORD}
    assert list(sealed()) == []
    with override_settings(SECRET_KEY="another one, after the first was lost"):
        assert [finding.level for finding in sealed()] == ["wrong"]
        for code in (totp(secret), spare[0]):
            assert Api().post("accounts/login", key | {"code": code}).json()["code"] == "accounts.code_wrong"
    with a_step_later():
        assert Api().post("accounts/login", key | {"code": totp(secret)}).status_code == 200


def test_confirming_needs_a_beginning(api: Api, operator: Person) -> None:
    api.be(operator)
    answer = api.post("accounts/me/second_factor/confirm", {"code": "123456"})
    assert answer.json()["code"] == "accounts.enrolment_missing"


def issue(api: Api, **more: object) -> dict[str, object]:
    body = {"name": "街镇平台", "allowed": ["accounts.read"], "reach": "town", "town": "YA",
            "expires_at": (datetime.now(UTC) + timedelta(days=30)).isoformat()} | more  # fmt: skip
    return api.post("accounts/tokens", body).json()  # type: ignore[no-any-return]


@pytest.fixture
def head(town: TownWorld) -> Person:
    person = add_person(town, "head")
    grant(person, "centre_head")
    return person


def test_a_token_is_shown_once_kept_as_a_digest_and_works(api: Api, head: Person) -> None:
    api.be(head)
    made = issue(api)
    secret = str(made["secret"])
    assert secret.startswith("cy_")
    row = ApiToken._base_manager.get()
    assert secret not in json.dumps([str(v) for v in vars(row).values()])
    assert "secret" not in api.get("accounts/tokens").json()["items"][0]
    program = Api()
    bearer = {"Authorization": f"Bearer {secret}", "X-CSRFToken": ""}
    assert program.get("accounts/people", **bearer).json()["items"][0]["login"] == "head"
    assert program.get("accounts/me", **bearer).status_code == 401
    assert program.get("accounts/looks", **bearer).json()["items"] == []
    row.refresh_from_db()
    assert row.last_used_at is not None
    api.post(f"accounts/tokens/{made['id']}/verbs/revoke", {"expected": made["version"]})
    assert program.get("accounts/people", **bearer).status_code == 401


def test_a_token_dies_with_time(api: Api, head: Person) -> None:
    api.be(head)
    bearer = {"Authorization": f"Bearer {issue(api)['secret']}"}
    with frozen(datetime.now(UTC) + timedelta(days=31)):
        assert Api().get("accounts/people", **bearer).status_code == 401


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [({"allowed": ["cases.receive"]}, 403, "kernel.not_permitted"), ({"town": "YB"}, 404, "places.no_town"),
     ({"allowed": ["accounts.tokens"]}, 422, "accounts.not_for_tokens"), ({"allowed": []}, 422, None),
     ({"allowed": ["no.such"]}, 422, "accounts.no_such_permission"), ({"reach": "all"}, 403, "kernel.not_permitted"),
     ({"expires_at": "2020-01-01T00:00:00Z"}, 422, "accounts.expiry_wrong")],
)  # fmt: skip
def test_nobody_hands_out_what_he_may_not_do(
    api: Api, head: Person, wrong: dict[str, object], status: int, code: str | None
) -> None:
    answer = issue(api.be(head), **wrong)
    assert answer["status"] == status
    assert code is None or answer["code"] == code


def test_garbage_for_a_token_is_no_login(api: Api, db: None) -> None:
    for value in ("Bearer cy_wrong", "Bearer", "Basic YTpi", "cy_x"):
        assert api.get("accounts/people", Authorization=value).status_code == 401
