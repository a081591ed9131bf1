"""通知: who is told of what. Rooms declare it, a reaction writes it, each person reads and ticks off his own."""

import fnmatch
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet

from chengyun.accounts.models import Notice, Person
from chengyun.accounts.queries.audience import people_with
from chengyun.kernel.access import Where
from chengyun.kernel.clock import now
from chengyun.kernel.events import EntryView

Level = Literal["info", "act", "urgent"]


@dataclass(frozen=True)
class Audience:
    """Whom an event concerns: who may do `permission` at `where` (with one of `roles`, if any), and named people.

    `level`: info to know, act where a hand is needed, urgent. `params` are the values that the client's words need:
    numbers and codes, never names or free text.
    """

    permission: str = ""
    where: Where = field(default_factory=Where)
    roles: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    level: Level = "info"
    params: Mapping[str, Any] = field(default_factory=dict)


Teller = Callable[[EntryView], Iterable[Audience]]
_tellers: list[tuple[str, Teller]] = []


def tell(*patterns: str) -> Callable[[Teller], Teller]:
    """Register whom events by name or pattern concern: `@tell("cases.dispatched")` on a function of the entry."""

    def register(teller: Teller) -> Teller:
        _tellers.extend((pattern, teller) for pattern in patterns)
        return teller

    return register


def told() -> list[str]:
    """The patterns of events that somebody is told of."""
    return sorted({pattern for pattern, _ in _tellers})


def tell_of(entry: EntryView) -> int:
    """Write the notices of an entry; doing it again changes nothing. Returns how many there are. Not to the actor."""
    tellers = dict.fromkeys(teller for pattern, teller in _tellers if fnmatch.fnmatchcase(entry.event, pattern))
    written: dict[int, Notice] = {}
    for audience in (a for teller in tellers for a in teller(entry)):
        for person in _people(audience):
            if person.actor_id != entry.actor_id:
                written.setdefault(person.pk, _notice(entry, audience, person))
    Notice.objects.bulk_create(written.values(), ignore_conflicts=True)
    return len(written)


def _people(audience: Audience) -> Sequence[Person]:
    named = Person.objects.as_system("who is named").filter(uuid__in=audience.people, is_active=True)
    able = people_with(audience.permission, audience.where, audience.roles) if audience.permission else []
    return [*able, *named] if audience.people else able


def _notice(entry: EntryView, audience: Audience, person: Person) -> Notice:
    return Notice(
        person=person,
        position=entry.position,
        event=entry.event,
        kind=entry.kind,
        subject=UUID(entry.subject),
        level=audience.level,
        params=dict(audience.params),
        at=entry.happened_at,
    )


def notices_of(person: Person, *, unread: bool = False) -> QuerySet[Notice]:
    """One's own notices."""
    rows = Notice.objects.filter(person=person)
    return rows.filter(read_at=None) if unread else rows


def tick(person: Person, ids: Sequence[UUID] | None) -> int:
    """Mark one's own notices as read: the given ones, or all. Returns how many were unread."""
    rows = notices_of(person, unread=True)
    return (rows if ids is None else rows.filter(uuid__in=ids)).update(read_at=now())
