"""Starts the processes, starts a dead one again, and stops all of them cleanly."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from chengyun.config.serve.health import Address
from chengyun.config.serve.keeping import LogKeeper
from chengyun.kernel.parent import VARIABLE

LOOK = 0.2  # seconds between two looks at the processes
STOP = 3.5  # seconds that a process has to stop by itself
BACK_OFF = (0.5, 1, 2, 4, 8, 15, 30)  # seconds before the n-th start in a row that failed
STEADY = 60.0  # a process that ran so long starts again without waiting


@dataclass
class Part:
    """One process of the installation: how it is started, and where it answers if it does."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str] = field(default_factory=dict)
    address: Address | None = None
    running: subprocess.Popen[str] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float = 0.0

    @property
    def alive(self) -> bool:
        return self.running is not None and self.running.poll() is None


class Supervisor:
    """Keeps the parts of an installation running until it is told to stop."""

    def __init__(self, parts: Sequence[Part], logs: LogKeeper) -> None:
        self.parts = parts
        self.logs = logs
        self.stopping = threading.Event()

    def run(self, ready: Callable[[], None], patience: float = 90.0) -> int:
        """Start everything, call `ready` once all answer, return after the stop; 1 if it never got ready."""
        self._listen_to_signals()
        told = False
        try:
            for part in self.parts:
                self._start(part)
            deadline = time.monotonic() + patience
            while not self.stopping.wait(LOOK):
                self._look_after()
                if not told and self._all_answer():
                    told = True
                    ready()
                if not told and time.monotonic() > deadline:
                    self.logs.event(f"not healthy after {patience:.0f} s, giving up", waiting=self._silent())
                    return 1
            return 0
        finally:
            self._stop_all()

    def _listen_to_signals(self) -> None:
        """Before the first process starts: there is no moment in which a signal would leave one behind."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())

    def _start(self, part: Part) -> None:
        environ = {**os.environ, **part.environ, VARIABLE: str(os.getpid()), "PYTHONUNBUFFERED": "1"}
        # A session of its own: Ctrl-C reaches this process alone, which then stops the others in order.
        part.running = subprocess.Popen(
            list(part.command), env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
        )  # fmt: skip
        part.started = time.monotonic()
        stream: IO[str] | None = part.running.stdout
        if stream is not None:
            self.logs.follow(part.name, stream)
        self.logs.event(f"{part.name} started", pid=part.running.pid)

    def _look_after(self) -> None:
        now = time.monotonic()
        for part in self.parts:
            if part.alive:
                continue
            if part.running is not None:
                self._note_the_end(part, now)
            if part.running is None and now >= part.again_at:
                self._start(part)

    def _note_the_end(self, part: Part, now: float) -> None:
        code = part.running.returncode if part.running else 0
        part.failures = 0 if now - part.started > STEADY else part.failures + 1
        wait = BACK_OFF[min(part.failures, len(BACK_OFF)) - 1] if part.failures else 0.0
        part.again_at, part.running = now + wait, None
        self.logs.event(f"{part.name} ended ({_words(code)}), starts again in {wait:g} s", code=code)

    def _silent(self) -> list[str]:
        return [p.name for p in self.parts if not p.alive or (p.address is not None and not p.address.answers())]

    def _all_answer(self) -> bool:
        return all(p.alive for p in self.parts) and not self._silent()

    def _stop_all(self) -> None:
        """Ask everyone at once, wait, and end by force whoever did not listen."""
        there = [p.running for p in self.parts if p.running is not None and p.running.poll() is None]
        for process in there:
            process.terminate()
        deadline = time.monotonic() + STOP
        for process in there:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(deadline - time.monotonic(), 0.01))
        for process in there:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)  # its children too, if any were left
            process.wait()
        self.logs.event("stopped")
        self.logs.close()


def _words(code: int) -> str:
    """How a process ended, as a person would say it."""
    if code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return f"signal {signal.Signals(-code).name}"
    return f"signal {-code}"
