"""What the room tells."""

from dataclasses import dataclass
from datetime import date

from chengyun.kernel.events import event


@event("indicators.indicator_saved")
@dataclass(frozen=True)
class IndicatorSaved:
    """A definition was written: a new indicator, or a new version of one."""

    code: str
    number: int
    changed: tuple[str, ...]


@event("indicators.indicator_retired")
@dataclass(frozen=True)
class IndicatorRetired:
    code: str


@event("indicators.target_set")
@dataclass(frozen=True)
class TargetSet:
    """What is promised of an indicator changed. `area` None: of every area of the level."""

    code: str
    level: str
    area: int | None
    comparator: str
    value: float | None
    by: date | None


@event("indicators.figures_exported")
@dataclass(frozen=True)
class FiguresExported:
    """Somebody took figures out as a file: of indicators, of what fails one, or of the life circle."""

    what: str
    format: str
    rows: int
    filters: dict[str, str]


@event("indicators.threshold_set")
@dataclass(frozen=True)
class ThresholdSet:
    code: str
    value: float
    verified: bool


@event("indicators.state_changed")
@dataclass(frozen=True)
class StateChanged:
    """An area where something is promised is now met, in a gap or not known. `before` "": never evaluated."""

    code: str
    area: int
    level: str
    period: str
    before: str
    after: str
    value: float | None
    target: float | None


@event("indicators.gap_raised")
@dataclass(frozen=True)
class GapRaised:
    """A gap is handed over. mode `tasks`: one task; `cases`: one case for each of `subjects` ("compound:<uuid>", …).

    `places`: longitude and latitude of each subject, (0, 0) where it has no point. `department`: id of the owner that
    the responsibility table named, None if it named nobody.
    """

    indicator: str
    zh: str
    en: str
    number: int
    mode: str
    level: str
    area: int
    department: int | None
    deadline: date
    value: float | None
    comparator: str
    target: float
    unit: str
    subjects: tuple[str, ...]
    labels: tuple[str, ...]
    places: tuple[tuple[float, float], ...]
    failing: int


@event("indicators.gap_met")
@dataclass(frozen=True)
class GapMet:
    """The value reached its target: closing is proposed, with what changed. A person looks and closes."""

    indicator: str
    area: int
    cause: str
    value: float | None
    target: float


@event("indicators.gap_receded")
@dataclass(frozen=True)
class GapReceded:
    """What was met is a gap again before anybody closed it."""

    indicator: str
    area: int
    value: float | None


@event("indicators.gap_closed")
@dataclass(frozen=True)
class GapClosed:
    indicator: str
    area: int
    cause: str


@event("indicators.gap_refused")
@dataclass(frozen=True)
class GapRefused:
    """Whoever looked does not take it as closed."""

    indicator: str
    area: int


@event("indicators.gap_withdrawn")
@dataclass(frozen=True)
class GapWithdrawn:
    indicator: str
    area: int


@event("indicators.gap_returned")
@dataclass(frozen=True)
class GapReturned:
    """A closed gap opened again. `department`, `deadline`: as when it was raised."""

    indicator: str
    area: int
    department: int | None
    value: float | None
    target: float
    returns: int
