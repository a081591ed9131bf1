"""对齐: a task serves one of a document above; the platform proposes, a person decides."""

from typing import Any

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid
from chengyun.plans import events
from chengyun.plans.models import Alignment, Document, Target, Task
from chengyun.plans.rules.alignment import SAME_TARGET, SERVES, Piece, propose

_PASSED = ("rejected", "merged", "withdrawn", "incoming")


@action
def propose_alignments(lower: Document, upper: Document, *, actor: Actor, expected: int) -> int:
    """Propose which task of `lower` serves which of `upper`, and which targets are the same. Returns how many are new.

    What a person confirmed or refused before is not proposed again.
    """
    lower = lock(lower, expected)
    require(actor, "plans.write", at=lower)
    if lower.pk == upper.pk or lower.town_id != upper.town_id:
        raise Invalid("plans.not_above", "upper: another document of the same town", field="upper")
    rows = []
    for model, name, least in ((Task, "task", SERVES), (Target, "target", SAME_TARGET)):
        pairs = propose(_pieces(model, lower), _pieces(model, upper), least)
        rows += [
            Alignment(
                **{f"lower_{name}_id": low, f"upper_{name}_id": high}, score=score, made_by="plans", made_at=now()
            )
            for low, high, score in pairs
            if not Alignment.objects.filter(**{f"lower_{name}_id": low}).exclude(state="refused").exists()
            and not Alignment.objects.filter(**{f"lower_{name}_id": low, f"upper_{name}_id": high}).exists()
        ]
    Alignment.objects.bulk_create(rows)
    save(lower)
    record(events.DocumentsAligned(str(upper.uuid), len(rows)), lower, actor)
    return len(rows)


def _pieces(model: Any, document: Document) -> list[Piece]:
    rows = model.objects.as_system("items of two documents that are compared").filter(document=document)
    rows = rows.exclude(state__in=_PASSED)
    if model is Target:
        rows = rows.filter(kind="target")
        return [
            Piece(row.pk, document.pk, "，".join(dict.fromkeys([row.object, row.indicator])), row.norm_unit)
            for row in rows
        ]
    return [Piece(row.pk, document.pk, "".join([*row.path[-1:], row.text])) for row in rows]


@action
def align(lower: Task | Target, upper: Task | Target, *, actor: Actor, expected: int) -> Alignment:
    """Say by hand that one item serves another."""
    lower = lock(lower, expected)
    require(actor, "plans.write", at=lower)
    if type(lower) is not type(upper) or lower.pk == upper.pk or lower.town_id != upper.town_id:
        raise Invalid("plans.not_above", "upper: another item of the same kind and town", field="upper")
    ends: dict[str, Any] = (
        {"lower_task": lower, "upper_task": upper}
        if isinstance(lower, Task)
        else {"lower_target": lower, "upper_target": upper}
    )
    values = {"state": Alignment.State.CONFIRMED, "score": 1.0, "made_by": actor.actor_id, "made_at": now()}
    row, _ = Alignment.objects.update_or_create(**ends, defaults=values)
    save(lower)
    record(events.ItemAligned(str(upper.uuid), row.state), lower, actor)
    return row


@action
def decide_alignment(alignment: Alignment, *, actor: Actor, expected: int, confirm: bool) -> Alignment:
    """Confirm or refuse a proposed tie; `expected` is the version of the lower item."""
    lower: Task | Target = alignment.lower_task or alignment.lower_target  # type: ignore[assignment]  # one is there
    upper: Task | Target = alignment.upper_task or alignment.upper_target  # type: ignore[assignment]
    lower = lock(lower, expected)
    require(actor, "plans.write", at=lower)
    alignment.state = Alignment.State.CONFIRMED if confirm else Alignment.State.REFUSED
    alignment.made_by, alignment.made_at = actor.actor_id, now()
    alignment.save()
    save(lower)
    record(events.ItemAligned(str(upper.uuid), alignment.state), lower, actor)
    return alignment
