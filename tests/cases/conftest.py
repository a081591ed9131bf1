"""Fixtures of the room's tests."""

import pytest

from cases.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """One staffed town."""
    return make_world()
