"""Looking at personal data unmasked: allowed to few, logged for all."""

from collections.abc import Sequence

from chengyun.accounts.events import PersonalLooked
from chengyun.accounts.models import Look
from chengyun.kernel.access import require
from chengyun.kernel.action import action
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.kernel.models import Subject
from chengyun.kernel.refusal import Invalid


@action
def look(at: Subject, *, actor: Actor, permission: str, fields: Sequence[str], reason: str) -> Look:
    """Log that `actor` sees `fields` of a record unmasked, and why. Raises Forbidden without `permission` there."""
    require(actor, permission, at=at)
    if not reason.strip():
        raise Invalid("accounts.reason_missing", "reason: say why you need to see it", field="reason")
    row = Look(
        town_id=at.where().town, who_kind=actor.actor_kind, who=actor.actor_id, kind=at.subject_kind, subject=at.uuid,
        fields=sorted(fields), reason=reason.strip()[:300],
    )  # fmt: skip
    row.save()
    record(PersonalLooked(row.kind, row.subject, tuple(row.fields)), row, actor, private={"reason": row.reason})
    return row
