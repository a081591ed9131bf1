"""Towns in the database."""

import pytest
from hypothesis import settings

from chengyun.kernel.actor import System
from chengyun.places.bulk import load_town
from chengyun.places.importing.runs import Origin
from chengyun.places.models import Town
from places.sample import small_town

settings.register_profile("places", settings.default, deadline=None, max_examples=40)
settings.load_profile("places")


@pytest.fixture
def actor() -> System:
    return System("test")


@pytest.fixture
def town(db: None, actor: System) -> Town:
    """The sample town, loaded, without a base map."""
    return load_town(small_town(), actor, origin=Origin("bulk", "sample", draw=False))


@pytest.fixture
def drawn_town(db: None, actor: System) -> Town:
    """The sample town with its base map."""
    return load_town(small_town(), actor)
