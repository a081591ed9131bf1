"""Fixtures of the room's tests."""

from typing import Any

import pytest

from accounts.conftest import Api
from cases.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """One staffed town."""
    return make_world()


class Session(Api):
    """A browser's session with the shorthands of the room."""

    def take(self, case: dict[str, Any], verb: str, **given: Any) -> Any:
        body = {"expected": case["version"], "given": {name.replace("__", ":"): v for name, v in given.items()}}
        return self.post(f"cases/{case['id']}/verbs/{verb}", body)


@pytest.fixture
def as_role(world: World) -> Any:
    """`as_role("operator")`: a session of the person with this role."""
    return lambda role: Session().be(world.people[role])
