"""What the worker process does: positions and seals, delivery, schedules, jobs, webhooks.

Three threads, so that a long import holds up no reaction and a slow address outside holds up neither. Any number of
workers may run: leases say who delivers, the queue who does which job. A killed worker loses nothing: what it had not
finished is done again by the next one.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connections

from chengyun.kernel.delivery.feed import feed, house
from chengyun.kernel.delivery.sequencer import sequence
from chengyun.kernel.delivery.webhooks import receivers
from chengyun.kernel.health.log import place_of
from chengyun.kernel.jobs.lease import Held, owner_name
from chengyun.kernel.jobs.queue import beat, claim, execute, keep_schedule, take_over

log = logging.getLogger(__name__)

IDLE = 0.2  # seconds between two looks when there was nothing to do
TROUBLE = 2.0  # seconds after an error, most likely of the database
GRACE = 8.0  # seconds that a job has to reach its next sign of progress when the worker stops
ROUND = 5.0  # seconds between looks at schedules and dead workers


class Worker:
    """The threads, and how they end."""

    def __init__(self) -> None:
        self.name = owner_name()
        self.stop = threading.Event()
        self._delivery = Held("delivery", self.name)
        self._webhooks = Held("webhooks", self.name)
        self._rounds = Held("rounds", self.name)
        self._looked = -ROUND

    def run(self) -> None:
        """Work until `stop` is set."""
        steps = (self._work, self._call_outside, self._stay_alive)
        others = [threading.Thread(target=self._loop, args=(step,), daemon=True) for step in steps]
        for thread in others:
            thread.start()
        log.info("worker started", extra={"worker": self.name})
        self._loop(self._deliver)
        for thread in others:
            thread.join(GRACE)
        self._release()
        log.info("worker stopped", extra={"worker": self.name})

    def _loop(self, step: Callable[[], float]) -> None:
        """Do `step` again and again; it says how long to wait before the next time."""
        while not self.stop.is_set():
            try:
                pause = step()
            except Exception as error:  # noqa: BLE001  whatever happens, the worker goes on
                log.error("worker in trouble", extra={"error": place_of(error)})
                connections.close_all()
                pause = TROUBLE
            close_old_connections()
            self.stop.wait(pause)
        connections.close_all()

    def _deliver(self) -> float:
        """Positions, seals, listeners."""
        if not self._delivery.hold():
            return IDLE
        placed = sequence()
        taken = feed(house(), self.stop.is_set)
        return 0.0 if placed or taken else IDLE

    def _call_outside(self) -> float:
        if not self._webhooks.hold():
            return IDLE
        return 0.0 if feed(receivers(), self.stop.is_set) else 5 * IDLE

    def _work(self) -> float:
        """One job; and now and then a look at what is due and at who died."""
        if time.monotonic() - self._looked >= ROUND and self._rounds.hold():
            self._looked = time.monotonic()
            keep_schedule()
            take_over()
        job = claim(self.name)
        if job is None:
            return IDLE
        execute(job, self.stop.is_set)
        return 0.0

    def _stay_alive(self) -> float:
        beat(self.name)
        return ROUND

    def _release(self) -> None:
        for held in (self._delivery, self._webhooks, self._rounds):
            held.release()
