"""Fixtures of the room's tests."""

import pytest
import shapely

from cases.world import IN_G1_M1, World, make_world
from chengyun.places.models import Facility, FacilityCategory


@pytest.fixture
def world(db: None) -> World:
    """One staffed town."""
    return make_world()


@pytest.fixture
def plate(world: World) -> Facility:
    """A street lamp with its plate, in grid G1."""
    category, _ = FacilityCategory.objects.get_or_create(
        code="street_lamp", defaults={"name": "路灯", "english": "Street lamp", "group": "street"}
    )
    lamp = Facility(
        town=world.town, category=category, plate="YA-LD-0001", name="云岸路 3 号灯", address="云岸路",
        source="test", external_id="lamp-1",
    )  # fmt: skip
    lamp.locate(shapely.Point(*IN_G1_M1))
    lamp.save()
    return lamp
