"""What rooms above add to places: checks of areas, and columns of imports. Both are plain functions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chengyun.kernel.actor import Actor


@dataclass(frozen=True)
class AreaProblem:
    """Something wrong with an area, in words of a code that screens translate, with its values."""

    area: int | None
    code: str
    params: Mapping[str, str]


AreaCheck = Callable[[int], Iterable[AreaProblem]]
_checks: dict[str, AreaCheck] = {}


def add_area_check(name: str, check: AreaCheck) -> None:
    """Register `check(town id)` under "<room>.<what>" ("accounts.every_grid_has_a_holder")."""
    _checks[name] = check


def area_checks() -> dict[str, AreaCheck]:
    """All registered checks by name, sorted."""
    return dict(sorted(_checks.items()))


@dataclass(frozen=True)
class ImportColumn:
    """A column of an imported layer that another room keeps: the owner department of a facility, for example.

    `synonyms` are headings by which it is recognised. `wrong(town, values)` gives for each value that cannot be taken
    what would be right. `keep(town, pairs, actor)` stores pairs of (row's id, value); it is called in the batch's
    transaction with rows whose value is not empty, again for the same rows if they are imported again.
    """

    layer: str
    field: str
    synonyms: tuple[str, ...]
    wrong: Callable[[int, Sequence[str]], Mapping[str, str]]
    keep: Callable[[int, Sequence[tuple[int, str]], Actor], None]


_columns: dict[tuple[str, str], ImportColumn] = {}


def add_import_column(column: ImportColumn) -> None:
    """Register a column of a layer."""
    _columns[(column.layer, column.field)] = column


def import_columns(layer: str) -> list[ImportColumn]:
    """The registered columns of a layer."""
    return [column for (where, _), column in sorted(_columns.items()) if where == layer]


@dataclass(frozen=True)
class FacilityWord:
    """A word for each facility that another room keeps, to be counted by: its owner department, for example.

    `name`, `zh`, `en` as a field of the measure `places.facilities`; `choices(town)` the words there are. `words(town,
    ids)` gives the word of each facility that has one (of all facilities where `ids` is None). `events`: after which
    it may be another, with the facility's id as the fact `facility`.
    """

    name: str
    zh: str
    en: str
    choices: Callable[[int | None], tuple[tuple[str, str, str], ...]]
    words: Callable[[int, frozenset[int] | None], Mapping[int, str]]
    events: tuple[str, ...] = ()


_words: dict[str, FacilityWord] = {}


def add_facility_word(word: FacilityWord) -> None:
    """Register a word of facilities. Rooms do so in their doors.py, before measures are offered."""
    _words[word.name] = word


def facility_words() -> list[FacilityWord]:
    """All registered words, by name."""
    return [word for _, word in sorted(_words.items())]
