"""Checking the journal: that no entry was changed, dropped or slipped in."""

from collections.abc import Iterator

from chengyun.kernel.journal.chain import GENESIS, Head, entry_hash, seal_hash
from chengyun.kernel.journal.models import Entry, Seal

CHUNK = 5_000
COLUMNS = (*Head._fields, "facts", "previous", "hash")


def verify_chain(stream: str | None = None) -> Iterator[str]:
    """What is wrong with the entries themselves, in words, as it is found; of one stream or of all."""
    rows = Entry.objects.filter(stream=stream) if stream else Entry.objects.all()
    here, number, end = "", 0, GENESIS
    for *row, facts, previous, digest in rows.order_by("stream", "number").values_list(*COLUMNS).iterator(CHUNK):
        head, before = Head(*row), bytes(previous)
        if head.stream != here:
            here, number, end = head.stream, 0, GENESIS
        number += 1
        if head.number != number:
            yield f"{here}: entry {number} is missing"
            number = head.number
        elif before != end:
            yield f"{here}: entry {number} does not follow from the one before it"
        end = bytes(digest)
        if entry_hash(before, head, bytes(facts)) != end:
            yield f"{here}: entry {number} was changed"


def verify_seals() -> Iterator[str]:
    """What is wrong with the order of the entries and their seals, in words, as it is found."""
    previous, expected = GENESIS, 1
    entries = _Placed()
    for seal in Seal.objects.order_by("first").iterator(chunk_size=CHUNK):
        if seal.first != expected:
            yield f"positions {expected} to {seal.first - 1} have no seal"
        if bytes(seal.previous) != previous:
            yield f"the seal of {seal.first} to {seal.last} does not follow from the one before it"
        batch = entries.up_to(seal.last)
        if [position for position, _ in batch] != list(range(seal.first, seal.last + 1)):
            yield f"entries between {seal.first} and {seal.last} are missing"
        if seal_hash(bytes(seal.previous), batch) != bytes(seal.hash):
            yield f"the entries {seal.first} to {seal.last} are not those that were sealed"
        previous, expected = bytes(seal.hash), seal.last + 1
    if entries.up_to(None):
        yield f"the entries from position {expected} on have no seal"


class _Placed:
    """Positions and hashes of all entries, read once from the first to the last."""

    def __init__(self) -> None:
        rows = Entry.objects.filter(position__isnull=False).order_by("position").values_list("position", "hash")
        self._rows = rows.iterator(chunk_size=CHUNK)
        self._next = next(self._rows, None)

    def up_to(self, last: int | None) -> list[tuple[int, bytes]]:
        """The entries not handed out yet, up to and with position `last`; just one of them if `last` is None."""
        batch: list[tuple[int, bytes]] = []
        while self._next is not None and (last is None or (self._next[0] or 0) <= last):
            batch.append((self._next[0] or 0, bytes(self._next[1])))
            self._next = next(self._rows, None)
            if last is None:
                break
        return batch
