"""Fixtures of the kernel's tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from chengyun.kernel import access
from chengyun.kernel.delivery.models import Cursor, Heard, Parcel
from chengyun.kernel.events import _listeners
from chengyun.kernel.journal.models import Entry, Seal
from kernel.world import Policy


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> Policy:
    """A policy of the test's own, instead of the one that accounts installed."""
    own = Policy()
    monkeypatch.setattr(access, "_installed", [own])
    return own


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database without a transaction around the test, for other threads to see; the journal is emptied after it.

    In the place of pytest-django's own, which empties every table of every room: here only the journal is written.
    """
    with django_db_blocker.unblock():
        yield
        for model in (Entry, Seal, Cursor, Parcel, Heard):
            model._base_manager.all().delete()
        connections.close_all()


@pytest.fixture
def listening() -> Iterator[None]:
    """Listeners that a test registers are gone after it."""
    before = dict(_listeners)
    yield
    _listeners.clear()
    _listeners.update(before)
