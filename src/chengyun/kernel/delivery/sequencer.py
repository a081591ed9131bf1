"""After the commit: every entry gets its position, and every batch a seal. One at a time does this.

Ids are taken before a commit, so whoever reads "id > last" loses what commits late. A position is given to what is
committed, and to nothing else.
"""

from django.db import connection, transaction
from django.db.models import Max

from chengyun.kernel.clock import now
from chengyun.kernel.journal.chain import GENESIS, seal_hash
from chengyun.kernel.journal.models import Entry, Seal

BATCH = 2_000  # keeps SQLite's write lock under 200 ms
ADVISORY_KEY = 0x63687965_0001  # "chye", 1: any number that nobody else locks

# By id: entries of one subject are written under its lock, so their ids stand in the order of their numbers.
_PLACE = """
UPDATE kernel_entry SET position = placed.position
FROM (
    SELECT id, %s + row_number() OVER (ORDER BY id) AS position
    FROM kernel_entry WHERE position IS NULL ORDER BY id LIMIT %s
) AS placed
WHERE kernel_entry.id = placed.id
"""


def sequence(limit: int = BATCH) -> int:
    """Give up to `limit` entries their positions and seal them. Returns how many; 0 too if another does it now."""
    if not Entry.objects.filter(position=None).exists():  # without a transaction: SQLite has one writer at a time
        return 0
    with transaction.atomic():
        return _place(limit) if _alone() else 0


def sequence_all() -> int:
    """Give every committed entry its position: after a bulk history. Returns how many."""
    total = 0
    while placed := sequence():
        total += placed
    return total


def last_position() -> int:
    """The highest position given so far; 0 in an empty journal."""
    return Entry.objects.aggregate(last=Max("position"))["last"] or 0


def _alone() -> bool:
    if connection.vendor != "postgresql":
        return True  # an immediate transaction of SQLite has no second
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_KEY])
        return bool(cursor.fetchone()[0])


def _place(limit: int) -> int:
    base = last_position()
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [base, limit])
    placed = Entry.objects.filter(position__gt=base).order_by("position").values_list("position", "hash")
    batch = [(position or 0, bytes(value)) for position, value in placed]
    if batch:
        before = Seal.objects.order_by("-last").first()
        previous = bytes(before.hash) if before else GENESIS
        sealed = seal_hash(previous, batch)
        Seal.objects.create(first=batch[0][0], last=batch[-1][0], previous=previous, hash=sealed, sealed_at=now())
    return len(batch)
