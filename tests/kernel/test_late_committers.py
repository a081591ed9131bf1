"""PostgreSQL hands out ids before the commit: who reads on from the last id loses what commits late. We do not."""

import threading
import time

import pytest
from django.db import connection, transaction

from chengyun.kernel.delivery.feed import Receiver, feed_all
from chengyun.kernel.delivery.sequencer import ADVISORY_KEY, sequence, sequence_all
from chengyun.kernel.delivery.verify import verify_chain, verify_seals
from chengyun.kernel.events import EntryView
from chengyun.kernel.journal.models import Entry
from kernel.world import Thing, happen

pytestmark = [pytest.mark.usefixtures("transactional_db"), pytest.mark.postgres]

WRITERS, WRITES = 6, 12


class Ear:
    def __init__(self) -> None:
        self.heard: list[tuple[str, int, int]] = []

    def __call__(self, entry: EntryView) -> None:
        self.heard.append((entry.subject, entry.number, entry.position))

    @property
    def receiver(self) -> Receiver:
        return Receiver("test.ear", lambda entry: entry.event == "kernel.test_done", self)


@pytest.fixture
def ear() -> Ear:
    return Ear()


def test_an_entry_that_commits_late_is_placed_after_those_before_it_and_heard(ear: Ear) -> None:
    written, release = threading.Event(), threading.Event()

    def late() -> None:
        with transaction.atomic():
            happen(Thing(), 1)  # has the lower id
            written.set()
            release.wait(60)
        connection.close()

    thread = threading.Thread(target=late)
    thread.start()
    assert written.wait(60)
    happen(Thing(), 2)
    sequence_all()
    feed_all([ear.receiver])
    assert len(ear.heard) == 1
    release.set()
    thread.join()
    sequence_all()
    feed_all([ear.receiver])
    rows = list(Entry.objects.order_by("position").values_list("id", flat=True))
    assert len(ear.heard) == 2
    assert rows[0] > rows[1], "the late one has the lower id and the higher position"
    assert [*verify_chain(), *verify_seals()] == []


def write(thing: Thing) -> None:
    for n in range(WRITES):
        with transaction.atomic():
            happen(thing, n)
            time.sleep(0.001 * (n % 5))  # so that commits overtake each other
    connection.close()


def place(stop: threading.Event) -> None:
    while not stop.is_set():
        sequence(limit=7)
    connection.close()


def test_under_many_writers_nothing_is_skipped_doubled_or_out_of_order(ear: Ear) -> None:
    stop = threading.Event()
    things = [Thing() for _ in range(WRITERS)]
    placers = [threading.Thread(target=place, args=(stop,)) for _ in range(2)]  # the advisory lock lets one through
    writers = [threading.Thread(target=write, args=(thing,)) for thing in things]
    for thread in [*placers, *writers]:
        thread.start()
    while any(thread.is_alive() for thread in writers):
        feed_all([ear.receiver])
    stop.set()
    for thread in [*writers, *placers]:
        thread.join()
    sequence_all()
    feed_all([ear.receiver])
    assert sorted(position for _, _, position in ear.heard) == list(range(1, WRITERS * WRITES + 1))
    for thing in things:
        assert [number for subject, number, _ in ear.heard if subject == str(thing.uuid)] == list(range(1, WRITES + 1))
    assert [*verify_chain(), *verify_seals()] == []


def test_while_one_gives_positions_another_gives_none(ear: Ear) -> None:
    happen(Thing())
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_KEY])
            held.set()
            release.wait(60)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(60)
    assert sequence() == 0
    release.set()
    thread.join()
    assert sequence() == 1
