"""The journal is chained, keeps personal data apart, and shows what was changed behind its back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from chengyun.kernel.access import Scoping, Where
from chengyun.kernel.actor import System
from chengyun.kernel.delivery.verify import verify_chain
from chengyun.kernel.events import event
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.journal.chain import GENESIS, Head, entry_hash, private_digest
from chengyun.kernel.journal.models import Entry, Private
from chengyun.kernel.journal.record import Record, erase_private, record, record_many
from chengyun.kernel.journal.timeline import timeline

pytestmark = [pytest.mark.django_db, pytest.mark.db]
WORKER = System("test")


@event("kernel.test_happened")
@dataclass(frozen=True)
class Happened:
    what: int


def shown(_purpose: str, text: str) -> str:
    return text


class Thing:
    """As much of a subject as the journal reads."""

    subject_kind: ClassVar[str] = "thing"
    scoping: ClassVar[Scoping] = Scoping()

    def __init__(self) -> None:
        self.uuid, self.version = new_uuid(), 3

    def where(self) -> Where:
        return Where(town=7, areas=frozenset({2, 1}))


def head_of(entry: Entry) -> Head:
    return Head(*(getattr(entry, name) for name in Head._fields))


def holds(entry: Entry) -> bool:
    return bytes(entry.hash) == entry_hash(bytes(entry.previous), head_of(entry), bytes(entry.facts))


def test_entries_of_a_subject_are_numbered_and_chained() -> None:
    thing = Thing()
    for n in range(3):
        record(Happened(n), thing, WORKER)  # type: ignore[arg-type]
    rows = list(Entry.objects.filter(stream=f"thing:{thing.uuid}").order_by("number"))
    assert [row.number for row in rows] == [1, 2, 3]
    assert all(holds(row) for row in rows)
    assert bytes(rows[2].previous) == bytes(rows[1].hash)
    assert (rows[0].town_id, rows[0].area_ids, rows[0].position) == (7, [1, 2], None)


@pytest.mark.parametrize(
    "change",
    [
        {"facts": b'{"what":2}'}, {"event": "kernel.test_other"}, {"actor_id": "other"}, {"town_id": 8},
        {"area_ids": [1]}, {"department_ids": [4]}, {"people_ids": ["x"]}, {"version": 4}, {"historic": True},
        {"recorded_at": datetime(2025, 5, 1, tzinfo=UTC)}, {"happened_at": datetime(2025, 5, 1, tzinfo=UTC)},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_whatever_is_changed_in_an_entry_breaks_the_chain(change: dict[str, object]) -> None:
    thing = Thing()
    entry = record(Happened(1), thing, WORKER)  # type: ignore[arg-type]
    assert list(verify_chain(entry.stream)) == []
    Entry.objects.update(**change)
    assert list(verify_chain(entry.stream)) == [f"{entry.stream}: entry 1 was changed"]


def test_the_hash_of_an_entry_is_the_published_one() -> None:
    moment = datetime(2026, 9, 30, 8, 15, 0, 250000, tzinfo=UTC)
    head = Head(
        "case:01890000-0000-7000-8000-000000000001", 2, "cases.received", "person", "anna", moment, moment, 7, [1, 2],
        [], ["bert"], 3, historic=False,
    )  # fmt: skip
    text = (
        "case:01890000-0000-7000-8000-000000000001|2|cases.received|person|anna|2026-09-30T08:15:00.250000+00:00"
        "|2026-09-30T08:15:00.250000+00:00|7|1,2||bert|3|live"
    )
    assert head.encoded() == text.replace("|", "\x1f").encode()
    wanted = hashlib.sha256(GENESIS + head.encoded() + b"\x1e" + b'{"before":"reported"}').digest()
    assert entry_hash(GENESIS, head, b'{"before":"reported"}') == wanted
    assert wanted.hex() == "e65e5ec36bde5098d90372bdcea1656902a4d8777e0fd838f2181636c32be16d"


def test_private_text_stays_out_of_the_facts_and_can_be_erased() -> None:
    thing = Thing()
    entry = record(Happened(1), thing, WORKER, private={"note": "张三住在云岸路1弄", "reason": ""})  # type: ignore[arg-type]
    facts = json.loads(bytes(entry.facts))
    row = Private.objects.get()
    assert "张三" not in bytes(entry.facts).decode()
    assert facts["private"] == {
        "note": {"id": str(row.id), "digest": private_digest(bytes(row.salt or b""), str(row.text))}
    }
    assert timeline(thing, shown)[0].texts == {"note": "张三住在云岸路1弄"}  # type: ignore[arg-type]
    assert erase_private(entry.stream) == 1
    assert timeline(thing, shown)[0].texts == {"note": None}  # type: ignore[arg-type]
    assert holds(Entry.objects.get())


def test_a_timeline_costs_two_queries(django_assert_num_queries: Mapping[str, object]) -> None:
    thing = Thing()
    for n in range(5):
        record(Happened(n), thing, WORKER, private={"note": f"n{n}"})  # type: ignore[arg-type]
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(timeline(thing, shown)) == 5  # type: ignore[arg-type]


def test_bulk_history_is_chained_per_stream_and_marked() -> None:
    moment = datetime(2025, 5, 1, tzinfo=UTC)
    records = [Record(Happened(n), f"thing:{n % 2}", Where(town=1), WORKER, moment, moment) for n in range(6)]
    assert record_many(records) == 6
    rows = list(Entry.objects.filter(stream="thing:1").order_by("number"))
    assert [row.number for row in rows] == [1, 2, 3]
    assert all(row.historic and holds(row) for row in rows)
    assert bytes(rows[1].previous) == bytes(rows[0].hash)
