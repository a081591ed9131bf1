"""For listeners whose effect must not happen twice, although an entry may be handed over twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.db import transaction

from chengyun.kernel.delivery.models import Heard
from chengyun.kernel.events import EntryView


@contextmanager
def once(listener: str, entry: EntryView) -> Iterator[bool]:
    """A transaction that is True the first time this listener acts on this entry, and False ever after.

    What is written inside and the mark that it was done are committed together, or neither is.
    """
    with transaction.atomic():
        _, fresh = Heard.objects.get_or_create(listener=listener, position=entry.position)
        yield fresh


def exactly_once(listener: str) -> Callable[[Callable[[EntryView], None]], Callable[[EntryView], None]]:
    """Put under `listen`: the function runs inside `once`, and only the first time."""

    def wrap(function: Callable[[EntryView], None]) -> Callable[[EntryView], None]:
        @wraps(function)
        def hear(entry: EntryView) -> None:
            with once(listener, entry) as fresh:
                if fresh:
                    function(entry)

        return hear

    return wrap
