"""Live updates: 1,000 open streams, each told of ten entries a second, with as many more that nobody there may see.

Streams have fifty different scopes, asked for every entry. Printed: what arrived, what it cost the live process, how
long it took from the commit to the reader. Claims: nothing lost, nothing leaked, at most 60 % of a core.
"""

import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STREAMS, PER_SECOND, SECONDS, SCOPES = 1_000, 10, 12, 50
MOST_CPU = 0.6

DATA = os.environ.setdefault("CHENGYUN_DATA", tempfile.mkdtemp(prefix="chengyun-bench-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "chengyun.config.settings"

import django  # noqa: E402  the settings read the folder above

django.setup()

from django.core.management import call_command  # noqa: E402

from chengyun.kernel import access  # noqa: E402
from chengyun.kernel.access import Scope, Where  # noqa: E402
from chengyun.kernel.actor import Actor, Known, System  # noqa: E402
from chengyun.kernel.clock import now  # noqa: E402
from chengyun.kernel.delivery.sequencer import last_position, sequence  # noqa: E402
from chengyun.kernel.ids import new_uuid  # noqa: E402
from chengyun.kernel.jobs.events import JobEnded  # noqa: E402
from chengyun.kernel.journal.models import Entry  # noqa: E402
from chengyun.kernel.journal.record import Record, build  # noqa: E402
from chengyun.kernel.live.app import Headers, Live  # noqa: E402

HERE, ELSEWHERE = 1, 999


class FiftyScopes:
    """Every reader has the area HERE among others, and nobody has ELSEWHERE."""

    def scope(self, actor: Actor, permission: str) -> Scope:  # noqa: ARG002  the form of a policy
        number = int(actor.actor_id) % SCOPES
        return Scope(areas=frozenset({HERE, *range(100 + number, 110 + number)}))


def reader(headers: Headers) -> Actor | None:
    return Known("person", headers["x-reader"])


access.install(FiftyScopes())
app = Live(reader, "http://127.0.0.1:1", 1)


def write(area: int) -> None:
    """One entry of a subject of its own."""
    stream, moment = f"job:{new_uuid()}", now()
    it = Record(
        JobEnded("bench", "done"), stream, Where(town=1, areas=frozenset({area})), System("bench"), moment, moment
    )
    build(it, {"job": "bench", "state": "done"}, number=1, previous=b"\0" * 32).save()


async def listen(port: int, number: int, seen: list[tuple[float, int]], open_now: asyncio.Event) -> None:
    """Read one stream for ever; the first few remember when each position came."""
    into, out = await asyncio.open_connection("127.0.0.1", port)
    out.write(f"GET /live HTTP/1.1\r\nHost: x\r\nX-Reader: {number}\r\n\r\n".encode())
    await into.readuntil(b"hello")
    open_now.set()
    while data := await into.read(65_536):
        moment = time.monotonic()
        seen.extend((moment, int(position)) for position in re.findall(rb'"position":(\d+),', data))


def spent(process: int) -> float:
    """CPU seconds of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(process: int) -> int:
    text = Path(f"/proc/{process}/status").read_text()
    return int(text.partition("VmRSS:")[2].split()[0]) // 1024


async def produce(written: dict[int, float], hidden: set[int]) -> None:
    """Ten entries a second for everyone, ten for nobody."""
    begun = time.monotonic()
    for tick in range(SECONDS * PER_SECOND):
        await asyncio.sleep(max(0.0, begun + tick / PER_SECOND - time.monotonic()))
        await asyncio.to_thread(both, written, hidden)


def both(written: dict[int, float], hidden: set[int]) -> None:
    for area in (HERE, ELSEWHERE):
        write(area)
        sequence()
        position = last_position()
        written[position] = time.monotonic()
        if area == ELSEWHERE:
            hidden.add(position)


async def measure(port: int, process: int) -> bool:
    seen: list[list[tuple[float, int]]] = [[] for _ in range(STREAMS)]
    opened = [asyncio.Event() for _ in range(STREAMS)]
    small = megabytes(process)
    tasks = [asyncio.create_task(listen(port, n, seen[n], opened[n])) for n in range(STREAMS)]
    await asyncio.gather(*(event.wait() for event in opened))
    written: dict[int, float] = {}
    hidden: set[int] = set()
    cpu, begun = spent(process), time.monotonic()
    await produce(written, hidden)
    await asyncio.sleep(1.5)
    share = (spent(process) - cpu) / (time.monotonic() - begun)
    for task in tasks:
        task.cancel()
    wanted = len(written) - len(hidden)
    arrived = sum(len(one) for one in seen)
    leaked = sum(position in hidden for one in seen for _, position in one)
    late = [moment - written[position] for one in seen[:100] for moment, position in one]
    cuts = statistics.quantiles(late, n=100)
    print(f"   arrived {arrived:,} of {wanted * STREAMS:,} ({arrived / SECONDS:,.0f} a second), leaked {leaked}")
    print(f"   live process: {share:.0%} of a core, {small} → {megabytes(process)} MB")
    print(f"   from the commit to the reader: {cuts[49] * 1000:.0f} ms median, {cuts[98] * 1000:.0f} ms for 99 of 100")
    return arrived == wanted * STREAMS and leaked == 0 and share <= MOST_CPU


def main() -> int:
    """1 if a claim does not hold."""
    call_command("migrate", verbosity=0)
    Entry.objects.all().delete()
    port = 8741
    command = [
        "-m",
        "uvicorn",
        "bench.live:app",
        "--port",
        str(port),
        "--log-level",
        "warning",
        "--timeout-graceful-shutdown",
        "1",
    ]
    server = subprocess.Popen([sys.executable, *command], env=os.environ)
    try:
        wait_for(port)
        return 0 if asyncio.run(measure(port, server.pid)) else 1
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if (
            subprocess.run(
                ["bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{port}"], capture_output=True, check=False
            ).returncode
            == 0
        ):
            return
        time.sleep(0.1)
    raise TimeoutError("the live process did not start")


if __name__ == "__main__":
    sys.exit(main())
