"""What records of registers are about: the town's own communities, compounds, waters and roads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from chengyun.demo.town.plane import generator
from chengyun.kernel.clock import local_day, now
from chengyun.places.models import Area, Compound, Facility, Ground, Street, Town

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Home:
    """A compound: its name, year and households."""

    name: str
    year: int
    households: int
    village: bool


class Scene:
    """A town as its offices know it up to today, and a stream of random numbers for each register."""

    def __init__(self, town: Town, seed: int) -> None:
        self.seed = seed
        self.today = local_day(now(), town.zone)
        areas = Area.objects.as_system("a synthetic town's registers").filter(town=town, retired_at=None)
        self.communities = list(areas.filter(level__role="community").order_by("code").values_list("name", flat=True))
        rows = Compound.objects.filter(area__in=areas).order_by("area__code").select_related("area")
        self.homes = [Home(r.area.name, r.built or 2000, r.households or 0, r.kind == "village") for r in rows]
        waters = Ground.objects.filter(town=town, kind="water", sub__in=("river", "canal", "pond")).exclude(name="")
        self.waters = sorted(set(waters.values_list("name", "sub")))
        roads = Street.objects.filter(town=town, kind__in=("primary", "secondary")).exclude(name="")
        self.roads = sorted(set(roads.values_list("name", flat=True)))
        facilities = Facility.objects.as_system("a synthetic town's registers").filter(town=town)
        self.bridges = facilities.filter(category__code="bridge").count()
        self.key_places = list(
            facilities.filter(category__code__in=("service_hall", "metro_station", "hospital"))
            .order_by("category__code", "id").values_list("name", "minx", "miny")
        )  # fmt: skip

    def chance(self, register: str) -> np.random.Generator:
        """The random numbers of one register."""
        return generator(self.seed, "register", register)

    def old_homes(self, before: int = 2000) -> list[Home]:
        """Estates built before a year, oldest first."""
        return sorted((h for h in self.homes if h.year < before and not h.village), key=lambda h: (h.year, h.name))

    def months(self, year: int, month: int) -> Iterator[date]:
        """The first days of months, from this one on."""
        while (first := date(year, month, 1)) <= self.today:
            yield first
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    def past(self, day: date | None) -> date | None:
        """A day, unless it has not come yet."""
        return day if day is not None and day <= self.today else None


def day_in(rng: np.random.Generator, first: date, last: date) -> date:
    """Some day between two, both included."""
    return date.fromordinal(int(rng.integers(first.toordinal(), last.toordinal() + 1)))


def year_of(year: int) -> tuple[date, date]:
    """The first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def some(rng: np.random.Generator, things: Sequence[Any], count: int) -> list[Any]:
    """So many of the things, in their order."""
    picked = rng.choice(len(things), min(count, len(things)), replace=False)
    return [things[n] for n in sorted(picked.tolist())]
