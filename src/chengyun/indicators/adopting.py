"""Taking the library into a town: definitions, targets, thresholds and empty registers, as far as it has none."""

from collections.abc import Collection
from dataclasses import dataclass

from chengyun.indicators.actions import keep_threshold, save_indicator, set_target
from chengyun.indicators.library import library_definitions, library_thresholds
from chengyun.indicators.models import Indicator, Register, Threshold
from chengyun.indicators.registers.actions import save_register
from chengyun.indicators.registers.shapes import standard_registers
from chengyun.kernel.actor import Actor
from chengyun.places.models import Town


@dataclass(frozen=True)
class Adopted:
    """How many of each were new to the town."""

    indicators: int
    thresholds: int
    registers: int


def adopt_library(town: Town, *, actor: Actor, codes: Collection[str] | None = None) -> Adopted:
    """Take in what the town has not got (only the indicators of `codes`, if given). Doing it again changes nothing."""
    registers = _registers(town, actor)
    thresholds = _thresholds(town, actor)
    known = set(
        Indicator.objects.as_system("which of the library a town has").filter(town_id=town.pk)
        .values_list("code", flat=True)
    )  # fmt: skip
    wanted = [d for d in library_definitions() if d.code not in known and (codes is None or d.code in codes)]
    for given in wanted:
        row = save_indicator(town, actor=actor, given=given)
        if given.target is not None:
            set_target(row, actor=actor, given=given.target)
    return Adopted(len(wanted), thresholds, registers)


def _registers(town: Town, actor: Actor) -> int:
    rows = Register.objects.as_system("which registers a town has").filter(town_id=town.pk)
    known = set(rows.values_list("code", flat=True))
    fresh = [shape for code, shape in standard_registers().items() if code not in known]
    for shape in fresh:
        save_register(town.pk, actor=actor, given=shape)
    return len(fresh)


def _thresholds(town: Town, actor: Actor) -> int:
    rows = Threshold.objects.as_system("which thresholds a town has").filter(town_id=town.pk)
    known = set(rows.values_list("code", flat=True))
    fresh = [shape for shape in library_thresholds() if shape.code not in known]
    for shape in fresh:
        keep_threshold(town, actor=actor, given=shape)
    return len(fresh)
