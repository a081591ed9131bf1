"""Where people live: residential buildings, how many live there, and the facilities that serve them."""

from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np
from numpy.typing import NDArray

from chengyun.indicators.circle.ways import Sources, Ways
from chengyun.indicators.formula.spans import Flags, Floats
from chengyun.indicators.formula.world import Held, World
from chengyun.kernel.measures import NOWHERE, Coded, Filter, Ints, Period, Table
from chengyun.places.reach import Positions

BUILDINGS, FACILITIES, PEOPLE = "places.buildings", "places.facilities", "places.people"
BANDS: dict[str, tuple[tuple[str, float], ...]] = {"all": (), "toddlers": (("<", 3.0),), "old": ((">=", 60.0),)}
"""Whom a figure counts: everyone, children under three, people of sixty and more."""


@dataclass(frozen=True)
class Homes:
    """Residential buildings. `row`: their rows in the table of buildings; `people`: how many live there, by band.

    People are spread over the buildings of a compound, or of a community outside compounds, by households: an estimate.
    """

    held: Held
    row: Ints
    key: Ints
    places: Positions | None
    households: Floats
    people: dict[str, Floats]
    edge: Floats  # metres to where the data ends

    def __len__(self) -> int:
        return len(self.row)


def words_of(held: Held, name: str) -> Coded:
    """A column of words."""
    return cast("Coded", held.table.columns[name])


def degrees_of(table: Table) -> tuple[Floats, Floats]:
    """Longitudes and latitudes; NaN where there is no point."""
    nowhere = np.full(len(table), np.nan)
    return nowhere if table.lng is None else table.lng, nowhere if table.lat is None else table.lat


def homes_of(world: World, ways: Ways | None, today: date) -> Homes:
    """The homes of a town."""
    held = world.held(BUILDINGS, today, today)
    use = words_of(held, "use")
    households = np.nan_to_num(np.asarray(held.table.columns["households"], dtype=np.float64))
    row = np.flatnonzero(use.among(["residential"]) & ~np.isnan(held.points[:, 0]))
    table = held.table.take(row)
    compound = np.asarray(table.columns["compound"])
    places = ways.attach(*degrees_of(table), compound) if ways else None
    people = {band: _people(world, held, households, band, today)[row] for band in BANDS}
    return Homes(held, row, table.key, places, households[row], people, world.ground.edge(held.points[row]))


def _people(world: World, held: Held, households: Floats, band: str, today: date) -> Floats:
    """How many people of a band live in every building; those whom no compound counts are spread over the rest."""
    use = words_of(held, "use")
    homes = np.where(use.among(["residential"]), households, 0.0)
    counted = _figures(world, "all", today)
    everyone = _spread(world, held, homes, counted, "compound")
    loose = np.isnan(everyone)
    left = _left(world, held, counted, np.where(loose, 0.0, everyone))
    everyone = np.where(loose, _spread(world, held, np.where(loose, homes, 0.0), left, "community"), everyone)
    average = _average(homes, everyone)
    everyone = np.where(np.isnan(everyone), homes * average, everyone)
    if band == "all":
        return everyone
    share = _figures(world, band, today) / np.where(counted > 0, counted, np.nan)
    return everyone * np.nan_to_num(_per_row(world, held, share, "community"), nan=_of_town(world, share))


def _figures(world: World, band: str, today: date) -> Floats:
    """People in every area, on the axis of all areas: those who live there, else those of its census; NaN if none."""
    ages = tuple(Filter("age", op, (value,)) for op, value in BANDS[band])
    found = np.full(world.size, np.nan)
    for basis in ("actual", "resident"):
        parts = world.figures(PEOPLE, (Filter("basis", "=", (basis,)), *ages), Period(today, today))
        counted = np.concatenate([part.values for part in parts]) if parts else found
        found = np.where(np.isnan(found), counted, found)
    return found


def _per_row(world: World, held: Held, values: Floats, role: str) -> Floats:
    """What each row's area of a role has; NaN where it lies in none."""
    number = next((n for n, level in enumerate(world.levels) if level.role == role), None)
    if number is None:
        return np.full(len(held), np.nan)
    found: Floats = np.append(values, np.nan)[held.groups[number]]
    return found


def _spread(world: World, held: Held, weights: Floats, totals: Floats, role: str) -> Floats:
    """The totals of areas spread over their rows by weight; NaN where there is no total."""
    sums = world.sums(held, np.arange(len(held)), weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        return weights * _per_row(world, held, totals / np.where(sums > 0, sums, np.nan), role)


def _left(world: World, held: Held, counted: Floats, known: Floats) -> Floats:
    return np.maximum(counted - world.sums(held, np.arange(len(held)), known), 0.0)


def _average(homes: Floats, everyone: Floats) -> float:
    known = ~np.isnan(everyone) & (homes > 0)
    total = float(homes[known].sum())
    return float(everyone[known].sum()) / total if total else 0.0


def _of_town(world: World, share: Floats) -> float:
    known = share[: int(world.starts[1])] if len(world.starts) > 1 else share
    return 0.0 if not len(known) or np.isnan(known).all() else float(np.nanmean(known))


@dataclass(frozen=True)
class Services:
    """Facilities in service of the categories asked for. `row`: their rows in the table; `counts` by category."""

    held: Held
    sources: Sources
    counts: Ints
    recorded: Flags
    """Whether any facility of the category stands in the register at all, in service or not, and the list is whole."""


def services_of(world: World, ways: Ways, categories: tuple[str, ...], today: date) -> Services:
    """The facilities that serve, with their entrances on the streets."""
    held = world.held(FACILITIES, today, today)
    kind, state = words_of(held, "category"), words_of(held, "state")
    place = {word: number for number, word in enumerate(categories)}
    number = np.array([place.get(word, NOWHERE) for word in kind.words] + [NOWHERE], dtype=np.int32)[kind.codes]
    recorded = np.bincount(number[number >= 0], minlength=len(categories)) > 0
    recorded &= ~np.array([code in held.table.unverified for code in categories], dtype=bool)
    row = np.flatnonzero((number >= 0) & state.among(["in_service"]))
    counts = np.bincount(number[row], minlength=len(categories))
    lng, lat, of = doors_of(held, row)
    compound = np.asarray(held.table.columns["compound"])[of]
    sources = Sources(ways.attach(lng, lat, compound), number[of], of)
    return Services(held, sources, counts, recorded)


def doors_of(held: Held, rows: Ints) -> tuple[Floats, Floats, Ints]:
    """Degrees by which rows are entered, and the row of each: entrances where there are any, else the point."""
    table = held.table
    lng, lat = degrees_of(table)
    if table.entrances is None or not len(table.entrances.row):
        return lng[rows], lat[rows], rows
    used = np.isin(table.entrances.row, rows)
    of = table.entrances.row[used]
    without: NDArray[np.int64] = np.setdiff1d(rows, of)
    return (
        np.concatenate([lng[without], table.entrances.lng[used]]),
        np.concatenate([lat[without], table.entrances.lat[used]]),
        np.concatenate([without, of]),
    )
