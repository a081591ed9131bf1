"""What time it is. Rules take the time as an argument; only actions, queries and jobs ask here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from chengyun.kernel.env import Env

_OFFSET = timedelta(seconds=Env.from_environ().clock_offset)
_frozen: ContextVar[datetime | None] = ContextVar("chengyun_frozen_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC) + _OFFSET


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of `moment` where the town is (an IANA zone name)."""
    return moment.astimezone(ZoneInfo(zone)).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` (aware) inside the block: for tests and for rebuilding history."""
    if moment.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
