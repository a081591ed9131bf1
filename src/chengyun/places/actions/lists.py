"""Whether a town's list of a category is whole: a person's word, on which a gap may be called a gap."""

from collections.abc import Sequence

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid
from chengyun.places.events import ListsChecked
from chengyun.places.models import FacilityCategory, ListCheck, Town

LONGEST_NOTE = 200


@action
def check_lists(town: Town, *, actor: Actor, categories: Sequence[str], whole: bool = True, note: str = "") -> int:
    """Confirm that the lists of these categories are whole, or take that back. Returns how many changed.

    Raises Invalid for a category that does not exist and for a note of over 200 characters.
    """
    town = lock(town, None)
    require(actor, "places.import", at=town)
    known = {row.code: row for row in FacilityCategory.objects.filter(code__in=categories)}
    strange = next((code for code in categories if code not in known), None)
    if strange is not None or not categories:
        raise Invalid("places.no_category", f"categories: there is no {strange or 'category'!r}", field="categories")
    if len(note) > LONGEST_NOTE:
        raise Invalid("places.note_long", f"note: at most {LONGEST_NOTE} characters", field="note")
    there = ListCheck.objects.filter(town=town, category__code__in=known)
    if whole:
        before = set(there.values_list("category__code", flat=True))
        changed = [row for code, row in known.items() if code not in before]
        ListCheck.objects.bulk_create(
            ListCheck(town=town, category=row, checked_at=now(), checked_by=actor.actor_id, note=note.strip())
            for row in changed
        )
    else:
        changed = [row.category for row in there.select_related("category")]
        there.delete()
    if changed:
        record(ListsChecked(tuple(sorted(row.code for row in changed)), whole), town, actor)
    return len(changed)
