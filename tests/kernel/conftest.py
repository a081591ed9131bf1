"""Fixtures of the kernel's tests."""

from collections.abc import Iterator

import pytest

from chengyun.kernel import access
from chengyun.kernel.events import _listeners
from kernel.world import Policy


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> Policy:
    """A policy of the test's own, instead of the one that accounts installed."""
    own = Policy()
    monkeypatch.setattr(access, "_installed", [own])
    return own


@pytest.fixture
def listening() -> Iterator[None]:
    """Listeners that a test registers are gone after it."""
    before = dict(_listeners)
    yield
    _listeners.clear()
    _listeners.update(before)
