"""Fixtures of the room's tests."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.world import TownWorld, full_world, make_town
from chengyun.accounts.seed import seed_roles


class Api:
    """A browser's session: JSON in and out, with the CSRF token."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.csrf = self.client.get("/api/v1/accounts/csrf").json()["csrf"]

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        headers.setdefault("X-CSRFToken", self.csrf)
        data = json.dumps(body) if body is not None else ""
        address = f"/api/v1/{path}"
        response = self.client.generic(method, address, data, content_type="application/json", headers=headers)
        if response.cookies.get("chengyun_csrf"):
            self.csrf = response.cookies["chengyun_csrf"].value
        return response

    def get(self, path: str, **headers: str) -> Any:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body if body is not None else {}, **headers)

    def patch(self, path: str, body: Any) -> Any:
        return self.send("PATCH", path, body)

    def be(self, person: Any) -> "Api":
        """Act as a person, without asking for a password."""
        self.client.force_login(person, backend="chengyun.accounts.authentication.PersonOfSession")
        return self


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    """Passwords are hashed quickly, but where the hash itself is tested: argon2 is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def api(db: None) -> Api:
    return Api()


@pytest.fixture
def town(db: None) -> TownWorld:
    """One town with its areas, and the roles."""
    seed_roles()
    return make_town("YA")


@pytest.fixture
def towns(db: None) -> tuple[TownWorld, TownWorld]:
    """Two staffed towns of one district."""
    return full_world()
