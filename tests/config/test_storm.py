"""Processes killed under load: nothing that was acknowledged is lost or done twice, and all that follows happens."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from cases.world import World, make_world
from chengyun.accounts.models import Notice, Person
from chengyun.accounts.notices import tell_of
from chengyun.cases.models import Case
from chengyun.kernel.actor import System
from chengyun.kernel.delivery.feed import parcels
from chengyun.kernel.delivery.models import Cursor
from chengyun.kernel.delivery.subscriptions import subscribe
from chengyun.kernel.delivery.verify import verify_chain, verify_seals
from chengyun.kernel.events import listeners
from chengyun.kernel.files.models import File
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.journal.timeline import view_of
from config.storm import Address, Desk, Hand, Subscriber, Worker
from config.test_serving import CHENGYUN, Served, eventually, free_pair

pytestmark = [pytest.mark.long, pytest.mark.db, pytest.mark.django_db(transaction=True)]

CLIENTS, SECONDS, TIMES, SEED = 4, 60.0, 4, 20261122
PASSWORD = "a long enough word"
ROLES = ("operator", "liaison", "handler", "grid_worker")
EVENT_OF = {
    "receive": "cases.received", "file": "cases.filed", "dispatch": "cases.dispatched", "remark": "cases.remarked",
    "sign": "cases.signed", "start": "cases.started", "answer": "cases.answered", "send_verify": "cases.sent_to_verify",
    "verify_pass": "cases.verified", "close": "cases.closed",
}  # fmt: skip


@dataclass
class Storm:
    """What was left when it was over."""

    workers: list[Worker]
    ear: Subscriber
    address: Address
    hand: Hand
    shared: str


@pytest.fixture
def world() -> World:
    town = make_world()
    for role in ROLES:
        person: Person = town.people[role]
        person.set_password(PASSWORD)
        person.save()
    return town


@pytest.fixture
def served(world: World, tmp_path: Path) -> Iterator[Served]:
    """The town of this test, served by the command that serves a town."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("CHENGYUN_")}
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        (tmp_path / "chengyun.sqlite3").symlink_to(name)
    else:
        environ["CHENGYUN_DATABASE_URL"] = f"{os.environ['CHENGYUN_DATABASE_URL'].rpartition('/')[0]}/{name}"
    chengyun = [*CHENGYUN, "--data", str(tmp_path)]
    subprocess.run([*chengyun, "init"], env=environ, check=True, stdout=subprocess.DEVNULL)
    port = free_pair()
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen([*chengyun, "serve", "--port", str(port)], env=environ, stderr=said)
        town = Served(process, port, tmp_path)
        with ended(process):
            eventually(lambda: town.get("/health") == 200 and town.get("/health", 1) == 200)
            yield town


@contextlib.contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@pytest.fixture
def storm(served: Served, world: World) -> Iterator[Storm]:
    """Clients at work and processes killed for a minute; then quiet, until everything that follows has happened."""
    url = f"http://127.0.0.1:{served.port}"
    desk = Desk(url, PASSWORD)
    for role in ROLES:
        desk.log_in(role)
    shared, over = str(world.report().uuid), threading.Event()
    with Address().open() as address:
        subscribe("储存", actor=System("test"), url=address.url, events=["cases.*"])
        ear = Subscriber(desk, f"http://127.0.0.1:{served.port + 1}")
        ear.start()
        eventually(lambda: ear.begin is not None)
        workers = [Worker(desk, shared, over, random.Random(SEED + n)) for n in range(CLIENTS)]
        for worker in workers:
            worker.start()
        hand = Hand(served.pids, random.Random(SEED))
        hand.rage(SECONDS, TIMES)
        over.set()
        for worker in workers:
            worker.join(90)
        after = Storm(workers, ear, address, hand, shared)
        eventually(lambda: quiet(after), seconds=90)
        ear.over.set()
        yield after


def quiet(storm: Storm) -> bool:
    """Whether nothing is left to do: every entry placed and handed over, here, outside, and to who listens."""
    if Entry.objects.filter(position=None).exists() or parcels().exists():
        return False
    last = Entry.objects.order_by("-position").values_list("position", flat=True)[0] or 0
    slowest = min(Cursor.objects.values_list("position", flat=True))
    return slowest >= last and int(storm.ear.last or 0) >= last_of_cases()


def last_of_cases() -> int:
    rows = Entry.objects.filter(stream__startswith="case:").order_by("-position")
    return rows.values_list("position", flat=True)[0] or 0


def test_nothing_is_lost_and_nothing_done_twice_when_processes_are_killed_under_load(storm: Storm) -> None:
    assert [w.fault for w in storm.workers if w.fault] == []
    assert set(storm.hand.killed) == {"web", "web of web", "live", "worker"}, storm.hand.killed
    assert sum(w.replayed for w in storm.workers) > 0, "no call was done and not answered: this proves nothing"
    say(storm)
    for check in (check_cases, check_journal, check_files, check_reactions, check_ears):
        check(storm)


def say(storm: Storm) -> None:
    codes = sum((w.codes for w in storm.workers), Counter[int]())
    kept, reported = sum(len(w.kept) for w in storm.workers), sum(len(w.reported) for w in storm.workers)
    cut, again = sum(w.cut for w in storm.workers), sum(w.replayed for w in storm.workers)
    sys.stderr.write(
        f"\n{connection.vendor}: killed {dict(storm.hand.killed)}; {reported} cases, {kept} verbs acknowledged, answers"
        f" {dict(codes)}, {cut} calls cut off, {again} answered from the key; {Entry.objects.count()} entries, stream"
        f" opened {storm.ear.connections} times\n"
    )


def check_cases(storm: Storm) -> None:
    """There are exactly the cases that were acknowledged, and each was taken exactly the acknowledged way."""
    told = {storm.shared, *(case for w in storm.workers for case in w.reported)}
    assert {str(uuid) for uuid in Case.objects.as_system("test").values_list("uuid", flat=True)} == told
    kept: dict[str, list[str]] = {case: ["cases.reported"] for case in told}
    versions: dict[str, int] = {}
    for one in sorted((k for w in storm.workers for k in w.kept), key=lambda k: (k.case, k.version)):
        kept[one.case].append(EVENT_OF[one.verb])
        versions[one.case] = one.version
    written: dict[str, list[str]] = {case: [] for case in told}
    for entry in Entry.objects.filter(stream__startswith="case:").order_by("stream", "number"):
        written[entry.subject].append(entry.event)
    assert written == kept
    for case in Case.objects.as_system("test").filter(uuid__in=versions):
        assert case.version == versions[str(case.uuid)]


def check_journal(storm: Storm) -> None:
    """Positions are dense, and chain and seals hold."""
    positions = list(Entry.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))
    assert [*verify_chain(), *verify_seals()] == []


def check_files(storm: Storm) -> None:
    """Every picture that was acknowledged has its row."""
    there = {str(uuid) for uuid in File.objects.as_system("test").values_list("uuid", flat=True)}
    assert {photo for w in storm.workers for photo in w.photos} <= there


def check_reactions(storm: Storm) -> None:
    """Every listener heard everything; telling all of it again writes no notice that is not there."""
    assert set(Cursor.objects.values_list("name", flat=True)) >= set(listeners())
    before = Notice.objects.count()
    for entry in Entry.objects.order_by("position"):
        tell_of(view_of(entry))
    assert before == Notice.objects.count() > 0


def check_ears(storm: Storm) -> None:
    """The stream, reopened with the last position, and the address outside have everything; the stream each once."""
    rows = Entry.objects.filter(stream__startswith="case:").order_by("position")
    assert storm.ear.resets == 0
    assert storm.ear.heard == list(rows.filter(position__gt=storm.ear.begin).values_list("position", flat=True))
    wanted = rows.filter(event__startswith="cases.").values_list("position", flat=True)
    assert set(storm.address.taken) >= set(wanted)
