"""A town with areas, facilities, people and roles, whose indicators can be measured."""

from typing import Any

import pytest

from accounts.conftest import Api
from accounts.world import TownWorld, add_person, grant
from chengyun.accounts.seed import seed_roles
from chengyun.indicators import worlds
from chengyun.indicators.actions import save_indicator, set_target
from chengyun.indicators.definitions import Definition, TargetShape
from chengyun.indicators.models import Indicator
from chengyun.kernel.actor import System
from chengyun.kernel.delivery.sequencer import sequence
from chengyun.places.actions import check_lists
from chengyun.places.bulk import load_town
from chengyun.places.importing.runs import Origin
from chengyun.places.models import FacilityCategory, Town
from places.sample import small_town

ACTOR = System("test")
HYDRANTS = "share of compounds where has hydrant(state = in_service) within 240 m straight"


@pytest.fixture
def measured(db: None) -> Town:
    """The sample town, and nothing held of another town in memory."""
    worlds.forget_all()
    town = load_town(small_town(), ACTOR, origin=Origin("bulk", "sample", draw=False))
    check_lists(town, actor=ACTOR, categories=[one.code for one in FacilityCategory.objects.all()])
    sequence(1000)
    return town


@pytest.fixture
def keep(measured: Town) -> Any:
    """`keep(code, formula, unit, target)`: an indicator, with a target of at least so much."""

    def make(code: str, formula: str, unit: str = "个", target: float | None = None, **more: Any) -> Indicator:
        row = save_indicator(measured, actor=ACTOR, given=Definition(code, code, code, formula, unit, **more))
        if target is not None:
            set_target(row, actor=ACTOR, given=TargetShape(">=", target))
        sequence(1000)
        return row

    return make


@pytest.fixture
def session(measured: Town) -> Any:
    """`session("planner")`: a browser's session of somebody with a role over the town."""
    seed_roles()

    def be(role: str) -> Api:
        person = add_person(TownWorld(measured), role)
        grant(person, role)
        return Api().be(person)

    return be
