"""The library written into a town: its indicators with their targets, and the limits of standards."""

from dataclasses import dataclass

from chengyun.indicators.actions import keep_threshold, save_indicator, set_target
from chengyun.indicators.definitions import Definition
from chengyun.indicators.library import library_definitions, library_thresholds
from chengyun.indicators.models import Indicator, IndicatorTarget
from chengyun.kernel.actor import Actor
from chengyun.places.models import Town


@dataclass(frozen=True)
class Seeded:
    """How many were new."""

    indicators: int
    targets: int
    thresholds: int


def seed_library(town: Town, actor: Actor) -> Seeded:
    """Write what of the library the town lacks; what it has, and may have changed, stays as it is."""
    rows = Indicator.objects.as_system("what a town has of the library").filter(town_id=town.pk)
    known = {row.code: row for row in rows}
    promised = IndicatorTarget.objects.as_system("what is promised in a town").filter(town_id=town.pk)
    having = set(promised.values_list("indicator__code", flat=True))
    new = [one for one in library_definitions() if one.code not in known]
    for one in new:
        known[one.code] = save_indicator(town, actor=actor, given=one)
    targets = [one for one in library_definitions() if one.target and one.code not in having]
    for one in targets:
        _promise(known[one.code], one, actor)
    for limit in library_thresholds():
        keep_threshold(town, actor=actor, given=limit)
    return Seeded(len(new), len(targets), len(library_thresholds()))


def _promise(row: Indicator, one: Definition, actor: Actor) -> None:
    if one.target is not None:
        set_target(row, actor=actor, given=one.target)
