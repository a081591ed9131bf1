"""Pages by key show every row once, nulls last, whatever the order and the limit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengyun.kernel.journal.models import Entry
from chengyun.kernel.paging import page
from chengyun.kernel.refusal import Malformed

pytestmark = [pytest.mark.django_db, pytest.mark.db]
START = datetime(2026, 1, 1, tzinfo=UTC)


def entries(towns: list[int | None]) -> None:
    Entry.objects.all().delete()
    Entry.objects.bulk_create(
        Entry(
            stream=f"t:{i}", number=1, event="t.t", actor_kind="system", actor_id="t", town_id=town, facts=b"{}",
            previous=b"", hash=b"", happened_at=START + timedelta(hours=town or 0), recorded_at=START,
        )
        for i, town in enumerate(towns)
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    towns=st.lists(st.none() | st.integers(0, 4), max_size=12),
    order=st.sampled_from(
        [("town_id", "id"), ("-town_id", "id"), ("town_id", "-id"), ("-happened_at", "town_id", "id")]
    ),
    limit=st.integers(1, 5),
)
def test_every_row_is_seen_once_in_order(towns: list[int | None], order: tuple[str, ...], limit: int) -> None:
    entries(towns)
    seen, cursor = [], None
    while True:
        part = page(Entry.objects.all(), order, cursor, limit)
        seen += [row.pk for row in part.items]
        cursor = part.next
        if cursor is None:
            break
    whole = page(Entry.objects.all(), order, None, 200)
    assert seen == [row.pk for row in whole.items]
    assert len(set(seen)) == len(towns) == whole.total


@pytest.mark.parametrize("cursor", ["x", "e30", "W10", "bnVsbA", "eyJhIjoxfQ", "WzEsMiwzXQ", "😀"])
def test_a_cursor_that_was_not_handed_out_is_refused(cursor: str) -> None:
    with pytest.raises(Malformed):
        page(Entry.objects.all(), ("town_id", "id"), cursor)
