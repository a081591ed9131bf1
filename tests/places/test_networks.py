"""A town's networks come from its streets, are kept as files, and follow what changes."""

from pathlib import Path

import pytest
from django.conf import settings

from chengyun.places import networks
from chengyun.places.memory import changed
from chengyun.places.models import Compound, Street, Town
from chengyun.places.networks import networks_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def files(town: Town) -> list[Path]:
    return sorted((settings.ENV.data / "reach" / str(town.pk)).glob("*.reach"))


def test_a_town_has_three_networks_and_their_files(town: Town) -> None:
    found = networks_of(town)
    assert found is not None
    assert set(found.modes) == {"walk", "walk_time", "drive"}
    assert len(files(town)) == 3
    walk = found.modes["walk"].network
    metres = sum(Street.objects.filter(town=town).values_list("metres", flat=True))
    assert 0 < walk.costs([0], [2], None).sum() <= metres


def test_files_are_made_once_and_follow_the_streets(town: Town) -> None:
    networks_of(town)
    before = {path.name: path.stat().st_mtime_ns for path in files(town)}
    changed(town.pk)
    networks_of(town)
    assert {path.name: path.stat().st_mtime_ns for path in files(town)} == before
    Compound.objects.update(gates=None)
    changed(town.pk)
    networks_of(town)
    assert len(files(town)) == 3
    assert not before.keys() & {path.name for path in files(town)}


def test_a_town_without_streets_has_none(town: Town) -> None:
    Street.objects.filter(town=town).delete()
    changed(town.pk)
    assert networks_of(town) is None
    assert networks.MODES


def test_a_process_that_starts_maps_the_files_without_reading_streets(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(town.pk)
    found = networks_of(town)
    assert found is not None
    with monkeypatch.context() as patched:
        patched.setattr(networks, "_digest", None)
        again = networks._load(town.pk)
        assert again is not None
        assert again.plane == found.plane
    (settings.ENV.data / "reach" / str(town.pk) / networks.NOTE).write_text("{")
    assert networks._load(town.pk) is not None
