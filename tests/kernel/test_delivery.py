"""Positions, seals, and delivery: nothing skipped, nothing out of order, nobody held up by another."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from chengyun.kernel.clock import frozen, now
from chengyun.kernel.delivery.actions import replay, skip
from chengyun.kernel.delivery.feed import PAUSES, Receiver, feed_all, house, lag, parcels
from chengyun.kernel.delivery.models import Cursor, Heard
from chengyun.kernel.delivery.once import exactly_once, once
from chengyun.kernel.delivery.queries import dead
from chengyun.kernel.delivery.sequencer import last_position, sequence, sequence_all
from chengyun.kernel.delivery.verify import verify_chain, verify_seals
from chengyun.kernel.events import EntryView, listen
from chengyun.kernel.journal.models import Entry, Private, Seal
from chengyun.kernel.journal.record import Record, record_many
from chengyun.kernel.refusal import Conflict, Forbidden
from kernel.world import ANNA, SYSTEM, Done, Policy, Thing, happen

pytestmark = [pytest.mark.django_db, pytest.mark.db]

Take = Callable[[EntryView], None]


def to(name: str, take: Take) -> Receiver:
    return Receiver(name, lambda entry: entry.event == "kernel.test_done", take)


class Faulty:
    """A listener that refuses some subjects until it is mended."""

    def __init__(self, *refused: str) -> None:
        self.refused = set(refused)
        self.heard: list[tuple[str, int]] = []

    def __call__(self, entry: EntryView) -> None:
        if entry.subject in self.refused:
            raise ValueError(f"cannot take {entry.subject}")
        self.heard.append((entry.subject, entry.facts["what"]))


def test_entries_get_positions_in_the_order_of_their_commits_and_seals_over_them() -> None:
    thing = Thing()
    for n in range(5):
        happen(thing, n)
    assert sequence(limit=3) == 3
    assert sequence(limit=3) == 2
    assert sequence() == 0
    assert list(Entry.objects.order_by("position").values_list("position", "number")) == [(n, n) for n in range(1, 6)]
    assert list(Seal.objects.order_by("first").values_list("first", "last")) == [(1, 3), (4, 5)]
    assert (list(verify_chain()), list(verify_seals()), last_position()) == ([], [], 5)


def test_what_was_rolled_back_leaves_no_gap() -> None:
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        happen(Thing())
        raise ValueError("no")
    happen(Thing())
    sequence_all()
    assert last_position() == 1


def tamper_fact() -> None:
    Entry.objects.filter(position=2).update(facts=b'{"what":9}')


def tamper_gone() -> None:
    Entry.objects.filter(position=3).delete()


def tamper_last_gone() -> None:
    Entry.objects.filter(position=4).delete()


def tamper_swapped() -> None:
    Entry.objects.filter(position=1).update(position=99)
    Entry.objects.filter(position=2).update(position=1)
    Entry.objects.filter(position=99).update(position=2)


def tamper_seal() -> None:
    Seal.objects.filter(first=1).delete()


@pytest.mark.parametrize("tamper", [tamper_fact, tamper_gone, tamper_last_gone, tamper_swapped, tamper_seal])
def test_what_was_tampered_with_is_found(tamper: Callable[[], None]) -> None:
    thing = Thing()
    for n in range(4):
        happen(thing, n)
        sequence()
    assert [*verify_chain(), *verify_seals()] == []
    tamper()
    assert [*verify_chain(), *verify_seals()] != []


def test_erasing_a_private_text_leaves_chain_and_seals_valid() -> None:
    happen(Thing(), private={"note": "张三, 13800138000"})
    sequence_all()
    Private.objects.update(text=None, salt=None)
    assert [*verify_chain(), *verify_seals()] == []


def test_each_listener_hears_everything_once_in_order() -> None:
    things = [Thing(), Thing()]
    for n in range(4):
        happen(things[n % 2], n)
    sequence_all()
    first, second = Faulty(), Faulty()
    assert feed_all([to("a", first), to("b", second)]) == 8
    assert [what for _, what in first.heard] == [0, 1, 2, 3]
    assert first.heard == second.heard
    assert feed_all([to("a", first), to("b", second)]) == 0


def test_nothing_is_heard_before_it_has_its_position() -> None:
    happen(Thing())
    ear = Faulty()
    assert feed_all([to("a", ear)]) == 0
    sequence_all()
    assert feed_all([to("a", ear)]) == 1


def test_history_made_in_bulk_is_sealed_and_not_heard() -> None:
    thing = Thing()
    moment = now()
    done = [Record(Done(n), f"thing:{thing.uuid}", thing.where(), SYSTEM, moment, moment) for n in range(10)]
    record_many(done)
    happen(Thing(), 7)
    sequence_all()
    ear = Faulty()
    assert feed_all([to("a", ear)]) == 1
    assert [*verify_chain(), *verify_seals()] == []


def test_a_failing_subject_waits_alone_and_keeps_its_order() -> None:
    bad, good = Thing(), Thing()
    for n in range(3):
        happen(bad, n)
        happen(good, n)
    sequence_all()
    ear, other = Faulty(str(bad.uuid)), Faulty()
    feed_all([to("a", ear), to("b", other)])
    assert [what for subject, what in ear.heard if subject == str(good.uuid)] == [0, 1, 2]
    assert len(other.heard) == 6
    assert list(parcels().order_by("position").values_list("attempts", flat=True)) == [1, 0, 0]
    ear.refused.clear()
    feed_all([to("a", ear)])  # not yet: the pause after a failure
    assert len(ear.heard) == 3
    with frozen(now() + timedelta(minutes=1)):
        feed_all([to("a", ear)])
    assert [what for subject, what in ear.heard if subject == str(bad.uuid)] == [0, 1, 2]
    assert not parcels().exists()


def die(ear: Faulty) -> None:
    moment = now()
    for _ in PAUSES:
        moment += timedelta(hours=2)
        with frozen(moment):
            feed_all([to("a", ear)])


def test_what_fails_again_and_again_is_dead_and_waits_for_a_person() -> None:
    bad = Thing()
    happen(bad, 0)
    happen(bad, 1)
    sequence_all()
    ear = Faulty(str(bad.uuid))
    feed_all([to("a", ear)])
    die(ear)
    letter = dead(SYSTEM).get()
    assert (letter.state, letter.attempts, letter.behind) == ("dead", len(PAUSES) + 1, 1)
    assert "ValueError" in letter.error
    assert str(bad.uuid) not in letter.error
    ear.refused.clear()
    with frozen(now() + timedelta(days=1)):
        feed_all([to("a", ear)])
        assert ear.heard == []  # what is behind a dead one waits, too
        replay(letter, actor=SYSTEM, expected=letter.version)
        feed_all([to("a", ear)])
    assert [what for _, what in ear.heard] == [0, 1]


def test_a_person_gives_up_a_dead_delivery_with_a_reason_and_the_rest_goes_on(policy: Policy) -> None:
    bad = Thing()
    happen(bad, 0)
    happen(bad, 1)
    sequence_all()
    ear = Faulty(str(bad.uuid))
    feed_all([to("a", ear)])
    die(ear)
    letter = dead(SYSTEM).get()
    with pytest.raises(Forbidden):
        skip(letter, actor=ANNA, reason="known", expected=letter.version)
    policy.allow(ANNA, "kernel.health")
    done = skip(letter, actor=ANNA, reason="known fault", expected=letter.version)
    with pytest.raises(Conflict):
        skip(done, actor=ANNA, reason="again")
    ear.refused.clear()
    with frozen(now() + timedelta(days=1)):
        feed_all([to("a", ear)])
    assert [what for _, what in ear.heard] == [1]
    assert Private.objects.get(purpose="reason").text == "known fault"


def test_a_second_delivery_finds_the_first_ones_mark(listening: None) -> None:
    heard: list[int] = []

    @listen("kernel.test_done", name="test.once", reads=("what",))
    @exactly_once("test.once")
    def hear(entry: EntryView) -> None:
        heard.append(entry.facts["what"])

    happen(Thing(), 4)
    sequence_all()
    ours = [receiver for receiver in house() if receiver.name == "test.once"]
    feed_all(ours)
    Cursor.objects.update(position=0)  # as if the worker had died before it wrote how far it was
    feed_all(ours)
    assert heard == [4]


def test_a_mark_is_not_kept_if_the_act_failed() -> None:
    happen(Thing())
    sequence_all()
    view = EntryView(1, "kernel.test_done", "thing", "x", 1, "system", "test", 7, now(), now(), {})
    with pytest.raises(ValueError, match="fails"), once("test", view) as fresh:
        assert fresh
        raise ValueError("fails")
    assert not Heard.objects.exists()


def test_the_lag_is_what_the_slowest_listener_has_not_heard(listening: None) -> None:
    listen("kernel.test_done", name="test.slow")(lambda entry: None)
    feed_all(house())
    happen(Thing())
    happen(Thing())
    sequence_all()
    assert lag() == 2
    feed_all(house())
    assert lag() == 0


def test_a_listener_that_comes_with_an_update_hears_what_happens_from_then_on(listening: None) -> None:
    heard: list[tuple[str, int]] = []

    def ear(name: str, **how: bool) -> None:
        listen("kernel.test_done", name=name, **how)(lambda entry: heard.append((name, entry.facts["what"])))

    ear("test.first")
    happen(Thing(), 1)
    sequence_all()
    feed_all(house())
    ear("test.new")
    ear("test.historian", past=True)
    happen(Thing(), 2)
    sequence_all()
    feed_all(house())
    assert [what for name, what in heard if name == "test.first"] == [1, 2]
    assert [what for name, what in heard if name == "test.new"] == [2]
    assert [what for name, what in heard if name == "test.historian"] == [1, 2]
