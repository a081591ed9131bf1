"""Taking the library into a town: definitions, targets, thresholds and empty registers, as far as it has none."""

from chengyun.indicators.models import Register
from chengyun.indicators.registers.actions import save_register
from chengyun.indicators.registers.shapes import standard_registers
from chengyun.indicators.seeding import Seeded, seed_library
from chengyun.kernel.actor import Actor
from chengyun.places.models import Town


def adopt_library(town: Town, *, actor: Actor) -> Seeded:
    """Take in what the town has not got. Doing it again changes nothing."""
    rows = Register.objects.as_system("which registers a town has").filter(town_id=town.pk)
    known = set(rows.values_list("code", flat=True))
    for code, shape in standard_registers().items():
        if code not in known:
            save_register(town.pk, actor=actor, given=shape)
    return seed_library(town, actor)
