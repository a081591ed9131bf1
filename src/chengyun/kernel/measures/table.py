"""Columns of things: what a measure's loader gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]

NOWHERE = -1
"""The area of a thing that lies in none; the key of a reference that leads nowhere; the code of a word not known."""


@dataclass(frozen=True)
class Missing:
    """A register that would have to be there: its code and its name, which the screen shows as what is lacking."""

    register: str
    zh: str
    en: str


@dataclass(frozen=True)
class Coded:
    """A column of words: `codes` (int32, NOWHERE not known) are places in `words`."""

    codes: NDArray[np.int32]
    words: tuple[str, ...]

    @classmethod
    def of(cls, values: Iterable[str | None]) -> "Coded":
        """From plain words; None and "" are not known."""
        seen: dict[str, int] = {}
        codes = [seen.setdefault(v, len(seen)) if v else NOWHERE for v in values]
        return cls(np.asarray(codes, dtype=np.int32), tuple(seen))

    def among(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Which rows have one of the words."""
        asked = set(wanted)
        hits = np.array([word in asked for word in self.words] + [False], dtype=bool)
        return np.asarray(hits[self.codes])

    def take(self, rows: NDArray[Any]) -> "Coded":
        """The rows of a mask or of an index."""
        return Coded(self.codes[rows], self.words)

    def plus(self, other: "Coded") -> "Coded":
        """These rows and those of another column after them."""
        words = dict.fromkeys(self.words) | dict.fromkeys(other.words)
        place = {word: n for n, word in enumerate(words)}
        moved = np.array([place[word] for word in other.words] + [NOWHERE], dtype=np.int32)[other.codes]
        return Coded(np.concatenate([self.codes, moved]), tuple(words))


Column = Coded | NDArray[Any]


@dataclass(frozen=True)
class Entrances:
    """Points by which things are entered: `row` is the thing's place in the table, degrees as in the table."""

    row: Ints
    lng: Floats
    lat: Floats


@dataclass(frozen=True)
class Table:
    """All things of a measure in a town, column by column; every array has the same length.

    `key`: int64, the thing's primary key, unique in the table, ascending not required.
    `lng`, `lat`: float64 degrees WGS 84 of the thing's point, NaN where it has none; both None if the measure has no
    points. Readers project them, so that one plane serves all rooms.
    `columns`: by the names of the measure's fields.
    `areas`: what the rows carry of where they lie, by the role of the level ("grid", "cell", "community", "compound",
    "micro_grid", "sector"): int64 ids of areas, NOWHERE none. Give what the rows have; the reader finds levels above by
    the tree, and every other level by the point. A thing without point and areas belongs to the town alone.
    `day`: datetime64[D], when a record counts (reported, closed, completed, measured); None for things that just stand
    there. The reader keeps only the days of the formula's period, so a loader may give more than was asked.
    `entrances`: where reach goes instead of `lng`, `lat`, for the things that have any.
    `missing`: the register that is not there at all; then there are no rows and the result is unknown, not zero.
    `unverified`: words of the field `category` whose list nobody has confirmed to be whole: what is not found among
    them is unknown, not a gap.
    `partial`: the whole table is such a list.
    `source`, `as_of`: for the caption under every figure.
    """

    key: Ints
    columns: Mapping[str, Column] = field(default_factory=dict)
    areas: Mapping[str, Ints] = field(default_factory=dict)
    lng: Floats | None = None
    lat: Floats | None = None
    day: Days | None = None
    entrances: Entrances | None = None
    missing: Missing | None = None
    unverified: frozenset[str] = frozenset()
    partial: bool = False
    source: str = ""
    as_of: date | None = None

    def __len__(self) -> int:
        return len(self.key)

    def take(self, rows: NDArray[Any]) -> "Table":
        """The rows of a mask (bool) or of an index (int)."""
        index = np.flatnonzero(rows) if rows.dtype == bool else rows
        cut = {name: _take(column, index) for name, column in self.columns.items()}
        areas = {role: ids[index] for role, ids in self.areas.items()}
        lng, lat = (None if c is None else c[index] for c in (self.lng, self.lat))
        day = None if self.day is None else self.day[index]
        doors = _doors(self.entrances, index, len(self)) if self.entrances is not None else None
        return replace(self, key=self.key[index], columns=cut, areas=areas, lng=lng, lat=lat, day=day, entrances=doors)

    def plus(self, other: "Table") -> "Table":
        """These rows and those of another table of the same measure after them."""
        columns = {name: _plus(column, other.columns[name]) for name, column in self.columns.items()}
        areas = {role: np.concatenate([ids, other.areas[role]]) for role, ids in self.areas.items()}
        joined = {name: _joined(getattr(self, name), getattr(other, name)) for name in ("lng", "lat", "day")}
        doors = _more_doors(self.entrances, other.entrances, len(self))
        key = np.concatenate([self.key, other.key])
        return replace(self, key=key, columns=columns, areas=areas, entrances=doors, **joined)


def lacking(register: str, zh: str, en: str) -> Table:
    """The table of a register that is not there."""
    return Table(np.empty(0, dtype=np.int64), missing=Missing(register, zh, en))


def _take(column: Column, index: NDArray[Any]) -> Column:
    return column.take(index) if isinstance(column, Coded) else column[index]


def _plus(first: Column, second: Column) -> Column:
    if isinstance(first, Coded) and isinstance(second, Coded):
        return first.plus(second)
    return np.concatenate([np.asarray(first), np.asarray(second)])


def _joined(first: Any, second: Any) -> Any:
    return None if first is None or second is None else np.concatenate([first, second])


def _doors(entrances: Entrances, index: NDArray[Any], length: int) -> Entrances:
    """The entrances of the rows that are taken, renumbered."""
    place = np.full(length, NOWHERE, dtype=np.int64)
    place[index] = np.arange(len(index))
    moved = place[entrances.row]
    kept = moved >= 0
    return Entrances(moved[kept], entrances.lng[kept], entrances.lat[kept])


def _more_doors(first: Entrances | None, second: Entrances | None, shift: int) -> Entrances | None:
    if first is None or second is None:
        if second is None:
            return first
        return Entrances(second.row + shift, second.lng, second.lat)
    return Entrances(
        np.concatenate([first.row, second.row + shift]),
        np.concatenate([first.lng, second.lng]),
        np.concatenate([first.lat, second.lat]),
    )
