"""A town's names in memory, indexed for finding: roads, lanes, numbers, buildings, compounds, shops, crossings."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chengyun.places.address.normal import normal

# Words that people add to a name or leave away.
_TAILS = re.compile(r"(居民委员会|村民委员会|居委会|村委会|居民区|住宅小区|小区|社区|居委|公寓|花园|店)$")
_NAMED = {"compound", "building", "facility", "shop", "landmark", "alias", "area"}


@dataclass(frozen=True, slots=True)
class Row:
    """A name with its place. `kind`: road | lane | address | building | compound | facility | shop | landmark | alias |
    area | crossing. `refers` is (layer, id) of the thing named. `weight` orders equals (people, size). Degrees.
    For a crossing `road` is the first road and `number` the second; `spread` is how far (m) the thing reaches.
    """

    text: str
    kind: str
    lng: float
    lat: float
    road: str = ""
    lane: str = ""
    number: str = ""
    building: str = ""
    compound: str = ""
    refers: tuple[str, int] | None = None
    weight: int = 0
    spread: float = 0.0


@dataclass
class _Postings:
    """Which rows hold a gram, collected, then frozen to arrays."""

    found: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def freeze(self) -> dict[str, NDArray[np.int32]]:
        return {gram: np.array(rows, dtype=np.int32) for gram, rows in self.found.items()}


class Gazetteer:
    """Rows and the indexes over them. Build once per town and version; read by many threads."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: list[Row] = list(rows)
        self.keys: list[str] = [normal(row.text) for row in self.rows]
        self.roads: dict[str, int] = {}
        self.names: dict[str, list[int]] = defaultdict(list)
        self.addresses: dict[tuple[str, str, str, str], int] = {}
        self.inside: dict[tuple[str, str], int] = {}
        self.crossings: dict[tuple[str, str], int] = {}
        self.numbers: dict[str, list[tuple[int, int]]] = defaultdict(list)
        grams = _Postings()
        for index, row in enumerate(self.rows):
            self._index(index, row, self.keys[index])
            if row.kind != "crossing":
                for gram in grams_of(self.keys[index]):
                    grams.found[gram].append(index)
        self.grams = grams.freeze()
        self.weights = np.array([row.weight for row in self.rows], dtype=np.float32)
        self.road_names = list(self.roads)
        for numbers in self.numbers.values():
            numbers.sort()
        self.longest_road = max(map(len, self.roads), default=0)
        self.longest_name = max(map(len, self.names), default=0)

    def _index(self, index: int, row: Row, key: str) -> None:
        if row.kind == "road":
            self.roads.setdefault(key, index)
            return
        road = normal(row.road)
        if row.kind == "crossing":
            other = normal(row.number)
            self.crossings[(road, other)] = self.crossings[(other, road)] = index
            return
        if row.kind in _NAMED and key:
            self._name(index, key)
        if road:
            self._address(index, row, road)
        if row.compound:
            self._within(index, row)

    def _name(self, index: int, key: str) -> None:
        self.names[key].append(index)
        short = _TAILS.sub("", key)
        if short != key and len(short) >= 2:
            self.names[short].append(index)

    def _address(self, index: int, row: Row, road: str) -> None:
        self.roads.setdefault(road, index)
        parts = (normal(row.lane), normal(row.number), normal(row.building))
        self.addresses.setdefault((road, *parts), index)
        # A lane opens at its own number on the road, so it places its neighbours too.
        leading = re.match(r"\d+", parts[0] or parts[1])
        if leading:
            self.numbers[road].append((int(leading.group()), index))

    def _within(self, index: int, row: Row) -> None:
        compound = normal(row.compound)
        for part in (row.building, row.number):
            if part:
                self.inside.setdefault((compound, normal(part)), index)

    def find_road(self, plain: str, start: int = 0) -> tuple[int, int] | None:
        """Where in normal text the longest known road name stands, from `start`: (begin, end)."""
        return _longest(plain, self.roads, self.longest_road, start)

    def find_name(self, plain: str) -> tuple[int, int] | None:
        """Where in normal text the longest known name stands: (begin, end)."""
        return _longest(plain, self.names, self.longest_name, 0)


def _longest(plain: str, names: dict[str, Any], longest: int, start: int) -> tuple[int, int] | None:
    for length in range(min(longest, len(plain) - start), 1, -1):
        for begin in range(start, len(plain) - length + 1):
            if plain[begin : begin + length] in names:
                return begin, begin + length
    return None


def grams_of(key: str) -> set[str]:
    """Single characters and overlapping pairs of a key; Latin words give their pairs only."""
    pairs = {key[i : i + 2] for i in range(len(key) - 1)}
    return pairs | {char for char in key if not (char.isascii() and char.isalpha()) and char != " "} | {key[:1]}
