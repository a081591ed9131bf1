"""The processes of an installation: started, started again, stopped together; none is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SLEEPER = "import time, os; print('up', os.getpid(), flush=True); time.sleep(600)"
WATCHED = "from chengyun.kernel.parent import watch_parent; watch_parent(); " + SLEEPER
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPER
RUNNER = """
import sys
from pathlib import Path
from chengyun.config.serve.keeping import LogKeeper
from chengyun.config.serve.supervisor import Part, Supervisor

parts = [Part(f"part{i}", [sys.executable, "-c", code]) for i, code in enumerate(sys.argv[2:])]
ready = lambda: Path(sys.argv[1], "ready").touch()
sys.exit(Supervisor(parts, LogKeeper(Path(sys.argv[1]) / "logs")).run(ready))
"""


class Running:
    """A supervisor in a process of its own, as `chengyun serve` is."""

    def __init__(self, folder: Path, *codes: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUNNER, str(folder), *codes], stderr=subprocess.PIPE, text=True
        )
        eventually(lambda: (folder / "ready").exists() and len(self.pids()) >= len(codes))

    def pids(self) -> list[int]:
        """The processes that have said they are up, in the order of their starts."""
        lines = [
            line for log in sorted((self.folder / "logs").glob("part*.jsonl")) for line in log.read_text().splitlines()
        ]
        return [int(line.split('"up ')[1].split('"')[0]) for line in lines if '"up ' in line]

    def stop(self, number: int = signal.SIGTERM) -> float:
        start = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(60)
        return time.monotonic() - start


def eventually(truth: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in subprocess.getoutput(f"ps -o stat= -p {pid}")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    running: list[Running] = []

    def begin(*codes: str) -> Running:
        running.append(Running(tmp_path, *codes))
        return running[-1]

    yield begin
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
        if one.process.stderr:
            one.process.stderr.close()
        for pid in one.pids():
            if alive(pid):
                os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_all_processes_cleanly_and_soon(start: Callable[..., Running], number: int) -> None:
    running = start(SLEEPER, SLEEPER)
    assert running.stop(number) < 8
    assert running.process.returncode == 0
    assert not any(map(alive, running.pids()))


def test_a_process_that_does_not_listen_is_ended_by_force_within_the_limit(start: Callable[..., Running]) -> None:
    running = start(STUBBORN)
    assert running.stop() < 8
    assert not any(map(alive, running.pids()))


def test_a_dead_process_is_started_again(start: Callable[..., Running]) -> None:
    running = start(SLEEPER, SLEEPER)
    first = running.pids()[0]
    os.kill(first, signal.SIGKILL)
    eventually(lambda: len(running.pids()) == 3)
    assert sum(map(alive, running.pids())) == 2
    running.stop()


def test_no_process_outlives_a_supervisor_that_was_killed(start: Callable[..., Running]) -> None:
    running = start(WATCHED, WATCHED)
    running.process.kill()
    running.process.wait()
    eventually(lambda: not any(map(alive, running.pids())), seconds=30)


def test_what_the_processes_say_is_kept_as_json_lines(start: Callable[..., Running]) -> None:
    running = start("import json, time; print(json.dumps({'level': 'ERROR', 'words': '坏了'})); " + SLEEPER)
    running.stop()
    log = (running.folder / "logs" / "part0.jsonl").read_text(encoding="utf-8")
    assert '{"process": "part0", "level": "ERROR", "words": "坏了"}' in log
    assert running.process.stderr is not None
    assert "part0: 坏了" in running.process.stderr.read()
