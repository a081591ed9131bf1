"""Short transactions: batches that hold the write lock for a moment, remember how far they got, and try again."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import OperationalError, transaction

from chengyun.kernel.action import is_held
from chengyun.kernel.refusal import Conflict
from chengyun.places.models import ImportRun

T = TypeVar("T")
TARGET = 0.08  # seconds a batch aims at; the house allows 0.2 of write lock
_FIRST, _LEAST, _MOST = 250, 20, 4000
_TRIES = 20


@dataclass
class Pace:
    """How many rows a batch takes, learnt from how long the last one took."""

    rows: int = _FIRST
    longest: float = 0.0

    def learn(self, seconds: float) -> None:
        """Take fewer after a slow batch at once, more after a quick one by steps."""
        self.longest = max(self.longest, seconds)
        factor = min(1.3, TARGET / max(seconds, 1e-4))
        self.rows = max(_LEAST, min(_MOST, int(self.rows * factor)))


def in_batch(run: ImportRun, mark: dict[str, Any], work: Callable[[], T], pace: Pace) -> T:
    """Do `work` and remember `mark` as the run's progress, in one transaction that holds the run.

    Raises Conflict if another process has taken the run further meanwhile. A held lock is waited for.
    """
    before = deepcopy(run.counts), run.done, run.progress
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                start = time.monotonic()  # the lock is had from here: SQLite's transactions begin immediately
                fresh = ImportRun._base_manager.select_for_update().get(pk=run.pk)
                if fresh.progress != run.progress or fresh.state != run.state:
                    raise Conflict("places.import_taken", "another process is applying this import", current={})
                result = work()
                run.progress = mark
                ImportRun._base_manager.filter(pk=run.pk).update(progress=mark, counts=run.counts, done=run.done)
            pace.learn(time.monotonic() - start)
        except OperationalError as error:
            run.counts, run.done, run.progress = deepcopy(before[0]), before[1], before[2]
            if not is_held(error) or attempt == _TRIES - 1:
                raise
            time.sleep(0.05 * (attempt + 1))
        else:
            return result
    raise RuntimeError("unreachable: the last try returns or raises")


@contextmanager
def timed(pace: Pace) -> Iterator[None]:
    """Let `pace` learn from how long the block takes."""
    start = time.monotonic()
    yield
    pace.learn(time.monotonic() - start)
