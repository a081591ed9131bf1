"""Writing batches of history: each in one transaction with the mark that says how far it has come."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.management.color import no_style
from django.db import connection, models, transaction

from chengyun.cases.models import Approval, Attachment, Case, Clock, Part, Rating, Reporter, Supervision
from chengyun.demo.history.batch import Batch
from chengyun.demo.history.plain import (
    APPROVAL_COLUMNS,
    ATTACHMENT_COLUMNS,
    CASE_COLUMNS,
    CLOCK_COLUMNS,
    FILE_COLUMNS,
    PART_COLUMNS,
    PRIVATE_COLUMNS,
    RATING_COLUMNS,
    REPORTER_COLUMNS,
    SEARCH_COLUMNS,
    SUPERVISION_COLUMNS,
)
from chengyun.kernel.files.models import File
from chengyun.kernel.ids import Counter
from chengyun.kernel.journal.models import Entry, Private
from chengyun.kernel.journal.record import HISTORIC_COLUMNS
from chengyun.kernel.rows import insert_rows
from chengyun.kernel.search.models import SearchText

TABLES: dict[str, tuple[type[models.Model], Sequence[str]]] = {
    "case": (Case, CASE_COLUMNS),
    "part": (Part, PART_COLUMNS),
    "clock": (Clock, CLOCK_COLUMNS),
    "private": (Private, PRIVATE_COLUMNS),
    "approval": (Approval, APPROVAL_COLUMNS),
    "file": (File, FILE_COLUMNS),
    "attachment": (Attachment, ATTACHMENT_COLUMNS),
    "reporter": (Reporter, REPORTER_COLUMNS),
    "rating": (Rating, RATING_COLUMNS),
    "supervision": (Supervision, SUPERVISION_COLUMNS),
    "search": (SearchText, SEARCH_COLUMNS),
    "entry": (Entry, HISTORIC_COLUMNS),
}


def mark_of(code: str) -> str:
    """The name of the counter that says how many batches of a town's history are written."""
    return f"demo:history:{code}"


def written(code: str) -> int:
    """How many batches are written."""
    return Counter.objects.filter(name=mark_of(code)).values_list("value", flat=True).first() or 0


def write_batch(batch: Batch, code: str, town: int) -> int:
    """Write a batch, whole or not at all. Returns how many rows."""
    with transaction.atomic():
        for table, (model, columns) in TABLES.items():
            insert_rows(model, columns, batch.rows.get(table, ()))
        _count(town, batch.days)
        Counter.objects.update_or_create(name=mark_of(code), defaults={"value": batch.number + 1})
    return sum(len(rows) for rows in batch.rows.values())


def _count(town: int, days: Mapping[date, int]) -> None:
    """Real reports of the same days go on where the history's numbers end."""
    rows = [Counter(name=f"case:{town}:{day:%Y%m%d}", value=last) for day, last in days.items()]
    Counter.objects.bulk_create(rows, update_conflicts=True, unique_fields=["name"], update_fields=["value"])


def after_last_id(model: type[models.Model] = Case) -> int:
    """The first id that no row has: ids of a history are given before it is written."""
    last = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1


def pass_given_ids() -> None:
    """PostgreSQL gives ids from a sequence of its own, which must pass those that were given here."""
    statements = connection.ops.sequence_reset_sql(no_style(), [Case, Part])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
