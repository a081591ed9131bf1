"""What the live process asks the database. Plain functions, run in a thread of their own."""

from collections.abc import Mapping

from django.db import close_old_connections

from chengyun.kernel.access import Scope, Where, scope_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.delivery.sequencer import last_position
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.live.hub import Message
from chengyun.kernel.live.registry import exposed

BATCH = 2_000

# Equal scopes become one object, so that a thousand streams of one role are asked once.
_scopes: dict[Scope, Scope] = {}


def messages_after(position: int, up_to: int | None = None) -> list[Message]:
    """The next entries after `position`, without bulk history."""
    close_old_connections()
    rows = Entry.objects.filter(position__gt=position, historic=False)
    if up_to is not None:
        rows = rows.filter(position__lte=up_to)
    fields = ("position", "event", "stream", "version", "town_id", "area_ids", "department_ids", "people_ids")
    return [_message(entry) for entry in rows.order_by("position").only(*fields)[:BATCH]]


def newest_position() -> int:
    """Where a stream begins that was never open before."""
    close_old_connections()
    return last_position()


def grants_of(actor: Actor) -> Mapping[str, Scope]:
    """What `actor` may hear of, by kind of subject."""
    if len(_scopes) > 10_000:
        _scopes.clear()
    found = {kind: scope_of(actor, permission) for kind, permission in exposed().items()}
    return {kind: _scopes.setdefault(scope, scope) for kind, scope in found.items() if not scope.empty}


def _message(entry: Entry) -> Message:
    where = Where(
        town=entry.town_id,
        areas=frozenset(entry.area_ids),
        departments=frozenset(entry.department_ids),
        people=frozenset(entry.people_ids),
    )
    return Message(entry.position or 0, entry.event, entry.kind, entry.subject, entry.version, where)
