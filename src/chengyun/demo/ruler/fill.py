"""Fills the registers that a synthetic town keeps; those that it does not keep stay empty, and indicators say so."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from chengyun.demo.ruler import homes, works
from chengyun.demo.ruler.ground import Row, Scene
from chengyun.indicators.models import Register
from chengyun.indicators.registers.actions import import_entries, shape_of_register
from chengyun.indicators.registers.shapes import EntryShape, RegisterShape, read_entry
from chengyun.kernel.actor import Actor
from chengyun.places.models import Town

SOURCE = "合成数据（虚构城镇）"
Make = Callable[[Scene], Sequence[Row]]

KEPT: Mapping[str, Make] = {
    "green_community": homes.green_communities,
    "life_circle_projects": homes.life_circle_projects,
    "housing_renewal": homes.housing_renewal,
    "lifts": homes.lifts,
    "home_titles": homes.home_titles,
    "waste_inspections": homes.waste_inspections,
    "ebike_sites": homes.ebike_sites,
    "smart_gates": homes.smart_gates,
    "rain_sewage": homes.rain_sewage,
    "community_cloud": homes.community_cloud,
    "rural_sewage": homes.rural_sewage,
    "waste_titles": works.waste_titles,
    "bridges": works.bridges,
    "watersheds": works.watersheds,
    "waste_weights": works.waste_weights,
    "benchmarks": works.benchmarks,
    "pocket_parks": works.pocket_parks,
    "road_projects": works.road_projects,
    "green_projects": works.green_projects,
    "dustfall": works.dustfall,
    "jobs_added": works.jobs_added,
    "startups": works.startups,
    "elder_beds": works.elder_beds,
    "meal_points": works.meal_points,
    "waters": works.waters,
    "key_areas": works.key_areas,
}
"""What its offices keep. Not kept, so that indicators must say what is missing: tax, revenue, spending, firms and their
tax, commercial floor space, parks, rental housing, brands, villages in town, the district's tasks, public buildings,
service points, systems, rural roads, shopping circles."""


def fill_registers(town: Town, seed: int, *, actor: Actor) -> int:
    """Records for the registers that have none yet. Returns how many."""
    scene, count = Scene(town, seed), 0
    rows = Register.objects.as_system("a synthetic town's registers").filter(town_id=town.pk, code__in=KEPT)
    for register in rows.filter(entries=None).order_by("code"):
        shape = shape_of_register(register)
        given = _entries(shape, KEPT[register.code](scene))
        import_entries(register, given, actor=actor, source=SOURCE)
        count += len(given)
    return count


def _entries(shape: RegisterShape, rows: Sequence[Row]) -> list[EntryShape]:
    found = [read_entry(shape, {k: _cell(v) for k, v in row.items()}, n) for n, row in enumerate(rows, 1)]
    wrong = [problem for _, problems in found for problem in problems]
    if wrong:
        raise ValueError(f"{shape.code}: {wrong[0]}")
    return [entry for entry, _ in found]


def _cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
