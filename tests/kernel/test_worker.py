"""The worker as a process of its own: killed at any moment it loses nothing, and does nothing twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from chengyun.kernel.calendar.actions import publish_hours
from chengyun.kernel.delivery.verify import verify_chain, verify_seals
from chengyun.kernel.jobs.models import Job, Lease
from chengyun.kernel.journal.models import Entry
from kernel.world import SYSTEM

pytestmark = [pytest.mark.django_db(transaction=True)]

KILLS, EVENTS = 3, 18
HOURS = {"ordinary": ["10:00-20:00"]}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Leads a process to the database of this test."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        (tmp_path / "chengyun.sqlite3").symlink_to(name)
        return {**os.environ, "CHENGYUN_DATA": str(tmp_path)}
    url = os.environ["CHENGYUN_DATABASE_URL"].rpartition("/")[0]
    return {**os.environ, "CHENGYUN_DATA": str(tmp_path), "CHENGYUN_DATABASE_URL": f"{url}/{name}"}


@pytest.fixture
def start(environ: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    words = (tmp_path / "worker.log").open("wb")

    def go() -> subprocess.Popen[bytes]:
        started.append(
            subprocess.Popen([sys.executable, "-m", "chengyun.kernel.worker"], env=environ, stdout=words, stderr=words)
        )
        return started[-1]

    yield go
    for process in started:
        process.kill()
        process.wait()
    words.close()


def until(true: Callable[[], object], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def delivers(worker: subprocess.Popen[bytes]) -> bool:
    """Whether this process is the one that hands entries over."""
    return Lease.objects.filter(name="delivery", owner__contains=f"/{worker.pid}/").exists()


def recomputed() -> list[str]:
    """The codes whose change was heard, and whose job came to its end."""
    done = Job.objects.as_system("a test looks").filter(kind="kernel.recompute", state="done")
    return sorted(job.params["code"] for job in done)


def test_a_worker_killed_again_and_again_loses_nothing_and_does_nothing_twice(
    start: Callable[[], subprocess.Popen[bytes]],
) -> None:
    chance = random.Random(5)
    codes = [f"test{n:02}" for n in range(EVENTS)]
    waiting = list(codes)
    for _ in range(KILLS):
        worker = start()
        until(lambda w=worker: delivers(w), 120)  # at once, although the one before could not let go
        for _ in range(EVENTS // KILLS):
            publish_hours(waiting.pop(), actor=SYSTEM, name="x", hours=HOURS)
        time.sleep(chance.uniform(0, 0.8))
        worker.kill()
        worker.wait()
    for code in waiting:
        publish_hours(code, actor=SYSTEM, name="x", hours=HOURS)
    start()
    until(lambda: recomputed() == codes, 120)
    assert not Entry.objects.filter(position=None).exists()
    assert [*verify_chain(), *verify_seals()] == []


def test_a_worker_that_is_told_to_stop_does_so_at_once_and_lets_the_next_one_begin(
    start: Callable[[], subprocess.Popen[bytes]],
) -> None:
    worker = start()
    until(lambda: delivers(worker), 120)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=60) == 0
    assert not Lease.objects.exists()
