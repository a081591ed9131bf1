"""The processes that reckon history end with the one that started them, whatever ends it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

STARTER = """
import os, time, django
os.environ["DJANGO_SETTINGS_MODULE"] = "chengyun.config.settings"
django.setup()
from chengyun.demo.history.make import helpers

with helpers(2) as pool:
    print(pool.submit(os.getppid).result(), flush=True)
    busy = [pool.submit(time.sleep, 60) for _ in range(2)]
    print(*(child for child in pool._processes), flush=True)
    time.sleep(60)
"""


def gone(pid: int) -> bool:
    return not subprocess.getoutput(f"ps -o stat= -p {pid}").strip().strip("Z+sl")


@pytest.fixture
def starter() -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    process = subprocess.Popen(
        [sys.executable, "-c", STARTER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    assert int(process.stdout.readline()) == process.pid
    children = [int(pid) for pid in process.stdout.readline().split()]
    yield process, children
    process.stdout.close()
    for pid in (process.pid, *children):
        if not gone(pid):
            os.kill(pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_helper_outlives_whoever_started_it(starter: tuple[subprocess.Popen[str], list[int]], number: int) -> None:
    process, children = starter
    assert len(children) == 2
    process.send_signal(number)
    process.wait(10)
    end = time.monotonic() + 5
    while not all(map(gone, children)):
        assert time.monotonic() < end, "a helper is still there"
        time.sleep(0.05)
