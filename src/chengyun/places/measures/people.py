"""People of an age band on a basis, in every area of a level; where nobody counted them, an estimate that says so.

The order of estimates is that of `queries.population`: 实有 of the area, of the areas below it, of the compounds whose
households lie in it. Bands add up: 60+ is what 60–80 and 80+ say, where both were counted together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from django.db.models import Sum

from chengyun.kernel.measures import Field, Figures, Filter, Measure, Query, Words
from chengyun.places.measures.columns import IMPORTS
from chengyun.places.memory import keep
from chengyun.places.models import Area, Building, Population
from chengyun.places.queries.visible import hidden_runs, shown

BASES: Words = (
    ("resident", "常住人口", "residents (statistical)"),
    ("actual", "实有人口", "people present (registers)"),
    ("registered", "户籍人口", "registered people"),
)
Band = tuple[int, int]
SHARED = ("sector", "grid", "cell", "community")
Count = tuple[date, str, dict[Band, int]]


@dataclass(frozen=True)
class Census:
    """What was counted: (place, basis) → (day, source, people by band); paths of areas; shares of compounds.

    `housed`: the same of people counted building by building, added up for what lies in an area.
    `shares`: area → [(compound, share of its households that lie there)], for grids, what lies above them, cells and
    communities; areas of these levels without any have an empty list.
    """

    counts: Mapping[tuple[int, str], Count]
    levels: Mapping[int, int]
    paths: Mapping[int, tuple[int, ...]]
    shares: Mapping[int, list[tuple[int, float]]]
    housed: Mapping[int, Count]

    @cached_property
    def counted_below(self) -> Mapping[int, list[int]]:
        """For each area those below it, at any depth, whose people were counted."""
        found: dict[int, list[int]] = {}
        for pk, path in self.paths.items():
            for above in path if (pk, "actual") in self.counts else ():
                if above != pk:
                    found.setdefault(above, []).append(pk)
        return found


def _census(town: int) -> Census:
    rows = Population.objects.filter(town_id=town, place_kind="area").exclude(run_id__in=hidden_runs())
    counts: dict[tuple[int, str], Count] = {}
    wanted = ("place_id", "basis", "on", "source", "age_from", "age_to", "count")
    for place, basis, on, source, low, high, people in rows.order_by("on", "source", "id").values_list(*wanted):
        known = counts.get((place, basis))
        if known is None or known[:2] != (on, source):
            known = counts[place, basis] = (on, source, {})
        known[2][low, high] = people
    areas = shown(Area.objects.as_system("people live in areas").filter(town_id=town))
    tree = list(areas.values_list("id", "path", "level__rank", "level__role"))
    paths = {pk: tuple(int(step) for step in path.split("/") if step) for pk, path, *_ in tree}
    shared = [pk for pk, _, _, role in tree if role in SHARED]
    return Census(counts, {row[0]: row[2] for row in tree}, paths, _shares(town, paths, shared), _housed(town))


def _housed(town: int) -> dict[int, Count]:
    """The newest count by buildings, added up in the areas that buildings carry, and in the town."""
    rows = Population.objects.filter(town_id=town, place_kind="building", basis="actual")
    rows = rows.exclude(run_id__in=hidden_runs())
    newest = rows.order_by("-on").values_list("on", "source").first()
    if newest is None:
        return {}
    on, source = newest
    homes = Building.objects.as_system("people live in buildings").filter(town_id=town)
    columns = ("grid_id", "cell_id", "community_id", "compound_id")
    areas = {pk: [area for area in inside if area] for pk, *inside in homes.values_list("id", *columns)}
    whole = (
        Area.objects.as_system("the town itself").filter(town_id=town, level__role="town").values_list("id", flat=True)
    )
    found: dict[int, Count] = {}
    for place, low, high, people in rows.filter(on=on, source=source).values_list(
        "place_id", "age_from", "age_to", "count"
    ):
        for area in (*areas.get(place, ()), *whole):
            bands = found.setdefault(area, (on, source, {}))[2]
            bands[low, high] = bands.get((low, high), 0) + people
    return found


def _shares(
    town: int, paths: Mapping[int, tuple[int, ...]], shared: Iterable[int]
) -> dict[int, list[tuple[int, float]]]:
    homes = shown(Building.objects.as_system("households of compounds").filter(town_id=town)).exclude(compound_id=None)
    totals = dict(homes.values_list("compound_id").annotate(Sum("households")))
    found: dict[int, list[tuple[int, float]]] = {pk: [] for pk in shared}
    for column in ("grid_id", "cell_id", "community_id"):
        here = homes.exclude(**{column: None}).values_list("compound_id", column).annotate(Sum("households"))
        for compound, area, households in here:
            if households:
                for place in paths.get(area, (area,)) if column == "grid_id" else (area,):
                    found.setdefault(place, []).append((compound, households / totals[compound]))
    return found


CENSUS = keep(_census)


def figures(query: Query) -> Figures:
    """People in each area of the query; NaN where nobody counted and nothing can be estimated."""
    census = CENSUS.of(query.town)
    basis, band = asked(query.filters)
    found = [_people(census, area, basis, band) for area in query.areas]
    days = [on for *_, on in found if on]
    return Figures(
        np.array([value for value, *_ in found], dtype=np.float64),
        np.array([estimated for _, estimated, _ in found], dtype=bool),
        source=f"places.people:{basis}",
        as_of=max(days, default=None),
    )


def asked(filters: Iterable[Filter]) -> tuple[str, Band]:
    """The basis and the band [from, to) that conditions on `basis` and `age` mean."""
    basis, low, high = "resident", 0, Population.OPEN
    for one in filters:
        if one.field == "basis":
            basis = str(one.values[0])
        elif one.op in (">", ">="):
            low = max(low, int(one.values[0]) + (one.op == ">"))
        elif one.op in ("<", "<="):
            high = min(high, int(one.values[0]) + (one.op == "<="))
        else:
            low, high = int(one.values[0]), int(one.values[0]) + 1
    return basis, (low, high)


def of_band(bands: Mapping[Band, int], wanted: Band) -> float:
    """The people of a band: counted as such, or the sum of bands that follow one another to fill it; NaN if neither."""
    if wanted in bands:
        return bands[wanted]
    at, total = wanted[0], 0
    while at < wanted[1]:
        step = next((band for band in bands if band[0] == at and band[1] <= wanted[1]), None)
        if step is None:
            return np.nan
        at, total = step[1], total + bands[step]
    return float(total)


Found = tuple[float, bool, date | None]
NOBODY: Found = (np.nan, False, None)


def _people(census: Census, area: int, basis: str, band: Band) -> Found:
    own = _own(census, area, basis, band)
    if own is not NOBODY:
        return own
    for value, estimated, on in (
        _own(census, area, "actual", band),
        _below(census, area, band),
        _counted(census.housed.get(area), band),
        _by_compounds(census, area, band),
    ):
        if not np.isnan(value):
            return value, estimated or basis != "actual", on
    return NOBODY


def _own(census: Census, area: int, basis: str, band: Band) -> Found:
    return _counted(census.counts.get((area, basis)), band)


def _counted(row: Count | None, band: Band) -> Found:
    value = of_band(row[2], band) if row else np.nan
    return NOBODY if row is None or np.isnan(value) else (value, False, row[0])


def _below(census: Census, area: int, band: Band) -> Found:
    """The sum over the first level below that was counted."""
    below = census.counted_below.get(area)
    if not below:
        return NOBODY
    first = min(census.levels[pk] for pk in below)
    parts = [_own(census, pk, "actual", band) for pk in below if census.levels[pk] == first]
    return _sum([(value, 1.0, on) for value, _, on in parts], estimated=False)


def _by_compounds(census: Census, area: int, band: Band) -> Found:
    """Each compound's people by the share of its households that lie in the area; none where no compound lies."""
    inside = census.shares.get(area)
    if inside is not None and not inside and _compounds_counted(census, band):
        return 0.0, True, None
    parts = [(*_own(census, compound, "actual", band), share) for compound, share in inside or ()]
    return _sum([(value, share, on) for value, _, on, share in parts], estimated=True)


def _compounds_counted(census: Census, band: Band) -> bool:
    """Whether anybody counted compounds at all."""
    compounds = {compound for inside in census.shares.values() for compound, _ in inside}
    return any(not np.isnan(_own(census, compound, "actual", band)[0]) for compound in compounds)


def _sum(parts: list[tuple[float, float, date | None]], estimated: bool) -> Found:
    if not parts or any(np.isnan(value) for value, *_ in parts):
        return NOBODY
    days = [on for *_, on in parts if on]
    return float(round(sum(value * share for value, share, _ in parts))), estimated, max(days, default=None)


def _bases(_: int | None) -> Words:
    return BASES


PEOPLE = Measure(
    name="places.people",
    zh="人口",
    en="people",
    unit="person",
    permission="places.read",
    fields=(
        Field("basis", "choice", "口径", "basis", choices=_bases, required=True),
        Field("age", "number", "年龄", "age"),
    ),
    figures=figures,
    events=(*IMPORTS, "places.area_*"),
)
