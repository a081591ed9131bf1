"""Writing and asking the search index."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce

from chengyun.kernel.search.bigrams import column, phrases
from chengyun.kernel.search.lookup import Phrases
from chengyun.kernel.search.models import SearchText

__all__ = ["Phrases", "Text", "forget", "holds", "index", "index_many", "is_frequent", "matches"]


@dataclass(frozen=True)
class Text:
    """The searchable texts of one subject. Never personal data: whoever may search could guess it back."""

    kind: str
    subject: UUID
    town: int | None
    texts: tuple[str, ...]

    def row(self) -> SearchText:
        return SearchText(kind=self.kind, subject=self.subject, town_id=self.town, grams=column(*self.texts))


def index(kind: str, subject: UUID, town: int | None, texts: Iterable[str]) -> None:
    """Make a subject findable by these texts (instead of those before); call in the action's transaction."""
    index_many([Text(kind, subject, town, tuple(texts))])


def index_many(texts: Iterable[Text], batch: int = 1000) -> int:
    """`index` for many at once. Returns how many."""
    rows = [text.row() for text in texts]
    SearchText.objects.bulk_create(
        rows,
        batch_size=batch,
        update_conflicts=True,
        unique_fields=["kind", "subject"],
        update_fields=["town_id", "grams"],
    )
    return len(rows)


def forget(kind: str, subject: UUID) -> None:
    """Make a subject unfindable."""
    SearchText.objects.filter(kind=kind, subject=subject).delete()


OFTEN = 2_000


def is_frequent(query: str) -> bool:
    """Whether the words stand in more than `OFTEN` texts: then walking rows in order is faster."""
    wanted = phrases(query)
    return bool(wanted) and SearchText.objects.filter(grams__phrases=wanted)[: OFTEN + 1].count() > OFTEN


def holds(kind: str, query: str, uuid: str = "uuid") -> Exists:
    """The condition that the text of a row (by its column `uuid`) has every word of `query`: for `filter(holds(…))`."""
    rows = SearchText.objects.filter(kind=kind, subject=OuterRef(uuid), grams__phrases=phrases(query))
    return Exists(rows)


def matches(kind: str, query: str) -> QuerySet[SearchText, UUID]:
    """The uuids of the subjects of a kind whose text has every word of `query`: for `filter(uuid__in=…)`.

    A query without a letter or digit finds nothing.
    """
    wanted = phrases(query)
    if not wanted:
        return SearchText.objects.none().values_list("subject", flat=True)
    # The words find the rows; by an expression, so that no database reads all rows of the kind instead.
    rows = SearchText.objects.alias(is_of=Coalesce("kind", Value(""))).filter(is_of=kind, grams__phrases=wanted)
    return rows.values_list("subject", flat=True)
