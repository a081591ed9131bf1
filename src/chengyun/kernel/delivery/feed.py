"""Handing entries to whoever listens: at least once, in order for each subject, without one holding up the others."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, Min, OuterRef, QuerySet

from chengyun.kernel.actor import System
from chengyun.kernel.clock import now
from chengyun.kernel.delivery.events import DeliveryDied
from chengyun.kernel.delivery.models import Cursor, Parcel
from chengyun.kernel.events import EntryView, Listener, listeners
from chengyun.kernel.health.log import place_of
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.journal.record import record
from chengyun.kernel.journal.timeline import view_of

log = logging.getLogger(__name__)

BATCH = 200
PAUSES = (1, 5, 30, 120, 600, 1800, 3600)  # seconds before the next try; after the last one the parcel is dead
WORKER = System("worker")


@dataclass(frozen=True)
class Receiver:
    """Somebody to whom entries are handed: a listener in the house, or a webhook outside."""

    name: str
    wants: Callable[[Entry], bool]
    take: Callable[[EntryView], None]
    past: bool = False


def house() -> list[Receiver]:
    """The listeners that rooms registered."""
    return [Receiver(one.name, _wanted_by(one), one.hear, one.past) for one in listeners().values()]


def _wanted_by(listener: Listener) -> Callable[[Entry], bool]:
    return lambda entry: listener.wants(entry.event)


def feed(receivers: Sequence[Receiver], stopping: Callable[[], bool] = lambda: False) -> int:
    """Hand the next batch of entries, and the parcels that are due, to `receivers`. Returns how many were taken."""
    if not receivers:
        return 0
    by_name = {receiver.name: receiver for receiver in receivers}
    taken = _retry(by_name, stopping)
    cursors = _cursors(by_name)
    entries = list(_live(min(cursors.values()))[:BATCH])
    held = _held(by_name) if entries else set()
    for receiver in receivers:
        for entry in entries:
            if stopping():
                return taken
            if (entry.position or 0) > cursors[receiver.name] and receiver.wants(entry):
                taken += _hand(receiver, entry, held)
                _advance(receiver.name, entry)
        if entries:
            _advance(receiver.name, entries[-1])
    return taken


def feed_all(receivers: Sequence[Receiver]) -> int:
    """`feed` until nothing is left to hand over now. Returns how many were taken."""
    total = 0
    last = Entry.objects.filter(position__isnull=False, historic=False).order_by("-position").first()
    while True:
        taken = feed(receivers)
        total += taken
        behind = (
            last and Cursor.objects.filter(name__in=[r.name for r in receivers], position__lt=last.position).exists()
        )
        if not taken and not behind:
            return total


def lag() -> int:
    """How many live entries the slowest listener is behind."""
    slowest = Cursor.objects.filter(name__in=list(listeners())).order_by("position").first()
    return _live(slowest.position).count() if slowest else 0


def parcels() -> QuerySet[Parcel]:
    """Every parcel, for the deliverer's own work."""
    return Parcel.objects.as_system("the deliverer keeps the parcels")


def _live(after: int) -> QuerySet[Entry]:
    return Entry.objects.filter(position__gt=after, historic=False).order_by("position")


def _cursors(by_name: Mapping[str, Receiver]) -> dict[str, int]:
    known = dict(Cursor.objects.filter(name__in=list(by_name)).values_list("name", "position"))
    new = [receiver for name, receiver in by_name.items() if name not in known]
    if new:
        here = _where_the_house_stands()
        rows = [Cursor(name=one.name, position=0 if one.past else here) for one in new]
        Cursor.objects.bulk_create(rows, ignore_conflicts=True)
        known |= {row.name: row.position for row in rows}
    return known


def _where_the_house_stands() -> int:
    """Where a listener begins that comes with an update: what the others have heard is past. 0 before any listened."""
    others = Cursor.objects.filter(name__in=list(listeners()))
    return others.aggregate(slowest=Min("position"))["slowest"] or 0


def _advance(name: str, entry: Entry) -> None:
    Cursor.objects.filter(name=name, position__lt=entry.position).update(position=entry.position)


def _held(names: Iterable[str]) -> set[tuple[str, str]]:
    """Streams that wait behind an older parcel of theirs."""
    waiting = parcels().filter(listener__in=list(names)).exclude(state=Parcel.State.SKIPPED)
    return set(waiting.values_list("listener", "stream"))


def _hand(receiver: Receiver, entry: Entry, held: set[tuple[str, str]]) -> bool:
    if (receiver.name, entry.stream) in held:
        _park(receiver, entry)
        return False
    try:
        receiver.take(view_of(entry))
    except Exception as error:  # noqa: BLE001  whatever a listener raises must not hold up the others
        held.add((receiver.name, entry.stream))
        _park(receiver, entry, place_of(error))
        return False
    return True


def _park(receiver: Receiver, entry: Entry, error: str = "") -> None:
    parcel = Parcel(
        town_id=entry.town_id,
        listener=receiver.name,
        position=entry.position or 0,
        stream=entry.stream,
        event=entry.event,
        next_at=now(),
    )
    if error:
        _failed(parcel, error)
    parcels().bulk_create([parcel], ignore_conflicts=True)


def _retry(by_name: dict[str, Receiver], stopping: Callable[[], bool]) -> int:
    """Try the parcels that are due, each only if no older one of its stream stands before it."""
    older = parcels().filter(
        listener=OuterRef("listener"), stream=OuterRef("stream"), position__lt=OuterRef("position")
    )
    due = parcels().filter(state=Parcel.State.WAITING, next_at__lte=now(), listener__in=list(by_name))
    taken = 0
    for parcel in due.filter(~Exists(older.exclude(state=Parcel.State.SKIPPED))).order_by("position")[:BATCH]:
        if stopping():
            break
        taken += _try_again(by_name[parcel.listener], parcel)
    return taken


def _try_again(receiver: Receiver, parcel: Parcel) -> bool:
    entry = Entry.objects.get(position=parcel.position)
    try:
        receiver.take(view_of(entry))
    except Exception as error:  # noqa: BLE001  as above
        _failed(parcel, place_of(error))
        parcel.version += 1
        parcel.save()
        if parcel.state == Parcel.State.DEAD and not parcel.event.startswith("kernel."):
            record(DeliveryDied(parcel.listener, parcel.event, parcel.position), parcel, WORKER)
        return False
    parcel.delete()
    return True


def _failed(parcel: Parcel, error: str) -> None:
    log.warning("delivery failed", extra={"listener": parcel.listener, "position": parcel.position, "error": error})
    parcel.attempts += 1
    parcel.error = error[:500]
    if parcel.attempts > len(PAUSES):
        parcel.state = Parcel.State.DEAD
    else:
        parcel.next_at = now() + timedelta(seconds=PAUSES[parcel.attempts - 1])
