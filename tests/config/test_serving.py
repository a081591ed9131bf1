"""A whole installation, from an empty folder to answers over its ports, by the commands that a town uses."""

import contextlib
import json
import os
import re
import signal
import socket
import ssl
import stat
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CHENGYUN = [sys.executable, "-m", "chengyun.cli"]
STOPPING = 20.0
"""Seconds on a machine that does other things, too: test_supervisor.py holds the limit itself."""


def call(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("CHENGYUN_")}
    return subprocess.run(
        [*CHENGYUN, "--data", str(data), "--lang", "en", *arguments],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def free_pair() -> int:
    """A port that is free, with the one after it."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port


@dataclass
class Served:
    """An installation being served."""

    process: subprocess.Popen[bytes]
    port: int
    data: Path

    def get(self, path: str, offset: int = 0, tls: bool = False) -> int:
        scheme, context = (
            ("https", ssl.create_default_context(cafile=self.data / "tls" / "ca.crt")) if tls else ("http", None)
        )
        url = f"{scheme}://127.0.0.1:{self.port + offset}{path}"
        try:
            with urllib.request.urlopen(url, timeout=30, context=context) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return int(error.code)
        except OSError:
            return 0

    def pids(self) -> dict[str, int]:
        """The processes by name, as last started."""
        log = (self.data / "logs" / "supervisor.jsonl").read_text().splitlines()
        started = [entry for line in log if "pid" in (entry := json.loads(line))]
        return {entry["words"].split()[0]: entry["pid"] for entry in started}

    def stop(self, number: int = signal.SIGTERM) -> float:
        start = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(60)
        return time.monotonic() - start


def eventually(truth: Callable[[], bool], seconds: float = 180.0) -> None:
    deadline = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.1)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def serve(installed: Path) -> Iterator[Callable[..., Served]]:
    running: list[Served] = []

    def start(*more: str, tls: bool = False) -> Served:
        port = free_pair()
        environ = {k: v for k, v in os.environ.items() if not k.startswith("CHENGYUN_")}
        command = [*CHENGYUN, "--data", str(installed), "serve", "--port", str(port), *more]
        one = Served(subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL), port, installed)
        running.append(one)
        eventually(lambda: one.get("/health", tls=tls) == 200 and one.get("/health", 1, tls=tls) == 200)
        return one

    yield start
    for one in running:
        if one.process.poll() is None:
            one.stop()


def test_it_speaks_https_heals_itself_and_stops_soon(serve: Callable[..., Served], installed: Path) -> None:
    """Once started, for all of it: with the certificate of init; each process killed; then told to stop."""
    folder = installed / "tls"
    town = serve("--tls-cert", str(folder / "server.crt"), "--tls-key", str(folder / "server.key"), tls=True)
    assert stat.S_IMODE((folder / "server.key").stat().st_mode) == 0o600
    assert town.get("/api/v1/openapi.json", tls=True) == 200
    assert town.get("/api/v1/cases", tls=True) == 401
    before = town.pids()
    assert set(before) == {"web", "live", "worker"}
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: all(town.pids()[name] != pid for name, pid in before.items()))
    eventually(lambda: town.get("/health", tls=True) == 200 and town.get("/health", 1, tls=True) == 200)
    assert town.stop() < STOPPING
    assert town.process.returncode == 0
    assert not listens(town.port)
    assert not listens(town.port + 1)


def test_a_backup_of_a_served_town_is_an_installation_and_nothing_outlives_the_supervisor(
    serve: Callable[..., Served], installed: Path, tmp_path: Path
) -> None:
    town = serve()
    looked = ("doctor", "--only", "work", "--json")
    eventually(lambda: wrongs(call(installed, *looked)) <= {"work.calendar"})  # whose year may not be published yet
    archive, again = tmp_path / "town.tar.gz", tmp_path / "again"
    assert call(installed, "backup", str(archive)).returncode == 0
    town.stop(signal.SIGKILL)
    eventually(lambda: not listens(town.port) and not listens(town.port + 1), seconds=60)
    with tarfile.open(archive) as packed:
        packed.extractall(again, filter="data")
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert call(again, "doctor", "--only", "data", "--only", "database").returncode == 0
    assert "sound" in call(again, "journal", "verify").stdout


def test_init_may_be_run_again_and_changes_nothing(installed: Path, pristine: Path) -> None:
    assert re.search(r"Administrator head, first password \S{12,}", (pristine.parent / "said").read_text())
    key = (installed / "secret.key").read_text()
    done = call(installed, "init")
    assert done.returncode == 0
    assert "password" not in done.stdout
    assert (installed / "secret.key").read_text() == key


def wrongs(doctor: subprocess.CompletedProcess[str]) -> set[str]:
    """The checks that found something wrong."""
    said = json.loads(doctor.stdout)
    return {one["check"] for one in said for finding in one["findings"] if finding["level"] == "wrong"}


def test_the_doctor_finds_what_was_broken(installed: Path, tmp_path: Path) -> None:
    assert call(installed, "doctor", "--only", "data", "--only", "database").returncode == 0
    (installed / "secret.key").chmod(0o644)
    done = call(installed, "doctor", "--only", "data", "--json")
    assert done.returncode == 1
    assert wrongs(done) == {"data.key"}
    assert "chengyun init" in call(tmp_path / "nothing", "doctor", "--quick").stdout


def test_a_user_is_added_with_a_role_that_there_is(installed: Path) -> None:
    added = call(installed, "user", "add", "zhang", "--role", "operator", "--name", "张（虚构）")
    assert added.returncode == 0, added.stderr
    assert "no such role" in call(installed, "user", "add", "li", "--role", "emperor").stderr
