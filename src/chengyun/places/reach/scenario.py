"""What if: facilities added, closed, moved or resized, gates and streets opened or closed, over fields kept true.

A question carries its whole list of changes; any process that holds the base can answer it, and one that holds the
answer to the beginning of the list goes on from there. Nothing is changed in place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chengyun.places.reach.fields import Field
from chengyun.places.reach.network import Network
from chengyun.places.reach.spots import Positions
from chengyun.places.reach.units import Doubles, Ints


@dataclass(frozen=True)
class Add:
    """One more facility of a category, at a position."""

    category: int
    place: Positions
    capacity: float = 0.0


@dataclass(frozen=True)
class Close:
    """A facility less. Facilities are numbered as in the base, added ones go on from there."""

    facility: int


@dataclass(frozen=True)
class Move:
    """A facility somewhere else."""

    facility: int
    place: Positions


@dataclass(frozen=True)
class Resize:
    """A facility that holds more or less."""

    facility: int
    capacity: float


@dataclass(frozen=True)
class Streets:
    """Edges at another cost: infinity closes them, a number opens them."""

    edges: tuple[int, ...]
    cost: tuple[float, ...]


Change = Add | Close | Move | Resize | Streets


@dataclass(frozen=True)
class Facilities:
    """Facilities on the streets: where, of which category, with what capacity, and whether they are in service."""

    places: Positions
    category: Ints
    capacity: Doubles
    open: NDArray[np.bool_]

    @classmethod
    def of(cls, places: Positions, category: ArrayLike, capacity: ArrayLike | None = None) -> "Facilities":
        """All in service; capacity 0 where none is given."""
        count = len(places)
        held = np.zeros(count) if capacity is None else np.asarray(capacity, dtype=np.float64)
        return cls(places, np.asarray(category, dtype=np.int32), held, np.ones(count, dtype=bool))


@dataclass(frozen=True)
class Situation:
    """The network, the facilities and the nearest of each category: as they are, or as they would be."""

    network: Network
    facilities: Facilities
    fields: tuple[Field, ...]
    changes: tuple[Change, ...] = ()
    stale: frozenset[int] = frozenset()  # categories whose field differs from the base's

    @classmethod
    def now(cls, network: Network, facilities: Facilities, categories: int, limit: float | None) -> "Situation":
        """The base: one field for each category. Raises ValueError."""
        fields = (
            network.field(facilities.places[(facilities.category == number) & facilities.open], limit)
            for number in range(categories)
        )
        return cls(network, facilities, tuple(fields))

    def after(self, changes: Sequence[Change], last: "Situation | None" = None) -> "Situation":
        """The situation after a list of changes. `last`, an earlier answer, is gone on from if it begins the list.

        Raises ValueError for facilities, categories or edges that are not there.
        """
        wanted = tuple(changes)
        known = last is not None and last.changes and wanted[: len(last.changes)] == last.changes
        state = last if known and last is not None else self
        for change in wanted[len(state.changes) :]:
            state = replace(state._with(change), changes=(*state.changes, change))
        return state

    def _with(self, change: Change) -> "Situation":
        if isinstance(change, Streets):
            return self._with_streets(change)
        if isinstance(change, Add):
            return self._with_added(change)
        number = change.facility
        if not 0 <= number < len(self.facilities.category) or not self.facilities.open[number]:
            raise ValueError(f"facility {number} is not there")
        if isinstance(change, Resize):
            capacity = self.facilities.capacity.copy()
            capacity[number] = change.capacity
            return replace(self, facilities=replace(self.facilities, capacity=capacity))
        return self._without(number) if isinstance(change, Close) else self._moved(number, change.place)

    def _with_streets(self, change: Streets) -> "Situation":
        network, chains = self.network.changed_with_chains(change.edges, change.cost)
        fields = tuple(field.over(network.core, chains) for field in self.fields)
        return replace(self, network=network, fields=fields, stale=frozenset(range(len(fields))))

    def _with_added(self, change: Add) -> "Situation":
        if not 0 <= change.category < len(self.fields):
            raise ValueError(f"category {change.category} is not there")
        old = self.facilities
        facilities = Facilities(
            _appended(old.places, change.place), np.append(old.category, np.int32(change.category)),
            np.append(old.capacity, change.capacity), np.append(old.open, True),
        )  # fmt: skip
        field = self.fields[change.category].copy()
        field.add(change.place)
        return replace(self, facilities=facilities)._with_field(change.category, field)

    def _without(self, number: int) -> "Situation":
        opened = self.facilities.open.copy()
        opened[number] = False
        category = int(self.facilities.category[number])
        field = self.fields[category].copy()
        field.remove(self.facilities.places[number])
        return replace(self, facilities=replace(self.facilities, open=opened))._with_field(category, field)

    def _moved(self, number: int, place: Positions) -> "Situation":
        old = self.facilities.places
        places = Positions(old.edge.copy(), old.fraction.copy(), old.offset.copy())
        places.edge[number], places.fraction[number], places.offset[number] = (
            place.edge[0], place.fraction[0], place.offset[0],
        )  # fmt: skip
        category = int(self.facilities.category[number])
        field = self.fields[category].copy()
        field.add(place)
        field.remove(old[number])
        return replace(self, facilities=replace(self.facilities, places=places))._with_field(category, field)

    def _with_field(self, category: int, field: Field) -> "Situation":
        fields = (*self.fields[:category], field, *self.fields[category + 1 :])
        return replace(self, fields=fields, stale=self.stale | {category})


def _appended(places: Positions, place: Positions) -> Positions:
    return Positions(*(np.concatenate(pair) for pair in zip(places, place, strict=True)))
