"""A town served for the journeys: started as a town starts it, on free ports, stopped at the end."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

START_SECONDS = 480
# A Wednesday in office hours, two days before the National Day holidays with their make-up workdays.
BEFORE_THE_HOLIDAY = datetime.fromisoformat("2026-09-30T10:00:00+08:00")


def free_ports() -> int:
    """A port whose next one is free too: live updates are served there. Two runs at once begin at different ones."""
    begin = 18200 + os.getpid() % 400 * 2
    for port in (*range(begin, 19200, 2), *range(18200, begin, 2)):
        with socket.socket() as one, socket.socket() as two:
            try:
                one.bind(("127.0.0.1", port))
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise RuntimeError("no two free ports in a row between 18200 and 19200")


@dataclass
class Served:
    """A running town: where it is, who can log in, and the process that keeps it."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]
    logins: dict[str, dict[str, str]] = field(default_factory=dict)
    environ: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.url}{path}", timeout=10) as answer:
            return json.load(answer)

    def run(self, code: str) -> None:
        """Run a few lines of Python on the town's data, at the town's clock."""
        environ = self.environ | {
            "CHENGYUN_DATA": str(self.folder), "DJANGO_SETTINGS_MODULE": "chengyun.config.settings"
        }  # fmt: skip
        subprocess.run([sys.executable, "-c", code], env=environ, check=True, timeout=90)

    def wait(self) -> None:
        """Until it says that it is ready. Raises RuntimeError with the end of its log."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                self.get("/health")
            except (urllib.error.URLError, OSError):
                time.sleep(0.3)
            else:
                people = self.get("/api/v1/accounts/entrances")["demo_logins"]
                self.logins = {one["role"]: one for one in people}
                return
        log = (self.folder / "served.log").read_text(errors="replace")
        raise RuntimeError(f"the town did not start:\n{log[-4000:]}")


@contextmanager
def town(folder: Path, *, at: datetime | None = None, days: int = 3, speed: float = 0.0) -> Iterator[Served]:
    """A synthetic town in `folder`, served until the block ends; `at` sets its clock."""
    port = free_ports()
    environ = {**os.environ, "CHENGYUN_DEMO": "true"}
    environ.pop("CHENGYUN_DATA", None)
    if at is not None:
        environ["CHENGYUN_CLOCK_OFFSET"] = str(int((at - datetime.now(UTC)).total_seconds()))
    command = [
        sys.executable, "-m", "chengyun.cli", "--data", str(folder), "demo",
        "--port", str(port), "--days", str(days), "--speed", str(speed),
    ]  # fmt: skip
    with (folder / "served.log").open("wb") as log:
        process = subprocess.Popen(command, env=environ, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        served = Served(f"http://127.0.0.1:{port}", folder, process, environ=environ)
        try:
            served.wait()
            yield served
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def make(folder: Path) -> None:
    """Leave a town in `folder` as it was a quarter of an hour before the journeys, for each run of them to copy."""
    making = folder.with_name(f"{folder.name}.making")
    for old in (folder, making):
        shutil.rmtree(old, ignore_errors=True)
    making.mkdir(parents=True)
    with town(making, at=BEFORE_THE_HOLIDAY - timedelta(minutes=15)):
        pass
    making.rename(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
