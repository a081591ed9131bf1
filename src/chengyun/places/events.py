"""What places tell: facts are ids, codes and numbers."""

from dataclasses import dataclass

from chengyun.kernel.events import event


@event("places.town_founded")
@dataclass(frozen=True)
class TownFounded:
    town: str


@event("places.town_set")
@dataclass(frozen=True)
class TownSet:
    """Settings of a town were changed; which ones."""

    town: str
    settings: tuple[str, ...]


@event("places.area_drawn")
@dataclass(frozen=True)
class AreaDrawn:
    """An area was added (`created`), or its outline, name or code changed."""

    area: int
    level: str
    created: bool
    square_metres: float


@event("places.area_retired")
@dataclass(frozen=True)
class AreaRetired:
    area: int


@event("places.gap_named")
@dataclass(frozen=True)
class GapNamed:
    """Land was declared to be left out of a scheme on purpose."""

    scheme: str
    square_metres: float


@event("places.lists_checked")
@dataclass(frozen=True)
class ListsChecked:
    """The lists of these categories were confirmed to be whole, or (`whole` false) the confirmation was taken back."""

    categories: tuple[str, ...]
    whole: bool


@event("places.facility_added")
@dataclass(frozen=True)
class FacilityAdded:
    facility: int
    category: str
    plate: str


@event("places.facility_changed")
@dataclass(frozen=True)
class FacilityChanged:
    facility: int
    fields: tuple[str, ...]
    state: str


@event("places.import_opened")
@dataclass(frozen=True)
class ImportOpened:
    run: int
    kind: str
    rows: int
    bad: int


@event("places.import_begun")
@dataclass(frozen=True)
class ImportBegun:
    run: int


@event("places.import_shown")
@dataclass(frozen=True)
class ImportShown:
    """The rows of an import are visible from now on."""

    run: int
    number: int


@event("places.import_finished")
@dataclass(frozen=True)
class ImportFinished:
    run: int
    number: int
    new: int
    changed: int
    retired: int


@event("places.import_cancelled")
@dataclass(frozen=True)
class ImportCancelled:
    run: int
    number: int


@event("places.base_map_made")
@dataclass(frozen=True)
class BaseMapMade:
    name: str
    size: int
