"""Reading the journal across subjects, for whoever checks what was done."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from chengyun.kernel.access import scope_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.models import Entry


def audit(actor: Actor, **wanted: Any) -> QuerySet[Entry]:
    """The entries of the towns in which `actor` has kernel.audit, narrowed by what is wanted.

    Known are event (with a star at its end: all that begin so), kind, subject, actor_kind, actor_id, since, until.
    """
    scope = scope_of(actor, "kernel.audit")
    rows = Entry.objects.all() if scope.everything else Entry.objects.filter(town_id__in=scope.towns)
    return rows.filter(*(_NARROW[name](value, wanted) for name, value in wanted.items()))


def _event(value: str, _: dict[str, Any]) -> Q:
    return Q(event__startswith=value[:-1]) if value.endswith("*") else Q(event=value)


def _kind(value: str, wanted: dict[str, Any]) -> Q:
    return Q() if "subject" in wanted else Q(stream__startswith=f"{value}:")


def _subject(value: Any, wanted: dict[str, Any]) -> Q:
    return Q(stream=f"{wanted['kind']}:{value}") if "kind" in wanted else Q(stream__endswith=f":{value}")


_NARROW: dict[str, Callable[[Any, dict[str, Any]], Q]] = {
    "event": _event,
    "kind": _kind,
    "subject": _subject,
    "actor_kind": lambda value, _: Q(actor_kind=value),
    "actor_id": lambda value, _: Q(actor_id=value),
    "since": lambda value, _: Q(happened_at__gte=value),
    "until": lambda value, _: Q(happened_at__lt=value),
}
