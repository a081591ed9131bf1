"""What a measure is, what it is asked, and the registry of all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from chengyun.kernel.actor import Actor
from chengyun.kernel.events import EntryView
from chengyun.kernel.measures.table import Floats, Missing, Table

Words = tuple[tuple[str, str, str], ...]
"""Values of a choice: (code, Chinese, English)."""


@dataclass(frozen=True)
class Period:
    """Local days of the town, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Field:
    """A column by which things can be filtered, grouped or summed.

    kind `choice`: a `Coded` column, filtered by code (`category = hydrant`); `number`: float64, NaN not known, summed
    and compared; `flag`: a number 0 or 1, NaN not known; `day`: datetime64[D], NaT not known; `ref`: int64 keys of the
    things of measure `of` (a building's compound), NOWHERE none. For figures every field is a filter only.

    `unit` as shown ("m2", "beds", "km", "元"; the unit of the thing if a capacity's depends on its category: "").
    `choices(town)` lists what may be asked for: the editor offers it, a formula is checked by it; None: free words.
    `required`: figures only: a formula must say it (the basis of people).
    """

    name: str
    kind: Literal["choice", "number", "flag", "day", "ref"]
    zh: str
    en: str
    unit: str = ""
    of: str = ""
    choices: Callable[[int | None], Words] | None = None
    required: bool = False


@dataclass(frozen=True)
class Ask:
    """What a loader is asked for: every row of a town that may count in `period`.

    With `keys`, only the rows of these primary keys that exist now: one thing changed, and the table that is held in
    memory is patched. A loader must give them the same columns.
    """

    town: int
    period: Period
    keys: frozenset[int] | None = None


@dataclass(frozen=True)
class Filter:
    """A condition on a field: `values` are words of a choice, or one number; op is one of = != < <= > >= in."""

    field: str
    op: str
    values: tuple[str | float, ...]


@dataclass(frozen=True)
class Query:
    """What figures are asked for: the areas of one level in a fixed order, at the end of or over `period`.

    `scheme`, `level`: codes of the area level ("grid", "cell"); `role`: what the platform knows it by. `areas`: ids of
    the areas; a result's place n belongs to areas[n].
    """

    town: int
    scheme: str
    level: str
    role: str
    areas: tuple[int, ...]
    period: Period
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True)
class Figures:
    """One number for each area of a query.

    `values`: float64, NaN where nobody counted. `estimated`: bool, True where the number was derived (from another
    basis, from parts, from a level above): it is shown, and never scored.
    """

    values: Floats
    estimated: NDArray[np.bool_]
    missing: Missing | None = None
    source: str = ""
    as_of: date | None = None


@dataclass(frozen=True)
class Row:
    """A thing as a list and a layer show it. `subject`: "facility:<uuid>"; `link`: a path of the client, "" none."""

    key: int
    subject: str
    label: str
    detail: str = ""
    link: str = ""
    lng: float | None = None
    lat: float | None = None
    owner_code: str = ""
    """The subject code under which the responsibility table says who answers for it ("facility.hydrant")."""


@dataclass(frozen=True)
class Measure:
    """Something that can be measured.

    name: "<room>.<plural>" ("places.facilities"), the word that formulas use. `zh`, `en`: what is counted, as a
    sentence says it ("设施", "facilities"). unit: the counter of things ("个", "件", "户") or the unit of figures
    ("person", "m2"). `additive`: figures only: the figure of an area is the sum of those of its parts.
    `events`: patterns of journal events after which it is stale ("places.facility_*"); only entries of the same town.
    `key_of(entry)`: the primary key that such an entry is about, so that one row is read again and not all; None: all.
    `rows(actor, town, keys)`: the things as shown, only those that the actor may see, in the order of the keys.
    `shape(town, keys)`: outlines (Shapely, WGS 84) of things that are areas, for the layer; None: points.
    """

    name: str
    zh: str
    en: str
    unit: str
    permission: str
    fields: tuple[Field, ...] = ()
    load: Callable[[Ask], Table] | None = None
    figures: Callable[[Query], Figures] | None = None
    rows: Callable[[Actor, int, Sequence[int]], Sequence[Row]] | None = None
    shape: Callable[[int, Sequence[int]], Mapping[int, Any]] | None = None
    events: tuple[str, ...] = ()
    key_of: Callable[[EntryView], int | None] | None = None
    additive: bool = True

    def field(self, name: str) -> Field | None:
        """The field of this name, if any."""
        return next((one for one in self.fields if one.name == name), None)


_measures: dict[str, Measure] = {}
_families: dict[str, tuple[Callable[[str], Measure | None], Callable[[], Sequence[Measure]]]] = {}


def offer(*measures: Measure) -> None:
    """Make measures known. Raises ValueError for one that is neither things nor figures, or both."""
    for one in measures:
        if (one.load is None) == (one.figures is None):
            raise ValueError(f"{one.name}: a measure has either `load` or `figures`")
        _measures[one.name] = one


def offer_family(prefix: str, find: Callable[[str], Measure | None], listed: Callable[[], Sequence[Measure]]) -> None:
    """Measures that are data: every register is one. `find("registers.tax")` looks one up at the time of use."""
    _families[prefix] = (find, listed)


def measure(name: str) -> Measure | None:
    """The measure of this name, if any."""
    prefix = name.partition(".")[0]
    if name not in _measures and prefix in _families:
        return _families[prefix][0](name)
    return _measures.get(name)


def measures() -> list[Measure]:
    """All measures, by name."""
    found = [*_measures.values(), *(one for _, listed in _families.values() for one in listed())]
    return sorted(found, key=lambda one: one.name)


def fixed_measures() -> list[Measure]:
    """The measures that the code offers, without those that are data of a town, by name: for the documentation."""
    return sorted(_measures.values(), key=lambda one: one.name)
