"""Fixtures of the room's tests."""

import pytest

from plans.room import Room, make_room


@pytest.fixture
def room(db: None) -> Room:
    """A staffed town whose departments have the names that plans use."""
    return make_room()
