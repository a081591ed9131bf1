"""Which jobs there are and which recur. Rooms register theirs in reactions.py or wherever the work is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chengyun.kernel.jobs.run import Run

Work = Callable[[Run, dict[str, Any]], dict[str, Any] | None]


@dataclass(frozen=True)
class Kind:
    """A kind of job: what it does, and how often it is tried before it is given up."""

    name: str
    work: Work
    attempts: int


@dataclass(frozen=True)
class Recurring:
    """When a job is due again: so long after it was due last, or at a time of the day."""

    kind: str
    period: timedelta
    at: time | None = None

    def after(self, moment: datetime, zone: str) -> datetime:
        """The first due time after `moment` (aware)."""
        if self.at is None:
            return moment + self.period
        here = moment.astimezone(ZoneInfo(zone))
        today = datetime.combine(here.date(), self.at, here.tzinfo)
        return today if today > here else today + timedelta(days=1)


_kinds: dict[str, Kind] = {}
_recurring: dict[str, Recurring] = {}


def job(name: str, *, attempts: int = 5) -> Callable[[Work], Work]:
    """Register `work(run, params)` as the job `name` ("places.import"). What it returns is the job's result.

    It may be called again after a stop or a failure: it goes on from `run.checkpoint`, or does the same again.
    """

    def register(work: Work) -> Work:
        _kinds[name] = Kind(name, work, attempts)
        return work

    return register


def every(name: str, *, minutes: float = 0, hours: float = 0) -> Callable[[Work], Work]:
    """Register a job that is done again and again, so long apart."""
    return _recur(Recurring(name, timedelta(minutes=minutes, hours=hours)))


def daily(name: str, at: str) -> Callable[[Work], Work]:
    """Register a job that is done once a day at a time such as "03:30", where the installation is."""
    return _recur(Recurring(name, timedelta(days=1), time.fromisoformat(at)))


def _recur(recurring: Recurring) -> Callable[[Work], Work]:
    if recurring.period < timedelta(seconds=1):
        raise ValueError(f"{recurring.kind}: how long apart?")

    def register(work: Work) -> Work:
        _recurring[recurring.kind] = recurring
        return job(recurring.kind, attempts=1)(work)

    return register


def kind_of(name: str) -> Kind | None:
    """The kind of this name, if any."""
    return _kinds.get(name)


def kinds() -> dict[str, Kind]:
    """All kinds by name, sorted."""
    return dict(sorted(_kinds.items()))


def recurring() -> dict[str, Recurring]:
    """All recurring jobs by kind, sorted."""
    return dict(sorted(_recurring.items()))
