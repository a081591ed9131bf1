"""What formulas are evaluated over: the tables and figures of a town, placed in its areas. Kept between evaluations."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from chengyun.indicators.formula.problems import Pos
from chengyun.indicators.formula.spans import Flags, Floats
from chengyun.indicators.formula.tree import Metric, Things
from chengyun.indicators.formula.uses import Node, uses
from chengyun.kernel.measures import NOWHERE, Ask, Field, Figures, Filter, Ints, Measure, Period, Query, Table

TOWN = "town"


@dataclass(frozen=True)
class Level:
    """The areas of one level in a fixed order, by id. `role`: what the platform knows it by."""

    scheme: str
    code: str
    role: str
    areas: tuple[int, ...]


class Streets(Protocol):
    """Reach along streets for one way of moving. Costs are minutes if `timed`, else metres."""

    def attach(self, points: Floats, compound: Ints) -> Any:
        """Where points (n, 2) of the ground's plane meet the streets; indexable by arrays of rows.

        `compound`: the area of the compound that each lies in (NOWHERE none): walls are passed at gates only.
        """

    def nearest(self, origins: Any, targets: Any, limit: float, timed: bool) -> Floats:
        """The cost from each origin to its nearest target; inf beyond `limit` (included)."""

    def counts(self, origins: Any, targets: Any, limit: float, timed: bool) -> Ints:
        """How many targets lie within `limit` of each origin."""


class Ground(Protocol):
    """The geography of a town."""

    @property
    def levels(self) -> Sequence[Level]: ...

    def place(self, table: Table) -> Mapping[str, Ints]:
        """For each role of the levels, the id of the area of each row (NOWHERE none); the town's own is left out."""

    def project(self, lng: Floats, lat: Floats) -> Floats:
        """Metres (n, 2); NaN where there is no point."""

    def edge(self, points: Floats) -> Floats:
        """Metres from each point to where the data ends; 0 outside."""

    def streets(self, metric: Metric) -> Streets | None:
        """Reach for a way of moving; None where the town has no such network."""


@dataclass
class Held:
    """A table in memory: its points in metres, its rows' places on the axis of all areas, and what was found of it."""

    measure: Measure
    table: Table
    points: Floats
    groups: NDArray[np.int64]
    compound: Ints
    first: date
    last: date
    found: dict[Hashable, Any] = field(default_factory=dict)
    _rows: dict[int, int] | None = None

    def __len__(self) -> int:
        return len(self.table)

    def rows_of(self, keys: Ints) -> Ints:
        """The row of each key, NOWHERE where there is none."""
        if self._rows is None:
            self._rows = {int(key): row for row, key in enumerate(self.table.key)}
        rows = self._rows
        return np.fromiter((rows.get(int(k), NOWHERE) for k in keys), dtype=np.int64, count=len(keys))

    def forget(self, measure: str, categories: frozenset[str] | None) -> None:
        """Drop what was found by reading a measure (of these categories)."""
        self.found = {
            key: value for key, value in self.found.items() if not any(u.meets(measure, categories) for u in _uses(key))
        }


def _uses(key: Hashable) -> list[Any]:
    """What the nodes of a cache's key read."""
    nodes = (
        [part for part in key if not isinstance(part, str | float | int | bool | date)]
        if isinstance(key, tuple)
        else []
    )
    return [use for node in nodes for use in uses(_node(node))]


def _node(part: Any) -> Node:
    return None if part is None or isinstance(part, tuple) else part


class World:
    """A town's measures, loaded when first read, patched when something changes. One thread at a time."""

    def __init__(
        self, town: int, ground: Ground, find: Callable[[str], Measure | None], load: Callable[[Measure, Ask], Table]
    ) -> None:
        self.town = town
        self.ground = ground
        self.levels = tuple(ground.levels)
        self.starts = np.cumsum([0, *(len(level.areas) for level in self.levels)])
        self.size = int(self.starts[-1])
        self._find = find
        self._load = load
        self._held: dict[str, Held] = {}
        self._figures: dict[Hashable, list[Figures]] = {}
        self._days: dict[str, bool] = {}

    def measure(self, name: str) -> Measure:
        """The measure of a name. Raises LookupError if it was taken away since the formula was bound."""
        found = self._find(name)
        if found is None:
            raise LookupError(f"measure {name} is not offered any more")
        return found

    def held(self, name: str, first: date, last: date) -> Held:
        """The table of a measure with all rows of these days."""
        found = self._held.get(name)
        if found is None or (found.table.day is not None and (first < found.first or last > found.last)):
            begin, end = (min(first, found.first), max(last, found.last)) if found else (first, last)
            measure = self.measure(name)
            found = self._placed(measure, self._load(measure, Ask(self.town, Period(begin, end))), begin, end)
            self._held[name] = found
        return found

    def has_days(self, name: str) -> bool:
        """Whether the things of a measure are records with a day each. Asks for no row, and once."""
        if name not in self._days:
            held = self._held.get(name)
            empty = Ask(self.town, Period(date.min, date.min), frozenset())
            table = held.table if held else self._load(self.measure(name), empty)
            self._days[name] = table.day is not None
        return self._days[name]

    def prepare(self, name: str, first: date, last: date) -> None:
        """Load a measure for all these days at once, rather than step by step."""
        if self.measure(name).load is not None:
            self.held(name, first, last)

    def _placed(self, measure: Measure, table: Table, first: date, last: date) -> Held:
        points = np.full((len(table), 2), np.nan)
        if table.lng is not None and table.lat is not None and len(table):
            points = self.ground.project(table.lng, table.lat)
        places = self.ground.place(table) if len(table) else {}
        nowhere = np.full(len(table), NOWHERE, dtype=np.int64)
        groups = self._groups(len(table), places)
        return Held(measure, table, points, groups, places.get("compound", nowhere), first, last)

    def _groups(self, rows: int, places: Mapping[str, Ints]) -> NDArray[np.int64]:
        """(levels, rows): each row's place on the axis of all areas; `size` where it has none."""
        found = np.full((len(self.levels), rows), self.size, dtype=np.int64)
        for number, level in enumerate(self.levels):
            start = int(self.starts[number])
            if level.role == TOWN:
                found[number] = start
            elif level.role in places:
                found[number] = _positions(places[level.role], level.areas, start, self.size)
        return found

    def figures(self, name: str, filters: tuple[Filter, ...], period: Period) -> list[Figures]:
        """The figures of a measure for each level."""
        key = (name, filters, period)
        if key not in self._figures:
            measure = self.measure(name)
            if measure.figures is None:
                raise LookupError(f"measure {name} gives no figures any more")
            queries = [
                Query(self.town, level.scheme, level.code, level.role, level.areas, period, filters)
                for level in self.levels
            ]
            self._figures[key] = [measure.figures(query) for query in queries]
        return self._figures[key]

    def forget(self, name: str) -> None:
        """Read a measure anew at its next use: what changed is not known."""
        self._held.pop(name, None)
        self._days.pop(name, None)
        self._figures = {key: value for key, value in self._figures.items() if key[0] != name}  # type: ignore[index]
        for held in self._held.values():
            held.forget(name, None)

    def patch(self, name: str, keys: frozenset[int]) -> frozenset[str] | None:
        """Read a few rows of a measure anew. Returns the categories they had or have; None if that cannot be said."""
        held = self._held.get(name)
        if held is None:
            return None
        fresh = self._load(held.measure, Ask(self.town, Period(held.first, held.last), keys))
        return self.replace_rows(name, keys, fresh)

    def replace_rows(self, name: str, keys: frozenset[int], fresh: Table) -> frozenset[str] | None:
        """Put `fresh` in the place of the rows of `keys` (of which some may be new)."""
        held = self._held[name]
        gone = np.isin(held.table.key, np.fromiter(keys, dtype=np.int64, count=len(keys)))
        touched = _categories(held.table.take(gone), fresh)
        if fresh.missing is not None or held.table.missing is not None:
            self.forget(name)
            return None
        kept, new = np.flatnonzero(~gone), self._placed(held.measure, fresh, held.first, held.last)
        self._held[name] = Held(
            held.measure,
            held.table.take(kept).plus(fresh) if len(fresh) else held.table.take(kept),
            np.concatenate([held.points[kept], new.points]),
            np.concatenate([held.groups[:, kept], new.groups], axis=1),
            np.concatenate([held.compound[kept], new.compound]),
            held.first,
            held.last,
        )
        for other, one in self._held.items():
            if other != name:
                one.forget(name, touched)
        return touched

    def overlaid(self, ground: Ground | None = None) -> "World":
        """A world that shares what is loaded, in which something may be tried without changing this one.

        With another `ground`, whose streets are other, nothing that was found is kept.
        """
        copy = World(self.town, ground or self.ground, self._find, self._load)
        copy._figures = dict(self._figures)
        copy._held = {
            name: replace(held, found={} if ground else dict(held.found)) for name, held in self._held.items()
        }
        return copy

    def sums(self, held: Held, rows: Flags | Ints, weights: Floats | None = None) -> Floats:
        """The sum over the rows (a mask or an index) in every area; of ones without weights."""
        index = np.flatnonzero(rows) if rows.dtype == bool else rows
        places = held.groups[:, index].ravel()
        spread = None if weights is None else np.tile(weights[index], len(self.levels))
        return np.bincount(places, spread, minlength=self.size + 1)[: self.size].astype(np.float64)

    def placed(self, held: Held) -> Flags:
        """Over areas: whether the level has any of the rows, so that none in an area means none."""
        some = (held.groups < self.size).any(axis=1) if len(held) else np.ones(len(self.levels), dtype=bool)
        return np.repeat(some, np.diff(self.starts))

    def link(self, child: Held, by: Field, parent: Held) -> Ints:
        """For each row of `child` the row of `parent` that it belongs to."""
        key = ("link", by.name, Things(parent.measure.name, (), None, Pos(0, 0)))
        if key not in child.found:
            child.found[key] = parent.rows_of(np.asarray(child.table.columns[by.name]))
        return np.asarray(child.found[key])


def _positions(ids: Ints, areas: tuple[int, ...], start: int, none: int) -> NDArray[np.int64]:
    """Where ids stand among the areas of a level, on the axis of all."""
    if not areas:
        return np.full(len(ids), none, dtype=np.int64)
    order = np.argsort(areas)
    ordered = np.asarray(areas, dtype=np.int64)[order]
    at = np.clip(np.searchsorted(ordered, ids), 0, len(ordered) - 1)
    return np.where(ordered[at] == ids, order[at] + start, none)


def _categories(old: Table, new: Table) -> frozenset[str] | None:
    """The words of the field `category` in two tables; None where there is no such field."""
    found: set[str] = set()
    for table in (old, new):
        column = table.columns.get("category")
        if column is None or isinstance(column, np.ndarray):
            return None
        found |= {column.words[code] for code in np.unique(column.codes) if code >= 0}
    return frozenset(found)
