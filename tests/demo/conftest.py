"""One drawn town for all tests of the room, and a small part of it with people and two months of history."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from chengyun.cases.classes import Standards, read_standards
from chengyun.demo.history.make import Extent, make_history, seal
from chengyun.demo.people import DEMO, Login, own_facilities, staff
from chengyun.demo.town.output import make_town
from chengyun.kernel.clock import frozen
from chengyun.places.bulk import load_town
from chengyun.places.models import Town
from chengyun.places.shapes import TownData

CASES = 900
# The hour, the weekday and the holidays are in every draw: a Wednesday in office hours, before National Day holidays.
BUILT = datetime.fromisoformat("2026-09-30T16:00:00+08:00")


@pytest.fixture(scope="session")
def drawn() -> TownData:
    return make_town()


@dataclass
class Lived:
    town: Town
    data: TownData
    logins: list[Login]
    standards: Standards
    heard: list[tuple[int, int, str]]


def part_of(town: TownData) -> TownData:
    """Everything that people and history ask for, in a fraction of the rows."""
    keep = [f for f in town.facilities if f.category not in {"camera", "street_lamp", "manhole", "street_tree"}]
    lamps = [f for f in town.facilities if f.category in {"street_lamp", "manhole"}][::20]
    sites = [g for g in town.grounds if g.sub == "construction"]
    return replace(
        town, facilities=keep[::4] + lamps, buildings=town.buildings[::6], streets=[], grounds=sites, names=[],
        populations=town.populations[:60],
    )  # fmt: skip


@pytest.fixture(scope="module")
def lived(drawn: TownData, django_db_setup: None, django_db_blocker: Any) -> Iterator[Lived]:
    """A staffed part of the town with its history, for all tests of a module at that moment; rolled back after them."""
    with django_db_blocker.unblock(), frozen(BUILT), transaction.atomic():
        data = part_of(drawn)
        town = load_town(data, DEMO)
        standards = read_standards(settings.ENV.data)
        logins = staff(town, standards)
        own_facilities(town, data)
        heard: list[tuple[int, int, str]] = []
        make_history(town, 5, lambda *said: heard.append(said), Extent(CASES, 2, processes=0))
        seal(lambda *_: None)
        yield Lived(town, data, logins, standards, heard)
        transaction.set_rollback(True)
